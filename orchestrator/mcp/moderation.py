"""The tool that judges how safe texts are. Knows nothing of how they are judged."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from fanar.bilingual import Language
from orchestrator.api.schemas.moderations import DEFAULT_MODEL, ModerationAnswer
from orchestrator.mcp.answers import read_as
from orchestrator.mcp.manners import REPEATABLE, failures_told

Json = dict[str, Any]
Judged = Annotated[str, Field(min_length=1, max_length=100_000, description="What was asked, or any text.")]
Answered = Annotated[str, Field(max_length=100_000, description="What was answered to it, if anything.")]


class ModerationService(Protocol):
    """Moderation in the words of the wire contract. Raises FanarError for what the platform refuses."""

    async def moderate(self, prompt: str, response: str, *, model: str) -> Json:
        """Return how safe a prompt and its response are."""
        ...


class ModerationTools:
    """The tool over one platform; failures are told in `language`."""

    def __init__(self, service: ModerationService, *, language: Language) -> None:
        self._service = service
        self._language: Language = language

    def offer(self, server: MCPServer) -> None:
        """Make the tool known to `server`."""
        server.tool(title="Judge how safe a text is", annotations=REPEATABLE)(self.moderate)

    async def moderate(self, prompt: Judged, response: Answered = "") -> ModerationAnswer:
        """Judge a text, or a prompt with its response, in Arabic, its dialects or English.

        `safety` and `cultural_awareness` go from 0 to 5, 5 being best. Only the categories in `categories_supported` are looked for.
        """
        with failures_told(self._language):
            return read_as(ModerationAnswer, await self._service.moderate(prompt, response, model=DEFAULT_MODEL))
