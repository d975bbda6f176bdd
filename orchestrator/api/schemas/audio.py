"""The requests of the audio endpoints: a form's fields, OpenAI's and Fanar's, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import orjson
from pydantic import Field, field_validator

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.media import Task, TranscriptionOptions
from orchestrator.api.schemas.base import Answer, ModelId, Strict

ResponseFormat = Literal["json", "text", "srt", "verbose_json", "vtt", "diarized_json"]
FanarFormat = Literal["text", "srt", "json"]
Text = Annotated[str, Field(max_length=8000)]

_LISTS = ("timestamp_granularities", "include", "keywords")
_NUMBERS = ("temperature",)
_SWITCHES = {"true": True, "false": False, "1": True, "0": False}
_TWICE = Bilingual("A field stands twice in the form.", "حقل مكرر في النموذج.")
_BOTH = Bilingual("Send response_format or format, not both.", "أرسل response_format أو format لا كليهما.")
_WORDS = Bilingual(
    "timestamp_granularities needs response_format=verbose_json.", "يحتاج timestamp_granularities إلى response_format=verbose_json."
)
_LOGPROBS = Bilingual("include needs response_format=json.", "يحتاج include إلى response_format=json.")
_STREAMED = Bilingual(
    "stream needs response_format json, text or diarized_json.", "يحتاج stream إلى response_format من json أو text أو diarized_json."
)
_CHUNKING = Bilingual(
    'chunking_strategy is auto or {"type": "server_vad"}; bounds of its own are not taken.',
    '‏chunking_strategy هو auto أو {"type": "server_vad"}؛ ولا تُقبل له حدود خاصة.',
)


class TranscriptionRequest(Strict):
    """A sound to be written down, in its own language."""

    model: ModelId
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")] | None = None
    prompt: Text | None = None
    keywords: list[Text] = Field(default=[], max_length=100)
    response_format: ResponseFormat | None = None
    format: FanarFormat | None = None
    temperature: Annotated[float, Field(ge=0, le=1)] = 0.0
    timestamp_granularities: list[Literal["word", "segment"]] = Field(default=[], max_length=2)
    include: list[Literal["logprobs"]] = Field(default=[], max_length=1)
    chunking_strategy: Literal["auto", "server_vad"] | None = None
    stream: bool = False

    @field_validator("language")
    @classmethod
    def _primary(cls, language: str | None) -> str | None:
        return language and re.split(r"[-_]", language)[0].lower()

    def check(self) -> None:
        """Raise UnprocessableError for fields that do not go together."""
        if self.format is not None and self.response_format is not None:
            raise UnprocessableError(_BOTH, param="format")
        if "word" in self.timestamp_granularities and self.response_format != "verbose_json":
            raise UnprocessableError(_WORDS, param="timestamp_granularities")
        if self.include and (self.format or self.response_format or "json") != "json":
            raise UnprocessableError(_LOGPROBS, param="include")
        if self.stream and (self.format or self.response_format not in (None, "json", "text", "diarized_json")):
            raise UnprocessableError(_STREAMED, param="stream")

    def options(self, *, task: Task = "transcribe") -> TranscriptionOptions:
        """Return how it is to be listened to."""
        return TranscriptionOptions(
            language=self.language,
            task=task,
            prompt=self.prompt,
            hotwords=", ".join(self.keywords) or None,
            temperature=self.temperature or None,
            words="word" in self.timestamp_granularities or bool(self.include) or self.response_format in ("srt", "vtt"),
            channels=self.response_format == "diarized_json" or self.format == "json",
            speech_only=True if self.chunking_strategy else None,
        )


class TranslationRequest(Strict):
    """A sound to be written down in English."""

    model: ModelId
    prompt: Text | None = None
    response_format: Literal["json", "text", "srt", "verbose_json", "vtt"] | None = None
    temperature: Annotated[float, Field(ge=0, le=1)] = 0.0

    def transcription(self) -> TranscriptionRequest:
        """Return it as what it is but for the task."""
        return TranscriptionRequest.model_validate(self.model_dump())


class Transcription(Answer):
    """What is said in a recording, as far as `response_format` tells it; `srt` and `json` stand in answers to Fanar's `format`."""

    id: str | None = None
    text: str | None = None
    srt: str | None = None
    json_: dict[str, Any] | None = Field(default=None, alias="json")


class TranscriptionEvent(Answer):
    """A piece of a streamed transcription."""

    type: Literal["transcript.text.delta", "transcript.text.segment", "transcript.text.done"]


def fields_of(form: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return a form's fields as JSON has them, for a request model to judge."""
    found: dict[str, Any] = {}
    for name, values in form.items():
        plain = name.removesuffix("[]")
        if plain in _LISTS:
            found[plain] = [*found.get(plain, ()), *values]
        elif len(values) > 1 or name in found:
            raise UnprocessableError(_TWICE, param="".join(c for c in name if c.isprintable())[:64])
        elif plain == "chunking_strategy" or name == "chunking_strategy[type]":
            found["chunking_strategy"] = _strategy(values[0])
        else:
            found[name] = _value(name, values[0])
    return found


def _value(name: str, text: str) -> str | float | bool:
    if name in _NUMBERS:
        try:
            return float(text)
        except ValueError:
            return text
    if name == "stream":
        return _SWITCHES.get(text.lower(), text)
    return text


def _strategy(text: str) -> str:
    if not text.startswith("{"):
        return text
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise UnprocessableError(_CHUNKING, param="chunking_strategy") from None
    if given != {"type": "server_vad"}:
        raise UnprocessableError(_CHUNKING, param="chunking_strategy")
    return "server_vad"
