"""Speaks with espeak-ng, in the process that loads it: a C library with one voice at a time. Knows nothing of what may be said.

The library is under the GPL, so it is loaded into an owner process alone, which the platform calls over a socket.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from functools import lru_cache

import espeakng_loader

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, ModelUnavailableError

_SYNCHRONOUS = 2
_BUFFER_MS = 60  # of sound that is handed on at once
_UTF8 = 1
_RATE = 1
_WORDS_A_MINUTE = 160
_FASTEST, _SLOWEST = 450, 80
_IPA = 2
_NOT_THERE = Bilingual(
    "espeak-ng could not be started: `make run EXTRAS=voice` installs it again.",
    "تعذّر تشغيل espeak-ng: يعيد الأمر `make run EXTRAS=voice` تثبيته.",
)
_FAILED = Bilingual("The voice failed at this text.", "أخفق الصوت في هذا النص.")

_Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


@lru_cache(maxsize=1)
def load_espeak() -> Espeak:
    """Return the library of this process: it knows one state for all, so it is begun once. Raises ConfigurationError."""
    return Espeak()


class Espeak:
    """The library; `load_espeak` returns the one there is. One thread speaks at a time, the others wait."""

    def __init__(self) -> None:
        """Raises ConfigurationError when the library or its data cannot be loaded."""
        try:
            self._library = ctypes.CDLL(espeakng_loader.get_library_path())
            data = espeakng_loader.get_data_path()
        except (OSError, RuntimeError) as cause:
            raise ConfigurationError(_NOT_THERE) from cause
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data.encode(), 0))
        if self.rate <= 0:
            raise ConfigurationError(_NOT_THERE)
        self._hear: Callable[[bytes], None] = _nothing
        # ctypes keeps no reference to what C is given.
        self._callback = _Heard(self._take)
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""
        self._lock = threading.Lock()

    def say(self, text: str, *, voice: str, speed: float = 1.0) -> bytes:
        """Return 16-bit samples of `text` as it stands, read by a voice of the library ("ar+f2"). Raises ModelUnavailableError."""
        words_a_minute = min(max(round(_WORDS_A_MINUTE * speed), _SLOWEST), _FASTEST)
        said = text.encode("utf-8", "replace") + b"\0"
        sound = bytearray()
        with self._lock:
            self._choose(voice)
            self._library.espeak_SetParameter(_RATE, words_a_minute, 0)
            self._hear = sound.extend
            fault = self._library.espeak_Synth(said, ctypes.c_size_t(len(said)), 0, 0, 0, _UTF8, None, None)
            self._hear = _nothing
        if fault:
            raise ModelUnavailableError(_FAILED)
        return bytes(sound)

    def phonemes(self, text: str, *, voice: str) -> str:
        """Return how `text` would be pronounced, in the International Phonetic Alphabet."""
        left = ctypes.c_char_p(text.encode("utf-8", "replace"))
        found = []
        with self._lock:
            self._choose(voice)
            while left.value:
                told = self._library.espeak_TextToPhonemes(ctypes.byref(left), _UTF8, _IPA)
                found.append(told.decode() if told else "")
        return " ".join(found)

    def _choose(self, voice: str) -> None:
        if voice != self._voice:
            if self._library.espeak_SetVoiceByName(voice.encode()):
                raise ModelUnavailableError(_FAILED)
            self._voice = voice

    def _take(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:
        if samples and count:
            self._hear(ctypes.string_at(samples, 2 * count))
        return 0


def _nothing(_samples: bytes) -> None:
    """Hear nothing."""
