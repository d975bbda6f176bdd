"""Opens entailment and span models with transformers, as targets of owner processes. Knows nothing of what they judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from transformers import AutoModelForSequenceClassification, AutoModelForTokenClassification

from fanar.attribution.claims import entailment, spans
from fanar.attribution.claims.networks import ENTAILMENT, SPANS, Network, located, unreadable
from fanar.errors import ConfigurationError

_BROKEN = (OSError, ValueError, RuntimeError, SafetensorError)


def open_entailment(*, model: str, threads: int = 0) -> entailment.LoadedEntailment:
    """Load an entailment model. Raises ConfigurationError where there is none that can be read."""
    network = _network(model, ENTAILMENT, AutoModelForSequenceClassification, threads=threads, longest=entailment.LONGEST)
    return entailment.LoadedEntailment(network)


def open_spans(*, model: str, threads: int = 0) -> spans.LoadedSpans:
    """Load a span model. Raises ConfigurationError where there is none that can be read."""
    return spans.LoadedSpans(_network(model, SPANS, AutoModelForTokenClassification, threads=threads, longest=spans.LONGEST))


def _network(model: str, setting: str, kind: Any, *, threads: int, longest: int) -> Network:  # noqa: ANN401 - transformers has no types
    folder = located(model, setting)
    if threads:
        torch.set_num_threads(threads)
    try:
        loaded = kind.from_pretrained(str(folder), local_files_only=True, use_safetensors=True).eval()
        return Network(folder, _TorchRunner(loaded), longest=longest)
    except _BROKEN as cause:
        raise ConfigurationError(unreadable(setting)) from cause


class _TorchRunner:
    def __init__(self, model: Any) -> None:  # noqa: ANN401 - transformers has no types
        self._model = model
        # Who knows one type of token only is told none.
        self._typed = int(getattr(model.config, "type_vocab_size", 0) or 0) > 1

    def __call__(self, given: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return the scores."""
        wanted = {name: torch.from_numpy(value) for name, value in given.items() if self._typed or name != "token_type_ids"}
        with torch.inference_mode():
            return np.asarray(self._model(**wanted).logits.float().numpy())
