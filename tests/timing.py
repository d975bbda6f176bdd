"""What a piece of work costs, for tests that compare two costs."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object], *, repeats: int = 3) -> float:
    """Return the CPU seconds of the best of `repeats` runs. Garbage of other tests is not collected on this work's account."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return min(_once(work) for _ in range(repeats))
    finally:
        if collecting:
            gc.enable()


def _once(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
