"""Builds the desk of faster-whisper in its owner process. Chosen by name, so that torch is not loaded for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from speech.desk import Desk, open_desk
from speech.faster import FasterEngine, Precision


def open_faster_desk(
    *,
    model: str,
    device: str,
    precision: Precision,
    beam: int,
    threads: int,
    **shared: Any,  # noqa: ANN401 - the desk's own
) -> Desk:
    """Load the model and return its desk. Raises ConfigurationError."""
    return open_desk(lambda: FasterEngine(Path(model), beam=beam, threads=threads, device=device, precision=precision), **shared)
