"""The memory of windows does not grow with those who came once."""

from __future__ import annotations

import tracemalloc

from fanar.limits.allowance import Allowance, Rate
from fanar.limits.memory import MemoryRequestCounter


class Clock:
    now = 4e9

    def __call__(self) -> float:
        return self.now


def test_windows_of_those_who_came_once_are_forgotten() -> None:
    clock = Clock()
    counter = MemoryRequestCounter(clock=clock)

    def come(many: int) -> int:
        for _ in range(many):
            clock.now += 1
            counter.count_now(f"s{clock.now}", Allowance(Rate(5, 60)))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        after_some = come(20_000)
        assert come(20_000) < 1.5 * after_some
    finally:
        tracemalloc.stop()
