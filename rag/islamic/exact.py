"""What an exact tool says in a conversation, and what one is. Knows nothing of any one tool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from fanar.bilingual import Bilingual, Language
from fanar.documents import Document
from fanar.messages import ChatRequest

_REMEMBERED, _LONGEST = 6, 1_000


class Showable(Protocol):
    """Something verbatim that is shown and cited: verses, or an entry of a book."""

    @property
    def document(self) -> Document:
        """What is cited."""
        ...

    def shown(self, language: Language) -> str:
        """Return it as text."""
        ...


@dataclass(frozen=True, slots=True)
class ExactReply:
    """What a tool says: the result, or what it must be told first (`answered` is then false). `data` goes with the answer as metadata.

    `passages` are shown and cited after `text`; `after` follows them.
    """

    text: Bilingual
    answered: bool = True
    data: Mapping[str, Any] = field(default_factory=dict)
    passages: tuple[Showable, ...] = ()
    after: Bilingual | None = None


class ExactTool(Protocol):
    """Answers turns of a conversation that it understands."""

    @property
    def name(self) -> str:
        """What it is called in metadata, and as the intent that it serves."""
        ...

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return what is to be said to the last turn; None where that is not for this tool."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return the present moment, aware of its time zone."""
        ...


def user_turns(request: ChatRequest) -> Sequence[str]:
    """Return the user's last turns, none of them longer than a tool reads; none at all where the last one is."""
    turns = [message.text for message in request.messages if message.role == "user"][-_REMEMBERED:]
    # A turn before one that is too long to read has been answered: it must not be answered again in its place.
    if not turns or len(turns[-1]) > _LONGEST:
        return ()
    return [turn for turn in turns if len(turn) <= _LONGEST]
