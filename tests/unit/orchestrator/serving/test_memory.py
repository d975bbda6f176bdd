"""What serving costs in memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fanar.weights.catalog import Shape, Weights, built_in
from orchestrator.serving import memory
from orchestrator.serving.memory import GPUS, PRECISIONS, cache_bytes, conversations, main, shape_of, table, weight_bytes

BF16, FP8, AWQ = PRECISIONS
README = Path(memory.__file__).parents[2] / "deploy" / "vllm" / "README.md"


def test_every_layer_keeps_a_key_and_a_value_of_each_head_for_each_token() -> None:
    shape = Shape(layers=32, full_layers=32, window=0, kv_heads=8, head_dim=128, embedding=0, source="")
    assert cache_bytes(shape, tokens=1) == 32 * 2 * 8 * 128 * 2


def test_a_layer_with_a_window_keeps_no_more_than_the_window() -> None:
    shape = Shape(layers=2, full_layers=1, window=10, kv_heads=1, head_dim=1, embedding=0, source="")
    assert cache_bytes(shape, tokens=10) == 4 * (10 + 10)
    assert cache_bytes(shape, tokens=100) == 4 * (100 + 10)


@pytest.mark.parametrize("weights", list(built_in()), ids=lambda weights: weights.name)
def test_fewer_bits_leave_more_room_and_bf16_weights_are_the_files(weights: Weights) -> None:
    assert weight_bytes(weights, BF16) == 2 * weights.parameters
    assert weight_bytes(weights, BF16) > weight_bytes(weights, FP8) > weight_bytes(weights, AWQ)
    for gpu in GPUS:
        counts = [conversations(weights, precision, gpu=gpu) for precision in PRECISIONS]
        assert counts == sorted(counts)


def test_the_large_prime_does_not_fit_a_small_gpu() -> None:
    assert conversations(built_in().find("prime-27b"), BF16, gpu=48) == 0
    assert conversations(built_in().find("prime-27b"), BF16, gpu=80) > 0


@pytest.mark.parametrize(
    ("config", "full"),
    [
        ({"layer_types": ["sliding_attention", "full_attention"] * 3}, 3),
        ({"model_type": "gemma2"}, 3),
        ({"model_type": "gemma3_text"}, 1),
        ({"sliding_window_pattern": 3}, 2),
        ({"sliding_window": None}, 6),
        ({"model_type": "mistral"}, 6),
    ],
)
def test_the_shape_is_read_from_new_and_old_configurations(config: dict[str, object], full: int) -> None:
    base = {"num_hidden_layers": 6, "num_attention_heads": 4, "hidden_size": 64, "vocab_size": 100, "sliding_window": 8}
    shape = shape_of(base | config)
    assert (shape.layers, shape.full_layers, shape.kv_heads, shape.head_dim, shape.embedding) == (6, full, 4, 16, 6400)


def test_the_language_part_of_a_vision_model_counts() -> None:
    text = {
        "num_hidden_layers": 1,
        "num_attention_heads": 1,
        "hidden_size": 8,
        "head_dim": 4,
        "vocab_size": 2,
        "tie_word_embeddings": False,
    }
    shape = shape_of({"text_config": text})
    assert (shape.head_dim, shape.embedding) == (4, 32)


def test_the_published_table_is_the_computed_one() -> None:
    published = README.read_text(encoding="utf-8").partition("<!-- table -->\n")[2].partition("<!-- /table -->")[0]
    assert published == table()


def test_the_command_prints_the_table_or_a_folder_s_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert capsys.readouterr().out == table()
    config = {"num_hidden_layers": 1, "num_attention_heads": 1, "hidden_size": 8, "vocab_size": 2}
    (tmp_path / "config.json").write_text(json.dumps(config))
    main([str(tmp_path)])
    assert capsys.readouterr().out.startswith("32000 bytes")
