"""Lets the inheritance calculator answer in a conversation: when it is its turn, and by which schools. Knows nothing of verses."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.bilingual import Language
from fanar.messages import ChatRequest
from rag.islamic.inheritance.talk.answering import Reply, answer
from rag.islamic.inheritance.talk.turns import adds_to_an_estate, tells_an_estate

_LONGEST = 4_000
_REMEMBERED = 12


def divided(request: ChatRequest, *, language: Language) -> Reply | None:
    """Return what the calculator says to the last turn; None where that is neither about an estate nor an answer to what it asked."""
    turns = [message.text[:_LONGEST] for message in request.messages if message.role == "user"]
    return answer(turns[-_REMEMBERED:], schools=request.sources.madhabs, language=language) if about_an_estate(turns) else None


def about_an_estate(turns: Sequence[str]) -> bool:
    """Whether the last of the user's turns tells an estate, or adds to one that was told, with nothing else between."""
    turns = [turn[:_LONGEST] for turn in turns[-_REMEMBERED:]]
    if not turns or tells_an_estate(turns[-1]):
        return bool(turns)
    story = next((at for at in range(len(turns) - 2, -1, -1) if tells_an_estate(turns[at])), None)
    return story is not None and all(adds_to_an_estate(turn) for turn in turns[story + 1 :])
