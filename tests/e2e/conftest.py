"""The platform as a person runs it: real processes on an empty data folder, started once for all of these tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.machine import FANAR, SECONDS, Machine
from tests.fixtures.speech.recordings import MICRO_WHISPER


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    folder = tmp_path_factory.mktemp("machine")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FANAR_", "LC_", "LANG"))}
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    ours = {"FANAR_DATA": str(folder / "data"), "FANAR_PORT": str(port), "FANAR_DISCOVER": "false", "COLUMNS": "120"}
    ours |= {"FANAR_FETCH_PRIVATE_HOSTS": '["127.0.0.1"]', "FANAR_NEWS__CALLBACK": f"http://127.0.0.1:{port}"}
    ours |= {"FANAR_SPEECH__MODEL": str(MICRO_WHISPER), "FANAR_SPEECH__PRECISION": "float32", "FANAR_SPEECH__THREADS": "1"}
    return Machine(folder, {**kept, **ours, "PYTHONPATH": os.pathsep.join(map(str, [Path(__file__).parents[2]]))})


@pytest.fixture(scope="session")
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
