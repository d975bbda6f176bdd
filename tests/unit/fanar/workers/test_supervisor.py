"""The life and death of owner processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from fanar.errors import ModelUnavailableError, NotConfiguredError
from fanar.workers.client import WorkerClient
from fanar.workers.supervisor import OwnerSpec, Supervisor
from tests.unit.fanar.workers.target import METHODS

PARENT = """
import asyncio, sys
from pathlib import Path
from fanar.workers.supervisor import OwnerSpec, Supervisor

async def main():
    spec = OwnerSpec("tests.unit.fanar.workers.target:build", Path(sys.argv[1]), tuple(sys.argv[2].split(",")))
    supervisor = Supervisor(spec)
    await supervisor.start()
    print(supervisor.pid, flush=True)
    await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


async def test_an_owner_that_died_is_replaced_and_the_client_finds_it(spec: Callable[..., OwnerSpec]) -> None:
    async with Supervisor(spec()) as supervisor:
        client = WorkerClient(spec().socket)
        first = await client.call("pid")
        with pytest.raises(ModelUnavailableError):
            await client.call("die")
        assert await client.call("pid") == supervisor.pid != first
        assert supervisor.restarts == 1
        await client.close()


async def test_an_owner_has_what_its_spec_asks_for_in_its_environment_beside_ours(spec: Callable[..., OwnerSpec]) -> None:
    async with Supervisor(spec(environment={"OF_THE_OWNER": "its own = its own"})) as supervisor:
        client = WorkerClient(spec().socket)
        assert await client.call("pid") == supervisor.pid
        environment = psutil.Process(supervisor.pid).environ()
        await client.close()
    assert environment["OF_THE_OWNER"] == "its own = its own"
    assert environment["PYTHONPATH"] == os.environ["PYTHONPATH"]


