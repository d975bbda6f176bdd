"""What the attribution service says of a text: quotations and their state. Knows nothing of how they were found.

Offsets are end-exclusive code points of the text that was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

QuoteStatus = Literal["exact", "exact_undiacritised", "orthographic_variant", "diacritic_conflict", "partial", "altered", "not_found"]
FAITHFUL: tuple[QuoteStatus, ...] = ("exact", "exact_undiacritised", "orthographic_variant", "partial")
"""Of quotations whose words are the source's words, in any accepted spelling."""
BY_SEVERITY: tuple[QuoteStatus, ...] = (*FAITHFUL, "diacritic_conflict", "altered", "not_found")
"""What is least wrong first."""
Operation = Literal["substituted", "inserted", "deleted", "vowels"]
Check = Literal["quran", "hadith", "references", "numbers", "claims"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a quotation and its source, word by word. `found` is empty for a deletion, `expected` for an insertion."""

    operation: Operation
    start: int
    end: int
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class ClaimedReference:
    """The reference that the text itself gives for a quotation, as written, resolved ("2:255", "bukhari, muslim") where it can be.

    `correct` is None where the named collection is not installed whole, so that nothing can be said.
    """

    text: str
    start: int
    end: int
    reference: str | None
    correct: bool | None


@dataclass(frozen=True, slots=True)
class HadithSource:
    """One place where a hadith stands: its collection and its number there, and the grade that the source states, "unstated" for none."""

    corpus: str
    collection: str
    number: str
    reference: str
    grade: str
    chapter: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Narrators:
    """The stretch of a text that names who narrated a hadith («عن أبي هريرة رضي الله عنه قال:»), as written; it is not judged."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """One quotation within a text.

    `reference` is the best source ("2:255", "2:255-256", "bukhari:1"), `occurrences` all references where the words stand, `correction`
    the canonical text of the quoted words, `score` the share of quoted words that agree, in [0, 1]. `sources` are those of a hadith.
    `nearest` is the verse that words which stand nowhere come nearest to, where they do: a hint, never their source.
    `narrators` are those that the text names for a hadith, before its words or with them.
    """

    start: int
    end: int
    type: Literal["quran", "hadith"]
    status: QuoteStatus
    score: float
    reference: str | None
    occurrences: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    correction: str | None = None
    claimed_reference: ClaimedReference | None = None
    sources: tuple[HadithSource, ...] = ()
    note: str | None = None
    nearest: str | None = None
    narrators: Narrators | None = None

    @property
    def faithful(self) -> bool:
        """Whether the quoted words are the source's words, in any accepted spelling."""
        return self.status in FAITHFUL


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text whose verified quotations stand between tags, in their sources' words; the report's offsets are those of the text as sent."""

    text: str
    report: AttributionReport


@dataclass(frozen=True, slots=True)
class AttributionReport:
    """All that was found in a text. `support_score` is the share of faithful quotations, `None` when there was nothing to judge."""

    quotes: tuple[QuoteFinding, ...]
    support_score: float | None
    warnings: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
