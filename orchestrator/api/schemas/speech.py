"""The request of POST /v1/audio/speech, OpenAI's and Fanar's."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.media import SpeakingOptions
from orchestrator.aloud import MOST_CHARACTERS, SoundFormat
from orchestrator.api.schemas.base import ModelId, Strict

VOICE_NAME = r"^[A-Za-z\u0621-\u064a][A-Za-z0-9\u0621-\u064a\u0660-\u0669_-]{0,63}$"
"""Letters without marks: what looks alike is one name."""
VoiceName = Annotated[str, Field(min_length=1, max_length=64, pattern=VOICE_NAME)]
Reciter = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

_NO_WORDS = Bilingual("There are no words to read.", "لا كلمات لتُقرأ.")
_NO_EMOTION = Bilingual("No installed voice reads with emotion.", "لا صوت مثبَّت يقرأ بانفعال.")


class VoiceChoice(Strict):
    """A voice, as OpenAI's newer clients name it."""

    id: VoiceName


class SpeechRequest(Strict):
    """A text to be read aloud."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"model": "Fanar-Aura-TTS-2", "input": "مرحبًا بكم", "voice": "Huda"}]})

    model: ModelId
    input: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
    voice: VoiceName | VoiceChoice
    response_format: SoundFormat = "mp3"
    speed: Annotated[float, Field(ge=0.25, le=4.0)] = 1.0
    stream: bool | None = None
    stream_format: Literal["audio"] | None = None
    quran_reciter: Reciter | None = None
    with_emotion: bool = False

    def check(self) -> None:
        """Raise UnprocessableError for what cannot be read so."""
        if not any(character.isalnum() for character in self.input):
            raise UnprocessableError(_NO_WORDS, param="input")
        if self.with_emotion:
            raise UnprocessableError(_NO_EMOTION, param="with_emotion")

    def options(self) -> SpeakingOptions:
        """Return how it is to be read."""
        return SpeakingOptions(voice=self.voice if isinstance(self.voice, str) else self.voice.id, speed=self.speed)
