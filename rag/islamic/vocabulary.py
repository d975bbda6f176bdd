"""Which stems and roots the verses, their translation and their headings use, as arrays. Knows nothing of questions.

Rows are numbered: verses in the order they were given in, lines of the subject index in its order, headings line by line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np
from numpy.typing import NDArray

from fanar.documents import Document
from rag.analysis import search_words, stem
from rag.ingest.subjects import Place, SubjectIndex
from rag.islamic.asking import says_a_number, says_a_plea
from rag.islamic.lexicon import Lexicon
from rag.islamic.postings import Floats, Postings, Rows, digest
from rag.islamic.terms import Terms, heading_terms, verse_terms, wording


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many verses each term occurs, by sorted digests."""

    keys: NDArray[np.uint64]
    counts: Rows

    @classmethod
    def build(cls, counted: Counter[str]) -> Frequencies:
        """Keep what was counted."""
        ordered = sorted((digest(term), count) for term, count in counted.items())
        return cls(np.array([key for key, _ in ordered], dtype=np.uint64), np.array([count for _, count in ordered], dtype=np.int32))

    def of(self, term: str) -> int:
        """Return the number of verses with `term`."""
        key = np.uint64(digest(term))
        at = int(np.searchsorted(self.keys, key))
        return int(self.counts[at]) if at < len(self.keys) and self.keys[at] == key else 0


@dataclass(frozen=True, slots=True)
class Links:
    """Which rows of one kind belong to a row of another: row n has targets[starts[n]:starts[n + 1]]."""

    starts: NDArray[np.int64]
    targets: Rows

    @classmethod
    def build(cls, groups: Sequence[Sequence[int]]) -> Links:
        """Keep `groups`, one a row."""
        starts = np.concatenate([[0], np.cumsum([len(group) for group in groups])]).astype(np.int64)
        return cls(starts, np.array([target for group in groups for target in group], dtype=np.int32))

    def of(self, row: int) -> Rows:
        """Return what belongs to `row`."""
        return self.targets[self.starts[row] : self.starts[row + 1]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms of a scripture and its subject index.

    `stems` and `roots` count in how many verses a term occurs, headings included. `sizes` is the rarity of a heading's stems, added up.
    `wordings` has the headings by how they are said, each of length one. `numbers` marks the verses that name a number, `pleas` those
    that are a supplication.
    """

    surahs: Rows
    ayahs: Rows
    numbers: NDArray[np.bool_]
    pleas: NDArray[np.bool_]
    sizes: Floats
    line_of: Rows
    stems: Frequencies
    roots: Frequencies
    verse_stems: Postings
    verse_roots: Postings
    line_stems: Postings
    line_roots: Postings
    heading_stems: Postings
    heading_roots: Postings
    wordings: Postings
    verse_lines: Links
    line_verses: Links
    rows: dict[Place, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Number the verses by their place."""
        places = zip(self.surahs.tolist(), self.ayahs.tolist(), strict=True)
        object.__setattr__(self, "rows", {place: row for row, place in enumerate(places)})

    @property
    def ceiling(self) -> float:
        """The rarity of what occurs nowhere."""
        return self.rarity(0)

    def rarity(self, frequency: int) -> float:
        """Return the inverse document frequency of what `frequency` verses have."""
        return log(1 + (len(self.surahs) - frequency + 0.5) / (frequency + 0.5))

    def knows(self, word: str) -> bool:
        """Whether a word in its `search` form occurs anywhere, in any inflection with the same stem."""
        return self.stems.of(stem(word)) > 0


def build_vocabulary(verses: Sequence[Document], subjects: SubjectIndex, *, lexicon: Lexicon) -> Vocabulary:
    """Analyse all verses and headings; takes some seconds."""
    places = [(int(verse.metadata["surah"]), int(verse.metadata["ayah"])) for verse in verses]
    rows = {place: row for row, place in enumerate(places)}
    lines = [[search_words(heading.text) for heading in subject.headings] for subject in subjects.subjects]
    headings = [[heading_terms(words, lexicon) for words in line] for line in lines]
    merged = [_union(line) for line in headings]
    own = [verse_terms(verse) for verse in verses]
    spelled = [search_words(verse.spelling) for verse in verses]
    line_verses = [[rows[place] for place in subject.places if place in rows] for subject in subjects.subjects]
    verse_lines = _inverted(line_verses, len(verses))
    all_terms = [_union([terms, *(merged[line] for line in verse_lines[row])]) for row, terms in enumerate(own)]
    stems = Counter(stem for terms in all_terms for stem in terms.stems)
    flat = [terms for line in headings for terms in line]
    return Vocabulary(
        surahs=np.array([surah for surah, _ in places], dtype=np.int32),
        ayahs=np.array([ayah for _, ayah in places], dtype=np.int32),
        numbers=np.array([says_a_number(words) for words in spelled], dtype=np.bool_),
        pleas=np.array([says_a_plea(words) for words in spelled], dtype=np.bool_),
        sizes=_sizes(flat, stems, len(verses)),
        line_of=np.repeat(np.arange(len(lines), dtype=np.int32), [len(line) for line in lines]),
        stems=Frequencies.build(stems),
        roots=Frequencies.build(Counter(root for terms in all_terms for root in terms.roots)),
        verse_stems=Postings.build([terms.stems for terms in own]),
        verse_roots=Postings.build([terms.roots for terms in own]),
        line_stems=Postings.build([terms.stems for terms in merged]),
        line_roots=Postings.build([terms.roots for terms in merged]),
        heading_stems=Postings.build([terms.stems for terms in flat]),
        heading_roots=Postings.build([terms.roots for terms in flat]),
        wordings=_wordings([wording(words) for line in lines for words in line]),
        verse_lines=Links.build(verse_lines),
        line_verses=Links.build(line_verses),
    )


def wording_rarity(frequency: int, headings: int) -> float:
    """Return what a term of the wording weighs that `frequency` of `headings` have."""
    return log(1 + headings / (frequency + 0.5))


def _union(all_terms: Iterable[Terms]) -> Terms:
    listed = list(all_terms)
    return Terms(
        frozenset[str]().union(*(terms.stems for terms in listed)),
        frozenset[str]().union(*(terms.roots for terms in listed)),
    )


def _inverted(line_verses: Sequence[Sequence[int]], verses: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(verses)]
    for line, rows in enumerate(line_verses):
        for row in rows:
            found[row].append(line)
    return found


def _sizes(headings: Sequence[Terms], stems: Counter[str], verses: int) -> Floats:
    rarities = {stem: log(1 + (verses - count + 0.5) / (count + 0.5)) for stem, count in stems.items()}
    return np.array([sum(rarities[stem] for stem in terms.stems) for terms in headings], dtype=np.float32)


def _wordings(headings: Sequence[dict[str, float]]) -> Postings:
    frequencies = Counter(term for heading in headings for term in heading)
    weighed = [{term: count * wording_rarity(frequencies[term], len(headings)) for term, count in heading.items()} for heading in headings]
    lengths = [sum(weight * weight for weight in heading.values()) ** 0.5 or 1.0 for heading in weighed]
    return Postings.build(
        [{term: weight / length for term, weight in heading.items()} for heading, length in zip(weighed, lengths, strict=True)]
    )
