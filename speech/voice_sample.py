"""Takes in a WAV file of somebody's voice: what it says of itself is checked, and nothing of it but the sound is kept."""

from __future__ import annotations

import io

import numpy as np

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.media import Sound
from speech.riff import sample_bytes
from speech.wave_stream import NoWaveError, WaveReader

MOST_BYTES = 10_000_000
SHORTEST, LONGEST = 1.0, 60.0  # seconds
_LOUD = 0.01  # of the loudest sound there is; what never comes so far is silence
_NO_WAVE = Bilingual(
    "audio must be a whole WAV file of 16-bit or floating samples in one or two channels.",
    "يجب أن يكون audio ملف WAV كاملًا بعينات من 16 بت أو عشرية في قناة أو قناتين.",
)
_LENGTH = Bilingual(
    f"audio must hold {SHORTEST:g} to {LONGEST:g} seconds of speech.", f"يجب أن يحوي audio كلامًا من {SHORTEST:g} إلى {LONGEST:g} ثانية."
)
_SILENT = Bilingual("Nothing is heard in audio.", "لا يُسمع شيء في audio.")


def read_sample(content: bytes) -> Sound:
    """Return the sound of a WAV file. Raises UnprocessableError for another kind of file, a broken one, silence, and a wrong length."""
    place = sample_bytes(io.BytesIO(content))
    if place is None or place.stop > len(content):
        raise UnprocessableError(_NO_WAVE, param="audio")
    try:
        # What stands behind the samples, who recorded them and where, is left out.
        sound = WaveReader().add(content[: place.stop])
    except NoWaveError:
        raise UnprocessableError(_NO_WAVE, param="audio") from None
    if sound is None or not SHORTEST <= sound.seconds <= LONGEST:
        raise UnprocessableError(_LENGTH, param="audio")
    if np.abs(np.frombuffer(sound.samples, "<i2").astype(np.int32)).max() < _LOUD * 32_768:
        raise UnprocessableError(_SILENT, param="audio")
    return sound
