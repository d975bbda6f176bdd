"""What words hint at, whatever the dialect: drawing, translating, prices, prayer. Knows nothing of routes or weights.

`concepts.tsv` is a hand-written table: a concept and its words, separated by white space. `*` ends a prefix, `_` joins words.
A word that is in no row is taken for one of the table that it may be a form of, and a longer one for those of the table that are one
slip of the fingers away, where they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from fanar.arabic.words import normal_words
from orchestrator.routing.forms import forms_of

_TABLE = Path(__file__).with_name("concepts.tsv")
_SHORTEST_PREFIX, _LONGEST_PREFIX = 3, 8
_LONGEST_WORD = 40
_SHORTEST_SLIPPED = 5
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
        self._slips = _Slips([key for key in self._words if len(key) >= _SHORTEST_SLIPPED and " " not in key])
        self._sizes = _phrase_sizes(self._words)
        # Few words begin as any prefix does, so most are told by one look.
        self._openings = frozenset(prefix[:_SHORTEST_PREFIX] for prefix in self._prefixes)
        self._of = lru_cache(maxsize=32_768)(self._look_up)

    def find(self, words: Sequence[str]) -> list[int]:
        """Return the concepts of normalised `words`, in order, repetitions kept."""
        found: list[int] = []
        for at, word in enumerate(words):
            alone, openings = self._of(word)
            found += alone
            for first, sizes in openings:
                for size in sizes:
                    if at + size <= len(words):
                        found += self._words.get(" ".join([first, *words[at + 1 : at + size]]), ())
        return found

    def warm(self, words: Iterable[str]) -> None:
        """Look up `words` now, so that none of them has to be when it is read."""
        for word in words:
            self._of(word)

    def _add(self, entry: str, concept: int) -> None:
        table = self._prefixes if entry.endswith("*") else self._words
        key = " ".join(normal_words(entry.rstrip("*").replace("_", " ")))
        if key and concept not in table.get(key, ()):
            table[key] = (*table.get(key, ()), concept)

    def _look_up(self, word: str) -> tuple[tuple[int, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
        """Return the concepts of `word` alone, and what phrases it may begin: their first word, and how many words they have."""
        stems = _stems(word[:_LONGEST_WORD])
        return self._alone(stems), tuple((stem, self._sizes[stem]) for stem in stems if stem in self._sizes)

    def _alone(self, stems: Sequence[str]) -> tuple[int, ...]:
        for stem in stems:
            found = self._words.get(stem)
            if found is None and stem[:_SHORTEST_PREFIX] in self._openings:
                found = next(self._by_prefix(stem), None)
            if found is not None:
                return found
        forms = (form for stem in stems for form in forms_of(stem))
        return next((self._words[form] for form in forms if form in self._words), None) or self._slipped(stems)

    def _slipped(self, stems: Sequence[str]) -> tuple[int, ...]:
        """Return the concepts that all words of the table one slip away from the first of these have in common."""
        for stem in stems:
            if len(stem) < _SHORTEST_SLIPPED:
                continue
            if near := self._slips.near(stem):
                return tuple(sorted(set.intersection(*(set(self._words[key]) for key in near))))
        return ()

    def _by_prefix(self, stem: str) -> Iterator[tuple[int, ...]]:
        for size in range(min(_LONGEST_PREFIX, len(stem)), _SHORTEST_PREFIX - 1, -1):
            found = self._prefixes.get(stem[:size])
            if found is not None:
                yield found


class _Slips:
    """Words by what is left of them without one letter. Numbers in place of those forms: a dict of them takes ten times the memory."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        forms = [(hash(form), at) for at, word in enumerate(words) for form in _forms(word)]
        table = np.array(forms, dtype=np.int64).reshape(-1, 2)
        order = np.argsort(table[:, 0], kind="stable")
        self._hashes, self._places = table[order, 0], table[order, 1].astype(np.int32)

    def near(self, word: str) -> set[str]:
        """Return the words that are one slip away from `word`."""
        sought = np.array([hash(form) for form in _forms(word)], dtype=np.int64)
        first, last = self._hashes.searchsorted(sought), self._hashes.searchsorted(sought, side="right")
        found = (self._words[at] for low, high in zip(first, last, strict=True) if low < high for at in self._places[low:high])
        return {each for each in found if _one_slip(each, word)}


def load_concepts() -> ConceptTable:
    """Read the shipped table."""
    return ConceptTable(_TABLE.read_text(encoding="utf-8"))


def _phrase_sizes(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return how many words the phrases among `keys` have, by the first of them."""
    sizes: dict[str, set[int]] = {}
    for first, *others in map(str.split, keys):
        if others:
            sizes.setdefault(first, set()).add(1 + len(others))
    return {first: tuple(sorted(found)) for first, found in sizes.items()}


def _stems(word: str) -> tuple[str, ...]:
    if not word.startswith(_PROCLITICS):
        return (word,)
    return (word, *(word[len(each) :] for each in _PROCLITICS if word.startswith(each) and len(word) - len(each) >= 3))


def _forms(word: str) -> list[str]:
    """Return `word`, and what is left of it without one of its letters: words one slip apart share one of these."""
    return [word, *[word[:at] + word[at + 1 :] for at in range(len(word))]]


def _one_slip(one: str, other: str) -> bool:
    """Whether two words differ by a letter that is dropped, added or another, or by two that are swapped."""
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[same:], other[same:]
    return a[1:] in (b, b[1:]) or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
