"""How well articles speak to a question: in one passage, and in the title. Knows nothing of time or of outlets.

What a store found is looked at again here, word by word: a question's words near each other, or in a title, say more than the same words
scattered over a long text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from rag.analysis import BY_ROOT, Term, content_words, roots, stem, telling_roots

_LONGEST = 2_400  # content words of an article that are read
_WINDOW, _STEP = 80, 40
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Speaks:
    """How an article speaks to a question: BM25 of its best passage and of its title.

    `covered` is the share of the question's weight that its title and best passage hold together, rare words counting more.
    """

    passage: float
    title: float
    covered: float


@dataclass(frozen=True, slots=True)
class _Read:
    title: Counter[str]
    windows: tuple[Counter[str], ...]
    words: frozenset[str]


class Passages:
    """Articles, as titles and texts, taken apart to be weighed against questions."""

    def __init__(self, articles: Sequence[tuple[str, str]]) -> None:
        self._read = [_taken_apart(title, text) for title, text in articles]
        self._held = Counter(word for each in self._read for word in each.words)
        self._title = _mean([each.title.total() for each in self._read])

    def weigh(self, terms: Sequence[Term]) -> list[Speaks]:
        """Return how each article speaks to a question."""
        groups = [frozenset(stem(form) for form in term.forms) for term in terms]
        weights = {group: self._rarity(group) for group in groups}
        return [self._speaks(each, weights) for each in self._read]

    def _speaks(self, read: _Read, weights: Mapping[frozenset[str], float]) -> Speaks:
        total = sum(weights.values()) or 1.0
        scored = [(_bm25(window, weights, _WINDOW), window) for window in read.windows]
        passage, best = max(scored, key=lambda pair: pair[0], default=(0.0, Counter()))
        said = {*best, *read.title}
        rooted = set(telling_roots(said))
        covered = sum(weight * _held(group, said, rooted) for group, weight in weights.items())
        return Speaks(passage, _bm25(read.title, weights, self._title), covered / total)

    def _rarity(self, group: frozenset[str]) -> float:
        held = max((self._held[word] for word in group), default=0)
        return log(1 + (len(self._read) + 1) / (held + 0.5))


def _held(group: frozenset[str], said: set[str], rooted: set[str]) -> float:
    """Return how far a word is among what is said: «حضر» is nearly said by «حضور»."""
    if group & said:
        return 1.0
    return BY_ROOT if rooted.intersection(roots(group)) else 0.0


def _taken_apart(title: str, text: str) -> _Read:
    head = [stem(word) for word in content_words(title)] if title.strip() else []
    body = [stem(word) for word in content_words(text)[:_LONGEST]]
    starts = range(0, max(1, len(body) - _STEP), _STEP)
    return _Read(Counter(head), tuple(Counter(body[start : start + _WINDOW]) for start in starts), frozenset(head + body))


def _bm25(words: Counter[str], weights: Mapping[frozenset[str], float], length: float) -> float:
    norm = _K1 * (1 - _B + _B * words.total() / (length or 1.0))
    score = 0.0
    for group, weight in weights.items():
        count = sum(words[word] for word in group)
        score += weight * count * (_K1 + 1) / (count + norm) if count else 0.0
    return score


def _mean(lengths: Sequence[int]) -> float:
    return sum(lengths) / len(lengths) if lengths else 0.0
