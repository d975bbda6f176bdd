"""What books of law, hadith and supplications in Arabic call the things that questions name in English or in daily words. Knows no passage.

The table is `terms.tsv`: the names that are used, a tab, those of the books; `-` marks words that only frame a question. It translates no
question and no passage: it says under which names a thing is looked up. It is read when it is needed and not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Protocol

from fanar.arabic.stopwords import STOPWORDS
from rag.analysis import search_words, stem
from rag.islamic.lexicon import Phrase
from rag.islamic.reading import Concept

_FOLDER, _FILE = "rag.islamic.collections", "terms.tsv"
_FRAME = "-"
_SAME = 1.0
"""What another Arabic name of the same thing is worth."""


class ReadsConcepts(Protocol):
    """Takes a question apart into what it asks about."""

    def concepts(self, question: str) -> tuple[Concept, ...]:
        """Return what `question` asks about, each thing once, in order."""
        ...


class Glossary:
    """The table, looked up by the words of a question: the longest name first."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._names: dict[Phrase, Concept | None] = {}
        for line in lines:
            used, _, arabic = line.partition("\t")
            concept = None if arabic.strip() == _FRAME else _concept(arabic)
            self._names.update({key: concept for name in re.split("[;؛]", used) if (key := _key(search_words(name)))})
        self._longest = max(map(len, self._names), default=0)

    def concepts(self, words: Sequence[str], otherwise: Callable[[Sequence[str]], Iterable[Concept]]) -> Iterator[Concept]:
        """Yield what `words` name, in order; for those between that are not in the table, what `otherwise` says of them."""
        unknown: list[str] = []
        for stretch, known in self._stretches(words):
            if not known:
                unknown += stretch
                continue
            yield from otherwise(unknown) if unknown else ()
            unknown = []
            concept = self._names[_key(stretch)]
            yield from (concept,) if concept is not None else ()
        yield from otherwise(unknown) if unknown else ()

    def names_any(self, words: Sequence[str]) -> bool:
        """Whether any of `words` has another name in books."""
        return any(known and self._names[_key(stretch)] is not None for stretch, known in self._stretches(words))

    def _stretches(self, words: Sequence[str]) -> Iterator[tuple[Sequence[str], bool]]:
        """Yield the words as the longest names that the table knows, and one by one where it knows none."""
        words = [word for word in words if word not in STOPWORDS]
        at = 0
        while at < len(words):
            length = next((length for length in range(self._longest, 0, -1) if _key(words[at : at + length]) in self._names), 0)
            yield words[at : at + (length or 1)], length > 0
            at += length or 1


class GlossaryReader:
    """Reads questions as a reader does, with the Arabic names of what the table knows."""

    def __init__(self, glossary: Glossary, reader: ReadsConcepts) -> None:
        self._glossary = glossary
        self._reader = reader

    def concepts(self, question: str) -> tuple[Concept, ...]:
        """Return what `question` asks about, each thing once, in order."""
        found = self._glossary.concepts(search_words(question), lambda words: self._reader.concepts(" ".join(words)))
        return tuple({concept.words: concept for concept in found}.values())


def read_glossary() -> Glossary:
    """Read the table that ships with the platform."""
    return Glossary((files(_FOLDER) / _FILE).read_text(encoding="utf-8").splitlines())


def names_of(concepts: Iterable[Concept]) -> str:
    """Return all names of all concepts as a text to search for."""
    return " ".join(" ".join(name) for concept in concepts for name, _ in concept.phrases)


def all_arabic(concepts: Sequence[Concept]) -> bool:
    """Whether there are concepts, and each has an Arabic name."""
    return bool(concepts) and not any(concept.words[0].isascii() for concept in concepts)


def _concept(arabic: str) -> Concept:
    first, *others = (tuple(search_words(name)) for name in arabic.split("؛"))
    return Concept(first, tuple((name, _SAME) for name in others))


def _key(words: Iterable[str]) -> Phrase:
    return tuple(stem(word) for word in words if word not in STOPWORDS)
