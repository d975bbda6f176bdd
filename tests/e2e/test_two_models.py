"""Two OpenAI-compatible servers as Star and Prime, connected in the README's own words, and the table between them changed."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.serving import free_port
from tests.e2e.machine import FANAR, SECONDS, Machine
from tests.integration.reliability.standing import model_process

README = Path(__file__).parents[2] / "README.md"
WRITTEN = re.compile(r"^((?:FANAR_\w+=\S+ )+)make run$", re.MULTILINE)
SUM = "Prove that the square root of 2 is irrational"

pytestmark = pytest.mark.e2e


def as_written(ports: dict[str, int]) -> dict[str, str]:
    """Return the settings that the README gives for two servers, with the ports that these have."""
    (line,) = WRITTEN.findall(README.read_text(encoding="utf-8"))
    settings = dict(setting.split("=", 1) for setting in line.split())
    assert set(settings) == {f"FANAR_{seat}__URL" for seat in ports}
    return {name: re.sub(r":\d+/", f":{ports[name.split('_')[1]]}/", url) for name, url in settings.items()}


@pytest.fixture(scope="module")
def machine_with_two(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("two")
    servers = {
        "STAR": model_process(folder, "star-7b", reply="I am Star."),
        "PRIME": model_process(folder, "prime-27b", reply="I am Prime."),
    }
    port = str(free_port())
    # With the address named no command starts a platform of its own while the server is not there yet.
    where = {"FANAR_DATA": str(folder / "data"), "FANAR_PORT": port, "FANAR_BASE_URL": f"http://127.0.0.1:{port}"}
    written = as_written({seat: server.port for seat, server in servers.items()})
    two = Machine(folder, {**machine.environment, **where, **written, "FANAR_POLICY": "policy.toml"})
    table = Machine(folder, {**two.environment, "FANAR_POLICY": ""}).fanar("route", "policy").stdout
    (folder / "policy.toml").write_text(table, encoding="utf-8")
    try:
        for server in servers.values():
            server.start()
        for server in servers.values():
            server.await_ready()
        # The part that talks to the models is up at once; the rest of the platform is tested beside this.
        process = subprocess.Popen([*FANAR, "serve", "--only", "gateway"], env=two.environment, cwd=folder, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + SECONDS
        while two.fanar("route", "hi").returncode:
            assert process.poll() is None
            assert time.monotonic() < deadline
        yield two
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=SECONDS) == 0
    finally:
        for server in servers.values():
            server.kill()


def test_each_question_goes_to_the_fitting_one_with_the_reason(machine_with_two: Machine) -> None:
    assert machine_with_two.fanar("ask", "صباح الخير").stdout.strip() == "I am Star."
    assert machine_with_two.fanar("ask", SUM).stdout.strip() == "I am Prime."
    assert "policy: mathematics -> prime" in machine_with_two.fanar("route", SUM).stdout


def test_what_each_knows_is_measured_under_its_own_name(machine_with_two: Machine) -> None:
    told = json.loads(machine_with_two.fanar("eval", "llm", "--limit", "2", "--json").stdout)
    assert [evaluation["answered_by"] for evaluation in told] == [["star-7b"], ["prime-27b"]]


def test_changed_policy_table_is_followed_while_it_runs(machine_with_two: Machine) -> None:
    table = machine_with_two.folder / "policy.toml"
    changed = table.read_text(encoding="utf-8").replace(
        'use = "prime"\nreason = "mathematics"', 'use = "star"\nreason = "sums are for Star"'
    )
    table.write_text(changed, encoding="utf-8")
    deadline = time.monotonic() + SECONDS
    while "sums are for Star -> star" not in (said := machine_with_two.fanar("route", SUM).stdout):
        assert time.monotonic() < deadline, said
        time.sleep(0.2)
    assert machine_with_two.fanar("ask", SUM).stdout.strip() == "I am Star."
