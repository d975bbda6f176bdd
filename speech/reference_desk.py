"""Builds the desk of openai-whisper in its owner process. Chosen by name, so that torch is loaded only for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from speech.desk import Desk, open_desk
from speech.reference import ReferenceEngine


def open_reference_desk(
    *,
    model: str,
    device: str,
    precision: str,
    beam: int,
    threads: int,
    **shared: Any,  # noqa: ANN401 - the desk's own
) -> Desk:
    """Load the model and return its desk. `precision` is the weights' own here. Raises ConfigurationError."""
    return open_desk(lambda: ReferenceEngine(Path(model), beam=beam, threads=threads, device=device), **shared)
