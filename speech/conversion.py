"""Turns openai-whisper's checkpoints into the folders that faster-whisper loads, without a hub. Knows nothing of sound.

A checkpoint is a `.pt` file of dimensions and weights; what faster-whisper wants beside the weights - the vocabulary, a tokenizer, the
settings of the spectrum - follows from the dimensions and from the vocabularies that openai-whisper ships.
"""

from __future__ import annotations

import itertools
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from ctranslate2.specs import attention_spec, common_spec, transformer_spec, whisper_spec
from torch import Tensor
from whisper.model import ModelDimensions
from whisper.tokenizer import Tokenizer, get_tokenizer

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, StorageError
from speech.vocabulary import library_tokenizer, written

Heads = Sequence[tuple[int, int]]

_MULTILINGUAL = 51865  # tokens; a smaller vocabulary is English alone
_NOT_LANGUAGES = 51765  # of the tokens of a multilingual vocabulary, one more being the mark that it is one


def convert(checkpoint: Path, target: Path, *, heads: Heads | None = None) -> None:
    """Write the folder `target` from a checkpoint, in its own precision, whole or not at all; what was there before is replaced.

    `heads` are the (layer, head) pairs whose attention gives the times of words; without them the upper half of the layers is used, as
    openai-whisper does with a checkpoint that has no name. Raises ConfigurationError, StorageError.
    """
    dimensions, weights = _read(checkpoint)
    tokenizer = get_tokenizer(multilingual=_is_multilingual(dimensions), num_languages=_languages(dimensions))
    try:
        spec = _spec(dimensions, weights)
    except KeyError as cause:
        raise _unreadable() from cause
    _configure(spec, dimensions, tokenizer, heads)
    spec.validate()
    spec.optimize()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            made = Path(folder) / "made"
            made.mkdir()
            spec.save(str(made))
            _save_beside(made, dimensions, tokenizer)
            _replace(made, target, Path(folder) / "old")
    except OSError as cause:
        raise StorageError(
            Bilingual("The converted model could not be written to disk.", "تعذرت كتابة النموذج المحوَّل على القرص.")
        ) from cause


def _read(checkpoint: Path) -> tuple[ModelDimensions, Mapping[str, Tensor]]:
    try:
        # Only an archive that is not compressed can be mapped; large weights are then never in memory twice.
        read = torch.load(checkpoint, map_location="cpu", weights_only=True, mmap=_can_be_mapped(checkpoint))
        return ModelDimensions(**read["dims"]), read["model_state_dict"]
    except (OSError, RuntimeError, EOFError, UnpicklingError, KeyError, TypeError, zipfile.BadZipFile) as cause:
        raise _unreadable() from cause


def _can_be_mapped(checkpoint: Path) -> bool:
    if not zipfile.is_zipfile(checkpoint):
        return False
    with zipfile.ZipFile(checkpoint) as archive:
        return all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())


def _unreadable() -> ConfigurationError:
    return ConfigurationError(
        Bilingual(
            "The file is no checkpoint of openai-whisper, or it is damaged; `fanar models pull` fetches it again.",
            "ليس الملف نقطة حفظ من openai-whisper، أو هو تالف؛ يجلبه الأمر `fanar models pull` من جديد.",
        )
    )


def _spec(dimensions: ModelDimensions, weights: Mapping[str, Tensor]) -> whisper_spec.WhisperSpec:
    spec = whisper_spec.WhisperSpec(dimensions.n_audio_layer, dimensions.n_audio_head, dimensions.n_text_layer, dimensions.n_text_head)
    for conv in ("conv1", "conv2"):
        _fill(getattr(spec.encoder, conv), weights, f"encoder.{conv}")
    spec.encoder.position_encodings.encodings = weights["encoder.positional_embedding"]
    _fill_norm(spec.encoder.layer_norm, weights, "encoder.ln_post")
    for number, layer in enumerate(spec.encoder.layer):
        _fill_layer(layer, weights, f"encoder.blocks.{number}")
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = weights["decoder.token_embedding.weight"]
    spec.decoder.position_encodings.encodings = weights["decoder.positional_embedding"]
    _fill_norm(spec.decoder.layer_norm, weights, "decoder.ln")
    for number, layer in enumerate(spec.decoder.layer):
        _fill_layer(layer, weights, f"decoder.blocks.{number}")
        _fill_attention(layer.attention, weights, f"decoder.blocks.{number}.cross_attn", fused="kv")
    return spec


