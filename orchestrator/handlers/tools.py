"""Answers what an exact tool can: arithmetic, units, dates, Hijri dates. Knows nothing of how the tools work, and asks no model."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Callable

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.events import Event, ResponseCompleted, RoutingDecision, TextDelta, ToolCalled
from fanar.messages import ChatRequest
from orchestrator.options import refuse_generation_options
from orchestrator.tools.result import ToolResult

MODEL = "tools"
_NOT_EXACT = Bilingual("This prompt has no one exact answer that a tool could compute.", "ليس لهذا الطلب جواب واحد دقيق تحسبه أداة.")


class ToolsHandler:
    """Answers with the exact tool that understands the prompt."""

    def __init__(self, *, tools: Callable[[str], ToolResult | None]) -> None:
        self._tools = tools

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the answer. Raises UnprocessableError where no tool understands the prompt."""
        refuse_generation_options(request)
        result = self._tools(request.prompt)
        if result is None:
            raise UnprocessableError(_NOT_EXACT, param="messages")
        yield ToolCalled(f"call_{uuid.uuid4().hex[:16]}", result.tool, "{}", by="server", result=result.value)
        yield TextDelta(result.text)
        yield ResponseCompleted(MODEL, metadata={"tool": result.tool, "value": result.value})
