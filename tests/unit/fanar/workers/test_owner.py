"""A real owner process, called over its real socket."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from fanar.errors import (
    ContentFilteredError,
    ModelUnavailableError,
    NotFoundError,
    OverloadedError,
    RateLimitedError,
    TooLargeError,
    UpstreamTimeoutError,
)
from fanar.workers import client as client_module
from fanar.workers import wire
from fanar.workers.client import WorkerClient
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec, Supervisor
from tests.unit.fanar.workers.conftest import BUILD, ROOT
from tests.unit.fanar.workers.target import METHODS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def owned(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Supervisor, Path, Path]]:
    """One owner for all tests here: its supervisor, its socket, its journal."""
    folder = tmp_path_factory.mktemp("owner")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        spec = OwnerSpec(BUILD, socket_path(folder, "target"), METHODS, options={"journal": str(folder / "journal")}, queue=2)
        async with Supervisor(spec) as supervisor:
            yield supervisor, spec.socket, folder / "journal"


@pytest.fixture
def owner(owned: tuple[Supervisor, Path, Path]) -> Supervisor:
    return owned[0]


@pytest.fixture
def socket(owned: tuple[Supervisor, Path, Path]) -> Path:
    return owned[1]


@pytest.fixture
def journal(owned: tuple[Supervisor, Path, Path]) -> Path:
    owned[2].write_text("")
    return owned[2]


@pytest_asyncio.fixture(loop_scope="module")
async def client(socket: Path) -> AsyncIterator[WorkerClient]:
    client = WorkerClient(socket)
    yield client
    await client.close()


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """A file that lets the running call end once it is there."""
    return tmp_path / "gate"


async def all_received(client: WorkerClient) -> None:
    """Return once the owner has read all that was sent before: it refuses an unknown method without queueing it."""
    await asyncio.sleep(0)
    with pytest.raises(NotFoundError):
        await client.call("unknown")


async def lines(journal: Path, number: int) -> list[str]:
    while len(found := journal.read_text().split()) < number:
        await asyncio.sleep(0.01)
    return found


async def test_arguments_options_and_results_arrive(client: WorkerClient) -> None:
    assert await client.call("echo", 1, "نص", None, [True], named="x") == [1, "نص", None, [True], {"named": "x"}]


async def test_arrays_go_there_and_back(client: WorkerClient) -> None:
    doubled = await client.call("double", np.ones((3, 4), dtype=np.float32))
    assert (doubled.dtype, doubled.tolist()) == (np.dtype("f4"), [[2.0] * 4] * 3)
    assert await client.call("mean", np.full((2, 2), 0.25, dtype=np.float32)) == 0.25


async def test_a_coroutine_method_is_run_to_its_end(client: WorkerClient) -> None:
    assert await client.call("later", "done") == "done"


async def test_the_target_lives_in_another_process_and_may_print(client: WorkerClient, owner: Supervisor) -> None:
    assert await client.call("pid") == owner.pid != os.getpid()
    assert owner.memory > 0


async def test_the_socket_is_ours_alone(socket: Path) -> None:
    assert socket.stat().st_mode & 0o777 == 0o600


async def test_our_errors_arrive_as_themselves(client: WorkerClient) -> None:
    with pytest.raises(RateLimitedError) as refused:
        await client.call("refuse")
    assert (refused.value.retry_after, refused.value.message.ar) == (7, "تمهّل")
    with pytest.raises(ContentFilteredError) as blocked:
        await client.call("block")
    assert (blocked.value.kind, blocked.value.param) == ("safety", "messages")


@pytest.mark.parametrize("method", ["fail", "unspeakable"])
async def test_a_bug_in_the_target_is_unavailability_and_tells_nothing(client: WorkerClient, method: str) -> None:
    with pytest.raises(ModelUnavailableError) as failed:
        await client.call(method)
    assert "secret" not in str(failed.value)
    assert await client.call("echo", 1) == [1]


@pytest.mark.parametrize("method", ["hidden", "close", "_write", "__init__", "none"])
async def test_only_listed_methods_can_be_called(client: WorkerClient, method: str) -> None:
    with pytest.raises(NotFoundError):
        await client.call(method)


async def test_calls_of_many_clients_run_one_at_a_time_in_one_thread(socket: Path) -> None:
    clients = [WorkerClient(socket) for _ in range(3)]
    assert await asyncio.gather(*(client.call("note", "x", 0.02) for client in clients)) == [1, 1, 1]
    assert len({await client.call("thread") for client in clients}) == 1
    for client in clients:
        await client.close()


async def test_with_more_threads_calls_run_side_by_side(spec: Callable[..., OwnerSpec]) -> None:
    async with Supervisor(spec(threads=2)):
        client = WorkerClient(spec().socket)
        assert max(await asyncio.gather(client.call("note", "x", 0.3), client.call("note", "y", 0.3))) == 2
        await client.close()


async def test_answers_find_their_callers(client: WorkerClient) -> None:
    waves = [await asyncio.gather(*(client.call("echo", wave, n) for n in range(3))) for wave in range(20)]
    assert waves == [[[wave, n] for n in range(3)] for wave in range(20)]


async def test_beyond_the_queue_a_call_is_refused_at_once_and_the_others_are_served(
    client: WorkerClient, journal: Path, gate: Path
) -> None:
    running = asyncio.create_task(client.call("hold", "running", str(gate)))
    await lines(journal, 1)
    waiting = [asyncio.create_task(client.call("echo", n)) for n in range(2)]
    await all_received(client)
    with pytest.raises(OverloadedError):
        await client.call("echo", "refused")
    gate.touch()
    assert await asyncio.gather(running, *waiting) == ["running", [0], [1]]
    assert await client.call("echo", "again") == ["again"]


async def test_a_caller_that_gave_up_is_dropped_from_the_queue(client: WorkerClient, journal: Path, gate: Path) -> None:
    running = asyncio.create_task(client.call("hold", "first", str(gate)))
    await lines(journal, 1)
    dropped = asyncio.create_task(client.call("note", "dropped"))
    await all_received(client)
    dropped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dropped
    await all_received(client)
    gate.touch()
    await running
    await client.call("note", "last")
    assert journal.read_text().split() == ["first", "last"]


async def test_a_client_that_left_is_dropped_from_the_queue(socket: Path, journal: Path, gate: Path) -> None:
    leaving, staying = WorkerClient(socket), WorkerClient(socket)
    running = asyncio.create_task(staying.call("hold", "first", str(gate)))
    await lines(journal, 1)
    dropped = asyncio.create_task(leaving.call("note", "dropped"))
    await all_received(leaving)
    await leaving.close()
    with pytest.raises(ModelUnavailableError):
        await dropped
    await asyncio.sleep(0.1)
    await all_received(staying)
    gate.touch()
    await running
    await staying.call("note", "last")
    assert journal.read_text().split() == ["first", "last"]
    await staying.close()


async def test_a_call_past_its_deadline_fails_and_the_next_is_served(client: WorkerClient) -> None:
    with pytest.raises(UpstreamTimeoutError):
        await client.call("note", "slow", 0.3, within=0.05)
    assert await client.call("echo", 1) == [1]


async def test_an_answer_too_large_for_the_wire_is_our_error(client: WorkerClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "encode", lambda message: wire.encode(message, limit=100))
    with pytest.raises(TooLargeError):
        await client.call("echo", "x" * 1000)
    assert await client.call("echo", 1) == [1]


async def test_an_owner_that_is_not_there_is_unavailability(tmp_path: Path) -> None:
    client = WorkerClient(tmp_path / "none.sock", patience=0.1)
    with pytest.raises(ModelUnavailableError):
        await client.call("echo", 1)
    await client.close()
