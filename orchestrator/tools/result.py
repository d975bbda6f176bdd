"""What an exact tool returns, and what an exact tool is. Knows nothing of any one tool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fanar.bilingual import Bilingual, Language

_NAMES: Mapping[str, str] = {"arithmetic": "الحساب", "dates": "التواريخ", "hijri": "التقويم الهجري", "units": "الوحدات"}


@dataclass(frozen=True, slots=True)
class ToolResult:
    """An exact answer: `text` in the asker's language, `value` as data, `reason` for the routing decision ("exact tool: arithmetic")."""

    tool: str
    text: str
    value: str
    language: Language

    @property
    def reason(self) -> Bilingual:
        """Why this needs no model."""
        return Bilingual(f"exact tool: {self.tool}", f"أداة دقيقة: {_NAMES[self.tool]}")


ExactTool = Callable[[str], ToolResult | None]
"""Answers a prompt that it understands as a whole; None for every other."""
