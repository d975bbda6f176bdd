"""The bounded queue: places, order, and who must come back later."""

from __future__ import annotations

import asyncio

import pytest

from fanar.errors import OverloadedError
from orchestrator.backends.queue import BoundedQueue


async def test_those_who_wait_enter_in_the_order_they_came() -> None:
    queue, entered = BoundedQueue(places=1, waiting=2, seconds=5), []
    first = await queue.enter()

    async def visit(name: str) -> None:
        since = await queue.enter()
        entered.append(name)
        queue.leave(since)

    waiting = [asyncio.create_task(visit(name)) for name in "ab"]
    await asyncio.sleep(0)
    assert (queue.inside, queue.waiting, entered) == (1, 2, [])
    queue.leave(first)
    await asyncio.gather(*waiting)
    assert (queue.inside, queue.waiting, entered) == (0, 0, ["a", "b"])


async def test_one_too_many_is_told_when_to_come_back() -> None:
    queue = BoundedQueue(places=1, waiting=0, seconds=5)
    await queue.enter()
    with pytest.raises(OverloadedError) as refused:
        await queue.enter()
    assert refused.value.retry_after >= 1


async def test_nobody_waits_for_ever() -> None:
    queue = BoundedQueue(places=1, waiting=1, seconds=0.01)
    await queue.enter()
    with pytest.raises(OverloadedError):
        await queue.enter()
    assert queue.waiting == 0


async def test_one_who_leaves_the_queue_holds_nobody_up() -> None:
    queue = BoundedQueue(places=1, waiting=2, seconds=5)
    since = await queue.enter()
    leaving, staying = asyncio.create_task(queue.enter()), asyncio.create_task(queue.enter())
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    queue.leave(since)
    await staying
    assert (queue.inside, queue.waiting) == (1, 0)


async def test_place_given_to_one_who_has_just_left_goes_back() -> None:
    queue = BoundedQueue(places=1, waiting=1, seconds=5)
    since = await queue.enter()
    leaving = asyncio.create_task(queue.enter())
    await asyncio.sleep(0)
    queue.leave(since)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    assert queue.inside == 0
