"""An entailment model of a folder, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from fanar.attribution.claims.with_onnx import open_entailment
from fanar.attribution.claims.with_torch import open_entailment as open_with_torch
from fanar.errors import ConfigurationError
from tests.fakes.entailment import write_checkpoint

PAIRS = [("it is red", "it is not red"), ("it is red", "indeed it is red and this claim is much longer"), ("a \ud800", "b")]


@pytest.mark.parametrize("network", ["model.onnx", "onnx/model_quantized.onnx"])
def test_labels_are_read_by_name_whatever_their_order(tmp_path: Path, network: str) -> None:
    rows = open_entailment(model=str(write_checkpoint(tmp_path, network=network)), threads=1).judge(PAIRS)
    assert rows.shape == (3, 3)
    assert [int(row.argmax()) for row in rows] == [1, 0, 2]
    assert rows.sum(axis=1).tolist() == pytest.approx([1.0, 1.0, 1.0])


def test_a_model_in_safetensors_is_run_by_transformers(tmp_path: Path) -> None:
    write_checkpoint(tmp_path)
    (tmp_path / "model.onnx").unlink()
    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    config = BertConfig(vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, id2label=labels)
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([0.0, 5.0, 0.0]))
    model.save_pretrained(tmp_path)
    rows = open_with_torch(model=str(tmp_path), threads=1).judge(PAIRS)
    assert [int(row.argmax()) for row in rows] == [0, 0, 0]
    assert rows.sum(axis=1).tolist() == pytest.approx([1.0, 1.0, 1.0])


def test_pairs_come_back_in_their_order_over_many_batches(tmp_path: Path) -> None:
    model = open_entailment(model=str(write_checkpoint(tmp_path)))
    pairs = [("x " * (at % 7), "not" if at % 2 else "indeed") for at in range(50)]
    assert [int(row.argmax()) for row in model.judge(pairs)] == [at % 2 for at in range(50)]
    assert model.judge([]).shape == (0, 3)


def test_a_long_passage_is_cut_and_never_the_claim(tmp_path: Path) -> None:
    model = open_entailment(model=str(write_checkpoint(tmp_path)))
    (row,) = model.judge([("word " * 5000, "not")])
    assert int(row.argmax()) == 1


def test_what_cannot_be_loaded_is_refused_with_what_to_do(tmp_path: Path) -> None:
    for broken in ("nothing/of-this-name", "not a name", str(tmp_path)):
        with pytest.raises(ConfigurationError, match="FANAR_ATTRIBUTION__ENTAILMENT"):
            open_entailment(model=broken)
    write_checkpoint(tmp_path)
    (tmp_path / "tokenizer.json").rename(tmp_path / "elsewhere.json")
    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        open_entailment(model=str(tmp_path))
    (tmp_path / "elsewhere.json").rename(tmp_path / "tokenizer.json")
    (tmp_path / "model.onnx").write_bytes(b"no network")
    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        open_entailment(model=str(tmp_path))


def test_a_model_without_the_labels_of_entailment_is_refused(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, labels={"0": "positive", "1": "negative", "2": "neutral"})
    with pytest.raises(ConfigurationError, match="no such labels"):
        open_entailment(model=str(tmp_path))
