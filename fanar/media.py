"""What speech and image modules take and return: transcripts, sound, pictures. Knows nothing of containers or models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fanar.bilingual import Bilingual

Task = Literal["transcribe", "translate"]
Origin = Literal["rule", "model", "composite"]
"""What makes a picture or a sound: a rule, a trained model, or one of these beside something else."""
NO_SUCH_VOICE = Bilingual(
    "There is no voice of this name; GET /v1/audio/voices lists them.", "لا صوت بهذا الاسم؛ القائمة في ‎GET /v1/audio/voices."
)
"""Said of a voice that is somebody else's, too."""


@dataclass(frozen=True, slots=True)
class Word:
    """A transcribed word as it was written, its space before it; times are seconds from the start of the sound."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A transcribed stretch of speech; times are seconds from the start of the sound.

    The later fields are what the model says of its own work, as Whisper names it; engines that do not say leave the defaults.
    """

    id: int
    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    speaker: str | None = None
    tokens: tuple[int, ...] = ()
    temperature: float = 0.0
    avg_logprob: float = 0.0
    compression_ratio: float = 1.0
    no_speech_prob: float = 0.0


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said. `language` is an ISO 639-1 code, `duration` in seconds."""

    text: str
    language: str
    duration: float
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class TranscriptionOptions:
    """How a sound is to be transcribed. None leaves a choice to the model or to the operator's settings.

    `prompt` is text that could have come before; `hotwords` are words to expect. `temperature` set means that one alone, without
    falling back to higher ones. `channels` transcribes each channel by itself, as a speaker of its own; where all is
    one sound, speakers are told apart by voice if what listens can. `speech_only` listens to nothing else, `guards` keep loops and
    guesses out, and a sound of more than `longest` seconds is refused.
    """

    language: str | None = None
    task: Task = "transcribe"
    prompt: str | None = None
    hotwords: str | None = None
    temperature: float | None = None
    words: bool = False
    channels: bool = False
    speech_only: bool | None = None
    guards: bool = True
    longest: float | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that reads aloud. `languages` are ISO 639-1 codes; `emotion` says whether it can be asked for feeling."""

    name: str
    name_ar: str
    gender: Literal["female", "male"]
    accent: str
    languages: tuple[str, ...]
    emotion: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of sound as it is heard: 16-bit samples of one channel, little-endian, `rate` of them a second."""

    samples: bytes
    rate: int

    @property
    def seconds(self) -> float:
        """How long it is heard."""
        return len(self.samples) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class VoiceSample:
    """How somebody sounds: a stretch of speech, and the words that are said in it."""

    sound: Sound
    transcript: str


@dataclass(frozen=True, slots=True)
class PersonalVoice:
    """A voice that `owner` handed in a sample of. `language` is that of the sample, an ISO 639-1 code."""

    owner: str
    name: str
    language: str
    created: datetime


@dataclass(frozen=True, slots=True)
class SpeakingOptions:
    """How a text is to be read: by which voice, how many times as fast as it would, and how a voice sounds that is no installed one."""

    voice: str
    speed: float = 1.0
    sample: VoiceSample | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """The program that makes something, and of which kind it is."""

    name: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Audio:
    """Encoded sound and its media type."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Image:
    """An encoded picture, its media type, and the prompt it was really drawn from.

    `alt` says what is seen, for those who cannot see it; `model` is what drew it, `revised` whether the prompt was rewritten.
    """

    data: bytes
    media_type: str
    revised_prompt: str | None = None
    alt: Bilingual | None = None
    model: str | None = None
    revised: bool = False


PictureFormat = Literal["png", "jpeg", "webp", "svg"]


@dataclass(frozen=True, slots=True)
class ImageOptions:
    """How a picture is to be drawn. None leaves the seed to chance and `steps` to the model; `previews` asks for pictures in the making.

    `lettering` is a text that is written over what a model draws, in a real font: models of today draw letters of their own invention.
    """

    width: int = 1024
    height: int = 1024
    seed: int | None = None
    format: PictureFormat = "png"
    quality: int = 92
    steps: int | None = None
    previews: int = 0
    lettering: str | None = None
