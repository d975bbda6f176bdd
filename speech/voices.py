"""The voices of the contract, and the names that OpenAI's clients ask for. Knows nothing of what speaks with them."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from fanar.media import Voice

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
_NO_SUCH_VOICE = Bilingual(
    "There is no voice of this name; GET /v1/audio/voices lists them.", "لا صوت بهذا الاسم؛ القائمة في ‎GET /v1/audio/voices."
)


def find_voice(name: str, voices: Sequence[Voice] = VOICES) -> Voice:
    """Return the voice of this name, whatever the case of its letters. Raises NotFoundError."""
    wanted = _ALIASES.get(name.lower(), name).lower()
    for voice in voices:
        if voice.name.lower() == wanted:
            return voice
    raise NotFoundError(_NO_SUCH_VOICE, param="voice")
