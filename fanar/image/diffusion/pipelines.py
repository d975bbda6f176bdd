"""Loads a diffusers pipeline from a folder: safetensors only, no code but diffusers' own, nothing from the network.

What each kind of pipeline wants (steps, guidance, multiples of pixels) is a table. Knows nothing of requests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import diffusers
import torch

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

_INDEX = "model_index.json"
_CODE = ("*.py", "*.bin", "*.ckpt", "*.pt", "*.pkl")
_NO_PIPELINE = Bilingual(
    "FANAR_IMAGE__MODEL is no folder of a diffusers pipeline: it has no readable model_index.json.",
    "ليس FANAR_IMAGE__MODEL مجلدًا لسلسلة diffusers: لا يوجد فيه model_index.json مقروء.",
)
_UNKNOWN = Bilingual(
    "This kind of pipeline is not known here. Known are: {kinds}.", "هذا النوع من السلاسل غير معروف هنا. المعروف: {kinds}."
)
_UNSAFE = Bilingual(
    "The folder holds files that could run code when they are loaded; take one with safetensors and JSON alone.",
    "في المجلد ملفات قد تشغّل شفرة عند تحميلها؛ خذ مجلدًا فيه safetensors وJSON فقط.",
)
_BROKEN = Bilingual(
    "The weights in FANAR_IMAGE__MODEL could not be loaded: `fanar models pull` brings them anew.",
    "تعذّر تحميل أوزان FANAR_IMAGE__MODEL: ينزّلها من جديد الأمر `fanar models pull`.",
)
_DENOISERS = ("transformer", "unet")  # what computes at each step, and holds most of the weights
_NO_LORA = Bilingual("FANAR_IMAGE__LORA could not be laid over this model.", "تعذّر وضع FANAR_IMAGE__LORA فوق هذا النموذج.")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of pipeline wants.

    `multiple` is what width and height must be multiples of; `options` go with every call, `parts` are put in when it is loaded.
    """

    steps: int
    guidance: float
    multiple: int
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Any] = field(default_factory=dict)
    previews: bool = True


KINDS: Mapping[str, Kind] = {
    "StableDiffusionPipeline": Kind(25, 7.0, 8, parts={"safety_checker": None, "requires_safety_checker": False}),
    "FluxPipeline": Kind(4, 0.0, 16, {"max_sequence_length": 256}),
    "ZImagePipeline": Kind(8, 0.0, 16),
    "Flux2KleinPipeline": Kind(4, 1.0, 16, previews=False),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pipeline in memory, and what it wants."""

    pipeline: Any
    kind: Kind


def load(folder: Path, *, lora: Path | None = None, device: str = "cpu", precision: str = "float32", offload: bool = False) -> Loaded:
    """Return the pipeline in a folder. Raises ConfigurationError for what is none, or not safe, or does not fit together.

    `precision` is a floating point type of torch, or "float8": the weights of what computes at each step are kept in eight bits
    (float8_e4m3fn) and brought to bfloat16 layer by layer, the rest is bfloat16.
    """
    name = _kind_of(folder)
    if any(next(folder.rglob(pattern), None) for pattern in _CODE):
        raise ConfigurationError(_UNSAFE)
    try:
        # The class is named, so that the folder cannot choose one; its parts are diffusers' and transformers' own.
        pipeline = getattr(diffusers, name).from_pretrained(
            folder, dtype=_dtype(precision), use_safetensors=True, local_files_only=True, **KINDS[name].parts
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, AttributeError) as cause:
        raise ConfigurationError(_BROKEN) from cause
    if lora is not None:
        _lay_over(pipeline, lora)
    if precision == "float8":
        _keep_small(pipeline)
    pipeline.set_progress_bar_config(disable=True)
    if offload:
        pipeline.enable_model_cpu_offload(device=device)
    else:
        pipeline.to(device)
    return Loaded(pipeline, KINDS[name])


def _dtype(precision: str) -> torch.dtype:
    found: torch.dtype = torch.bfloat16 if precision == "float8" else getattr(torch, precision)
    return found


def _keep_small(pipeline: Any) -> None:  # noqa: ANN401 - diffusers' own
    denoiser = next(part for name in _DENOISERS if (part := getattr(pipeline, name, None)) is not None)
    denoiser.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.bfloat16)


def _kind_of(folder: Path) -> str:
    try:
        told = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        name = str(told["_class_name"])
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise ConfigurationError(_NO_PIPELINE) from cause
    if name not in KINDS:
        kinds = ", ".join(KINDS)
        raise ConfigurationError(Bilingual(_UNKNOWN.en.format(kinds=kinds), _UNKNOWN.ar.format(kinds=kinds)))
    return name


def _lay_over(pipeline: Any, lora: Path) -> None:  # noqa: ANN401 - diffusers' own
    files = sorted(lora.glob("*.safetensors")) if lora.is_dir() else [lora]
    if len(files) != 1 or not hasattr(pipeline, "load_lora_weights"):
        raise ConfigurationError(_NO_LORA)
    try:
        pipeline.load_lora_weights(files[0].parent, weight_name=files[0].name, local_files_only=True, use_safetensors=True)
        # Laid in for good: nothing is added at each step.
        pipeline.fuse_lora()
        pipeline.unload_lora_weights()
    except (OSError, ValueError, KeyError, RuntimeError) as cause:
        raise ConfigurationError(_NO_LORA) from cause
