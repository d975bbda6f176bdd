"""Installed weights, settings, and a program to serve them with."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fanar.settings import Settings
from fanar.weights.catalog import built_in
from fanar.weights.folder import FolderSource
from fanar.weights.store import WeightsStore
from tests.fakes import model_program

Behave = Callable[..., None]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """An executable that stands in for vllm and transformers."""
    home = tmp_path / "bin"
    home.mkdir()
    path = home / "model-program"
    source = Path(model_program.__file__).read_text(encoding="utf-8")
    path.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def behave(program: Path) -> Behave:
    return lambda **behaviour: (program.parent / "behaviour.json").write_text(json.dumps(behaviour)) and None


@pytest.fixture
def settings(tmp_path: Path, program: Path) -> Settings:
    """Settings with weights of every name installed."""
    made = Settings(data=tmp_path / "data", vllm_command=program, transformers_command=program, _env_file=None)
    here = tmp_path / "here"
    here.mkdir()
    (here / "model.safetensors").write_bytes(b"numbers")
    store = WeightsStore(made.data / "weights")
    for weights in built_in():
        store.pull(weights, FolderSource(here), report=lambda _progress: None)
    return made
