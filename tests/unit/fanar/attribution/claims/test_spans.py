"""A span model of a folder, in safetensors, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.attribution.claims.with_torch import open_spans
from fanar.errors import ConfigurationError
from tests.fakes.span_checkpoint import write_span_checkpoint

PAIRS = [
    ("it is red, not blue", "it is red"),
    ("it is red", "it is not not red"),
    ("هو أحمر", "هو ليس أحمر"),
    ("not \ud800", "b \ud800 not"),
]


def test_the_words_that_are_unsaid_are_marked_where_they_stand(tmp_path: Path) -> None:
    marked = open_spans(model=str(write_span_checkpoint(tmp_path)), threads=1).mark(PAIRS)
    stretches = [[claim[start:end] for start, end, _ in found] for (_, claim), (_, found) in zip(PAIRS, marked, strict=True)]
    assert stretches == [[], ["not not"], ["ليس"], ["not"]]
    assert [unsaid > 0.5 for unsaid, _ in marked] == [False, True, True, True]


def test_pairs_come_back_in_their_order_and_a_long_passage_is_cut(tmp_path: Path) -> None:
    model = open_spans(model=str(write_span_checkpoint(tmp_path)))
    pairs = [("x " * (at % 7) + "y " * 3000 * (at == 3), "not" if at % 2 else "so") for at in range(20)]
    assert [bool(found) for _, found in model.mark(pairs)] == [bool(at % 2) for at in range(20)]
    assert model.mark([]) == []


def test_what_cannot_be_loaded_is_refused_with_what_to_do(tmp_path: Path) -> None:
    for broken in ("nothing/of-this-name", "not a name", str(tmp_path)):
        with pytest.raises(ConfigurationError, match="FANAR_ATTRIBUTION__SPANS names cannot be loaded"):
            open_spans(model=broken)


def test_a_model_without_the_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not mark"):
        open_spans(model=str(write_span_checkpoint(tmp_path, labels={0: "PER", 1: "LOC"})))
