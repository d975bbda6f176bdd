"""Asks two addresses the same questions in turns, and says how many answers kept limits. Knows nothing of who answers."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from statistics import median
from time import monotonic
from typing import Any

import aiohttp

from tests.load import Outcome, ask, load


@dataclass(frozen=True)
class Limits:
    """Seconds that the first token, and on average each further one, may take."""

    first: float
    further: float

    def kept_by(self, outcome: Outcome) -> bool:
        """Whether an answer came whole and in time."""
        if not outcome.whole:
            return False
        first, further = times(outcome)
        return first <= self.first and further <= self.further


@dataclass
class Side:
    """An address, the model to ask for there, and what came of it."""

    url: str
    model: str
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0

    def kept(self, limits: Limits) -> float:
        """Return the share of answers that kept the limits."""
        return sum(map(limits.kept_by, self.outcomes)) / len(self.outcomes)

    @property
    def rate(self) -> float:
        """Whole answers a second."""
        return sum(outcome.whole for outcome in self.outcomes) / self.seconds

    def middle(self) -> tuple[float, float]:
        """Return the seconds to the first token and for each further one, in the middle."""
        found = [times(outcome) for outcome in self.outcomes if outcome.whole]
        return median(first for first, _ in found), median(further for _, further in found)


def times(outcome: Outcome) -> tuple[float, float]:
    """Return the seconds to the first token and, on average, for each further one."""
    texts = [at for at, frame in zip(outcome.arrived, outcome.frames, strict=True) if _says(frame)]
    if not texts:
        return inf, inf
    return texts[0] - outcome.began, (texts[-1] - texts[0]) / max(1, len(texts) - 1)


async def in_turns(sides: Sequence[Side], *, rounds: int, seconds: float, rate: float, seed: int, **fields: Any) -> None:
    """Ask each side at the same random times, `rate` a second, whether or not the answers to what was asked before have come."""
    for number in range(rounds):
        gaps = random.Random(seed + number)
        times_of_asking = [gaps.expovariate(rate) for _ in range(round(seconds * rate))]
        # Now the one first, now the other, so that what the machine does meanwhile falls on both.
        for side in sides if number % 2 else reversed(sides):
            began = monotonic()
            side.outcomes += await _asked(side, times_of_asking, fields)
            side.seconds += monotonic() - began


async def crowded(sides: Sequence[Side], *, rounds: int, seconds: float, at_once: int, **fields: Any) -> None:
    """Ask each side with so many at once, each asking again as soon as it was answered."""
    for number in range(rounds):
        for side in sides if number % 2 else reversed(sides):
            began = monotonic()
            async with load(side.url, [side.model], whole=0, streams=at_once, **fields) as running:
                await asyncio.sleep(seconds)
            side.outcomes += running.outcomes
            side.seconds += monotonic() - began


async def _asked(side: Side, gaps: Sequence[float], fields: dict[str, Any]) -> list[Outcome]:
    asking = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        for gap in gaps:
            await asyncio.sleep(gap)
            asking.append(asyncio.create_task(ask(session, side.url, side.model, stream=True, **fields)))
        return list(await asyncio.gather(*asking))


def _says(frame: dict[str, Any]) -> bool:
    return any(choice["delta"].get("content") for choice in frame["choices"])
