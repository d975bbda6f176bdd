"""A voice desk whose Arabic is vowelled first, by the model that comes with piper."""

from __future__ import annotations

from speech.espeak import load_espeak
from speech.reading.reader import Reader
from speech.vocaliser import load_vocaliser
from speech.voice_desk import VoiceDesk


def open_vowelled_desk(*, most: int) -> VoiceDesk:
    """Return a desk with espeak-ng's voices over vowelled Arabic. Raises ConfigurationError."""
    return VoiceDesk(load_espeak(), Reader(vocalise=load_vocaliser()), most=most)
