"""The router's decisions in the database. Knows nothing of how they are made; what is kept of a conversation was chosen before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, delete, func, insert, select

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from fanar.events import Route, RoutingDecision
from fanar.feedback import RecordedDecision
from fanar.messages import AudioPart, ChatMessage, ContentPart, ImagePart, TextPart, VideoPart
from fanar.storage.engine import reading, writing
from fanar.storage.models import DecisionRow

_BATCH = 500
_COLUMNS = [getattr(DecisionRow, name) for name in RecordedDecision.__dataclass_fields__]
# What is left of an attachment: that there was one.
_ATTACHED: Mapping[str, ContentPart] = {"image": ImagePart(url=""), "audio": AudioPart(), "video": VideoPart(url="")}


class SqlDecisionRepository:
    """A DecisionRepository over SQLite or Postgres that keeps at most `most` decisions."""

    def __init__(self, *, engine: Engine, most: int) -> None:
        self._engine = engine
        self._most = most

    def record(self, decisions: Sequence[RecordedDecision], *, since: datetime) -> None:
        """Keep decisions, and forget those made before `since` and the oldest beyond the most."""
        with writing(self._engine) as connection:
            if decisions:
                connection.execute(insert(DecisionRow), [_row(each) for each in decisions])
            connection.execute(delete(DecisionRow).where(DecisionRow.created < since))
            newest = connection.execute(select(func.max(DecisionRow.position))).scalar_one() or 0
            connection.execute(delete(DecisionRow).where(DecisionRow.position <= newest - self._most))

    def find(self, answer: str) -> RecordedDecision:
        """Return the decision behind an answer. Raises NotFoundError."""
        with reading(self._engine) as connection:
            row = connection.execute(select(*_COLUMNS).where(DecisionRow.answer == answer)).one_or_none()
        if row is None:
            raise NotFoundError(Bilingual("No decision was recorded for this answer.", "لم يُسجَّل قرار توجيه لهذا الجواب."), param="id")
        return _decision(row)

    def decisions(self) -> Iterator[RecordedDecision]:
        """Yield all that are kept, oldest first, of one state of the database."""
        query = select(*_COLUMNS).order_by(DecisionRow.position).execution_options(yield_per=_BATCH)
        with reading(self._engine) as connection:
            for row in connection.execute(query):
                yield _decision(row)


def _row(recorded: RecordedDecision) -> dict[str, Any]:
    facts = {name: getattr(recorded, name) for name in RecordedDecision.__dataclass_fields__}
    return facts | {"messages": [_written(message) for message in recorded.messages], "decision": asdict(recorded.decision)}


def _decision(row: Row[Any]) -> RecordedDecision:
    facts = dict(row._mapping)
    decided = facts["decision"]
    decision = RoutingDecision(
        route=Route(decided["route"]),
        model=decided["model"],
        confidence=decided["confidence"],
        reasons=tuple(map(_reason, decided["reasons"])),
        alternatives=tuple((Route(route), probability) for route, probability in decided["alternatives"]),
        intent=decided["intent"],
    )
    return RecordedDecision(**facts | {"messages": tuple(map(_read, facts["messages"])), "decision": decision})


def _reason(kept: Mapping[str, str] | str) -> Bilingual:
    """Return a reason; of decisions recorded when reasons were in one language, that one stands for both."""
    return Bilingual(kept, kept) if isinstance(kept, str) else Bilingual(**kept)


def _written(message: ChatMessage) -> dict[str, Any]:
    parts = () if isinstance(message.content, str) else message.content
    attached = [kind for kind, part in _ATTACHED.items() if any(type(part) is type(each) for each in parts)]
    return {"role": message.role, "text": message.text} | ({"attached": attached} if attached else {})


def _read(written: Mapping[str, Any]) -> ChatMessage:
    attached = written.get("attached", ())
    content = (TextPart(written["text"]), *(_ATTACHED[kind] for kind in attached)) if attached else written["text"]
    return ChatMessage(written["role"], content)
