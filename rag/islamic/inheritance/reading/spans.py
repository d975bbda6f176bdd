"""The words of a text as one line for patterns, and back from a match to the words. Knows no meaning."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from fanar.arabic.script import shares
from rag.islamic.inheritance.reading import arabic, english
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens, and their folded forms with a blank between: what a pattern is held against."""

    found: tuple[Token, ...]
    plain: str = field(init=False)
    places: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Note where each word begins."""
        at, places = 0, []
        for token in self.found:
            places.append(at)
            at += len(token.form) + 1
        object.__setattr__(self, "plain", " ".join(token.form for token in self.found))
        object.__setattr__(self, "places", tuple(places))

    def within(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """Return the words that a group of a match covers: where they begin and end."""
        start, end = match.span(group)
        return max(0, bisect_right(self.places, start) - 1), bisect_right(self.places, max(start, end - 1))

    def after(self, place: int) -> int:
        """Return the first word that begins behind a place of `plain`."""
        return bisect_right(self.places, place)

    def text(self, start: int = 0, end: int | None = None) -> str:
        """Return words as a text that is read like the first one."""
        return " ".join(token.text for token in self.found[start:end])

    def without(self, start: int, end: int) -> Words:
        """Return the other words."""
        return Words((*self.found[:start], *self.found[end:]))

    def mentions(self, start: int, end: int) -> Iterator[tuple[int, Mention]]:
        """Yield where kin are named among some of the words, and who."""
        read, found = self._read, self.found[:end]
        at = start
        while at < end:
            mention = read(found, at)
            if mention:
                yield at, mention
            at = max(mention.end, at + 1) if mention else at + 1

    @property
    def _read(self) -> Callable[[Sequence[Token], int], Mention | None]:
        share = shares(self.plain)
        return english.mention_at if share.latin > share.arabic else arabic.mention_at


def words_of(text: str) -> Words:
    """Return the words of a text."""
    return Words(tuple(tokens(text)))
