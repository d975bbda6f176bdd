"""Conversations in the database. Knows nothing of HTTP, or of how answers are made.

Writers of one conversation follow each other: its row is held from the first look at it until the commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, func, insert, or_, select, tuple_, update

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.conversations import (
    NO_SUCH_CONVERSATION,
    NO_SUCH_TURN,
    NOT_SHARED,
    Change,
    Conversation,
    ConversationBounds,
    FoundConversation,
    Turn,
    branch,
)
from fanar.errors import ConflictError, NotFoundError, UnprocessableError
from fanar.storage.engine import reading, writing
from fanar.storage.kept import ConversationRow, TurnRow

_C, _T = ConversationRow, TurnRow
_PLAIN = [name for name in Conversation.__dataclass_fields__ if name != "metadata"]
_COLUMNS = [_C.position, _C.facts, *(getattr(_C, name) for name in _PLAIN)]
_TURN_COLUMNS: list[Any] = [_T.id, _T.role, _T.content, _T.created, _T.parent, _T.facts]

_TOO_MANY = Bilingual("There are as many conversations as may be kept; delete some.", "بلغت المحادثات المحفوظة حدّها الأقصى؛ احذف بعضها.")
_FULL = Bilingual("The conversation holds as much as one may; begin another.", "بلغت المحادثة حدّها الأقصى؛ ابدأ محادثة أخرى.")
_NOTHING_SAID = Bilingual("Nothing was said in the conversation yet.", "لم يُقل شيء في المحادثة بعد.")


class SqlConversationRepository:
    """A ConversationRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine, bounds: ConversationBounds) -> None:
        self._engine = engine
        self._bounds = bounds

    def add(self, conversation: Conversation, turns: Sequence[Turn]) -> Conversation:
        """Keep a new conversation with these turns. Raises ConflictError beyond the bounds, UnprocessableError for a stray turn."""
        with writing(self._engine) as connection:
            count, characters = _kept(connection, conversation.owner)
            if count >= self._bounds.conversations or characters >= self._bounds.characters:
                raise ConflictError(_TOO_MANY)
            position = connection.execute(insert(_C).values(_row(conversation)).returning(_C.position)).scalar_one()
            return self._added(connection, position, conversation, turns, set())

    def append(self, conversation_id: str, turns: Sequence[Turn], *, owner: str, now: datetime) -> Conversation:
        """Add turns. Raises NotFoundError, ConflictError beyond the bounds, UnprocessableError for a turn after one that is not there."""
        with writing(self._engine) as connection:
            row = _own(connection, conversation_id, owner, held=True)
            if _kept(connection, owner)[1] >= self._bounds.characters:
                raise ConflictError(_TOO_MANY)
            known = set(connection.execute(select(_T.id).where(_T.conversation == row.position)).scalars())
            return self._added(connection, row.position, replace(_conversation(row), changed=now), turns, known)

    def find(self, conversation_id: str, *, owner: str) -> Conversation:
        """Return a conversation of `owner`. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return _conversation(_own(connection, conversation_id, owner))

    def turns(self, conversation_id: str, *, owner: str) -> list[Turn]:
        """Return all turns, in the order in which they came. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return _turns(connection, _own(connection, conversation_id, owner).position)

    def search(self, owner: str, *, words: Sequence[str] = (), after: str | None = None, limit: int = 20) -> list[FoundConversation]:
        """Return an owner's conversations, the one changed last first. Raises NotFoundError when `after` is not there."""
        wanted: list[ColumnElement[bool]] = [_C.owner == owner]
        patterns = [f"%{_escaped(normalize(word))}%" for word in words]
        if patterns:
            titled = and_(*(_C.folded.like(pattern, escape="\\") for pattern in patterns))
            said = select(_T.id).where(_T.conversation == _C.position, *(_T.folded.like(pattern, escape="\\") for pattern in patterns))
            wanted.append(or_(titled, said.exists()))
        with reading(self._engine) as connection:
            if after is not None:
                last = _own(connection, after, owner)
                wanted.append(tuple_(_C.changed, _C.position) < tuple_(last.changed, last.position))
            query = select(*_COLUMNS).where(*wanted).order_by(_C.changed.desc(), _C.position.desc()).limit(limit)
            return [FoundConversation(_conversation(row), _saying(connection, row.position, patterns)) for row in connection.execute(query)]

    def change(self, conversation_id: str, change: Change, *, owner: str, now: datetime) -> Conversation:
        """Change a conversation and return it. Raises NotFoundError, UnprocessableError for a current turn that is not there."""
        with writing(self._engine) as connection:
            row = _own(connection, conversation_id, owner, held=True)
            changed = replace(_conversation(row), changed=now)
            if change.retitled:
                changed = replace(changed, title=change.title)
            if change.metadata is not None:
                changed = replace(changed, metadata=change.metadata)
            if change.current is not None:
                _require_turn(connection, row.position, change.current, "current")
                changed = replace(changed, current=change.current)
            connection.execute(update(_C).where(_C.position == row.position).values(_row(changed)))
            return changed

    def share(self, conversation_id: str, share: str, *, owner: str, leaf: str | None, now: datetime) -> Conversation:
        """Let a branch be read by who knows the link. Raises NotFoundError, UnprocessableError, ConflictError where nothing was said."""
        with writing(self._engine) as connection:
            row = _own(connection, conversation_id, owner, held=True)
            if leaf is not None:
                _require_turn(connection, row.position, leaf, "branch")
            elif row.current is None:
                raise ConflictError(_NOTHING_SAID)
            shared = replace(_conversation(row), share=row.share or share, shared=leaf or row.current, shared_at=now)
            connection.execute(update(_C).where(_C.position == row.position).values(_row(shared)))
            return shared

    def unshare(self, conversation_id: str, *, owner: str) -> str:
        """Take the link back and return it. Raises NotFoundError."""
        with writing(self._engine) as connection:
            row = _own(connection, conversation_id, owner, held=True)
            if row.share is None:
                raise NotFoundError(NOT_SHARED)
            connection.execute(update(_C).where(_C.position == row.position).values(share=None, shared=None, shared_at=None))
            return str(row.share)

    def shared(self, share: str) -> tuple[Conversation, list[Turn]]:
        """Return a shared conversation and its branch. Raises NotFoundError."""
        with reading(self._engine) as connection:
            row = connection.execute(select(*_COLUMNS).where(_C.share == share)).one_or_none()
            if row is None:
                raise NotFoundError(NOT_SHARED)
            turns = {turn.id: turn for turn in _turns(connection, row.position)}
        return _conversation(row), branch(turns, row.shared)

    def remove(self, conversation_id: str, *, owner: str) -> None:
        """Forget a conversation and all its turns. Raises NotFoundError."""
        with writing(self._engine) as connection:
            connection.execute(delete(_C).where(_C.position == _own(connection, conversation_id, owner, held=True).position))

    def _added(
        self, connection: Connection, position: int, conversation: Conversation, turns: Sequence[Turn], known: set[str]
    ) -> Conversation:
        """Write turns behind those that are there, and the conversation as it is then."""
        first = len(known)
        for turn in turns:
            if turn.parent is not None and turn.parent not in known:
                raise UnprocessableError(NO_SUCH_TURN, param="messages")
            known.add(turn.id)
        grown = replace(
            conversation,
            turns=len(known),
            characters=conversation.characters + sum(map(_size, turns)),
            current=turns[-1].id if turns else conversation.current,
        )
        if grown.turns > self._bounds.turns or grown.characters > self._bounds.turn_characters:
            raise ConflictError(_FULL)
        rows = [_turn_row(turn) | {"conversation": position, "number": first + place} for place, turn in enumerate(turns)]
        if rows:
            connection.execute(insert(_T), rows)
        connection.execute(update(_C).where(_C.position == position).values(_row(grown)))
        return grown


