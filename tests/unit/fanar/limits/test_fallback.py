"""What becomes of the limits while Redis is down."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, StorageError
from fanar.limits.allowance import Allowance, Count, Rate
from fanar.limits.fallback import FallbackRequestCounter
from fanar.limits.memory import MemoryRequestCounter
from fanar.limits.redis import RedisRequestCounter

TWO = Allowance(Rate(2, 60))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Failing:
    """Counts, except while it is down."""

    def __init__(self) -> None:
        self.down = True
        self.asked = 0
        self._counter = MemoryRequestCounter()

    async def count(self, subject: str, allowance: Allowance) -> Count:
        self.asked += 1
        if self.down:
            raise StorageError(Bilingual("down", "متوقف"))
        return await self._counter.count(subject, allowance)


class Misses(list[int]):
    def __call__(self) -> None:
        self.append(1)


async def test_a_redis_that_is_not_there_is_a_storage_error(tmp_path: Path) -> None:
    counter = RedisRequestCounter(url=f"unix://{tmp_path}/none.sock")
    with pytest.raises(StorageError):
        await counter.count("s", TWO)
    await counter.close()


def test_what_is_no_url_of_a_redis_is_refused_at_start() -> None:
    with pytest.raises(ConfigurationError, match="FANAR_REDIS_URL") as refused:
        RedisRequestCounter(url="http://user:secret@host")
    assert "secret" not in str(refused.value)


async def test_while_redis_is_down_each_process_limits_by_itself_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    misses = Misses()
    counter = FallbackRequestCounter(shared=Failing(), own=MemoryRequestCounter(), missed=misses, clock=Clock())
    with caplog.at_level(logging.WARNING):
        counts = [await counter.count("s", TWO) for _ in range(3)]
    assert [count.refused for count in counts] == [None, None, "rate"]
    assert len(misses) == 3
    assert len(caplog.records) == 1


async def test_a_redis_that_is_down_is_asked_once_in_a_while_and_used_again_when_it_is_back() -> None:
    clock, shared, misses = Clock(), Failing(), Misses()
    counter = FallbackRequestCounter(shared=shared, own=MemoryRequestCounter(), missed=misses, clock=clock)
    for _ in range(3):
        await counter.count("s", TWO)
    assert shared.asked == 1
    clock.now = 2
    shared.down = False
    assert (await counter.count("s", TWO)).refused is None
    assert (shared.asked, len(misses)) == (2, 3)
    await counter.count("s", TWO)
    assert shared.asked == 3
