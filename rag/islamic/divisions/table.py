"""Where each juz, hizb, quarter of a hizb and page of the Madina mushaf begins and ends. Knows no words of the Quran.

Eight quarters make a juz and four a hizb. The table, with its source and licence, is `madina.tsv`; `making` made it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, NotFoundError
from fanar.scripture.order import VERSES, Place, place_at, position, references_between
from fanar.scripture.references import VerseReference

Kind = Literal["juz", "hizb", "quarter", "page"]
COUNTS: Mapping[Kind, int] = {"juz": 30, "hizb": 60, "quarter": 240, "page": 604}
"""How many there are of each."""
QUARTERS_OF_A_HIZB = 4

_FILE = "madina.tsv"
_EVERY: Mapping[Kind, int] = {"juz": 8, "hizb": QUARTERS_OF_A_HIZB, "quarter": 1}
_DAMAGED = Bilingual(
    "The table of juz, hizb and pages is damaged: install Fanar again.", "جدول الأجزاء والأحزاب والصفحات تالف: أعد تثبيت فنار."
)
_NONE = Bilingual(
    "The Madina mushaf has 30 juz, 60 hizbs of four quarters and 604 pages; none has this number.",
    "في مصحف المدينة 30 جزءًا و60 حزبًا في كل حزب أربعة أرباع و604 صفحات، ولا شيء منها بهذا الرقم.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the mushaf, and its first and last verse."""

    kind: Kind
    number: int
    first: Place
    last: Place

    @property
    def references(self) -> tuple[VerseReference, ...]:
        """Its verses, surah by surah."""
        return references_between(self.first, self.last)

    @property
    def verses(self) -> int:
        """How many verses it has."""
        return position(self.last) - position(self.first) + 1


class Divisions:
    """The parts of the mushaf. `starts` are the first verses of each kind's parts, as positions in the Quran."""

    def __init__(self, starts: Mapping[Kind, Sequence[int]]) -> None:
        self._starts = starts

    def part(self, kind: Kind, number: int) -> Part:
        """Return one part. Raises NotFoundError."""
        starts = self._starts[kind]
        if not 1 <= number <= len(starts):
            raise NotFoundError(_NONE)
        end = starts[number] if number < len(starts) else VERSES
        return Part(kind, number, place_at(starts[number - 1]), place_at(end - 1))

    def holding(self, kind: Kind, place: Place) -> Part:
        """Return the part in which a verse stands."""
        return self.part(kind, bisect_right(self._starts[kind], position(place)))


@lru_cache(maxsize=1)
def load_divisions() -> Divisions:
    """Read the table that ships. Raises ConfigurationError."""
    return read_divisions((files("rag.islamic.divisions") / _FILE).read_text(encoding="utf-8"))


def read_divisions(table: str) -> Divisions:
    """Read a table. Raises ConfigurationError unless it holds as many quarters and pages as there are, in order, from the first verse."""
    rows = dict(line.split("\t", 1) for line in table.splitlines() if "\t" in line and not line.startswith("#"))
    try:
        quarters, pages = (_positions(rows[name]) for name in ("quarter", "page"))
    except (KeyError, IndexError, ValueError) as cause:
        raise ConfigurationError(_DAMAGED) from cause
    if (len(quarters), len(pages)) != (COUNTS["quarter"], COUNTS["page"]):
        raise ConfigurationError(_DAMAGED)
    starts: dict[Kind, Sequence[int]] = {kind: quarters[::every] for kind, every in _EVERY.items()}
    return Divisions({**starts, "page": pages})


def _positions(row: str) -> list[int]:
    places = [(int(surah), int(ayah)) for surah, _, ayah in (place.partition(":") for place in row.split())]
    found = [position(place) for place in places]
    if found[0] != 0 or any(one >= other for one, other in pairwise(found)) or found[-1] >= VERSES:
        raise ValueError(row)
    return found