def _kept(connection: Connection, owner: str) -> tuple[int, int]:
    query = select(func.count(), func.coalesce(func.sum(_C.characters), 0)).where(_C.owner == owner)
    count, characters = connection.execute(query).one()
    return int(count), int(characters)


def _own(connection: Connection, conversation_id: str, owner: str, *, held: bool = False) -> Row[Any]:
    query = select(*_COLUMNS).where(_C.id == conversation_id, _C.owner == owner)
    row = connection.execute(query.with_for_update() if held else query).one_or_none()
    if row is None:
        raise NotFoundError(NO_SUCH_CONVERSATION)
    return row


def _require_turn(connection: Connection, position: int, turn: str, param: str) -> None:
    if connection.execute(select(_T.number).where(_T.conversation == position, _T.id == turn)).one_or_none() is None:
        raise UnprocessableError(NO_SUCH_TURN, param=param)


def _turns(connection: Connection, position: int) -> list[Turn]:
    query = select(*_TURN_COLUMNS).where(_T.conversation == position).order_by(_T.number)
    return [_turn(row) for row in connection.execute(query)]


def _saying(connection: Connection, position: int, patterns: Sequence[str]) -> Turn | None:
    """Return the first turn that says what was looked for."""
    if not patterns:
        return None
    said = [_T.folded.like(pattern, escape="\\") for pattern in patterns]
    row = connection.execute(select(*_TURN_COLUMNS).where(_T.conversation == position, *said).order_by(_T.number).limit(1)).one_or_none()
    return _turn(row) if row else None


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _size(turn: Turn) -> int:
    return len(turn.content) + len(orjson.dumps(turn.metadata))


def _row(conversation: Conversation) -> dict[str, Any]:
    plain = {name: getattr(conversation, name) for name in _PLAIN}
    return plain | {"facts": dict(conversation.metadata), "folded": normalize(conversation.title or "")}


def _turn_row(turn: Turn) -> dict[str, Any]:
    values = asdict(turn)
    facts = values.pop("metadata")
    return values | {"facts": facts, "folded": normalize(turn.content)}


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(**{name: getattr(row, name) for name in _PLAIN}, metadata=row.facts)


def _turn(row: Row[Any]) -> Turn:
    facts = dict(row._mapping)
    return Turn(metadata=facts.pop("facts"), **facts)
