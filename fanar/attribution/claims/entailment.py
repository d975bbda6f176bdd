"""An entailment model that somebody else trained, run by onnxruntime in an owner process. Knows nothing of verdicts or of processes.

A model is a folder, or a name of the hub whose files are in the hub's cache: config.json with its labels, tokenizer.json, and the network
as ONNX, a quantised one where there is no other. No code that comes with a model is run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf
from tokenizers import Tokenizer

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

_BROKEN = (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf)
_TOKENS = 384
_BATCH = 16
_FILES = ("config.json", "tokenizer.json", "*.onnx", "onnx/*.onnx")
_NETWORKS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_UNREADABLE = Bilingual(
    "The model that FANAR_ATTRIBUTION__ENTAILMENT names cannot be loaded: name a folder with config.json, tokenizer.json and model.onnx, "
    "or fetch it with `hf download NAME`.",
    "تعذّر تحميل النموذج المسمّى في FANAR_ATTRIBUTION__ENTAILMENT: سمِّ مجلدًا فيه config.json وtokenizer.json وmodel.onnx، أو اجلبه "
    "بالأمر `hf download NAME`.",
)
_UNLABELLED = Bilingual(
    "The model that FANAR_ATTRIBUTION__ENTAILMENT names does not tell entailment from contradiction: its config.json has no such labels.",
    "النموذج المسمّى في FANAR_ATTRIBUTION__ENTAILMENT لا يميّز الاستلزام من التناقض: ليس في config.json هاتان التسميتان.",
)


class OnnxEntailment:
    """Judges pairs of passage and claim, one call at a time."""

    def __init__(self, *, model: str, threads: int = 0) -> None:
        """Load the model. Raises ConfigurationError where there is none that can be read."""
        folder = _located(model)
        try:
            self._labels = _labels(json.loads((folder / "config.json").read_text(encoding="utf-8")))
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            network = next(path for name in _NETWORKS if (path := folder / name).is_file())
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            self._session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        except (OSError, ValueError, StopIteration, RuntimeError, KeyError, *_BROKEN) as cause:
            raise ConfigurationError(_UNREADABLE) from cause
        self._tokenizer.enable_truncation(_TOKENS, strategy="only_first")
        self._tokenizer.enable_padding()
        self._inputs = {each.name for each in self._session.get_inputs()}

    def judge(self, pairs: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return a row (supported, contradicted, neither) for each pair of passage and claim."""
        if not pairs:
            return np.zeros((0, 3), dtype=np.float32)
        # Pairs of one length together, so that little is computed on padding.
        order = sorted(range(len(pairs)), key=lambda at: sum(map(len, pairs[at])))
        found = np.empty((len(pairs), 3), dtype=np.float32)
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            found[batch] = self._batch([pairs[at] for at in batch])
        return found

    def _batch(self, pairs: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        # A tokenizer knows no lone surrogates, which clients can send.
        clean = [tuple(text.encode("utf-8", "replace").decode() for text in pair) for pair in pairs]
        encoded = self._tokenizer.encode_batch(clean)
        given = {
            "input_ids": np.array([each.ids for each in encoded], dtype=np.int64),
            "attention_mask": np.array([each.attention_mask for each in encoded], dtype=np.int64),
            "token_type_ids": np.array([each.type_ids for each in encoded], dtype=np.int64),
        }
        scores = np.asarray(self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0])
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        supported, contradicted = (chances[:, self._labels[name]] for name in ("entailment", "contradiction"))
        return np.stack([supported, contradicted, 1 - supported - contradicted], axis=1).astype(np.float32)


def open_entailment(*, model: str, threads: int = 0) -> OnnxEntailment:
    """Build the target of an owner process."""
    return OnnxEntailment(model=model, threads=threads)


def _located(model: str) -> Path:
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    try:
        return Path(snapshot_download(model, allow_patterns=list(_FILES), local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as cause:
        raise ConfigurationError(_UNREADABLE) from cause


def _labels(config: Mapping[str, Any]) -> Mapping[str, int]:
    named = {str(name).lower(): int(at) for at, name in (config.get("id2label") or {}).items()}
    if not {"entailment", "contradiction"} <= named.keys():
        raise ConfigurationError(_UNLABELLED)
    return named
