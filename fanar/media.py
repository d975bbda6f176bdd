"""What speech and image modules return: transcripts, sound, pictures. Knows nothing of containers or models."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A transcribed word; times are seconds from the start of the sound."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A transcribed stretch of speech; times are seconds from the start of the sound."""

    text: str
    start: float
    end: float
    speaker: str | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said. `language` is an ISO 639-1 code, `duration` in seconds."""

    text: str
    language: str
    duration: float
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Audio:
    """Encoded sound and its media type."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Image:
    """An encoded picture, its media type, and the prompt it was really drawn from."""

    data: bytes
    media_type: str
    revised_prompt: str | None = None
