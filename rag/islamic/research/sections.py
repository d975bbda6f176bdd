"""One section of a report: what was found for one question, and what a model wrote of it. Knows nothing of how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rag.islamic.research.plan import SubQuestion
from rag.islamic.research.sources import LAW, Kind, Shelf
from rag.islamic.schools import disputed, in_order, school_of


@dataclass(frozen=True, slots=True)
class Section:
    """What was found for one question. `fresh` are its sources that are cited here first, `again` those cited before, by number.

    `missing` are the installed kinds in which nothing was found. `prose` is a model's, its markers the report's numbers.
    """

    question: SubQuestion
    fresh: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    missing: tuple[Kind, ...] = ()
    prose: str = ""
    writer: str = ""
    quotations: tuple[Mapping[str, Any], ...] = ()

    @property
    def cited(self) -> tuple[int, ...]:
        """All its sources by number."""
        return tuple(sorted((*self.fresh, *self.again)))

    @property
    def shown(self) -> bool:
        """Whether it is worth a heading: what was asked always is, anything else where it found something of its own."""
        return self.question.why == "asked" or bool(self.fresh)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)

    @staticmethod
    def from_json(facts: Mapping[str, Any]) -> Section:
        """Read what `to_json` wrote."""
        lists = {name: tuple(facts[name]) for name in ("fresh", "again", "missing", "quotations")}
        return Section(**{**facts, **lists, "question": SubQuestion.from_json(facts["question"])})


def positions(section: Section, shelf: Shelf) -> dict[str, list[int]]:
    """Return the sources of law of a section by the school that each states, where two schools or more speak; else nothing.

    What was set side by side before, and has nothing new beside it, is not repeated.
    """
    law = [source for source in map(shelf.source, section.cited) if source.kind in LAW]
    if not any(source.number in section.fresh for source in law):
        return {}
    schools = in_order([school_of(source.document) for source in law])
    if len([school for school in schools if school]) < 2:
        return {}
    return {school: [source.number for source in law if school_of(source.document) == school] for school in schools}


def disputes(section: Section, shelf: Shelf) -> list[tuple[str, int]]:
    """Return what sources cited here first say of disagreement, verbatim, each with the source's number. The Quran is not read for it."""
    fresh = [shelf.source(number) for number in section.fresh]
    told = [(disputed(source.document.text), source.number) for source in fresh if source.kind != "quran"]
    return [(sentence, number) for sentence, number in told if sentence]
