"""The voices of the contract, and the names that OpenAI's clients ask for. Knows nothing of what speaks with them."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.errors import NotFoundError
from fanar.media import NO_SUCH_VOICE, Voice

_ARABIC, _ENGLISH = ("ar", "en"), ("en", "ar")

VOICES = (
    Voice("Amelia", "أميليا", "female", "British", _ENGLISH),
    Voice("Emily", "إيميلي", "female", "American", _ENGLISH),
    Voice("Hamad", "حمد", "male", "Gulf", _ARABIC),
    Voice("Harry", "هاري", "male", "British", _ENGLISH),
    Voice("Huda", "هدى", "female", "Standard", _ARABIC),
    Voice("Jake", "جيك", "male", "American", _ENGLISH),
    Voice("Jasim", "جاسم", "male", "Gulf", _ARABIC),
    Voice("Noor", "نور", "female", "Standard", _ARABIC),
)

# OpenAI's clients name one of these unless they are told of ours.
_ALIASES = {
    "alloy": "Noor",
    "ash": "Jake",
    "ballad": "Harry",
    "cedar": "Jasim",
    "coral": "Amelia",
    "echo": "Jake",
    "fable": "Harry",
    "marin": "Huda",
    "nova": "Emily",
    "onyx": "Hamad",
    "sage": "Huda",
    "shimmer": "Amelia",
    "verse": "Jasim",
}


def find_voice(name: str, voices: Sequence[Voice] = VOICES) -> Voice:
    """Return the voice of this name, whatever the case of its letters. Raises NotFoundError."""
    wanted = _ALIASES.get(name.lower(), name).lower()
    for voice in voices:
        if voice.name.lower() == wanted:
            return voice
    raise NotFoundError(NO_SUCH_VOICE, param="voice")


def is_public(name: str) -> bool:
    """Whether a name is one of the contract's or of OpenAI's, so that no personal voice can have it."""
    return name.lower() in _ALIASES or any(voice.name.lower() == name.lower() for voice in VOICES)
