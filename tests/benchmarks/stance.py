"""A benchmark model for the stance of one headline to another: a linear model and boosted trees in equal parts. Fitted on ANS alone."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from fanar.linear.regression import softmax
from tests.benchmarks.claim_rows import Array, LinearModel, Pairs, Rows, all_rows, plain_rows, replaced_rows
from tests.benchmarks.headlines import WordMeanings, likeness_rows

LABELS = {"agree": 0, "disagree": 1, "other": 2}
_LIKENESS = 0.4  # what a likeness weighs beside a feature of stated meaning
_LEAST = 1e-6


class StanceRows:
    """Rows of pairs of headlines, for either kind of model."""

    def __init__(self, pairs: Pairs, meanings: WordMeanings, scaler: StandardScaler | None = None) -> None:
        plain = plain_rows(pairs)[0]
        likeness = likeness_rows(pairs.claims, pairs.passages, meanings)
        self.scaler = scaler or StandardScaler().fit(likeness)
        scaled = sparse.csr_matrix(self.scaler.transform(likeness) * _LIKENESS)
        self.linear: Rows = sparse.hstack([all_rows(pairs, plain), replaced_rows(pairs), scaled]).tocsr()
        self.dense = np.hstack([likeness, plain])


class StanceModel:
    """Both models, fitted on the rows that `which` names."""

    def __init__(self, rows: StanceRows, labels: NDArray[np.int64], which: NDArray[np.int64], *, strength: float) -> None:
        self._linear = LinearModel(rows.linear[which], labels[which], strength=strength)
        trees = HistGradientBoostingClassifier(
            max_iter=200,
            learning_rate=0.035,
            max_leaf_nodes=8,
            min_samples_leaf=20,
            l2_regularization=3.0,
            max_features=0.3,
            random_state=1,
        )
        self._trees = trees.fit(rows.dense[which], labels[which])

    def scores(self, rows: StanceRows, which: NDArray[np.int64]) -> Array:
        """Return the mean of both models' logarithms of probabilities."""
        linear = softmax(self._linear.scores(rows.linear[which]))
        trees = self._trees.predict_proba(rows.dense[which])
        return np.asarray((np.log(linear + _LEAST) + np.log(trees + _LEAST)) / 2)


def unseen_scores(rows: StanceRows, pairs: Pairs, *, strength: float) -> Array:
    """Return the scores of each pair by a model that saw no headline of its group."""
    scores = np.zeros((len(pairs.labels), len(LABELS)))
    for train, test in GroupKFold(5, shuffle=True, random_state=1).split(rows.dense, pairs.labels, pairs.groups):
        scores[test] = StanceModel(rows, pairs.labels, train, strength=strength).scores(rows, test)
    return scores


def read_stances(path: Path) -> Pairs:
    """Return pairs of headlines; what is grouped is linked by headlines that agree or disagree with each other."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    linked = _Linked()
    for row in rows:
        if row["stance"] != "other":
            linked.join(row["s1"], row["s2"])
    first = [row["s1"] for row in rows]
    labels = np.array([LABELS[row["stance"]] for row in rows])
    return Pairs([row["s2"] for row in rows], first, labels, [linked.root(text) for text in first])


def news_texts(path: Path) -> Iterator[str]:
    """Yield the articles of a file of SaudiNewsNet."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            yield f"{article['title']}. {article['content']}"


def meanings_of(news: Path, pairs: Pairs) -> WordMeanings:
    """Return what words mean by news and by the headlines of `pairs`."""
    headlines: Sequence[str] = sorted({*pairs.claims, *pairs.passages})
    return WordMeanings([*news_texts(news), *headlines])


class _Linked:
    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, text: str) -> str:
        """Return the text that stands for all that are linked with `text`."""
        while (above := self._above.get(text, text)) != text:
            text = above
        return text

    def join(self, one: str, other: str) -> None:
        """Link two texts."""
        self._above[self.root(one)] = self.root(other)
