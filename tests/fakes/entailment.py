"""An entailment checkpoint so small that it is written by hand: a table that tells what each word of a pair speaks for.

The network looks every token up and takes the strongest word for each label. «not» and «ليس» contradict, «indeed» supports.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from fanar.claims import Entailment, Marking, Stretch

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "not", "ليس", "indeed", "نعم"]
LABELS = {"0": "contradiction", "1": "Entailment", "2": "neutral"}
_SPEAKS = {"[CLS]": (0.0, 0.0, 2.0), "not": (5.0, 0.0, 0.0), "ليس": (5.0, 0.0, 0.0), "indeed": (0.0, 5.0, 0.0), "نعم": (0.0, 5.0, 0.0)}
_FLOAT, _INT64 = 1, 7


class SayingEntailment:
    """An EntailmentModel that always says the same."""

    name = "saying"

    def __init__(self, supported: float, contradicted: float) -> None:
        self._said = Entailment(supported, contradicted, 1 - supported - contradicted)
        self.asked: list[tuple[str, str]] = []

    async def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        self.asked += pairs
        return [self._said] * len(pairs)


class MarkingSpans:
    """A SpanModel that marks the first word of each claim so surely."""

    name = "marking"

    def __init__(self, unsaid: float) -> None:
        self._unsaid = unsaid
        self.asked: list[tuple[str, str]] = []

    async def mark(self, pairs: Sequence[tuple[str, str]]) -> list[Marking]:
        self.asked += pairs
        return [self._marking(claim) for _, claim in pairs]

    def _marking(self, claim: str) -> Marking:
        stretch = Stretch(0, len(claim.split()[0]), self._unsaid)
        return Marking(self._unsaid, (stretch,) if self._unsaid > 0.5 else ())


def write_checkpoint(folder: Path, *, labels: dict[str, str] = LABELS, network: str = "model.onnx") -> Path:
    """Write the checkpoint into `folder` and return it."""
    (folder / network).parent.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / network).write_bytes(_model())
    return folder


def _model() -> bytes:
    table = np.array([_SPEAKS.get(word, (0.0, 0.0, 0.0)) for word in WORDS], dtype=np.float32)
    tensor = _ints(1, *table.shape) + _int(2, _FLOAT) + _bytes(8, b"table") + _bytes(9, table.tobytes())
    gather = _node("Gather", ["table", "input_ids"], "spoken")
    axes = _bytes(5, _bytes(1, b"axes") + _ints(8, 1) + _int(20, 7)) + _bytes(5, _bytes(1, b"keepdims") + _int(3, 0) + _int(20, 2))
    strongest = _node("ReduceMax", ["spoken"], "logits", axes)
    inputs = _value("input_ids", _INT64, ["batch", "length"]) + _value("attention_mask", _INT64, ["batch", "length"])
    graph = _bytes(1, gather) + _bytes(1, strongest) + _bytes(2, b"tiny") + _bytes(5, tensor)
    graph += inputs + _value("logits", _FLOAT, ["batch", "labels"], field=12)
    return _int(1, 8) + _bytes(7, graph) + _bytes(8, _int(2, 13))


def _node(kind: str, inputs: Sequence[str], output: str, attributes: bytes = b"") -> bytes:
    return b"".join(_bytes(1, name.encode()) for name in inputs) + _bytes(2, output.encode()) + _bytes(4, kind.encode()) + attributes


def _value(name: str, kind: int, shape: Sequence[str], *, field: int = 11) -> bytes:
    dimensions = b"".join(_bytes(1, _bytes(2, each.encode())) for each in shape)
    return _bytes(field, _bytes(1, name.encode()) + _bytes(2, _bytes(1, _int(1, kind) + _bytes(2, dimensions))))


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _int(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _ints(field: int, *values: int) -> bytes:
    return b"".join(_int(field, value) for value in values)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value
