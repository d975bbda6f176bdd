"""Asks a platform many things, a few at a time, and times each answer. Knows nothing of what is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Generic, Protocol, TypeVar

from fanar.bilingual import Bilingual

Json = dict[str, Any]
Case = TypeVar("Case")

_ASKING = Bilingual("Asking", "جارٍ السؤال")


class Platform(Protocol):
    """A running platform in the words of the wire contract. Each method raises FanarError for what it refuses."""

    async def decide(self, messages: list[Json]) -> Json:
        """Return where a conversation would go."""
        ...

    async def search(self, query: str, *, corpora: list[str], top_k: int) -> Json:
        """Return the passages of these corpora that fit a query best."""
        ...

    async def chat(self, body: Json) -> Json:
        """Return the answer to a conversation."""
        ...

    async def models(self) -> Json:
        """Return the models that are there."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an evaluation has come."""

    done: int
    total: int
    step: Bilingual = _ASKING


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Answered(Generic[Case]):
    """A case, its answer, and the seconds that it took."""

    case: Case
    answer: Json
    seconds: float


async def ask_all(cases: Sequence[Case], ask: Callable[[Case], Awaitable[Json]], *, at_once: int, report: Report) -> list[Answered[Case]]:
    """Ask everything, `at_once` at a time, and return the answers in order. The first refusal ends it and is raised."""
    found: dict[int, Answered[Case]] = {}
    waiting = iter(enumerate(cases))

    async def work() -> None:
        """Ask what is still waiting, one after the other."""
        for place, case in waiting:
            began = perf_counter()
            answer = await ask(case)
            found[place] = Answered(case, answer, perf_counter() - began)
            report(Progress(len(found), len(cases)))

    workers = [asyncio.create_task(work()) for _ in range(at_once)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return [found[place] for place in range(len(cases))]
