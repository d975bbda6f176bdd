"""A text as words and numbers in their `search` form, each with its place in the text. Knows nothing of time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from fanar.arabic.normalization import normalize, normalize_with_offsets
from fanar.arabic.numerals import read_numeral
from fanar.arabic.ordinals import number_said

T = TypeVar("T")

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_MOST_TOKENS = 200  # of a question; what follows asks nothing more about time
_LONGEST_TEXT = 2_000
_JOINED = ("و", "ف", "ب", "ل")
_SHORTEST_JOINED = 4
_ARTICLED = re.compile(r"^(و?)(?:ال|لل)(?=..)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number; `gap` is what stands between it and the one before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def arabic(self) -> bool:
        """Whether it is a word in Arabic letters."""
        return not self.text.isascii()


def tokens_of(text: str) -> list[Token]:
    """Return the words and numbers of `text`, digits and letters apart; offsets are those of `text` itself."""
    form = normalize_with_offsets(text[:_LONGEST_TEXT])
    found: list[Token] = []
    done = 0
    for match in _TOKEN.finditer(form.text):
        start, end = form.original_span(*match.span())
        found.append(Token(match.group(), start, end, form.text[done : match.start()]))
        done = match.end()
        if len(found) == _MOST_TOKENS:
            break
    return found


def phrases(table: Mapping[T, str]) -> dict[tuple[str, ...], T]:
    """Return a table from phrases, as they are tokenised, to what they mean; `|` stands between the phrases of one meaning."""
    return {
        tuple(_TOKEN.findall(normalize(phrase))): meaning for meaning, line in table.items() for phrase in line.split("|") if phrase.strip()
    }


class Words:
    """The tokens of one text, and what can be looked up from a place in it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._texts = [token.text for token in tokens]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.tokens)

    def at(self, place: int) -> str:
        """Return the word at a place; the empty string beyond the ends."""
        return self._texts[place] if 0 <= place < len(self._texts) else ""

    def gap(self, place: int) -> str:
        """Return what stands before the word at a place."""
        return self.tokens[place].gap if 0 <= place < len(self.tokens) else ""

    def find(self, table: Mapping[tuple[str, ...], T], place: int, *, longest: int = 5) -> tuple[T, int] | None:
        """Return what the longest phrase of `table` at a place means, and the place after it."""
        for length in range(min(longest, len(self._texts) - place), 0, -1):
            phrase = tuple(self._texts[place : place + length])
            if phrase in table:
                return table[phrase], place + length
        return None

    def has(self, table: Mapping[tuple[str, ...], object], place: int) -> bool:
        """Whether a phrase of `table` stands at a place."""
        return self.find(table, place) is not None

    def find_prefixed(self, table: Mapping[tuple[str, ...], T], place: int) -> tuple[T, int] | None:
        """Return what `find` does, also where one of the letters و ف ب ل is joined to the phrase."""
        found = self.find(table, place)
        word = self.at(place)
        if found is not None or word[:1] not in _JOINED or len(word) < _SHORTEST_JOINED:
            return found
        return Words([replace(self.tokens[place], text=word[1:]), *self.tokens[place + 1 : place + 5]]).moved(table, place)

    def moved(self, table: Mapping[tuple[str, ...], T], place: int) -> tuple[T, int] | None:
        """Return what stands at the beginning, with places counted from `place`."""
        found = self.find(table, 0)
        return None if found is None else (found[0], place + found[1])

    def number(self, place: int) -> tuple[int, int] | None:
        """Return the number at a place, in digits or words, with or without article, and the place after it."""
        word = self.at(place)
        if word == "ال" and self.at(place + 1).isdigit():
            word, place = self.at(place + 1), place + 1
        if word.isdigit():
            return (int(word), place + 1) if len(word) <= 4 else None
        texts = [_ARTICLED.sub(r"\1", each) for each in self._texts[place : place + 6]]
        found = read_numeral(texts, 0)
        return None if found is None else (found[0], place + found[1])

    def day_number(self, place: int) -> tuple[int, int] | None:
        """Return the number of a day at a place, as an ordinal too, and the place after it."""
        if self.at(place).isdigit():
            value, used = int(self.at(place)), 1
            used += self.at(place + 1) in ("st", "nd", "rd", "th") and not self.gap(place + 1)
        else:
            value, used = number_said(self._texts, place)
        return (value, place + used) if used and 1 <= value <= 31 else None
