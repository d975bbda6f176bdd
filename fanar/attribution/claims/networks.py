"""Networks that somebody else trained, and their tokenizers: from a folder or the hub's cache. Knows nothing of what they judge.

Where there is an ONNX file onnxruntime runs it, a quantised one where there is no other; else transformers runs the safetensors. What
runs them comes in, so that nobody loads what he does not use. No code that comes with a model is run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

ENTAILMENT, SPANS = "FANAR_ATTRIBUTION__ENTAILMENT", "FANAR_ATTRIBUTION__SPANS"

Runner = Callable[[Mapping[str, NDArray[np.int64]]], NDArray[np.float32]]
"""From ids, masks and types of tokens, (texts, tokens) each, to a score for each label."""

_FILES = ("config.json", "tokenizer.json", "*.onnx", "onnx/*.onnx", "*.safetensors", "*.safetensors.index.json")
_NETWORKS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_SAFE = "*.safetensors"


class Network:
    """What tells the probability of each label of a pair of texts, or of each of its tokens."""

    def __init__(self, folder: Path, runner: Runner, *, longest: int) -> None:
        """Read the tokenizer and the labels. Raises OSError, ValueError and RuntimeError where there are none that can be read.

        A first text of a pair is cut where both have more than `longest` tokens; the second never is.
        """
        config: Mapping[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.labels: Mapping[str, int] = {str(name).lower(): int(at) for at, name in (config.get("id2label") or {}).items()}
        self._run = runner
        self._tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
        self._tokenizer.enable_truncation(longest, strategy="only_first")
        self._tokenizer.enable_padding()

    def encode(self, pairs: Sequence[Sequence[str]]) -> list[Encoding]:
        """Return the tokens of pairs, all padded to the same length."""
        # A tokenizer knows no lone surrogates, which clients can send.
        clean = [tuple(text.encode("utf-8", "replace").decode() for text in pair) for pair in pairs]
        return list(self._tokenizer.encode_batch(clean))

    def chances(self, encoded: Sequence[Encoding]) -> NDArray[np.float32]:
        """Return the probabilities of the labels: (pairs, labels), or (pairs, tokens, labels)."""
        scores = self._run(
            {
                "input_ids": np.array([each.ids for each in encoded], dtype=np.int64),
                "attention_mask": np.array([each.attention_mask for each in encoded], dtype=np.int64),
                "token_type_ids": np.array([each.type_ids for each in encoded], dtype=np.int64),
            }
        )
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def network_file(folder: Path) -> Path | None:
    """Return the ONNX file of a folder; None where safetensors are what there is. Raises FileNotFoundError where there is neither."""
    found = next((path for name in _NETWORKS if (path := folder / name).is_file()), None)
    if found is None and not any(folder.glob(_SAFE)):
        raise FileNotFoundError(str(folder / _NETWORKS[0]))
    return found


def located(model: str, setting: str) -> Path:
    """Return the folder of a model, by path or by its name at the hub. Raises ConfigurationError where it is not here."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    try:
        return Path(snapshot_download(model, allow_patterns=list(_FILES), local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as cause:
        raise ConfigurationError(unreadable(setting)) from cause


def unreadable(setting: str) -> Bilingual:
    """Return what to do about a model that cannot be loaded."""
    return Bilingual(
        f"The model that {setting} names cannot be loaded: name a folder with config.json, tokenizer.json and model.onnx, or fetch it with "
        "`hf download NAME`; a model in safetensors wants the extra local.",
        f"تعذّر تحميل النموذج المسمّى في {setting}: سمِّ مجلدًا فيه config.json وtokenizer.json وmodel.onnx، أو اجلبه بالأمر "
        "`hf download NAME`؛ والنموذج المحفوظ بصيغة safetensors يحتاج إلى الإضافة local.",
    )
