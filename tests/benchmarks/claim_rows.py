"""Rows of a benchmark model for claims and their evidence: features that ship, how numbers and words relate, the words that differ.

What ships tells that a number is apart; the signs here also tell which way, how far, and by which words it is a bound, together with how
much of the claim the evidence says at all. A linear model fitted on thousands of pairs can weigh them; on our own few hundred it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import LogisticRegression

from fanar.arabic.stemming import root
from fanar.attribution.claims.alignment import Alignment
from fanar.attribution.claims.features import Signals, signals
from fanar.attribution.claims.lexicon import NEGATORS
from fanar.attribution.claims.reading import Reading, read
from fanar.attribution.claims.tokens import tokens

BUCKETS = 2**17
WORDS = 0.3  # what a word weighs beside a feature of stated meaning
REPLACED = 0.5
FEWEST = 2  # rows that a column must be in to be fitted
_CLOSE = 0.25
_MOST_LOST, _MOST_NEW, _MOST_COUNTED = 4, 6, 8

Rows = sparse.csr_matrix
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Claims and their evidence; a label is a position in LABELS."""

    claims: Sequence[str]
    passages: Sequence[str]
    labels: NDArray[np.int64]
    groups: Sequence[str]


class LinearModel:
    """A linear model of columns that are in enough of the rows that it is fitted on."""

    def __init__(self, rows: Rows, labels: NDArray[np.int64], *, strength: float) -> None:
        self._kept = np.flatnonzero(np.asarray((rows != 0).sum(axis=0)).ravel() >= FEWEST)
        self._model = LogisticRegression(C=strength, max_iter=400).fit(rows[:, self._kept], labels)

    def scores(self, rows: Rows) -> Array:
        """Return a row of scores for each row."""
        return np.asarray(self._model.decision_function(rows[:, self._kept]))


def plain_rows(pairs: Pairs) -> tuple[Array, list[str]]:
    """Return the features that ship, and their names."""
    values = [found.values for _, _, found in _read_pairs(pairs)]
    names = list(values[0])
    return np.array([[each[name] for name in names] for each in values]), names


def all_rows(pairs: Pairs, plain: Array) -> Rows:
    """Return the features that ship, with signs and words beside them."""
    signs = _hashed([list(_signs(*each)) for each in _read_pairs(pairs)])
    words = _hashed([list(_differences(claim, passage)) for claim, passage in zip(pairs.claims, pairs.passages, strict=True)])
    return sparse.hstack([sparse.csr_matrix(plain), signs, words * WORDS]).tocsr()


def replaced_rows(pairs: Pairs) -> Rows:
    """Return which stems and roots of a claim stand in place of which of its evidence."""
    told = [list(_replaced(claim, passage)) for claim, passage in zip(pairs.claims, pairs.passages, strict=True)]
    return _hashed(told) * REPLACED


@lru_cache(maxsize=40_000)
def _read(text: str) -> Reading:
    return read(text)


def _read_pairs(pairs: Pairs) -> Iterator[tuple[Reading, Reading, Signals]]:
    for claim, passage in zip(pairs.claims, pairs.passages, strict=True):
        ours, theirs = _read(claim), _read(passage)
        yield ours, theirs, signals(ours, theirs)


def _hashed(told: Sequence[Sequence[str]]) -> Rows:
    counted = FeatureHasher(BUCKETS, input_type="string", alternate_sign=False).transform(told)
    return (counted > 0).astype(np.float64)


def _signs(claim: Reading, passage: Reading, found: Signals) -> Iterator[str]:
    yield from _numbers(claim, passage, found)
    yield from _dates(claim, passage, found)
    relations = "".join(sorted({each.relation[0] + ("d" if each.dated else "n") for each in found.compared}))
    values = found.values
    flags = "".join(str(int(values[name])) for name in ("claim_denies", "passage_denies", "opposite"))
    yield f"spoken {relations} {int(values['coverage'] * 5)}"
    yield f"missing {relations} {int(values['many_missing'] * 6)} {flags}"
    lost = _lost(claim, found.alignment)
    yield f"lost {len(lost)} {sum(claim.tokens[at].capital for at in lost)}"


def _numbers(claim: Reading, passage: Reading, found: Signals) -> Iterator[str]:
    by_place = {each.first: each for each in passage.quantities}
    for ours, compared in zip(claim.quantities, found.compared, strict=False):
        yield f"number {ours.bound} {compared.relation} {ours.dimension.partition('.')[0]}"
        theirs = by_place.get(-1 if compared.place is None else compared.place)
        if theirs is None:
            continue
        way = np.sign(ours.nominal - theirs.nominal)
        close = abs(ours.nominal - theirs.nominal) <= _CLOSE * max(abs(ours.nominal), abs(theirs.nominal))
        yield f"way {ours.bound} {theirs.bound} {way}"
        yield f"far {ours.bound} {theirs.bound} {way} {close} {ours.dimension == theirs.dimension}"


def _dates(claim: Reading, passage: Reading, found: Signals) -> Iterator[str]:
    by_place = {each.first: each for each in passage.moments}
    for ours, compared in zip(claim.moments, (each for each in found.compared if each.dated), strict=True):
        yield f"date {ours.bound} {compared.relation}"
        theirs = by_place.get(-1 if compared.place is None else compared.place)
        if theirs is not None:
            yield f"when {ours.bound} {theirs.bound} {(ours.low > theirs.low) - (ours.low < theirs.low)} {compared.relation}"


def _lost(claim: Reading, alignment: Alignment) -> list[int]:
    return [at for at in claim.content if at not in alignment.pairs]


def _differences(claim: str, passage: str) -> Iterator[str]:
    """Yield the claim's words and pairs of words, marked by whether the passage has them, and the words that only the passage has."""
    ours, theirs = [token.form for token in tokens(claim)], [token.form for token in tokens(passage)]
    shared = set(ours) & set(theirs)
    for at, form in enumerate(ours):
        mark = "+" if form in shared else "-"
        yield f"c{mark}{_word(form)}"
        if at:
            yield f"b{mark}{ours[at - 1]} {_word(form)}"
    for form in theirs:
        if form not in shared:
            yield f"e{_word(form)}"


def _replaced(claim: str, passage: str) -> Iterator[str]:
    ours, theirs = tokens(claim), tokens(passage)
    said, shown = {token.stem for token in ours}, {token.stem for token in theirs}
    lost = [token for token in ours if token.stem not in shown]
    new = [token for token in theirs if token.stem not in said]
    for token in lost:
        yield f"lost {token.stem}"
        yield f"lost root {root(token.form)}"
    for token in new:
        yield f"new root {root(token.form)}"
    for token in lost[:_MOST_LOST]:
        for other in new[:_MOST_NEW]:
            yield f"{token.stem} for {other.stem}"
    yield f"denied {any(token.form in NEGATORS for token in lost)} {any(token.form in NEGATORS for token in new)}"
    yield f"many {len(lost)}"
    yield f"more {min(_MOST_COUNTED, len(new))}"
    yield f"shared {10 * len(said & shown) // max(1, len(said))}"


def _word(form: str) -> str:
    return "#" if form.replace(".", "").isdigit() else form
