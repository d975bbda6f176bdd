"""`fanar models serve` with the real programs: a tiny checkpoint pulled as each model and served by its real flags."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml

from fanar.settings import Settings
from fanar.weights.catalog import built_in
from fanar.weights.folder import FolderSource
from fanar.weights.store import WeightsStore
from orchestrator.serving.profiles import FOLDERS
from orchestrator.serving.server import ModelServer
from orchestrator.serving.state import RunningModel, running_models
from tests.environments.build import environment
from tests.vllm.asking import answered, asking, client, completed
from tests.vllm.servers import ONE_PROCESS, VLLM_VARIABLES

# What a CPU and a model of two layers need instead of what the profile says; everything else of the profile is in force.
ON_CPU = ("--dtype", "float32", "--max-model-len", "512", "--enforce-eager", "--gpu-memory-utilization", "0.2", *ONE_PROCESS)


@pytest.fixture
def settings(vllm_environment: Path, checkpoints: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in VLLM_VARIABLES.items():
        monkeypatch.setenv(name, value)
    made = Settings(
        data=tmp_path / "data",
        vllm_command=vllm_environment / "bin" / "vllm",
        transformers_command=environment("local") / "bin" / "transformers",
        _env_file=None,
    )
    for weights in built_in():
        WeightsStore(made.data / "weights").pull(weights, FolderSource(checkpoints["star"]), report=lambda _progress: None)
    return made


@asynccontextmanager
async def served(settings: Settings, name: str, *options: str) -> AsyncIterator[RunningModel]:
    stop = asyncio.Event()
    server = ModelServer(built_in().find(name), settings=settings, options=options)
    task = asyncio.create_task(server.run(stop, report=lambda _progress: None))
    try:
        while not running_models(settings.data):
            await asyncio.sleep(0.1)
            if task.done():
                raise AssertionError(server.log.read_text(encoding="utf-8", errors="replace")[-3000:])
        yield next(iter(running_models(settings.data).values()))
    finally:
        stop.set()
        await asyncio.wait([task])


async def _asked(model: RunningModel) -> str:
    async with client(model.url, model=model.model) as chat:
        assert await chat.available()
        return completed(await answered(chat, asking(max_tokens=4))).model


async def test_vllm_serves_with_a_profile(settings: Settings) -> None:
    async with served(settings, "prime", *ON_CPU) as model:
        assert await _asked(model) == model.model == "Fanar-1-9B-Instruct"


def test_vllm_knows_every_option_of_every_profile(vllm_environment: Path) -> None:
    # No model is needed to ask for help; starting each would take minutes.
    command = [vllm_environment / "bin" / "vllm", "serve", "--help=all"]
    known = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    options = {option for path in FOLDERS[0].glob("*.yaml") for option in yaml.safe_load(path.read_text(encoding="utf-8"))}
    assert {option for option in options if f"--{option}" not in known} == set()


async def test_transformers_serves_the_small_model_and_shows_clients_no_path(settings: Settings) -> None:
    async with served(settings, "small", "--device", "cpu") as model:
        assert await _asked(model) == "small@main"
        assert set(running_models(settings.data)) == {"star", "prime"}
