"""What every RequestCounter promises, in memory and on a real Redis server."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest

from fanar.limits.allowance import Allowance, Count, Rate
from fanar.limits.fallback import FallbackRequestCounter
from fanar.limits.memory import MemoryRequestCounter
from fanar.limits.redis import RedisRequestCounter
from fanar.protocols import RequestCounter
from tests.servers import REDIS, redis_server

BACKENDS = ["memory", *(["redis", "fallback"] if REDIS else [])]
TWO_IN_TEN = Allowance(Rate(2, 10))
# Later than any real clock: Redis forgets what has ended by its own.
START = datetime(2100, 2, 27, 23, 0, tzinfo=UTC).timestamp()


class Clock:
    now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(params=BACKENDS)
async def counter(request: pytest.FixtureRequest, clock: Clock) -> AsyncIterator[RequestCounter]:
    async with AsyncExitStack() as stack:
        if request.param == "memory":
            yield MemoryRequestCounter(clock=clock)
            return
        shared = RedisRequestCounter(url=request.getfixturevalue("redis"), prefix=uuid.uuid4().hex, clock=clock, seconds=5)
        stack.push_async_callback(shared.close)
        own = MemoryRequestCounter(clock=clock)
        yield shared if request.param == "redis" else FallbackRequestCounter(shared=shared, own=own, missed=lambda: None)


async def test_requests_are_let_in_until_the_window_is_full(counter: RequestCounter) -> None:
    assert [await counter.count("s", TWO_IN_TEN) for _ in range(3)] == [Count(1, 10), Count(2, 10), Count(2, 10, "rate", 10)]


async def test_the_oldest_request_ages_out_and_makes_room_for_one(counter: RequestCounter, clock: Clock) -> None:
    await counter.count("s", TWO_IN_TEN)
    clock.now += 4
    await counter.count("s", TWO_IN_TEN)
    assert await counter.count("s", TWO_IN_TEN) == Count(2, 6, "rate", 6)
    clock.now += 6
    assert await counter.count("s", TWO_IN_TEN) == Count(2, 4)
    assert (await counter.count("s", TWO_IN_TEN)).refused == "rate"


async def test_a_refused_request_is_not_counted(counter: RequestCounter, clock: Clock) -> None:
    for _ in range(5):
        await counter.count("s", Allowance(Rate(1, 10), daily=3))
    clock.now += 10
    assert await counter.count("s", Allowance(Rate(1, 10), daily=3)) == Count(1, 10)


async def test_subjects_are_counted_apart(counter: RequestCounter) -> None:
    for subject in ("a:x", "a:y", "b:x"):
        assert (await counter.count(subject, Allowance(Rate(1, 10)))).refused is None


@pytest.mark.parametrize(("allowance", "period", "left"), [(Allowance(daily=2), "day", 3600), (Allowance(monthly=2), "month", 90_000)])
async def test_a_quota_holds_until_its_period_ends(
    counter: RequestCounter, clock: Clock, allowance: Allowance, period: str, left: int
) -> None:
    for _ in range(2):
        assert await counter.count("s", allowance) == Count(0, 0)
    assert await counter.count("s", allowance) == Count(0, 0, period, left)
    clock.now += left
    assert (await counter.count("s", allowance)).refused is None


async def test_a_quota_that_is_used_up_does_not_hide_the_window(counter: RequestCounter) -> None:
    allowance = Allowance(Rate(9, 60), daily=1, monthly=1)
    assert await counter.count("s", allowance) == Count(1, 60)
    assert await counter.count("s", allowance) == Count(1, 60, "day", 3600)


async def test_no_two_callers_get_the_same_last_place(counter: RequestCounter) -> None:
    counts = await asyncio.gather(*(counter.count("s", Allowance(Rate(10, 60), daily=9)) for _ in range(30)))
    assert sorted(count.counted for count in counts if count.refused is None) == list(range(1, 10))


async def test_a_clock_that_was_set_back_locks_nobody_out(counter: RequestCounter, clock: Clock) -> None:
    for _ in range(2):
        await counter.count("s", TWO_IN_TEN)
    clock.now -= 3000
    assert (await counter.count("s", TWO_IN_TEN)).refused is None


async def test_a_limit_that_was_lowered_holds_at_once(counter: RequestCounter) -> None:
    for _ in range(2):
        await counter.count("s", TWO_IN_TEN)
    assert (await counter.count("s", Allowance(Rate(1, 10)))).refused == "rate"
