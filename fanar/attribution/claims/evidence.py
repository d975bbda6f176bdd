"""The passages of sources that speak of a claim: sentences by the rare words they share. Knows nothing of verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from math import log

from fanar.arabic.sentences import Sentence, each_sentence
from fanar.attribution.claims.names import consonants
from fanar.attribution.claims.reading import Reading, concepts, read
from fanar.attribution.claims.tokens import Token, Vocable, vocabulary
from fanar.claims import SourceText

_LONGEST = 1200  # characters of a passage; a table or list without stops is cut
_SHORTEST = 4
_CANDIDATES = 4
_MOST_POSTINGS = 1_000  # sentences with one word; a word that is everywhere finds nothing
_NEIGHBOURS = 2  # of the best candidates, read together with the sentence before them, and with the one behind them
_FEW = 8  # sentences, of which nothing can be told about how rare a word is


@dataclass(frozen=True)
class Passage:
    """A stretch of a source, verbatim; it is read when it is first compared."""

    source: SourceText
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.source.text[self.start : self.end]

    @cached_property
    def reading(self) -> Reading:
        """The words as they are compared."""
        return read(self.text)


class SourceIndex:
    """Sentences of sources by their words. Built once for all claims of a text."""

    def __init__(self, sources: Sequence[SourceText]) -> None:
        self._sources = sources
        self._stretches: list[tuple[int, int, int]] = []
        self._postings: dict[str, list[int]] = {}
        for number, source in enumerate(sources):
            for sentence in each_sentence(source.text):
                for start, end in _pieces(sentence):
                    self._add(source.text[start:end], (number, start, end))
        self._size = len(self._stretches)

    def rarity(self, claim: Reading) -> Mapping[str, float]:
        """Return how much each stem of a claim says, by how few sentences hold it; nothing where there are few sentences."""
        if self._size < _FEW:
            return {}
        scale = log(2 + self._size)
        return {stem: 0.4 + self._weight(stem) / scale for stem in (claim.tokens[at].stem for at in claim.content)}

    def find(self, claim: Reading, *, within: frozenset[str] | None = None) -> list[Passage]:
        """Return the passages that share most with a claim, best first; `within` names the sources to look in, None all."""
        scores: dict[int, float] = {}
        for key in _keys(claim.tokens):
            places = self._postings.get(key, ())
            if len(places) <= _MOST_POSTINGS:
                weight = self._weight(key)
                for place in places:
                    scores[place] = scores.get(place, 0.0) + weight
        if within is not None:
            scores = {place: score for place, score in scores.items() if self._sources[self._stretches[place][0]].id in within}
        best = nlargest(_CANDIDATES, scores, key=lambda place: (scores[place], -place))
        joined = [self._with_neighbour(last) for place in best[:_NEIGHBOURS] for last in (place, place + 1)]
        return [self._passage(place) for place in best] + [each for each in joined if each is not None]

    def _weight(self, key: str) -> float:
        places = self._postings.get(key)
        return log(1 + self._size / len(places)) if places else log(2 + self._size)

    def _passage(self, place: int) -> Passage:
        source, start, end = self._stretches[place]
        return Passage(self._sources[source], start, end)

    def _add(self, text: str, stretch: tuple[int, int, int]) -> None:
        if len(text) < _SHORTEST:
            return
        place = len(self._stretches)
        self._stretches.append(stretch)
        for key in _keys(vocabulary(text)):
            self._postings.setdefault(key, []).append(place)

    def _with_neighbour(self, place: int) -> Passage | None:
        """Return a passage together with the one before it, which may say whom it speaks of."""
        if not 0 < place < self._size:
            return None
        before, passage = self._passage(place - 1), self._passage(place)
        if before.source is not passage.source or passage.end - before.start > _LONGEST:
            return None
        return Passage(passage.source, before.start, passage.end)


def _pieces(sentence: Sentence) -> list[tuple[int, int]]:
    return [(start, min(start + _LONGEST, sentence.end)) for start in range(sentence.start, sentence.end, _LONGEST)]


def _keys(found: Iterable[Token | Vocable]) -> set[str]:
    """Return what a sentence is found by: stems, meanings, numbers and the consonants of names."""
    return {key for token in found if not token.stop for key in _keys_of(token.form, token.stem, token.capital)}


@lru_cache(maxsize=65_536)
def _keys_of(form: str, stem: str, capital: bool) -> tuple[str, ...]:  # noqa: FBT001 - a part of the cache's key
    token = Token(form, stem, 0, 0, "word", stop=False, capital=capital)
    named = consonants(form) if capital or not form.isascii() else ""
    return (stem, *(f"={concept}" for concept in concepts(token)), *((f"~{named}",) if named else ()))
