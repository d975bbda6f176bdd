"""What `tests.benchmarks.scale` measures, among a million passages: takes a quarter of an hour of CPU and some gigabytes of disk."""

from __future__ import annotations

from collections.abc import Iterable

from tests.benchmarks.report import Result
from tests.benchmarks.scale import Bounds, measured

PASSAGES = 1_000_000


def main() -> Iterable[Result]:
    """Run the benchmark."""
    return measured(PASSAGES, Bounds(p50="≤ 25", p99="≤ 80"))
