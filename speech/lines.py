"""Lines of text on a screen: how wide they are, where they break, and which way they run. Knows nothing of time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_EMBED, _POP = "\u202b", "\u202c"
_RIGHT = frozenset(("R", "AL"))
_STEERING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def plain(text: str) -> str:
    """Return a text on one line: single spaces, no control characters, no marks of direction that are left open."""
    spaced = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Zs") else letter for letter in text)
    kept = (letter for letter in spaced if unicodedata.category(letter) != "Cs" and unicodedata.bidirectional(letter) not in _STEERING)
    return " ".join("".join(kept).split())


def width(text: str) -> int:
    """Return how many columns a text takes: none for marks over letters, two for letters of full width."""
    return sum(map(_columns, text))


def lines(text: str, columns: int, *, balanced: bool = False) -> list[str]:
    """Return a text broken between words into lines of at most so many columns; a longer word is broken between its letters.

    With `balanced` two lines are made as even as they can be; one stays one, and more are left as they are filled.
    """
    words = [part for word in text.split() for part in _chopped(word, columns)]
    filled = _filled(words, columns)
    if not balanced or len(filled) != 2:
        return filled
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    first, second = min(halves, key=lambda pair: max(width(pair[0]), width(pair[1])))
    return [first, second]


def directed(line: str) -> str:
    """Return a line so that it reads from right to left, if it is Arabic, in a player that takes all lines for left-to-right.

    A line of Arabic letters alone needs nothing; with signs at its ends, or Latin words in it, it is embedded.
    """
    kinds = [unicodedata.bidirectional(letter) for letter in line]
    strong = [kind for kind in kinds if kind in _RIGHT or kind == "L"]
    if 2 * sum(kind in _RIGHT for kind in strong) < len(strong) or not strong:
        return line
    solid = [kind for kind in kinds if kind != "NSM"]
    if "L" not in strong and solid[0] in _RIGHT and solid[-1] in _RIGHT:
        return line
    return f"{_EMBED}{line}{_POP}"


def _filled(words: Sequence[str], columns: int) -> list[str]:
    filled: list[str] = []
    for word in words:
        if filled and width(filled[-1]) + 1 + width(word) <= columns:
            filled[-1] = f"{filled[-1]} {word}"
        else:
            filled.append(word)
    return filled


def _chopped(word: str, columns: int) -> list[str]:
    if width(word) <= columns:
        return [word]
    parts, taken = [""], 0
    for letter in word:
        size = _columns(letter)
        if taken + size > columns:
            parts.append("")
            taken = 0
        parts[-1] += letter
        taken += size
    return parts


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
