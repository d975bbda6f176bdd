"""Fitting the moderator, on few texts: the same texts give the same weights, which survive a file; what is not usable is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fanar.errors import ConfigurationError
from fanar.moderation.examples import LABELS, Example, read_examples
from fanar.moderation.fit import data_of, fit, further_texts
from fanar.moderation.linear import LinearModels, load_models, save_models

WORDS = ["red", "blue", "green", "tall", "wide", "warm", "cold", "soft"]


def examples() -> list[Example]:
    harsh = [Example(f"you {word} idiot number {at}", frozenset(LABELS), "english") for at, word in enumerate(WORDS)]
    return harsh + [Example(f"the {word} house of {other}", frozenset(), "english") for word in WORDS for other in WORDS[:3]]


@pytest.fixture(scope="module")
def models() -> LinearModels:
    return fit(data_of(examples(), ["a walk in the park", "tea with milk"]))[0]


def test_what_was_learned_is_told_apart(models: LinearModels) -> None:
    harsh, kind = models.probabilities("you kind idiot"), models.probabilities("the kind house")
    assert (harsh > kind).all()
    assert models.probabilities("!?").tolist() == [0.0] * len(LABELS)


def test_same_texts_give_the_same_weights(models: LinearModels) -> None:
    again = fit(data_of(examples(), ["a walk in the park", "tea with milk"]))[0]
    assert np.array_equal(models.table, again.table)


def test_weights_survive_a_file(models: LinearModels, tmp_path: Path) -> None:
    save_models(tmp_path / "w.npz", models)
    loaded = load_models(tmp_path / "w.npz")
    text = "you tall idiot"
    assert np.allclose(models.probabilities(text), loaded.probabilities(text), atol=0.05)
    assert loaded.labels == LABELS


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_weights_that_cannot_be_used_name_the_command(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "w.npz").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"fanar\.moderation\.fit"):
        load_models(tmp_path / "w.npz")


@pytest.mark.parametrize("text", ["no heading\n", "= rudeness english\na\n", "= hate klingon\na\n"])
def test_texts_under_no_heading_or_an_unknown_one_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt"):
        read_examples(tmp_path)


def test_further_texts_are_last_columns_each_once(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("x\ty\tone\nx\ty\ttwo\nz\tone\n\n", encoding="utf-8")
    assert further_texts(tmp_path) == ["one", "two"]
