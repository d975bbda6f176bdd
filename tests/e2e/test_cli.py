"""The command as a person runs it: real processes, an empty data folder, a server that is started, asked and stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.ingest.tanzil import load_tanzil

FANAR = (sys.executable, "-P", "-c", "from orchestrator.cli.main import main; main()")
SECONDS = 240
VERSES = {(verse.surah, verse.ayah): verse.text for verse in load_tanzil().verses}
ALTERED = "قال تعالى: ﴿إن الله مع الصادقين﴾ [البقرة: 153]\n"

pytestmark = pytest.mark.e2e


@dataclass(frozen=True)
class Machine:
    """A data folder of its own, and the environment that points there."""

    folder: Path
    environment: dict[str, str]

    def fanar(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*FANAR, *arguments],
            env=self.environment,
            cwd=self.folder,
            input=given,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    folder = tmp_path_factory.mktemp("machine")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FANAR_", "LC_", "LANG"))}
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    ours = {"FANAR_DATA": str(folder / "data"), "FANAR_PORT": str(port), "FANAR_DISCOVER": "false", "COLUMNS": "120"}
    return Machine(folder, {**kept, **ours, "PYTHONPATH": os.pathsep.join(map(str, [Path(__file__).parents[2]]))})


@pytest.fixture(scope="module")
def served(machine: Machine) -> Iterator[str]:
    """A server on an empty folder; what it said until it listened."""
    log = machine.folder / "log"
    with log.open("w") as written:
        process = subprocess.Popen([*FANAR, "serve"], env=machine.environment, cwd=machine.folder, stdin=subprocess.DEVNULL, stderr=written)
    deadline = time.monotonic() + SECONDS
    while "listens on" not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield log.read_text()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=SECONDS) == 0
    assert "Fanar has stopped." in log.read_text()


def test_the_first_start_says_what_it_does_and_what_it_can_and_cannot(served: str) -> None:
    assert "Indexing words" in served
    assert "6,236 verses" in served
    assert "FANAR_STAR__URL" in served


def test_a_question_is_answered_with_a_verse_and_its_source(served: str, machine: Machine) -> None:
    said = machine.fanar("ask", "اقرأ آية الكرسي")
    assert said.returncode == 0
    assert VERSES[2, 255] in said.stdout
    assert "https://quran.com/2/255" in said.stdout
    assert said.stderr == ""


def test_a_question_that_needs_a_model_ends_with_its_remedy(served: str, machine: Machine) -> None:
    said = machine.fanar("--language", "ar", "ask", "What is the capital of Qatar?")
    assert (said.returncode, said.stdout) == (3, "")
    assert said.stderr.startswith("خطأ: ")
    assert "FANAR_STAR__URL" in said.stderr
    assert said.stderr.count("\n") == 1


def test_an_altered_word_is_named_with_the_right_one(served: str, machine: Machine) -> None:
    said = machine.fanar("verify", "-", given=ALTERED)
    assert said.returncode == 1
    assert "2:153" in said.stdout
    assert f"الصادقين [{VERSES[2, 153].split()[-1]}]" in said.stdout


def test_all_is_well_where_it_is_served(served: str, machine: Machine) -> None:
    assert machine.fanar("doctor").returncode == 0
    assert machine.fanar("corpora", "verify").returncode == 0


def test_a_second_server_on_the_port_is_refused_at_once(served: str, machine: Machine) -> None:
    said = machine.fanar("serve")
    assert said.returncode == 2
    assert "is in use" in said.stderr
    assert said.stderr.count("\n") == 1


def test_a_folder_of_documents_is_added_beside_a_running_server_and_removed(served: str, machine: Machine) -> None:
    (machine.folder / "leave.md").write_text("# Leave\n\nEvery employee of the bank has thirty days of leave a year.\n", encoding="utf-8")
    assert machine.fanar("corpora", "add", "handbook", "leave.md").returncode == 0
    assert {each["name"] for each in json.loads(machine.fanar("corpora", "list", "--json").stdout)} == {"handbook", "quran"}
    assert machine.fanar("corpora", "remove", "handbook").returncode == 0


def test_without_a_server_this_process_answers(machine: Machine, served: str) -> None:
    elsewhere = Machine(machine.folder, {**machine.environment, "FANAR_PORT": "1"})
    (machine.folder / "data" / "server.url").rename(machine.folder / "hidden")
    try:
        said = elsewhere.fanar("verify", "--json", "-", given=ALTERED)
    finally:
        (machine.folder / "hidden").rename(machine.folder / "data" / "server.url")
    assert said.returncode == 1
    assert json.loads(said.stdout)["quotes"][0]["reference"] == "2:153"
