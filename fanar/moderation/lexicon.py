"""Finds words of a hand-written list and says of what kinds they are. Knows nothing of categories or weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fanar.moderation.folding import folded_words

SHIPPED = Path(__file__).with_name("lexicon.tsv")
_NEAR = 3
_SHORTEST_STEM = 2
# What is written together with the next word: and, so, by, for, as, O, the.
_CLITICS = re.compile(r"^(?:و|ف)?(?:يا)?(?:[بلك])?(?:ال|ل)?(?=..)")


class Lexicon:
    """Kinds by word. A word that ends in a star stands for all that begin so."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._words: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        for kind, words in rows:
            for word in words:
                table = self._stems if word.endswith("*") else self._words
                table.setdefault("".join(folded_words(word.rstrip("*"))), set()).add(kind)
        self._longest = max(map(len, self._stems), default=0)

    def kinds(self, word: str) -> frozenset[str]:
        """Return the kinds of a folded word, as it stands or without what is written together with it."""
        return self._plain(word) or self._plain(_CLITICS.sub("", word, count=1))

    def hints(self, words: Sequence[str]) -> list[str]:
        """Return names for the kinds among the words, for each two that stand together, and for each two that stand near."""
        at = [(place, kind) for place, word in enumerate(words) for kind in sorted(self.kinds(word))]
        present = sorted({kind for _, kind in at})
        names = set(present) | {f"{a}+{b}" for place, a in enumerate(present) for b in present[place + 1 :]}
        return sorted(names | set(_near(at)))

    def _plain(self, word: str) -> frozenset[str]:
        found = set(self._words.get(word, ()))
        for size in range(_SHORTEST_STEM, min(len(word), self._longest) + 1):
            found |= self._stems.get(word[:size], set())
        return frozenset(found)


def load_lexicon(path: Path = SHIPPED) -> Lexicon:
    """Return the list that ships."""
    lines = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return Lexicon((kind, words.split()) for kind, _, words in lines)


def _near(at: Sequence[tuple[int, str]]) -> Iterator[str]:
    for first, (place, kind) in enumerate(at):
        for other, near in at[first + 1 :]:
            if other - place > _NEAR:
                break
            if other > place:
                yield f"{kind}>{near}"
