"""One live transcription in the words of OpenAI's realtime API: what clients may say, and what they are told. Knows nothing of sockets."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import Field

from fanar.bilingual import Bilingual, Language
from fanar.errors import FanarError, UnprocessableError
from fanar.media import TranscriptionOptions
from orchestrator.api.errors import envelope
from orchestrator.api.faults import validated
from orchestrator.api.identity import new_id
from orchestrator.api.schemas.base import ModelId, Strict

Json = dict[str, Any]
RATE = 24_000
_Text = Annotated[str, Field(max_length=8000)]
_NOT_BASE64 = Bilingual("audio is not base64.", "‏audio ليس بترميز base64.")
_ODD = Bilingual("audio must hold whole 16-bit samples.", "يجب أن يحمل audio عيّنات كاملة من 16 بت.")
_NO_SESSION = Bilingual("session must be an object.", "يجب أن يكون session كائنًا.")
_UNKNOWN = Bilingual(
    "Events of this type are not taken here; session.update and input_audio_buffer.append, commit and clear are.",
    "لا تُقبل أحداث من هذا النوع هنا؛ تُقبل session.update وinput_audio_buffer.append وcommit وclear.",
)


class Format(Strict):
    """The form of the sound that is sent."""

    type: Literal["audio/pcm"] = "audio/pcm"
    rate: Literal[24000] = 24000


class Transcribed(Strict):
    """What listens, and what it should know."""

    model: ModelId | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    prompt: _Text | None = None


class Turns(Strict):
    """When a turn is over: after so much silence."""

    type: Literal["server_vad"]
    silence_duration_ms: Annotated[int, Field(ge=200, le=10_000)] = 500
    threshold: Annotated[float, Field(ge=0, le=1)] | None = None
    prefix_padding_ms: Annotated[int, Field(ge=0, le=5000)] | None = None


class Input(Strict):
    """What is sent, and how it is listened to."""

    format: Format | None = None
    transcription: Transcribed | None = None
    turn_detection: Turns | None = None
    noise_reduction: None = None


class AudioSide(Strict):
    """The sound of a session."""

    input: Input = Input()


class SessionUpdate(Strict):
    """A session as OpenAI writes it now."""

    type: Literal["transcription"] = "transcription"
    audio: AudioSide = AudioSide()
    include: list[str] | None = Field(default=None, max_length=0)


class OlderUpdate(Strict):
    """A session as OpenAI wrote it before."""

    input_audio_format: Literal["pcm16"] = "pcm16"
    input_audio_transcription: Transcribed | None = None
    turn_detection: Turns | None = None
    input_audio_noise_reduction: None = None
    include: list[str] | None = Field(default=None, max_length=0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a client wants to be listened to. `silence` ends a turn, in seconds; None leaves that to the client."""

    model: str
    options: TranscriptionOptions = field(default_factory=TranscriptionOptions)
    silence: float | None = 0.5

    def updated(self, event: Json) -> Wanted:
        """Return what an update asks for. Raises UnprocessableError."""
        given = event.get("session", {})
        if not isinstance(given, dict):
            raise UnprocessableError(_NO_SESSION, param="session")
        if event["type"] == "session.update":
            side = validated(SessionUpdate, given).audio.input
            return self._with(side.transcription, side.turn_detection)
        older = validated(OlderUpdate, given)
        return self._with(older.input_audio_transcription, older.turn_detection)

    def _with(self, transcription: Transcribed | None, turns: Turns | None) -> Wanted:
        chosen = transcription or Transcribed()
        options = replace(self.options, language=chosen.language, prompt=chosen.prompt)
        return Wanted(chosen.model or self.model, options, turns.silence_duration_ms / 1000 if turns else None)

    def described(self) -> Json:
        """Return the session in OpenAI's words."""
        turns = {"type": "server_vad", "silence_duration_ms": round(self.silence * 1000)} if self.silence is not None else None
        heard = {"model": self.model, "language": self.options.language, "prompt": self.options.prompt}
        side = {"format": {"type": "audio/pcm", "rate": RATE}, "transcription": heard, "turn_detection": turns}
        return {"type": "transcription", "object": "realtime.transcription_session", "audio": {"input": side}}


class Item:
    """One turn of a speaker, as it is told."""

    def __init__(self, previous: str | None) -> None:
        self.id = new_id("item")
        self.text = ""
        self._previous = previous

    def delta(self, text: str) -> Json:
        """Return what tells of words that are believed now."""
        shown = text if self.text else text.lstrip()
        self.text += shown
        return told("conversation.item.input_audio_transcription.delta", item_id=self.id, content_index=0, delta=shown)

    def committed(self) -> Json:
        """Return what tells that the turn is over."""
        return told("input_audio_buffer.committed", item_id=self.id, previous_item_id=self._previous)

    def completed(self, seconds: float) -> Json:
        """Return what tells the whole turn."""
        usage = {"type": "duration", "seconds": round(seconds, 2)}
        kind = "conversation.item.input_audio_transcription.completed"
        return told(kind, item_id=self.id, content_index=0, transcript=self.text.strip(), usage=usage)


def told(kind: str, **fields: object) -> Json:
    """Return an event for the client."""
    return {"type": kind, "event_id": new_id("event"), **fields}


def failed(error: FanarError, language: Language, *, about: object = None) -> Json:
    """Return an error for the client; the session goes on."""
    fault = envelope(error, language)["error"]
    return told("error", error={**fault, "event_id": about if isinstance(about, str) else None})


def samples_of(event: Json) -> bytes:
    """Return the samples of an append. Raises UnprocessableError."""
    given = event.get("audio")
    try:
        samples = base64.b64decode(given if isinstance(given, str) else "!", validate=True)
    except (binascii.Error, ValueError):
        raise UnprocessableError(_NOT_BASE64, param="audio") from None
    if len(samples) % 2:
        raise UnprocessableError(_ODD, param="audio")
    return samples


def unknown() -> UnprocessableError:
    """Return the refusal of an event that means nothing here."""
    return UnprocessableError(_UNKNOWN, param="type")
