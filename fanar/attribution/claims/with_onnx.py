"""Opens entailment and span models with onnxruntime, as targets of owner processes. Knows nothing of what they judge."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

from fanar.attribution.claims import entailment, spans
from fanar.attribution.claims.networks import ENTAILMENT, SPANS, Network, located, network_file, unreadable
from fanar.errors import ConfigurationError

_BROKEN = (OSError, ValueError, RuntimeError, Fail, InvalidArgument, InvalidGraph, InvalidProtobuf)


def open_entailment(*, model: str, threads: int = 0) -> entailment.LoadedEntailment:
    """Load an entailment model. Raises ConfigurationError where there is none that can be read."""
    return entailment.LoadedEntailment(_network(model, ENTAILMENT, threads=threads, longest=entailment.LONGEST))


def open_spans(*, model: str, threads: int = 0) -> spans.LoadedSpans:
    """Load a span model. Raises ConfigurationError where there is none that can be read."""
    return spans.LoadedSpans(_network(model, SPANS, threads=threads, longest=spans.LONGEST))


def _network(model: str, setting: str, *, threads: int, longest: int) -> Network:
    folder = located(model, setting)
    try:
        return Network(folder, _OnnxRunner(folder, threads), longest=longest)
    except _BROKEN as cause:
        raise ConfigurationError(unreadable(setting)) from cause


class _OnnxRunner:
    def __init__(self, folder: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(network_file(folder)), options, providers=["CPUExecutionProvider"])
        self._inputs = {each.name for each in self._session.get_inputs()}

    def __call__(self, given: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return the scores."""
        return np.asarray(self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0])
