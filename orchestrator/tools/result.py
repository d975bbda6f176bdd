"""What an exact tool returns, and what an exact tool is. Knows nothing of any one tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fanar.bilingual import Language


@dataclass(frozen=True, slots=True)
class ToolResult:
    """An exact answer: `text` in the asker's language, `value` as data, `reason` for the routing decision ("exact tool: arithmetic")."""

    tool: str
    text: str
    value: str
    language: Language

    @property
    def reason(self) -> str:
        """Why this needs no model."""
        return f"exact tool: {self.tool}"


ExactTool = Callable[[str], ToolResult | None]
"""Answers a prompt that it understands as a whole; None for every other."""
