"""Has single recordings written down by the model of this machine, for commands that look at the texts alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fanar.media import TranscriptionOptions
from fanar.settings import Settings
from orchestrator.cli.terminal import Json

if TYPE_CHECKING:
    from orchestrator.transcription import Transcriptions


class Hearing:
    """What is heard by `desk`."""

    def __init__(self, desk: Transcriptions) -> None:
        self._desk = desk

    @property
    def name(self) -> str:
        """The model that listens."""
        return self._desk.name or ""

    async def transcribe(self, recording: Path, *, language: str | None) -> Json:
        """Return what is said in a recording, of any length. Raises NotConfiguredError, UnprocessableError, TooLargeError."""
        from orchestrator.transcription import LONG, collected

        heard = await collected(self._desk.transcribe(recording, TranscriptionOptions(language=language), model=LONG))
        return {"text": heard.text, "language": heard.language, "duration": heard.duration}


@asynccontextmanager
async def hearing(settings: Settings) -> AsyncIterator[Hearing]:
    """Yield what listens here, the owner of a running platform where there is one."""
    from fanar.llm.catalog import ModelCatalog
    from orchestrator.bootstrap.speech import open_speech

    async with open_speech(settings, ModelCatalog()) as speech:
        yield Hearing(speech.transcriptions)
