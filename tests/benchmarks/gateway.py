"""What the gateway adds to a model's own time, beside LiteLLM's proxy and the Rust vllm-router: same load, same model server, one run.

Everybody is measured on one core, in turns, so that what else the machine does falls on all alike. Rates are requests answered in a
second of the clock; what a request costs in CPU does not depend on neighbours and stands beside it.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from tests.benchmarks.gateway_load import WORD, Measured, Target, ask, idle, load
from tests.benchmarks.gateway_systems import (
    LITELLM,
    OURS,
    ROUTER,
    System,
    all_running,
    allow_sockets,
    litellm,
    model_server,
    ours,
    router,
    running,
    stay_apart,
)
from tests.benchmarks.gateway_upstream import TOKENS
from tests.benchmarks.report import Result

T = TypeVar("T")

ROUNDS = 3
SECONDS = 1.5
AT_ONCE = 16
IDLE_STREAMS = 5000
WARM_UP = 50_000
SLOPE_REQUESTS = 500_000
SLOPE_SECONDS = 900.0  # a slow or busy machine measures as many as it can in this time, and says how many
_DATA = "raw-socket model server, 32-token answers"


@dataclass
class Figures:
    """What was measured of one gateway, over all rounds."""

    alone: list[float] = field(default_factory=list)
    rates: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})
    cpu: dict[bool, float] = field(default_factory=lambda: {False: 0.0, True: 0.0})
    answers: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def percentile(self, percent: float) -> float:
        return Measured(self.alone, 1).percentile(percent)

    def microseconds(self, *, stream: bool) -> float:
        return self.cpu[stream] / self.answers[stream] * 1e6


def main() -> Iterable[Result]:
    """Measure everybody, then what only ours is asked for."""
    stay_apart()
    allow_sockets(2 * IDLE_STREAMS + 1000)
    with tempfile.TemporaryDirectory() as name, model_server() as upstream:
        folder = Path(name)
        with all_running([recipe(upstream, folder) for recipe in (ours, litellm, router)]) as systems:
            for system in systems:
                _check(system)
            yield from _compared(Target(upstream, "tiny"), systems)
        with running(ours(upstream, folder)) as system:
            yield from _ours_alone(system)


def _compared(direct: Target, systems: Sequence[System]) -> Iterator[Result]:
    base: list[float] = []
    found = {system.name: Figures() for system in systems}
    for _ in range(ROUNDS):
        base += _run(load(direct, stream=False, at_once=1, seconds=SECONDS)).latencies
        for system in systems:
            figures = found[system.name]
            figures.alone += _run(load(system.target, stream=False, at_once=1, seconds=SECONDS)).latencies
            for stream in (False, True):
                _under_load(system, figures, stream=stream)
    directly = Measured(base, 1)
    mine = found[OURS]
    for peer in (LITELLM, ROUTER):
        theirs = found[peer]

        def row(measure: str, unit: str, target: str, value: float, other: float, *, peer: str = peer) -> Result:
            return Result(measure, value, unit, target, peer, other, _DATA)

        for percent, target in ((50, "≤ 0.45"), (99, "≤ 1.2")):
            added = [(figures.percentile(percent) - directly.percentile(percent)) * 1000 for figures in (mine, theirs)]
            yield row(f"added p{percent}, one at a time", "ms", target, *added)
        for stream, what, target in ((False, "JSON answers, 16 at once", "≥ 3500"), (True, "32-token streams, 16 at once", "≥ 1800")):
            yield row(what, "/s", target, *(max(figures.rates[stream]) for figures in (mine, theirs)))
            yield row(f"CPU for one of the {what.split(',')[0]}", "µs", "", *(each.microseconds(stream=stream) for each in (mine, theirs)))
        yield row("CPU for a streamed token", "µs", "≤ 60", *(each.microseconds(stream=True) / TOKENS for each in (mine, theirs)))
        sizes = {system.name: system for system in systems}
        yield row("memory after the load", "MB", "≤ 90", sizes[OURS].memory(), sizes[peer].memory())
        yield row("start", "s", "≤ 2", sizes[OURS].start_seconds, sizes[peer].start_seconds)


def _under_load(system: System, figures: Figures, *, stream: bool) -> None:
    before = system.cpu()
    measured = _run(load(system.target, stream=stream, at_once=AT_ONCE, seconds=SECONDS))
    figures.cpu[stream] += system.cpu() - before
    figures.answers[stream] += len(measured.latencies)
    figures.rates[stream].append(measured.rate)


def _ours_alone(system: System) -> Iterator[Result]:
    _run(load(system.target, stream=False, at_once=AT_ONCE, seconds=SLOPE_SECONDS / 3, requests=WARM_UP))
    before = system.memory()
    measured = _run(load(system.target, stream=False, at_once=AT_ONCE, seconds=SLOPE_SECONDS, requests=SLOPE_REQUESTS))
    slope = (system.memory() - before) / len(measured.latencies) * 100_000
    yield Result("memory per 100,000 requests", slope, "MB", "≤ 1", data=f"{len(measured.latencies):,} requests after a warm-up")
    before = system.memory()
    highest = _run(_highest(system))
    yield Result(f"{IDLE_STREAMS:,} idle streams", highest - before, "MB", "≤ 300", data="each with one token, then silence")


async def _highest(system: System) -> float:
    waiting = asyncio.create_task(idle(system.target, streams=IDLE_STREAMS, hold=2.0))
    highest = 0.0
    while not waiting.done():
        highest = max(highest, system.memory())
        await asyncio.sleep(0.2)
    await waiting
    return highest


def _check(system: System) -> None:
    """Raise RuntimeError when an answer does not hold what the model server said."""
    for stream, times in ((False, TOKENS), (True, TOKENS)):
        answer = _run(ask(system.target, stream=stream))
        found = answer.count(WORD) + answer.count(b"\\u0643\\u0644\\u0645\\u0629")
        if found != times:
            raise RuntimeError(f"{system.name} said {found} of {times} words: {answer[-300:]!r}")


def _run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
