"""What an exact tool returns, and what an exact tool is. Knows nothing of any one tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fanar.bilingual import Bilingual, Language


@dataclass(frozen=True, slots=True)
class ToolResult:
    """An exact answer: `text` in the asker's language, `value` as data, `reason` for the routing decision ("exact tool: arithmetic")."""

    name: Bilingual
    text: str
    value: str
    language: Language

    @property
    def tool(self) -> str:
        """The tool's id."""
        return self.name.en

    @property
    def reason(self) -> Bilingual:
        """Why this needs no model."""
        return Bilingual(f"exact tool: {self.name.en}", f"أداة دقيقة: {self.name.ar}")


ExactTool = Callable[[str], ToolResult | None]
"""Answers a prompt that it understands as a whole; None for every other."""
