"""All exact tools in order. Knows nothing of routes, or of which prompts are worth the asking."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.tools.arithmetic import parse_arithmetic
from orchestrator.tools.dates import Clock, DateTool
from orchestrator.tools.hijri import HijriTool
from orchestrator.tools.result import ExactTool, ToolResult
from orchestrator.tools.units import parse_units


class Toolbox:
    """Tries the exact tools one after the other."""

    def __init__(self, *, clock: Clock, more: Sequence[ExactTool] = ()) -> None:
        self._tools: tuple[ExactTool, ...] = (
            HijriTool(clock=clock).parse,
            DateTool(clock=clock).parse,
            parse_units,
            parse_arithmetic,
            *more,
        )

    def parse(self, text: str) -> ToolResult | None:
        """Return the exact answer to `text`, or None where no tool understands the whole of it."""
        return next((result for tool in self._tools if (result := tool(text)) is not None), None)
