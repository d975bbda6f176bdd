"""What a research has found so far, as JSON and back. Knows nothing of who keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rag.islamic.research.plan import Plan, SubQuestion
from rag.islamic.research.sections import Section
from rag.islamic.research.sources import Shelf, Source
from rag.islamic.research.writing import Prose


@dataclass(slots=True)
class Notes:
    """The plan, the sections that are done, and their sources. `remarks` are what the report is to say of itself at its end."""

    plan: Plan | None = None
    sections: list[Section] = field(default_factory=list)
    shelf: Shelf = field(default_factory=Shelf)
    summary: Prose | None = None
    remarks: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the notes as JSON; the summary is the last step and is in none."""
        return {
            "plan": None if self.plan is None else asdict(self.plan),
            "sections": [section.to_json() for section in self.sections],
            "sources": [source.to_json() for source in self.shelf.sources],
            "remarks": list(self.remarks),
        }

    @staticmethod
    def from_json(facts: Mapping[str, Any]) -> Notes:
        """Read what `to_json` wrote; nothing is where a research begins."""
        plan = facts.get("plan")
        return Notes(
            plan=plan and Plan(tuple(SubQuestion.from_json(each) for each in plan["questions"]), tuple(plan["left_out"])),
            sections=[Section.from_json(each) for each in facts.get("sections", ())],
            shelf=Shelf([Source.from_json(each) for each in facts.get("sources", ())]),
            remarks=list(facts.get("remarks", ())),
        )
