"""What processes of ours do with freed memory, seen in processes of their own: what is set there holds for all that comes after."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

from fanar.workers.memory import KEEPING

LARGE = """
import resource, threading
import numpy as np
import psutil
from fanar.workers.memory import give_back

def work():
    piece = np.ones(96 << 20, np.uint8)

def run():
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(4):
        run()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
"""


def ran(program: str, environment: Mapping[str, str]) -> str:
    command = ["env", *(f"{name}={value}" for name, value in environment.items()), sys.executable, "-c", LARGE + program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_large_pieces_are_not_asked_of_the_system_again_in_any_thread() -> None:
    program = "run(); print(faults())"
    assert int(ran(program, KEEPING)) * 10 < int(ran(program, {"GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=131072"}))


def test_threads_share_one_heap_once_they_are_told_to() -> None:
    program = """
from fanar.workers.memory import share_heap
{told}
together = threading.Barrier(9)
def hold():
    pieces = [bytes(5_000) for _ in range(100)]
    together.wait()
    together.wait()
before = psutil.Process().memory_info().vms
for _ in range(8):
    threading.Thread(target=hold).start()
together.wait()
print((psutil.Process().memory_info().vms - before) >> 20)
together.wait()
"""
    shared, apart = (int(ran(program.format(told=told), {"MALLOC_ARENA_MAX": "8"})) for told in ("share_heap()", ""))
    assert shared + 4 * 64 < apart  # a heap of its own is 64 MB of addresses


def test_what_was_freed_is_given_back_on_demand() -> None:
    program = """
run()
held = psutil.Process().memory_info().rss
give_back()
print((held - psutil.Process().memory_info().rss) >> 20)
"""
    assert int(ran(program, KEEPING)) >= 90
