"""A lock over processes: waited for, told of once, and given back by a holder that dies."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from fanar.workers.turns import held_now, in_turn

_HOLDER = """
import sys
from pathlib import Path
from fanar.workers.turns import held_now
with held_now(Path(sys.argv[1])) as held:
    print(held, flush=True)
    sys.stdin.read()  # held until the test ends, if it does not kill us before
"""


async def test_a_lock_that_is_free_is_held_without_waiting(tmp_path: Path) -> None:
    waited: list[bool] = []
    async with in_turn(tmp_path / "new" / "lock", waiting=lambda: waited.append(True)):
        with held_now(tmp_path / "new" / "lock") as held:
            assert not held
    assert waited == []


async def test_waiting_is_told_once_and_ends_with_the_process_that_holds_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    waited = asyncio.Event()
    told: list[bool] = []

    def waiting() -> None:
        told.append(True)
        waited.set()

    async def hold() -> None:
        async with in_turn(lock, waiting=waiting):
            pass

    command = [sys.executable, "-c", _HOLDER, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[4]) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        waiter = asyncio.create_task(hold())
        await waited.wait()
        assert not waiter.done()
        holder.kill()
    await waiter
    assert told == [True]
