"""Ways in which people hide words from filters: what stays readable to a reader and must stay so to a moderator. The same each time."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

_TATWEEL, _ZERO_WIDTH = "\u0640", "\u200b"
_LEET = str.maketrans("aeiost", "431057")
_ALIKE = str.maketrans("aeiocpxy", "\u0430\u0435\u0456\u043e\u0441\u0440\u0445\u0443")
_DIACRITICS = "\u064e\u064f\u0650\u0652"
_ARABIC = frozenset(map(chr, range(0x0621, 0x064B)))


def stretched(text: str, dice: random.Random) -> str:
    """Draw out one letter of each word, Arabic ones with tatweel too."""
    return " ".join(_with(word, dice, lambda letter: letter * 4 + (_TATWEEL if letter in _ARABIC else "")) for word in text.split())


def tatweel(text: str, dice: random.Random) -> str:
    """Put tatweel after each Arabic letter; Latin words get zero-width spaces."""
    return "".join(letter + (_TATWEEL if letter in _ARABIC else _ZERO_WIDTH if letter.isalpha() else "") for letter in text)


def zero_width(text: str, dice: random.Random) -> str:
    """Put something invisible after every second letter."""
    return "".join(letter + (_ZERO_WIDTH if at % 2 and letter.isalpha() else "") for at, letter in enumerate(text))


def spaced(text: str, dice: random.Random) -> str:
    """Pull the letters of the longest word apart with spaces."""
    return _longest(text, lambda word: " ".join(word))


def dotted(text: str, dice: random.Random) -> str:
    """Pull the letters of the longest word apart with dots."""
    return _longest(text, lambda word: ".".join(word))


def leet(text: str, dice: random.Random) -> str:
    """Write digits for letters, as gamers do; Arabic gets vowels on every letter instead."""
    return "".join(letter + dice.choice(_DIACRITICS) if letter in _ARABIC else letter.translate(_LEET) for letter in text)


def look_alike(text: str, dice: random.Random) -> str:
    """Write Cyrillic letters for Latin ones that look the same; Arabic gets Persian kaf and yeh."""
    return text.translate(_ALIKE).replace("ك", "ک").replace("ي", "ی")


DISGUISES: Mapping[str, Callable[[str, random.Random], str]] = {
    "stretched": stretched,
    "tatweel": tatweel,
    "zero width": zero_width,
    "spaced": spaced,
    "dotted": dotted,
    "leet": leet,
    "look-alikes": look_alike,
}


def _with(word: str, dice: random.Random, change: Callable[[str], str]) -> str:
    places = [at for at, letter in enumerate(word) if letter.isalpha()]
    if len(places) < 3:
        return word
    at = dice.choice(places[1:])
    return word[:at] + change(word[at]) + word[at + 1 :]


def _longest(text: str, change: Callable[[str], str]) -> str:
    words = text.split()
    at = max(range(len(words)), key=lambda place: len(words[place]))
    return " ".join([*words[:at], change(words[at]), *words[at + 1 :]])
