"""What serving a model costs in memory, computed from its shape. `python -m orchestrator.serving.memory` prints the tables.

Weights and cached tokens are arithmetic. What the engine itself needs is not: `ENGINE` is an allowance, and nothing here was measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanar.weights.catalog import Shape, Weights, built_in

GPUS = (24, 48, 80)
"""Sizes of GPUs in GB."""
SHARE = 0.90
"""The part of a GPU that the engine may fill."""
ENGINE = 2.0e9
"""Bytes left to the engine: activations, graphs, CUDA's own."""
CACHE_BYTES = 2
"""Bytes of one cached number (bf16)."""
_GB = 1e9
# In these architectures one layer in so many has no window.
_EVERY = {"gemma2": 2, "gemma3_text": 6}


@dataclass(frozen=True, slots=True)
class Precision:
    """How weights are stored. `bits` is for each number of the layers; the embedding stays in 16."""

    name: str
    bits: float


# AWQ: 4 bits, and for each 128 numbers a scale of 16 bits and a zero of 4.
PRECISIONS = (Precision("bf16", 16), Precision("FP8", 8), Precision("AWQ", 4 + 20 / 128))


def cache_bytes(shape: Shape, *, tokens: int) -> int:
    """Return the bytes that a conversation of so many tokens keeps: keys and values, in each layer, for all it can look back to."""
    one = 2 * shape.kv_heads * shape.head_dim * CACHE_BYTES
    windowed = shape.layers - shape.full_layers
    return one * (shape.full_layers * tokens + windowed * min(tokens, shape.window))


def weight_bytes(weights: Weights, precision: Precision) -> float:
    """Return the bytes of the weights."""
    layers = weights.parameters - weights.shape.embedding
    return layers * precision.bits / 8 + weights.shape.embedding * 2


def conversations(weights: Weights, precision: Precision, *, gpu: int) -> int:
    """Return how many conversations of full length fit beside the weights on a GPU of so many GB; less than one is none."""
    room = gpu * _GB * SHARE - ENGINE - weight_bytes(weights, precision)
    return max(0, int(room // cache_bytes(weights.shape, tokens=weights.context)))


def shape_of(config: Mapping[str, Any]) -> Shape:
    """Return the shape that a model's config.json tells."""
    config = config.get("text_config", config)
    layers = int(config["num_hidden_layers"])
    heads = int(config["num_attention_heads"])
    window = int(config.get("sliding_window") or 0)
    return Shape(
        layers=layers,
        full_layers=_full_layers(config, layers, window),
        window=window,
        kv_heads=int(config.get("num_key_value_heads") or heads),
        head_dim=int(config.get("head_dim") or config["hidden_size"] // heads),
        embedding=int(config["vocab_size"]) * int(config["hidden_size"]) * (1 if config.get("tie_word_embeddings", True) else 2),
        source="config.json",
    )


def _full_layers(config: Mapping[str, Any], layers: int, window: int) -> int:
    """Return how many layers look at everything: configurations list them, or older ones leave it to the architecture."""
    if "layer_types" in config:
        return sum(kind == "full_attention" for kind in config["layer_types"])
    if not window:
        return layers
    every = int(config.get("sliding_window_pattern") or _EVERY.get(config.get("model_type", ""), 1))
    return layers // every


def table() -> str:
    """Return the tables in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| model | context | one conversation of that length keeps | precision | weights | " + " | ".join(f"{g} GB" for g in GPUS) + " |"
    yield "|---|---|---|---|---|" + "---|" * len(GPUS)
    for weights in built_in():
        kept = cache_bytes(weights.shape, tokens=weights.context) / _GB
        for precision in PRECISIONS:
            fits = " | ".join(_fits(weights, precision, gpu) for gpu in GPUS)
            size = f"{weight_bytes(weights, precision) / _GB:.1f} GB"
            yield f"| {weights.title} | {weights.context} | {kept:.2f} GB | {precision.name} | {size} | {fits} |"


def _fits(weights: Weights, precision: Precision, gpu: int) -> str:
    count = conversations(weights, precision, gpu=gpu)
    return str(count) if count else "—"


def main(arguments: list[str]) -> None:
    """Print the tables, or what the model in a folder keeps for each 1,000 tokens."""
    if not arguments:
        sys.stdout.write(table())
        return
    shape = shape_of(json.loads((Path(arguments[0]) / "config.json").read_text(encoding="utf-8")))
    sys.stdout.write(f"{cache_bytes(shape, tokens=1000)} bytes for 1,000 tokens\n")


if __name__ == "__main__":
    main(sys.argv[1:])
