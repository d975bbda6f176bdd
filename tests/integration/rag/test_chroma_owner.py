"""The vector store in its owner process: real Chroma, a real socket, a real kill."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from fanar.errors import NotFoundError
from fanar.workers.client import WorkerClient
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec, Supervisor
from rag.stores.chroma import METHODS
from rag.stores.owned import OwnedStore


@pytest.fixture
async def supervisor(tmp_path: Path) -> AsyncIterator[Supervisor]:
    spec = OwnerSpec(
        factory="rag.stores.chroma:open_chroma",
        socket=socket_path(tmp_path, "chroma"),
        methods=METHODS,
        options={"folder": str(tmp_path / "chroma")},
    )
    async with Supervisor(spec) as running:
        yield running


@pytest.fixture
async def store(supervisor: Supervisor, tmp_path: Path) -> AsyncIterator[OwnedStore]:
    client = WorkerClient(socket_path(tmp_path, "chroma"), patience=60.0)
    yield OwnedStore(owner=client)
    await client.close()


async def test_what_was_acknowledged_survives_a_kill(supervisor: Supervisor, store: OwnedStore) -> None:
    rows = np.random.default_rng(3).standard_normal((500, 16)).astype(np.float32)
    ids = [str(number) for number in range(len(rows))]
    await store.create("kept-1", fingerprint="f", dimensions=16)
    await store.add("kept-1", ids, rows, [{"n": number} for number in range(len(rows))])
    before = supervisor.pid
    assert before is not None

    os.kill(before, signal.SIGKILL)

    assert await store.count("kept-1") == len(rows)
    assert supervisor.pid != before
    for at in (0, 250, 499):
        assert (await store.search("kept-1", rows[at : at + 1], fingerprint="f", top_k=1))[0][0] == ids[at]
    with pytest.raises(NotFoundError):
        await store.count("never-1")
