"""The tool that writes sound files down. Knows nothing of how a model listens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Protocol

from mcp.server.mcpserver import MCPServer
from pydantic import BaseModel, Field

from fanar.bilingual import Language
from orchestrator.mcp.answers import read_as
from orchestrator.mcp.manners import REPEATABLE, failures_told

Json = dict[str, Any]
MODEL = "Fanar-Aura-STT-LF-1"
SoundFile = Annotated[str, Field(min_length=1, max_length=4096, description="Path of a sound file or video on this machine.")]
LanguageCode = Annotated[
    str | None, Field(pattern="^[a-z]{2,3}$", description="Language that is spoken, e.g. ar; none lets it be detected.")
]


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
        server.tool(title="Write down a recording", annotations=REPEATABLE)(self.transcribe_audio)

    async def transcribe_audio(self, path: SoundFile, language: LanguageCode = None) -> TranscribedSound:
        """Write down what is said in a sound file or video of this machine, with times and, where channels tell them apart, speakers.

        Any container and length. The text is what a model heard: names and numbers may be wrong, and a verse is not verified by it.
        """
        with failures_told(self._language):
            return read_as(TranscribedSound, await self._service.transcribe(Path(path), model=MODEL, language=language))
