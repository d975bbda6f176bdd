"""A tiny checkpoint's files, a hub that serves them, and a store to pull them into."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import constants

from fanar.weights.catalog import Weights, built_in
from fanar.weights.hub import HubSource
from fanar.weights.store import WeightsStore
from tests.fakes.hub import Hub, serving


def safetensors(values: int = 50_000) -> bytes:
    """A real file of the format: the length of its header, the header, the numbers."""
    data = np.arange(values, dtype=np.float32).tobytes()
    header = json.dumps({"w": {"dtype": "F32", "shape": [values], "data_offsets": [0, len(data)]}}).encode()
    return len(header).to_bytes(8, "little") + header + data


FILES = {
    "config.json": b'{"model_type": "gemma2"}',
    "tokenizer.json": b"{}",
    "model.safetensors": safetensors(),
    "pytorch_model.bin": b"a pickle",
    "modeling_tiny.py": b"raise SystemExit",
    "README.md": "نموذج صغير".encode(),
    ".gitattributes": b"*.bin filter=lfs",
}


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub(dict(FILES))) as running:
        yield running


@pytest.fixture
def source(hub: Hub) -> HubSource:
    return HubSource(hub.repository, url=hub.url)


@pytest.fixture
def store(tmp_path: Path) -> WeightsStore:
    return WeightsStore(tmp_path / "weights")


@pytest.fixture
def weights() -> Weights:
    return built_in().find("small")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same files in a folder."""
    home = tmp_path / "here"
    home.mkdir()
    for name, data in FILES.items():
        (home / name).write_bytes(data)
    return home


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library writes in pieces of 10 MB; the tiny checkpoint has less."""
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 10_000)
