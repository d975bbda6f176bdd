"""The tool that writes sound files down. Knows nothing of how a model listens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Protocol

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from fanar.bilingual import Language
from fanar.errors import FanarError
from orchestrator.mcp.answers import read_as

Json = dict[str, Any]
MODEL = "Fanar-Aura-STT-LF-1"
SoundFile = Annotated[str, Field(min_length=1, max_length=4096, description="Path of a sound file or video on this machine.")]
LanguageCode = Annotated[
    str | None, Field(pattern="^[a-z]{2,3}$", description="Language that is spoken, e.g. ar; none lets it be detected.")
]
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class Turn(BaseModel):
    """Who says what when, in seconds."""

    start: float
    end: float
    speaker: str
    text: str


class TranscribedSound(BaseModel):
    """What is said in a recording."""

    text: str
    segments: list[Turn]


class SpeechService(Protocol):
    """Speech in the words of the wire contract. Raises FanarError for what the platform refuses."""

    async def transcribe(self, sound: Path, *, model: str, language: str | None = None) -> Json:
        """Return what is said in a sound file of this machine."""
        ...


class SpeechTools:
    """The tool over one platform; failures are told in `language`."""

    def __init__(self, service: SpeechService, *, language: Language) -> None:
        self._service = service
        self._language: Language = language

    def offer(self, server: MCPServer) -> None:
        """Make the tool known to `server`."""
        server.tool(title="Write down a recording", annotations=_READS)(self.transcribe_audio)

    async def transcribe_audio(self, path: SoundFile, language: LanguageCode = None) -> TranscribedSound:
        """Write down what is said in a sound file or video of this machine, with times and, where channels tell them apart, speakers.

        Any container and length. The text is what a model heard: names and numbers may be wrong, and a verse is not verified by it.
        """
        try:
            return read_as(TranscribedSound, await self._service.transcribe(Path(path), model=MODEL, language=language))
        except FanarError as error:
            raise ToolError(error.message.in_language(self._language)) from error
