"""Our subject index of the Quran: which verses people look up under which words. Knows nothing of the verses' text.

The files are `rag/islamic/subjects/*.tsv`, one subject a line: verses, anchors (words that prove the numbering), Arabic headings, English
headings. Headings only point to verses; they are never shown as if they were religious text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fanar.bilingual import Bilingual, Language
from fanar.errors import ConfigurationError
from rag.ingest.expansion import Heading

Place = tuple[int, int]
_COLUMNS = 4
_SEPARATORS: tuple[tuple[Language, str], ...] = (("ar", "؛"), ("en", ";"))


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the index."""

    places: tuple[Place, ...]
    anchors: tuple[str, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class SubjectIndex:
    """All lines; `checksum` changes with any of them."""

    subjects: tuple[Subject, ...]
    checksum: str

    def by_verse(self) -> dict[Place, tuple[Heading, ...]]:
        """Return each verse's headings, each of them once."""
        found: dict[Place, dict[Heading, None]] = {}
        for subject in self.subjects:
            for place in subject.places:
                found.setdefault(place, {}).update(dict.fromkeys(subject.headings))
        return {place: tuple(headings) for place, headings in found.items()}


def load_subjects() -> SubjectIndex:
    """Read the index that ships with the platform. Raises ConfigurationError for a line that cannot be read."""
    return read_subjects(_shipped())


@lru_cache(maxsize=1)
def subjects_checksum() -> str:
    """Return the checksum of the index that ships, without reading its lines: they are many, and most starts need none of them."""
    return _checksum(_shipped())


def read_subjects(sources: Sequence[bytes]) -> SubjectIndex:
    """Read files of the index. Raises ConfigurationError for a line that cannot be read, by its number."""
    subjects: list[Subject] = []
    for source in sources:
        lines = source.decode("utf-8").splitlines()
        subjects += [_subject(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    return SubjectIndex(tuple(subjects), _checksum(sources))


def _shipped() -> list[bytes]:
    folder = files("rag.islamic") / "subjects"
    sources = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".tsv")), key=lambda entry: entry.name)
    return [entry.read_bytes() for entry in sources]


def _checksum(sources: Sequence[bytes]) -> str:
    return hashlib.sha256(b"".join(sources)).hexdigest()


def _subject(line: str, number: int) -> Subject:
    columns = line.split("\t")
    if len(columns) != _COLUMNS:
        raise _unreadable(number)
    references, anchors, *headings = columns
    return Subject(
        tuple(place for reference in references.split(",") for place in _places(reference.strip(), number)),
        tuple(_parts(anchors, "؛")),
        tuple(
            Heading(language, text)
            for (language, separator), column in zip(_SEPARATORS, headings, strict=True)
            for text in _parts(column, separator)
        ),
    )


def _places(reference: str, number: int) -> Iterable[Place]:
    surah, _, verses = reference.partition(":")
    first, _, last = verses.partition("-")
    if not (surah.isdecimal() and first.isdecimal() and (not last or last.isdecimal())):
        raise _unreadable(number)
    return [(int(surah), ayah) for ayah in range(int(first), int(last or first) + 1)]


def _parts(column: str, separator: str) -> list[str]:
    return [part.strip() for part in column.split(separator) if part.strip()]


def _unreadable(number: int) -> ConfigurationError:
    return ConfigurationError(
        Bilingual(f"Line {number} of the subject index cannot be read.", f"تعذّرت قراءة السطر {number} من فهرس الموضوعات.")
    )
