"""Citation markers within a text, «[1]» or «[report]», and the sources that they name. Knows nothing of whether those say what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fanar.attribution.claims.splitting import MARKER
from fanar.claims import Marker, SourceText

_NUMBERS = re.compile(r"\d{1,4}")
_NUMBERED = re.compile(r"\d{1,4}(?:\s?[,،;\-–]\s?\d{1,4}){0,9}")


class Markers:
    """Reads markers for one list of sources: a source is named by its id, or by its number in the list, from 1."""

    def __init__(self, sources: Sequence[SourceText]) -> None:
        self._ids = {source.id: source.id for source in sources}
        self._numbers = {str(number): source.id for number, source in enumerate(sources, 1) if source.listed}

    def find(self, text: str, start: int, end: int) -> tuple[Marker, ...]:
        """Return the markers of a stretch in order; brackets that are none are passed over."""
        return tuple(marker for match in MARKER.finditer(text, start, end) for marker in self._named(match))

    def without(self, text: str, start: int, end: int) -> str:
        """Return a stretch with its markers blanked out, as long as it was."""
        stretch = text[start:end]
        for marker in reversed(self.find(text, start, end)):
            opening, closing = marker.start - start, marker.end - start
            stretch = stretch[:opening] + " " * (closing - opening) + stretch[closing:]
        return stretch

    def _named(self, match: re.Match[str]) -> Iterator[Marker]:
        name = match["name"].strip()
        at = match.start() + len(match.group()) - len(match.group().lstrip(" \u00a0"))
        if name in self._ids:
            yield Marker(match.group().strip(), at, match.end(), name)
        elif _NUMBERED.fullmatch(name):
            for number in _NUMBERS.findall(name):
                yield Marker(match.group().strip(), at, match.end(), self._numbers.get(str(int(number))))
