"""Which words of a claim a passage says, and in which of its words. Knows nothing of verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fanar.arabic.stemming import root
from fanar.attribution.claims.lexicon import OPPOSITES
from fanar.attribution.claims.names import consonants
from fanar.attribution.claims.reading import Reading, concepts
from fanar.attribution.claims.tokens import Token, bare_stem, of_weak_verb

_SAME, _STEM, _MEANING, _ROOT, _NAME, _BEGINNING = 1.0, 0.95, 0.8, 0.7, 0.9, 0.6
_SHORTEST_ROOT = 3
_SHORTEST_BEGINNING = 5


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim beside a passage: position of each matched word of the claim → (position in the passage, likeness), and what is opposed.

    `opposed` are the pairs of positions whose words are opposites. `weights` tell how much each content word of the claim says.
    """

    pairs: Mapping[int, tuple[int, float]]
    opposed: Sequence[tuple[int, int]]
    weights: Mapping[int, float]

    @property
    def coverage(self) -> float:
        """The share of what the claim says that the passage says too."""
        total = sum(self.weights.values())
        return sum(self.weights[at] * likeness for at, (_, likeness) in self.pairs.items()) / total if total else 0.0


def align(claim: Reading, passage: Reading, *, rarity: Mapping[str, float] | None = None) -> Alignment:
    """Pair each content word of `claim` with the nearest like word of `passage`; `rarity` weighs stems, else all weigh the same."""
    pairs: dict[int, tuple[int, float]] = {}
    opposed: list[tuple[int, int]] = []
    index = _Index(passage)
    latest = 0
    for at in claim.content:
        token = claim.tokens[at]
        places, likeness = index.like(token)
        if places:
            # Of several, the one nearest behind the last match keeps phrases together.
            place = min(places, key=lambda each: abs(each - latest - 1))
            pairs[at], latest = (place, likeness), place
            continue
        against = index.opposite(token)
        if against is not None:
            opposed.append((at, against))
    weights = {at: _weight(claim.tokens[at], rarity) for at in claim.content}
    return Alignment(pairs, opposed, weights)


def _weight(token: Token, rarity: Mapping[str, float] | None) -> float:
    weight = rarity.get(token.stem, 1.0) if rarity else 1.0
    return weight * (1.3 if token.capital else 1.0)


class _Index:
    """Looks words up in a passage, the exact form first."""

    def __init__(self, passage: Reading) -> None:
        self._passage = passage
        self._roots: dict[str, list[int]] | None = None
        self._names: dict[str, list[int]] | None = None

    def like(self, token: Token) -> tuple[Sequence[int], float]:
        """Return the positions of the most alike words, and how alike they are."""
        if found := self._passage.by_form.get(token.form):
            return found, _SAME
        stems, forms = self._passage.by_stem, self._passage.by_form
        places = (*(stems.get(stem) for stem in (token.stem, bare_stem(token.form))), *map(forms.get, of_weak_verb(token.form)))
        if found := next(filter(None, places), None):
            return found, _STEM
        for concept in concepts(token):
            if found := self._passage.by_concept.get(concept):
                return found, _MEANING
        if not token.form.isascii() and (found := self._by_root().get(root(token.form))):
            return found, _ROOT
        if name := consonants(token.form):
            kin = [at for at in self._by_name().get(name, ()) if self._passage.tokens[at].form.isascii() != token.form.isascii()]
            if kin:
                return kin, _NAME
        return self._by_beginning(token), _BEGINNING

    def opposite(self, token: Token) -> int | None:
        """Return the position of a word of the opposite meaning."""
        for concept in concepts(token):
            places = self._passage.by_concept.get(OPPOSITES.get(concept, ""), ())
            if places:
                return places[0]
        return None

    def _by_root(self) -> dict[str, list[int]]:
        if self._roots is None:
            self._roots = {}
            for at in self._passage.content:
                found = root(self._passage.tokens[at].form)
                if len(found) >= _SHORTEST_ROOT and not found.isascii():
                    self._roots.setdefault(found, []).append(at)
        return self._roots

    def _by_name(self) -> dict[str, list[int]]:
        if self._names is None:
            self._names = {}
            for at in self._passage.content:
                token = self._passage.tokens[at]
                if name := consonants(token.form):
                    self._names.setdefault(name, []).append(at)
        return self._names

    def _by_beginning(self, token: Token) -> Sequence[int]:
        if len(token.form) < _SHORTEST_BEGINNING + 1 or not token.form.isascii():
            return ()
        beginning = token.form[:_SHORTEST_BEGINNING]
        return [at for at in self._passage.content if self._passage.tokens[at].form.startswith(beginning)]
