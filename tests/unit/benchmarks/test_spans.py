"""The sequence model of the span benchmark: it learns what follows what, and paints whole spans."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sparse

from tests.benchmarks.crf import fit_chain
from tests.benchmarks.hadith_agreement import f1, macro_f1
from tests.benchmarks.span_tagger import features, fit_tagger, tagged


def test_a_chain_learns_which_class_follows_which() -> None:
    blind = sparse.csr_matrix(np.ones((6, 1)))
    chain = fit_chain([blind] * 4, [[0, 1, 2, 0, 1, 2]] * 4, classes=3, penalty=0.01, rounds=60)

    assert chain.best(blind) in ([0, 1, 2, 0, 1, 2], [1, 2, 0, 1, 2, 0], [2, 0, 1, 2, 0, 1])


def test_the_gradient_leads_to_the_labels_that_features_tell() -> None:
    rows = sparse.csr_matrix(np.eye(3)[[0, 1, 2, 1]])
    chain = fit_chain([rows, rows[:2]], [[0, 1, 0, 1], [0, 1]], classes=2, penalty=0.1, rounds=60)

    assert chain.best(rows) == [0, 1, 0, 1]


def test_a_tagger_paints_what_stands_between_marks() -> None:
    answer = 'قال تعالى: "{}" وهذا كلام آخر.'
    answers = [answer.format(words) for words in ("قل هو الله أحد", "إنا أعطيناك الكوثر", "تبت يدا أبي لهب وتب")]
    gold = [[int('"' in text[:at] and '"' in text[at:] and text[at] != '"') for at in range(len(text))] for text in answers]
    chain = fit_tagger(answers, gold, [features(text, [0] * len(text)) for text in answers], classes=2)
    unseen = answer.format("والعصر إن الإنسان لفي خسر")

    painted = tagged(chain, unseen, features(unseen, [0] * len(unseen)))

    assert "".join(letter for letter, kind in zip(unseen, painted, strict=True) if kind) == "والعصر إن الإنسان لفي خسر"


def test_macro_f1_counts_each_class_alike() -> None:
    assert macro_f1([([0, 1, 2, 3, 4], [0, 1, 2, 3, 4])]) == 1.0
    assert macro_f1([([0, 0, 0, 1], [0, 0, 0, 0])]) == pytest.approx((6 / 7) / 5)
    assert f1([([0, 0, 0, 1], [0, 0, 0, 0])], 0) == pytest.approx(6 / 7)
