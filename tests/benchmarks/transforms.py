"""Ways in which people write the same prompt differently: tashkeel, hamza, tatweel, typos, case, stretched letters. Seeded, not random.

Knows nothing of what is measured under them.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

Transform = Callable[[str], str]

_LETTER = re.compile(r"[\u0621-\u064a]")
_JOINING = "بتثجحخسشصضطظعغفقكلمنهي"
_MARKS = "\u064e\u064f\u0650\u0652\u064b"
_NEIGHBOURS = {
    row[at]: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
    for at in range(len(row))
}


def tashkeel(text: str) -> str:
    """Put a vowel sign on every other Arabic letter."""
    dice = _dice(text)
    return "".join(c + (dice.choice(_MARKS) if _LETTER.match(c) and dice.random() < 0.5 else "") for c in text)


def hamza(text: str) -> str:
    """Write every hamza, ta marbuta and final ya as hurried writers do."""
    text = re.sub("[أإآ]", "ا", text).replace("ة", "ه").replace("ؤ", "و").replace("ئ", "ي")
    return re.sub(r"ى\b", "ي", text)


def tatweel(text: str) -> str:
    """Stretch some joining letters."""
    dice = _dice(text)
    return "".join(c + ("ـ" * dice.randint(1, 3) if c in _JOINING and dice.random() < 0.2 else "") for c in text)


def typos(text: str) -> str:
    """Make one slip of the fingers per about 25 letters: a neighbouring key, a dropped, doubled or swapped letter."""
    dice = _dice(text)
    letters = list(text)
    places = [at for at, letter in enumerate(letters[:-1]) if letter.isalpha() and letters[at + 1].isalpha()]
    for at in sorted(dice.sample(places, min(len(places), 1 + len(places) // 25)), reverse=True):
        match dice.randrange(4):
            case 0:
                letters[at] = dice.choice(_NEIGHBOURS.get(letters[at].lower()) or letters[at])
            case 1:
                del letters[at]
            case 2:
                letters.insert(at, letters[at])
            case _:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def case(text: str) -> str:
    """Write Latin letters in capitals."""
    return text.upper()


def no_punctuation(text: str) -> str:
    """Leave out the marks that end a sentence."""
    return re.sub(r"[؟?!.،,]+(?=\s|$)", "", text)


TRANSFORMS: dict[str, Transform] = {
    "tashkeel": tashkeel,
    "hamza": hamza,
    "tatweel": tatweel,
    "typos": typos,
    "capitals": case,
    "no punctuation": no_punctuation,
}


def _dice(text: str) -> random.Random:
    return random.Random(zlib.crc32(text.encode("utf-8", "replace")))