def _fill_layer(layer: transformer_spec.TransformerEncoderLayerSpec, weights: Mapping[str, Tensor], name: str) -> None:
    _fill_attention(layer.self_attention, weights, f"{name}.attn", fused="qkv")
    _fill_norm(layer.ffn.layer_norm, weights, f"{name}.mlp_ln")
    _fill(layer.ffn.linear_0, weights, f"{name}.mlp.0")
    _fill(layer.ffn.linear_1, weights, f"{name}.mlp.2")


def _fill_attention(spec: attention_spec.MultiHeadAttentionSpec, weights: Mapping[str, Tensor], name: str, *, fused: str) -> None:
    """Fill in an attention; keys, which have no bias in Whisper, get none in the fused projection either."""
    _fill_norm(spec.layer_norm, weights, f"{name}_ln")
    query, key, value = (weights[f"{name}.{part}.weight"] for part in ("query", "key", "value"))
    of_query, of_value = weights[f"{name}.query.bias"], weights[f"{name}.value.bias"]
    of_key = torch.zeros_like(of_value)
    if fused == "qkv":
        spec.linear[0].weight, spec.linear[0].bias = torch.cat([query, key, value]), torch.cat([of_query, of_key, of_value])
    else:
        spec.linear[0].weight, spec.linear[0].bias = query, of_query
        spec.linear[1].weight, spec.linear[1].bias = torch.cat([key, value]), torch.cat([of_key, of_value])
    _fill(spec.linear[-1], weights, f"{name}.out")


def _fill(spec: common_spec.LinearSpec | common_spec.Conv1DSpec, weights: Mapping[str, Tensor], name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _fill_norm(spec: common_spec.LayerNormSpec, weights: Mapping[str, Tensor], name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _configure(spec: whisper_spec.WhisperSpec, dimensions: ModelDimensions, tokenizer: Tokenizer, heads: Heads | None) -> None:
    spec.register_vocabulary(written(tokenizer.encoding, dimensions.n_vocab))
    special = tokenizer.special_tokens
    control = ("transcribe", "translate", "startoftranscript", "startofprev", "startoflm", "nospeech")
    spec.config.suppress_ids = sorted([*tokenizer.non_speech_tokens, *(special[f"<|{name}|>"] for name in control)])
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = sorted(tokenizer.all_language_tokens) if _is_multilingual(dimensions) else []
    layers = range(dimensions.n_text_layer // 2, dimensions.n_text_layer)
    spec.config.alignment_heads = list(heads or itertools.product(layers, range(dimensions.n_text_head)))


def _save_beside(folder: Path, dimensions: ModelDimensions, tokenizer: Tokenizer) -> None:
    library_tokenizer(tokenizer.encoding).save(str(folder / "tokenizer.json"))
    spectrum: dict[str, Any] = {
        "feature_size": dimensions.n_mels,
        "sampling_rate": 16000,
        "hop_length": 160,
        "chunk_length": 30,
        "n_fft": 400,
    }
    (folder / "preprocessor_config.json").write_text(json.dumps(spectrum), encoding="utf-8")


def _replace(made: Path, target: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    made.rename(target)


def _is_multilingual(dimensions: ModelDimensions) -> bool:
    return int(dimensions.n_vocab) >= _MULTILINGUAL


def _languages(dimensions: ModelDimensions) -> int:
    return int(dimensions.n_vocab) - _NOT_LANGUAGES - int(_is_multilingual(dimensions))
