"""How long the platform takes to be ready once the Quran is indexed, and what it then holds in memory."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import httpx

from tests.benchmarks.report import Result
from tests.benchmarks.served import run, served

_STARTS = 7
_QUESTION = "Which verse says there is no compulsion in religion?"


def main() -> Iterable[Result]:
    """Run the benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        run(data, "corpora", "add", "quran", "--arabic-only")
        _started(data)
        clock, computed, loaded, answered = zip(*(_started(data) for _ in range(_STARTS)), strict=True)
    told = f"Quran indexed; median of {_STARTS} starts"
    return [
        Result("from the command to ready", statistics.median(clock), "s", target="≤ 3", data=told),
        Result("the same, CPU of the gateway", statistics.median(computed), "s", data=told),
        Result("resident memory of the gateway", statistics.median(loaded), "MB", target="≤ 250", data=told),
        Result("the same after an answer", statistics.median(answered), "MB", data=told),
    ]


def _started(data: Path) -> tuple[float, float, float, float]:
    """Start once: seconds by the clock, seconds of processor time, and megabytes before and after an answer."""
    before = time.perf_counter()
    with served(data) as (address, process):
        clock = time.perf_counter() - before
        computed = sum(process.cpu_times()[:2])
        loaded = process.memory_info().rss / 1e6
        messages = [{"role": "user", "content": _QUESTION}]
        asked = {"model": "Islamic-RAG", "messages": messages}
        httpx.post(f"{address}/v1/chat/completions", json=asked, timeout=60, trust_env=False).raise_for_status()
        return clock, computed, loaded, process.memory_info().rss / 1e6
