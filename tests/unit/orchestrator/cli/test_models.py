"""`fanar models`: pulled from a hub, served by a real program, stopped; all through the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fanar.weights.catalog import built_in
from orchestrator.cli.exits import Exit
from orchestrator.serving.state import known_models, running_models
from tests.fakes import model_program
from tests.fakes.hub import COMMIT, Hub, serving
from tests.unit.orchestrator.cli.conftest import Fanar

FILES = {"config.json": b"{}", "model.safetensors": b"numbers" * 100}
PATIENCE = 30.0


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving(Hub(dict(FILES), repository=built_in().find("small").repository)) as running:
        monkeypatch.setenv("FANAR_HUB_URL", running.url)
        yield running


@pytest.fixture
def data(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = surroundings / "transformers"
    program.write_text(f"#!{sys.executable}\n{Path(model_program.__file__).read_text(encoding='utf-8')}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("FANAR_TRANSFORMERS_COMMAND", str(program))
    return surroundings / "data"


@pytest.fixture
def pulled(fanar: Fanar, hub: Hub, data: Path) -> Iterator[Path]:
    assert fanar("models", "pull", "small").code == Exit.OK
    yield data
    fanar("models", "stop", "small")


def until(fact: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def states(fanar: Fanar) -> dict[str, str]:
    return {row["name"]: row["state"] for row in fanar("models", "list", "--json").json}


def test_models_are_listed_with_what_they_are_and_why(fanar: Fanar) -> None:
    said = fanar("models", "list")
    assert said.code == Exit.OK
    for weights in built_in():
        assert weights.name in said.out
        assert weights.licence in said.out
    assert "whisper-large-v3-turbo" in said.out
    assert "not here" in said.out
    assert "غير موجود" in fanar("models", "list", language="ar").out


def test_the_licence_stands_before_the_pull_and_the_revision_after_it(fanar: Fanar, hub: Hub, data: Path) -> None:
    said = fanar("models", "pull", "small")
    assert said.code == Exit.OK
    assert said.err.index("Apache-2.0") < said.err.index("Pulling") < said.err.index(COMMIT)
    assert states(fanar)["small"] == "here"


def test_a_folder_can_stand_in_for_the_hub(fanar: Fanar, data: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name, content in FILES.items():
        (here / name).write_bytes(content)
    assert fanar("models", "pull", "prime", "--from", str(here), "--link").code == Exit.OK
    assert (data / "weights" / "prime" / "model.safetensors").samefile(here / "model.safetensors")


def test_a_hub_that_is_away_is_one_line_with_the_other_ways(fanar: Fanar, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_HUB_URL", "http://127.0.0.1:9")
    said = fanar("models", "pull", "small")
    assert said.code == Exit.UNREACHABLE
    assert "--from FOLDER" in said.err


def test_a_model_that_is_not_here_cannot_be_served_and_names_the_command(fanar: Fanar, data: Path) -> None:
    said = fanar("models", "serve", "small")
    assert said.code == Exit.MISSING
    assert "fanar models pull small" in said.err


@pytest.mark.parametrize("command", ["serve", "stop", "log"])
@pytest.mark.parametrize(
    ("name", "setting"),
    [("whisper-small", "FANAR_SPEECH__MODEL"), ("oryx", "FANAR_IMAGE__MODEL"), ("nsfw-classifier", "FANAR_IMAGE__CLASSIFIER")],
)
def test_a_model_that_no_server_serves_names_the_setting_that_takes_it(fanar: Fanar, command: str, name: str, setting: str) -> None:
    said = fanar("models", command, name)
    assert said.code == Exit.USAGE
    assert f"{setting}={name}" in said.err


def test_an_unknown_model_is_answered_with_the_known_ones(fanar: Fanar) -> None:
    said = fanar("models", "pull", "huge")
    assert said.code == Exit.USAGE
    assert "prime-27b" in said.err


def test_a_model_in_the_background_runs_is_listed_and_is_stopped(fanar: Fanar, pulled: Path) -> None:
    said = fanar("models", "serve", "small", "--detach", "--", "--device", "cpu")
    assert said.code == Exit.OK
    assert "Qwen3 0.6B answers at http://127.0.0.1:" in said.err
    assert states(fanar)["small"] == "ready"
    process = running_models(pulled)["star"].server
    assert process is not None
    assert "the program speaks" in fanar("models", "log", "small").out
    assert json.loads((pulled.parent / "called.json").read_text())["arguments"][-2:] == ["--device", "cpu"]

    assert "small has stopped" in fanar("models", "stop", "small").err
    assert not process.alive
    assert states(fanar)["small"] == "here"
    assert "was not being served" in fanar("models", "stop", "small").err


def test_a_model_in_the_background_that_does_not_start_says_why(fanar: Fanar, pulled: Path) -> None:
    (pulled.parent / "behaviour.json").write_text('{"refuses": true}')
    said = fanar("models", "serve", "small", "--detach")
    assert said.code == Exit.UNREACHABLE
    assert "fanar models log small" in said.err


def test_a_model_in_front_runs_until_ctrl_c(fanar: Fanar, pulled: Path) -> None:
    command = [sys.executable, "-c", "from orchestrator.cli.main import main; main()", "models", "serve", "small"]
    keeper = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[4])
    until(lambda: running_models(pulled))
    keeper.send_signal(signal.SIGINT)
    _, told = keeper.communicate(timeout=PATIENCE)
    assert keeper.returncode == Exit.OK
    assert "small has stopped" in told
    assert known_models(pulled) == []


def test_a_model_that_serves_a_process_ends_with_it(fanar: Fanar, pulled: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    assert fanar("models", "serve", "small", "--detach", "--while-pid", str(other.pid)).code == Exit.OK
    assert other.stdin is not None
    other.stdin.close()
    other.wait(PATIENCE)
    until(lambda: not known_models(pulled))


def test_a_model_for_a_process_that_has_ended_already_stops_at_once(fanar: Fanar, pulled: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(PATIENCE)
    fanar("models", "serve", "small", "--while-pid", str(gone.pid))
    assert known_models(pulled) == []


def test_a_model_that_was_never_served_has_no_log(fanar: Fanar, data: Path) -> None:
    said = fanar("models", "log", "small")
    assert said.code == Exit.USAGE
    assert "fanar models serve small" in said.err
    assert str(os.fspath(data)) not in said.err
