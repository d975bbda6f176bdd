"""Leaving a stream stops the work behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.streams import closing


class _Work:
    """A stream that notes whether it was stopped."""

    stopped = False

    async def stream(self) -> AsyncIterator[int]:
        try:
            for number in range(1_000):
                yield number
        finally:
            self.stopped = True


class _Counting:
    """An iterator that has nothing to close."""

    def __aiter__(self) -> AsyncIterator[int]:
        return self

    async def __anext__(self) -> int:
        return 1


async def test_leaving_early_stops_the_work_at_once() -> None:
    work = _Work()
    async with closing(work.stream()) as events:
        assert await anext(events) == 0
        assert not work.stopped
    assert work.stopped


async def test_a_fault_of_the_reader_stops_the_work_and_is_passed_on() -> None:
    work = _Work()
    with pytest.raises(ZeroDivisionError):
        async with closing(work.stream()) as events:
            assert 1 / await anext(events)
    assert work.stopped


async def test_an_iterator_that_cannot_be_closed_is_left_as_it_is() -> None:
    async with closing(_Counting()) as events:
        assert await anext(events) == 1
    assert await anext(events) == 1
