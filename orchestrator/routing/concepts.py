"""What words hint at, whatever the dialect: drawing, translating, prices, prayer. Knows nothing of routes or weights.

`concepts.tsv` is a hand-written table: a concept and its words, separated by white space. `*` ends a prefix, `_` joins two words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from fanar.arabic.words import normal_words

_TABLE = Path(__file__).with_name("concepts.tsv")
_SHORTEST_PREFIX, _LONGEST_PREFIX = 3, 8
_LONGEST_WORD = 40
_PROCLITICS = ("هال", "عال", "وال", "بال", "فال", "كال", "ال", "لل", "و", "ف", "ب", "ل", "ك")


class ConceptTable:
    """Finds the concepts that words hint at."""

    def __init__(self, text: str) -> None:
        self._words: dict[str, tuple[int, ...]] = {}
        self._prefixes: dict[str, tuple[int, ...]] = {}
        names: list[str] = []
        for line in text.splitlines():
            name, _, entries = line.partition("\t")
            for entry in entries.split():
                self._add(entry, len(names))
            names.append(name)
        self.names = tuple(names)
        # Few words begin as any prefix does, so most are told by one look.
        self._firsts = frozenset(key.split()[0] for key in self._words if " " in key)
        self._openings = frozenset(prefix[:_SHORTEST_PREFIX] for prefix in self._prefixes)
        self._of = lru_cache(maxsize=16_384)(self._look_up)

    def find(self, words: Sequence[str]) -> list[int]:
        """Return the concepts of normalised `words`, in order, repetitions kept."""
        found: list[int] = []
        before = ""
        for word in words:
            found += self._of(word)
            if before in self._firsts:
                found += self._words.get(f"{before} {word}", ())
            before = word
        return found

    def _add(self, entry: str, concept: int) -> None:
        table = self._prefixes if entry.endswith("*") else self._words
        key = " ".join(normal_words(entry.rstrip("*").replace("_", " ")))
        if key and concept not in table.get(key, ()):
            table[key] = (*table.get(key, ()), concept)

    def _look_up(self, word: str) -> tuple[int, ...]:
        for stem in _stems(word[:_LONGEST_WORD]):
            found = self._words.get(stem)
            if found is None and stem[:_SHORTEST_PREFIX] in self._openings:
                found = next(self._by_prefix(stem), None)
            if found is not None:
                return found
        return ()

    def _by_prefix(self, stem: str) -> Iterator[tuple[int, ...]]:
        for size in range(min(_LONGEST_PREFIX, len(stem)), _SHORTEST_PREFIX - 1, -1):
            found = self._prefixes.get(stem[:size])
            if found is not None:
                yield found


def load_concepts() -> ConceptTable:
    """Read the shipped table."""
    return ConceptTable(_TABLE.read_text(encoding="utf-8"))


def _stems(word: str) -> Iterator[str]:
    yield word
    for proclitic in _PROCLITICS:
        if word.startswith(proclitic) and len(word) - len(proclitic) >= 3:
            yield word[len(proclitic) :]
