"""All exact tools in order, behind one cheap look at the prompt. Knows nothing of routes.

A prompt that no tool could understand costs a regular expression, so that routing stays fast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestrator.tools.arithmetic import parse_arithmetic
from orchestrator.tools.dates import Clock, DateTool
from orchestrator.tools.hijri import HijriTool
from orchestrator.tools.result import ExactTool, ToolResult
from orchestrator.tools.units import parse_units
from orchestrator.tools.wording import LONGEST

# A number that is no Arabizi word, or a word that every question without one has. Two patterns, the words in small letters: so the
# regular expression engine can skip to where one may begin, which takes half as long.
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?![^\W\d_]{3})")
_WORD = re.compile(
    r"هجري|هـ|تاريخ|الساع|ساعه|اليوم|النهار|انهار|كبيس|زا[ئي]د|ناقص|ضرب|قسم|تقسيم|جذر|مئ|ماي|المي|كم |كام |شحال |نصف? |ربع |"
    r"hijri|islamic|date|\bday|time|leap|plus|minus|times|divided|root|percent|squared|how many|\bhalf\b"
)


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
        if len(text) > LONGEST or not (_NUMBER.search(text) or _WORD.search(text.lower())):
            return None
        return next((result for tool in self._tools if (result := tool(text)) is not None), None)
