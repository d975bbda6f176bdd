"""What a report cites: passages, numbered as they come, each of one kind of source. Knows nothing of how they are found or shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from fanar.bilingual import Bilingual
from fanar.documents import Document

Kind = Literal["quran", "tafsir", "hadith", "fiqh", "fatwa", "supplication"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LAW: tuple[Kind, ...] = ("fiqh", "fatwa")
"""What speaks for a school."""
NAMES: Mapping[Kind, Bilingual] = {
    "quran": Bilingual("The Quran", "القرآن الكريم"),
    "tafsir": Bilingual("Commentary (tafsir)", "التفسير"),
    "hadith": Bilingual("Hadith", "الحديث"),
    "fiqh": Bilingual("Jurisprudence (fiqh)", "الفقه"),
    "fatwa": Bilingual("Fatwas", "الفتاوى"),
    "supplication": Bilingual("Supplications", "الأدعية"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A passage, and how sure it is that it speaks to the question: a verse's calibrated probability, else the share of words it holds."""

    kind: Kind
    document: Document
    score: float


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that the report cites by its number."""

    number: int
    kind: Kind
    document: Document
    score: float

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON; `from_json` reads it."""
        return asdict(self)

    @staticmethod
    def from_json(facts: Mapping[str, Any]) -> Source:
        """Read what `to_json` wrote."""
        return Source(facts["number"], facts["kind"], Document(**facts["document"]), facts["score"])


class Shelf:
    """The sources of one report. What is found again keeps its number."""

    def __init__(self, sources: Sequence[Source] = ()) -> None:
        self._sources = list(sources)
        self._numbers = {_place(source.document): source.number for source in self._sources}

    @property
    def sources(self) -> tuple[Source, ...]:
        """All of them, by number."""
        return tuple(self._sources)

    def source(self, number: int) -> Source:
        """Return one by its number."""
        return self._sources[number - 1]

    def take(self, found: Found) -> int:
        """Return the number of a passage; a new one gets the next."""
        place = _place(found.document)
        if place not in self._numbers:
            # What only helps to find a passage is of no use to who reads it.
            document = replace(found.document, expansion="", metadata=dict(found.document.metadata))
            self._sources.append(Source(len(self._sources) + 1, found.kind, document, round(found.score, 4)))
            self._numbers[place] = len(self._sources)
        return self._numbers[place]

    def holds(self, found: Found) -> bool:
        """Whether a passage has a number already."""
        return _place(found.document) in self._numbers


def _place(document: Document) -> tuple[str, str]:
    return document.corpus, document.id
