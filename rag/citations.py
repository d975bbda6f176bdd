"""Numbered citations within an answer: every marker that remains resolves. Knows nothing of who writes the answer.

A marker is a bracketed number, [1], also [1, 2], [١] or 【1】; it comes out as [1]. One that names no passage is taken out, with the space
before it. Text streams: only what may be the beginning of a marker is held back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fanar.documents import Citation, Document
from fanar.events import CitationAdded, TextDelta

Part = TextDelta | CitationAdded

SPACE = r"[ \u00a0]"
MARKER = re.compile(r"[\[【](?P<numbers>\d{1,4}(?:\s?[,،;]\s?\d{1,4}){0,9})[\]】]")
"""A marker as models write it, of up to ten numbers."""
_TARGET = r"\([^()\s]{0,300}"  # of the link that some models make of a marker
_WHOLE = re.compile(rf"(?P<space>{SPACE}?){MARKER.pattern}(?:{_TARGET}\))?")
_BEGINNING = re.compile(rf"(?:{SPACE}|{SPACE}?[\[【][\d\s,،;]{{0,60}}(?:[\]】](?:{_TARGET})?)?)\Z")
_LONGEST = 400  # characters that a whole marker, with its link, can have
_NUMBER = re.compile(r"\d+")
WRITTEN = re.compile(r"\[([1-9][0-9]{0,3})\]")
"""A marker as `marker` writes it, its number the first group."""


def marked_numbers(text: str) -> list[int]:
    """Return the numbers that the markers in `text` name, in order."""
    return [number for match in MARKER.finditer(text) for number in _numbers(match)]


def marker(number: int) -> str:
    """Return how citation `number` is written."""
    return f"[{number}]"


class CitedText:
    """Passes an answer on, piece by piece, and reports each passage when the answer first cites it."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._held = ""
        self._written = 0
        self._cited: dict[int, Citation] = {}
        self._dropped = 0

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the answer cites so far, in the order in which it came up."""
        return tuple(self._cited.values())

    @property
    def dropped(self) -> int:
        """How many markers named no passage."""
        return self._dropped

    def verbatim(self, text: str) -> TextDelta:
        """Return a piece that is not read for markers: a bracketed number in it is the source's own. Nothing may be held back before it."""
        self._written += len(text)
        return TextDelta(text, verbatim=True)

    def mark(self, number: int) -> list[Part]:
        """Return the marker of passage `number`, for an answer that is put together here: nothing of it is held back."""
        return [*self.push(marker(number)), *self.finish()]

    def push(self, text: str) -> list[Part]:
        """Take the next piece and return what may pass."""
        text = self._held + text
        beginning = _BEGINNING.search(text, max(0, len(text) - _LONGEST))
        at = beginning.start() if beginning else len(text)
        self._held = text[at:]
        return list(self._passed(text[:at]))

    def finish(self) -> list[Part]:
        """Return the rest."""
        rest, self._held = self._held, ""
        return list(self._passed(rest))

    def _passed(self, text: str) -> Iterator[Part]:
        done = 0
        for match in _WHOLE.finditer(text):
            yield from self._text(text[done : match.start()])
            yield from self._markers(match)
            done = match.end()
        yield from self._text(text[done:])

    def _markers(self, match: re.Match[str]) -> Iterator[Part]:
        numbers = _numbers(match)
        known = [number for number in numbers if 1 <= number <= len(self._documents)]
        self._dropped += len(numbers) - len(known)
        if known:
            yield from self._text(match["space"])
        for number in known:
            at = self._written
            yield from self._text(marker(number))
            if number not in self._cited:
                self._cited[number] = Citation(number, self._documents[number - 1], at)
                yield CitationAdded(self._cited[number])

    def _text(self, text: str) -> Iterator[TextDelta]:
        if text:
            self._written += len(text)
            yield TextDelta(text)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(number) for number in _NUMBER.findall(match["numbers"])]
