"""Specs of owners of the test target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec
from tests.unit.fanar.workers.target import METHODS

ROOT = Path(__file__).parents[4]
BUILD = "tests.unit.fanar.workers.target:build"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal"
    path.touch()
    return path


@pytest.fixture
def spec(tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., OwnerSpec]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def make(factory: str = "build", **more: object) -> OwnerSpec:
        options = {"build": {"journal": str(journal)}, "build_every_other": {"marker": str(tmp_path / "marker")}}.get(factory, {})
        return OwnerSpec(
            factory=f"tests.unit.fanar.workers.target:{factory}",
            socket=socket_path(tmp_path, "target"),
            methods=METHODS,
            options=options,
            **more,
        )

    return make
