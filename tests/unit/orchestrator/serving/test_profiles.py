"""The profiles that vLLM is started with."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from fanar.errors import ConfigurationError, NotConfiguredError
from fanar.weights.catalog import Weights, built_in
from orchestrator.serving.profiles import FOLDERS, find_profile

SERVED = [weights for weights in built_in() if weights.engine == "vllm"]


@pytest.mark.parametrize("weights", SERVED, ids=lambda weights: weights.name)
def test_every_model_for_vllm_has_a_profile_that_agrees_with_the_catalogue(weights: Weights) -> None:
    profile = find_profile(weights.name)
    assert profile.context_tokens == weights.context
    assert weights.repository.endswith(f"/{profile.served_name}")


@pytest.mark.parametrize("path", sorted(FOLDERS[0].glob("*.yaml")), ids=lambda path: path.stem)
def test_no_profile_runs_foreign_code_listens_elsewhere_or_logs_what_clients_say(path: Path) -> None:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert not told.get("trust-remote-code")
    assert not {"host", "port", "model", "api-key"} & set(told)
    assert told["enable-log-requests"] is False
    assert told["load-format"] == "safetensors"


def test_a_model_without_a_profile_names_the_file_to_add() -> None:
    with pytest.raises(NotConfiguredError, match=r"deploy/vllm/huge\.yaml"):
        find_profile("huge")


@pytest.mark.parametrize("text", ["- a\n", "served-model-name: x\n", "{", "served-model-name: x\nmax-model-len: many\n"])
def test_a_profile_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.yaml").write_text(text)
    with pytest.raises(ConfigurationError, match=r"odd\.yaml"):
        find_profile("odd", folders=(tmp_path,))