async def test_what_the_operator_set_goes_before_what_a_spec_asks_for(
    spec: Callable[..., OwnerSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OF_THE_OPERATOR", "chosen")
    async with Supervisor(spec(environment={"OF_THE_OPERATOR": "not chosen"})) as supervisor:
        assert psutil.Process(supervisor.pid).environ()["OF_THE_OPERATOR"] == "chosen"


async def test_an_owner_killed_while_idle_is_replaced_unnoticed(spec: Callable[..., OwnerSpec]) -> None:
    async with Supervisor(spec()) as supervisor:
        client = WorkerClient(spec().socket)
        first = await client.call("pid")
        os.kill(first, signal.SIGKILL)
        await until(lambda: supervisor.pid not in (None, first))
        assert await client.call("pid") == supervisor.pid
        await client.close()


async def test_stopping_lets_the_running_call_end_and_closes_the_target(spec: Callable[..., OwnerSpec], journal: Path) -> None:
    supervisor = Supervisor(spec())
    await supervisor.start()
    pid = supervisor.pid
    client = WorkerClient(spec().socket)
    running = asyncio.create_task(client.call("note", "running", 0.3))
    await until(lambda: "running" in journal.read_text())
    waiting = asyncio.create_task(client.call("note", "waiting"))
    await asyncio.sleep(0.05)
    await supervisor.stop()
    await asyncio.wait([running, waiting])
    assert isinstance(waiting.exception(), ModelUnavailableError)
    assert journal.read_text().split() == ["running", "closed"]
    assert gone(pid)
    assert (supervisor.pid, supervisor.state) == (None, "ended")
    await client.close()


async def test_sigterm_ends_an_owner_in_good_order(spec: Callable[..., OwnerSpec], journal: Path) -> None:
    async with Supervisor(spec()) as supervisor:
        os.kill(supervisor.pid, signal.SIGTERM)
        await until(lambda: "closed" in journal.read_text())


async def test_an_interrupt_on_the_terminal_is_left_to_the_parent(spec: Callable[..., OwnerSpec]) -> None:
    async with Supervisor(spec()) as supervisor:
        client = WorkerClient(spec().socket)
        os.kill(supervisor.pid, signal.SIGINT)
        assert await client.call("pid") == supervisor.pid
        assert supervisor.restarts == 0
        await client.close()


async def test_the_error_of_a_factory_is_raised_at_the_start(spec: Callable[..., OwnerSpec]) -> None:
    with pytest.raises(NotConfiguredError, match="run this command"):
        await Supervisor(spec("build_needs_configuration")).start()


@pytest.mark.parametrize("factory", ["build_fails", "none"])
async def test_a_factory_with_a_bug_is_unavailability(spec: Callable[..., OwnerSpec], factory: str) -> None:
    with pytest.raises(ModelUnavailableError):
        await Supervisor(spec(factory)).start()


async def test_a_start_that_takes_too_long_is_given_up_and_leaves_no_process(spec: Callable[..., OwnerSpec]) -> None:
    before = {child.pid for child in psutil.Process().children()}
    with pytest.raises(ModelUnavailableError):
        await Supervisor(spec("build_never"), start_timeout=0.6, stop_timeout=0.1).start()
    assert {child.pid for child in psutil.Process().children()} <= before


async def test_an_owner_that_fails_to_come_back_is_tried_again(spec: Callable[..., OwnerSpec]) -> None:
    async with Supervisor(spec("build_every_other"), longest_pause=0.05) as supervisor:
        client = WorkerClient(spec().socket)
        for attempts in (2, 4):
            os.kill(await client.call("pid"), signal.SIGKILL)
            await until(lambda attempts=attempts: supervisor.restarts == attempts and supervisor.state == "ready")
        assert await client.call("pid") == supervisor.pid
        await client.close()


async def test_a_start_that_is_cancelled_leaves_no_process(spec: Callable[..., OwnerSpec]) -> None:
    before = {child.pid for child in psutil.Process().children()}
    supervisor = Supervisor(spec("build_never"))
    starting = asyncio.create_task(supervisor.start())
    await until(lambda: supervisor.pid is not None)
    starting.cancel()
    await asyncio.wait([starting])
    assert starting.cancelled()
    assert {child.pid for child in psutil.Process().children()} <= before


async def test_a_call_that_does_not_end_is_given_its_grace_and_no_more(spec: Callable[..., OwnerSpec], journal: Path) -> None:
    supervisor = Supervisor(spec(grace=0.1))
    await supervisor.start()
    pid = supervisor.pid
    client = WorkerClient(spec().socket)
    stuck = asyncio.create_task(client.call("note", "stuck", 60.0))
    await until(lambda: "stuck" in journal.read_text())
    await supervisor.stop()
    await asyncio.wait([stuck])
    assert isinstance(stuck.exception(), ModelUnavailableError)
    assert gone(pid)
    await client.close()


async def test_an_owner_that_does_not_react_is_killed(spec: Callable[..., OwnerSpec]) -> None:
    supervisor = Supervisor(spec(), stop_timeout=0.1)
    await supervisor.start()
    pid = supervisor.pid
    os.kill(pid, signal.SIGSTOP)
    await supervisor.stop()
    assert gone(pid)


async def test_a_call_that_was_being_sent_when_the_owner_died_fails(spec: Callable[..., OwnerSpec]) -> None:
    async with Supervisor(spec()) as supervisor:
        client = WorkerClient(spec().socket)
        pid = await client.call("pid")
        os.kill(pid, signal.SIGSTOP)
        sending = asyncio.create_task(client.call("echo", b"x" * 20_000_000))
        await asyncio.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
        await asyncio.wait([sending])
        assert isinstance(sending.exception(), ModelUnavailableError)
        assert await client.call("pid") == supervisor.pid
        await client.close()


async def test_stopping_one_that_never_started_is_no_error(spec: Callable[..., OwnerSpec]) -> None:
    supervisor = Supervisor(spec())
    await supervisor.stop()
    assert supervisor.pid is None


async def test_a_second_platform_stands_by_and_takes_over(spec: Callable[..., OwnerSpec]) -> None:
    first, second = Supervisor(spec()), Supervisor(spec())
    await first.start()
    await second.start()
    client = WorkerClient(spec().socket)
    assert second.state == "standby"
    assert await client.call("pid") == first.pid
    await first.stop()
    assert await client.call("pid") == second.pid
    assert second.state == "ready"
    assert second.restarts == 0
    await client.close()
    await second.stop()


async def test_no_owner_outlives_a_killed_parent(spec: Callable[..., OwnerSpec]) -> None:
    command = [sys.executable, "-c", PARENT, str(spec().socket), ",".join(METHODS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        owner = int(parent.stdout.readline())
        assert not gone(owner)
        parent.kill()
    await until(lambda: gone(owner))
