"""The benchmark model for Arabic abuse: a support vector machine on n-grams weighted as naive Bayes has it. It ships nowhere.

It is fitted on L-HSAB; a plain TF-IDF model stands beside it. Both see the same five folds, copies of a text in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from fanar.arabic.normalization import normalize
from fanar.moderation.features import windows
from fanar.moderation.folding import folded_words
from fanar.moderation.linear import LinearModels

SEED, FOLDS = 13, 5
SMOOTHING, STRENGTH = 0.2, 0.5
OPINION_WEIGHT = 0.2
_NAMES = re.compile(r"[@#]\S*|http\S+")
_REPEATED = re.compile(r"(.)\1+")
Truth = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts as rows of words, of characters and of hints, what the shipped models think of them, and whether they are abusive."""

    words: sparse.csr_matrix
    characters: sparse.csr_matrix
    hints: sparse.csr_matrix
    opinions: NDArray[np.float64]
    truth: Truth
    groups: NDArray[np.int64]


def corpus_of(texts: Sequence[str], truth: Truth, models: LinearModels) -> Corpus:
    """Return the texts as numbers. The counts know nothing of labels, so that they may see all folds."""
    plain = [_REPEATED.sub(r"\1", _NAMES.sub(" ", normalize(text))) for text in texts]
    hints = [" ".join(models.extractor.hints(folded_words(text))) for text in texts]
    return Corpus(
        _counted(plain, ngram_range=(1, 2), token_pattern=r"\S+"),
        _counted(plain, analyzer="char_wb", ngram_range=(2, 5), min_df=2),
        _counted(hints, token_pattern=r"\S+"),
        np.array([opinion(text, models) for text in texts]),
        truth,
        np.unique(plain, return_inverse=True)[1],
    )


def opinion(text: str, models: LinearModels) -> NDArray[np.float64]:
    """Return the worst score of each label over the windows of a text."""
    scores = [models.scores(models.extractor.extract(window)) for window in windows(text)]
    return np.max(scores, axis=0).astype(np.float64) if scores else np.full(len(models.labels), -8.0)


def weighted_score(corpus: Corpus) -> float:
    """Return the macro-F1 of the benchmark model, out of fold."""
    odds = np.zeros(len(corpus.truth))
    spread = np.clip((corpus.opinions - corpus.opinions.mean(axis=0)) / corpus.opinions.std(axis=0), -3, 3)
    for learned, held in _folds(corpus):
        blocks = [_weighted(rows, corpus.truth, learned) for rows in (corpus.words, corpus.characters, corpus.hints)]
        rows = sparse.hstack([*blocks, OPINION_WEIGHT * sparse.csr_matrix(spread)]).tocsr()
        model = LinearSVC(C=STRENGTH, class_weight="balanced").fit(rows[learned], corpus.truth[learned])
        odds[held] = model.decision_function(rows[held])
    return macro_f1(corpus.truth, odds > 0)


def plain_score(corpus: Corpus) -> float:
    """Return the macro-F1 of TF-IDF and logistic regression on words and characters, out of fold."""
    odds = np.zeros(len(corpus.truth))
    for learned, held in _folds(corpus):
        rows = sparse.hstack([_unit(rows @ sparse.diags(_rarity(rows[learned]))) for rows in (corpus.words, corpus.characters)]).tocsr()
        model = LogisticRegression(C=4.0, max_iter=300, class_weight="balanced").fit(rows[learned], corpus.truth[learned])
        odds[held] = model.decision_function(rows[held])
    return macro_f1(corpus.truth, odds > 0)


def macro_f1(truth: Truth, told: NDArray[np.bool_]) -> float:
    """Return the mean F1 of both classes, in per cent."""
    return 100 * float(f1_score(truth, told, average="macro"))


def _folds(corpus: Corpus) -> Iterator[tuple[Truth, Truth]]:
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    return iter(splitter.split(corpus.truth, corpus.truth, corpus.groups))


def _counted(texts: Sequence[str], **how: Any) -> sparse.csr_matrix:
    return CountVectorizer(binary=True, **how).fit_transform(texts).astype(np.float64).tocsr()


def _weighted(rows: sparse.csr_matrix, truth: Truth, learned: Truth) -> sparse.csr_matrix:
    bad = SMOOTHING + np.asarray(rows[learned][truth[learned] == 1].sum(axis=0)).ravel()
    good = SMOOTHING + np.asarray(rows[learned][truth[learned] == 0].sum(axis=0)).ravel()
    ratio = np.log((bad / bad.sum()) / (good / good.sum()))
    return _unit(rows @ sparse.diags(ratio * _rarity(rows[learned])))


def _rarity(rows: sparse.csr_matrix) -> NDArray[np.float64]:
    return np.asarray(np.log((1 + rows.shape[0]) / (1 + np.asarray((rows > 0).sum(axis=0)).ravel())) + 1)


def _unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.maximum(lengths, 1e-12)) @ rows).tocsr()
