"""Voices on the wire: how one is handed in, and how they are listed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from fanar.media import PersonalVoice, Voice
from orchestrator.api.schemas.base import Answer, Strict
from orchestrator.api.schemas.speech import VoiceName


class VoiceUpload(Strict):
    """A voice to be kept: its name, and the words that are said in its sample."""

    name: VoiceName
    transcript: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]

    @field_validator("transcript")
    @classmethod
    def _trimmed(cls, transcript: str) -> str:
        return transcript.strip()


class VoiceEntry(Answer):
    """One voice. `languages` are ISO 639-1 codes; of a personal voice it is not known who speaks, and in which accent."""

    name: str
    name_ar: str
    gender: Literal["female", "male"] | None
    accent: str | None
    languages: list[str]
    type: Literal["public", "personal"]
    emotion: bool


class VoiceList(Answer):
    """The voices that can be asked for."""

    voices: list[VoiceEntry]


def public_json(voice: Voice) -> dict[str, Any]:
    """Return an installed voice as clients read it."""
    return {
        "name": voice.name,
        "name_ar": voice.name_ar,
        "gender": voice.gender,
        "accent": voice.accent,
        "languages": list(voice.languages),
        "type": "public",
        "emotion": voice.emotion,
    }


def personal_json(voice: PersonalVoice) -> dict[str, Any]:
    """Return a personal voice as clients read it."""
    return {
        "name": voice.name,
        "name_ar": voice.name,
        "gender": None,
        "accent": None,
        "languages": [voice.language],
        "type": "personal",
        "emotion": False,
    }
