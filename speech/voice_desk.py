"""What the owner of the voice serves: texts being read aloud, each pulled on a passage at a time, so that none holds up others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Protocol

import numpy as np

from fanar.bilingual import Bilingual, Language
from fanar.errors import NotFoundError, OverloadedError
from fanar.media import SpeakingOptions, Voice
from speech.espeak import load_espeak
from speech.reading.reader import Reader
from speech.voices import find_voice

METHODS = ("begin", "advance", "end", "rate")
_FORGOTTEN = 60.0  # seconds after which nobody is believed to listen any more
_PIECE = 1.0  # seconds of sound that are handed on at once, so that the first of it can be sent before the last is written
_QUIET = 160  # of 32,767: what is below it is silence
_BREATH = 0.05  # seconds of silence that stay where one language follows another within a sentence
_FULL = Bilingual("Too many texts are being read aloud; try again shortly.", "تُقرأ نصوص كثيرة الآن؛ أعد المحاولة بعد قليل.")
_GONE = Bilingual("This reading is no longer there; send the text again.", "لم تعد هذه القراءة موجودة؛ أعد إرسال النص.")
_ARABIC = {"Huda": "ar+f2", "Noor": "ar+f4", "Amelia": "ar+f3", "Emily": "ar+f5", "Hamad": "ar+m3", "Jasim": "ar+m7", "Harry": "ar+m1"}
_ENGLISH = {"British": "en-gb-x-rp", "American": "en-us"}


class Speaking(Protocol):
    """Says words as they stand."""

    rate: int

    def say(self, text: str, *, voice: str, speed: float = 1.0) -> bytes:
        """Return 16-bit samples."""
        ...


@dataclass(slots=True)
class _Reading:
    sounds: Iterator[bytes]
    seen: float


class VoiceDesk:
    """Reads with `speaker` what `reader` makes of texts; at most `most` are in progress."""

    def __init__(self, speaker: Speaking, reader: Reader, *, most: int) -> None:
        self._speaker = speaker
        self._reader = reader
        self._most = most
        self._lock = threading.Lock()
        self._readings: dict[str, _Reading] = {}

    def begin(self, text: str, options: dict[str, Any]) -> str:
        """Take a text in and return the name of its reading. Raises NotFoundError for an unknown voice, OverloadedError."""
        chosen = SpeakingOptions(**options)
        voice = find_voice(chosen.voice)
        with self._lock:
            now = time.monotonic()
            self._readings = {name: each for name, each in self._readings.items() if now - each.seen <= _FORGOTTEN}
            if len(self._readings) >= self._most:
                raise OverloadedError(_FULL)
            name = token_hex(8)
            self._readings[name] = _Reading(self._sounds(text, voice, chosen.speed), now)
            return name

    def advance(self, name: str) -> bytes:
        """Return the sound of the next passage; nothing is the end. Raises NotFoundError for a reading that is not there any more."""
        with self._lock:
            reading = self._readings.get(name)
            if reading is None:
                raise NotFoundError(_GONE)
            sound = next(reading.sounds, b"")
            reading.seen = time.monotonic()
            return sound

    def end(self, name: str) -> None:
        """Leave a reading; one that is not there is no error."""
        with self._lock:
            self._readings.pop(name, None)

    def rate(self) -> int:
        """Return how many samples make a second."""
        return self._speaker.rate

    def _sounds(self, text: str, voice: Voice, speed: float) -> Iterator[bytes]:
        for passage in self._reader.read(text):
            sound = self._speaker.say(passage.text, voice=_voice_of(voice, passage.language), speed=speed)
            heard = sound if passage.pause else self._without_pause(sound)
            piece = 2 * round(_PIECE * self._speaker.rate)
            yield from (heard[place : place + piece] for place in range(0, len(heard), piece))

    def _without_pause(self, sound: bytes) -> bytes:
        loud = np.flatnonzero(np.abs(np.frombuffer(sound, "<i2").astype(np.int32)) > _QUIET)
        return sound[: 2 * (int(loud[-1]) + 1 + round(_BREATH * self._speaker.rate))] if len(loud) else b""


def _voice_of(voice: Voice, language: Language) -> str:
    """Return the library's name of a voice in a language."""
    arabic = _ARABIC.get(voice.name, "ar")
    if language == "ar":
        return arabic
    _, _, variant = arabic.partition("+")
    return "+".join(filter(None, (_ENGLISH.get(voice.accent, "en-gb-x-rp"), variant)))


def open_voice_desk(*, most: int) -> VoiceDesk:
    """Return a desk with espeak-ng's voices, which guess the vowels of Arabic by themselves. Raises ConfigurationError."""
    return VoiceDesk(load_espeak(), Reader(), most=most)
