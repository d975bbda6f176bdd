"""Routing by a real sentence encoder of transformers: tiny, with random weights, so it is the way that is tested and not what it knows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fanar.events import Route
from tests.environments.build import environment
from tests.vllm.servers import LOCAL_VARIABLES

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    local, folder = environment("local"), tmp_path_factory.mktemp("encoder")
    variables = os.environ | LOCAL_VARIABLES | {"HF_HOME": str(folder / "hub")}
    subprocess.run([local / "bin" / "python", HERE / "encoder_checkpoint.py", folder / "tiny", "7"], check=True, env=variables)
    command = [sys.executable, HERE / "encoder_routing.py", folder / "tiny", folder / "data", local]
    ran = subprocess.run(command, check=False, env=variables, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def test_every_text_becomes_a_vector_of_unit_length(told: dict[str, Any]) -> None:
    assert told["shape"] == [5, 32]
    assert told["lengths"] == pytest.approx([1.0] * 5, abs=1e-4)


def test_a_text_has_the_same_vector_alone_as_among_longer_ones(told: dict[str, Any]) -> None:
    assert told["same_in_a_batch"] < 1e-4


def test_the_fitted_head_routes(told: dict[str, Any]) -> None:
    assert told["route"] in set(Route)
    assert 0.0 <= told["share"] < 1.0


def test_an_encoder_whose_head_is_not_fitted_names_the_command(told: dict[str, Any]) -> None:
    assert "fanar route fit" in told["unfitted"]


@pytest.mark.parametrize("where", ["missing", "in_hub"])
def test_an_encoder_that_is_not_here_is_refused_with_what_helps(told: dict[str, Any], where: str) -> None:
    assert "FANAR_ROUTING__ENCODER" in told[where]
    assert "fanar route fit" in told[where]
