"""Lets sentences of a model's answer pass that name a source and give no number which that source does not. Knows nothing of models.

A sentence without a marker rests on nothing and is left out, and so is one with a number that stands in none of the articles it names.
Text streams: a sentence passes as soon as it is complete and the markers behind it have come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from fanar.arabic.normalization import normalize
from fanar.arabic.numerals import SCALES, read_numeral
from fanar.arabic.sentences import sentences
from rag.citations import MARKER, SPACE, marked_numbers

_TRAILING = re.compile(rf"(?:{SPACE}?{MARKER.pattern})+[.؟?!…]*")
_OPEN = re.compile(rf"{SPACE}?[\[【][\d\s,،;]*\Z")
_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_PIECE = re.compile(rf"{_NUMBER.pattern}|[^\W\d_]+(?:'[^\W\d_]+)*")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s*")
_SEPARATORS = re.compile(r"[,٬]")
_LONGEST = 8_000


class SupportedText:
    """Filters one answer. `sources` are the texts of the numbered articles with their dates, number 1 first."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._numbers = [_numbers_of(source) for source in sources]
        self._held = ""
        self.passed = 0
        self.dropped = 0

    def push(self, text: str) -> str:
        """Take the next piece and return what may pass."""
        self._held = (self._held + text)[-_LONGEST:]
        return "".join(self._complete(last=False))

    def finish(self) -> str:
        """Return the rest."""
        return "".join(self._complete(last=True))

    def _complete(self, *, last: bool) -> Iterator[str]:
        found = sentences(self._held)
        ends = []
        for sentence in found:
            behind = _TRAILING.match(self._held, sentence.end)
            ends.append(behind.end() if behind else sentence.end)
        done = 0
        for place, end in enumerate(ends):
            following = place + 1 < len(ends) and ends[place + 1] > end
            if end <= done:
                continue  # markers that were taken with the sentence before
            if not last and (not following or _OPEN.search(self._held[end:])):
                break
            piece = self._held[done:end]
            done = end
            if self._supported(piece):
                self.passed += 1
                yield piece
            else:
                self.dropped += 1
        self._held = self._held[done:]

    def _supported(self, piece: str) -> bool:
        known = [self._numbers[number - 1] for number in marked_numbers(piece) if 1 <= number <= len(self._numbers)]
        if not known:
            return False
        return _numbers_of(_LIST_ITEM.sub("", MARKER.sub(" ", piece))) <= frozenset().union(*known)


def _numbers_of(text: str) -> frozenset[str]:
    """Return the numbers in a text, in digits, words or both, as digits: «5 ملايين» and "five million" are one."""
    pieces = _PIECE.findall(normalize(text))
    found, at = set(), 0
    while at < len(pieces):
        number, at = _number(pieces, at)
        found.add(number)
    return frozenset(found - {""})


def _number(pieces: Sequence[str], at: int) -> tuple[str, int]:
    """Return the number that begins at a place, empty where none does, and the place behind it."""
    if _NUMBER.match(pieces[at]):
        number, after = _SEPARATORS.sub("", pieces[at]).replace("٫", "."), at + 1
    elif (spelled := read_numeral(pieces, at)) is not None:
        number, after = str(spelled[0]) if spelled[0] > 1 else "", spelled[1]
    else:
        return "", at + 1
    if number.count(".") > 1:
        return number, after
    while number and after < len(pieces) and pieces[after] in SCALES:
        number, after = f"{(Decimal(number) * SCALES[pieces[after]]).normalize():f}", after + 1
    return number, after
