"""What can be asked to be counted. Knows nothing of how it is asked or counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import Place
from rag.islamic.divisions.reading import Named

Unit = Literal["surah", "juz", "hizb", "quarter", "page", "verse", "word", "letter", "prostration"]
Sought = Literal["times", "verses", "surahs"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is counted: in all of the Quran, in some verses, in a part of the mushaf, or in the surahs of one place of revelation."""

    verses: tuple[VerseReference, ...] = ()
    part: Named | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Occurrences:
    """How often a word or phrase occurs, in which verses, in which surahs. Each of `phrases` is one; verses must hold them all.

    `ranked` wants the surahs by how often, not in their order.
    """

    phrases: tuple[tuple[str, ...], ...]
    sought: Sought = "times"
    scope: Scope = field(default_factory=Scope)
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class LetterCount:
    """How often a letter is written."""

    letter: str
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Size:
    """How many of `unit` there are, and of `also`."""

    unit: Unit
    scope: Scope = field(default_factory=Scope)
    also: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Extreme:
    """The longest or shortest, measured in `by`; `rank` is the place from which `count` are wanted."""

    what: Literal["surah", "verse", "word"]
    by: Literal["verse", "word", "letter"]
    most: bool
    rank: int = 1
    count: int = 1
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Edge:
    """Surahs or verses that begin or end with some words."""

    what: Literal["surah", "verse"]
    words: tuple[str, ...]
    ending: bool = False
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Revealed:
    """Where a surah was revealed, or which surahs were revealed at `place`."""

    surah: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Frequent:
    """The words that occur most often."""

    count: int = 1
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A word that was asked for in English and has no listed Arabic form."""

    word: str


@dataclass(frozen=True, slots=True)
class Ordinal:
    """Which surah comes how manieth."""

    number: int


@dataclass(frozen=True, slots=True)
class Basmala:
    """How many basmalas there are; or which surah has none before it, or a second one within it."""

    asked: Literal["count", "without", "twice"]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """What would need a table that no verified source here has: the order of revelation, the ruku."""

    table: Literal["order", "ruku"]


Query = Occurrences | LetterCount | Size | Extreme | Edge | Revealed | Frequent | Untranslated | Unavailable | Ordinal | Basmala
