"""The plan of a report: the questions that were asked, then others that follow from them, without a model. Knows nothing of sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fanar.bilingual import Bilingual, Language
from fanar.jobs import Depth
from rag.islamic.research.scope import MOST_ASKED, SCOPES
from rag.islamic.research.splitting import Asked

Why = Literal["asked", "thing", "aspect", "proposed"]
_LONGEST_FOR_ASPECTS = 3
ASPECTS = (
    Bilingual("The reward of {}", "ثواب {}"),
    Bilingual("Conditions of {}", "شروط {}"),
    Bilingual("Exemption from {}", "الرخصة في {}"),
    Bilingual("The wisdom of {}", "الحكمة من {}"),
    Bilingual("Supplication and {}", "الدعاء و{}"),
)
"""What is looked into besides, in this order. A question of this kind that finds nothing of its own makes no section."""


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One question of the plan: as it is shown, as it is looked up, and why it is there.

    What speaks to it must speak to `within` too, where that is said: a question that leans on another is not about everything.
    `asked` is part of the inquiry, `thing` one of several things it names, `aspect` one of our own, `proposed` a language model's.
    """

    text: str
    query: str
    why: Why
    within: str = ""

    @staticmethod
    def from_json(facts: Mapping[str, Any]) -> SubQuestion:
        """Read a question from its fields."""
        return SubQuestion(**facts)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is looked into, in order, and the questions asked that are too many to be looked into."""

    questions: tuple[SubQuestion, ...]
    left_out: tuple[str, ...] = ()


def plan_without_model(asked: Sequence[Asked], *, inquiry: str, depth: Depth, language: Language, proposed: Sequence[str] = ()) -> Plan:
    """Return the plan: what was asked first, then what a model `proposed`, then single things and aspects as far as the depth goes."""
    own = [SubQuestion(each.text, each.query, "asked", each.within) for each in asked[:MOST_ASKED]] or [
        SubQuestion(inquiry, inquiry, "asked")
    ]
    taken = {_bare(each.text) for each in own}
    further: list[SubQuestion] = []
    for each in (*(SubQuestion(text, text, "proposed") for text in proposed), *_things(asked), *_aspects(asked, language)):
        if len(further) < SCOPES[depth].further and _bare(each.text) not in taken:
            taken.add(_bare(each.text))
            further.append(each)
    return Plan((*own, *further), tuple(each.text for each in asked[MOST_ASKED:]))


def _things(asked: Sequence[Asked]) -> Iterator[SubQuestion]:
    """Yield the things that are named, one by one: for themselves where they stand side by side, else as far as the question goes."""
    for each in asked:
        if len(each.things) > 1:
            yield from (SubQuestion(thing, thing, "thing", "" if each.several else each.query) for thing in each.things)


def _aspects(asked: Sequence[Asked], language: Language) -> Iterator[SubQuestion]:
    topic = asked[0].topic if asked else ""
    if 0 < len(topic.split()) <= _LONGEST_FOR_ASPECTS:
        for aspect in ASPECTS:
            text = aspect.in_language(language).format(topic)
            yield SubQuestion(text, text, "aspect", topic)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())
