"""What a process of ours does with memory that it freed. Knows nothing of what it is used for."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping

KEEPING: Mapping[str, str] = {
    "GLIBC_TUNABLES": ":".join(
        f"glibc.malloc.{name}={value}"
        for name, value in {
            "mmap_threshold": 1 << 30,
            "trim_threshold": 1 << 32,
            "arena_max": 1,  # the heaps of other arenas end at 64 MB, and what is larger would be mapped each time
            "hugetlb": 1,
        }.items()
    )
}
"""The environment of a process that keeps freed memory at hand, in pages of 2 MB where the system has them.

What asks for the same large pieces again and again, as an encoder does for each window, else has them mapped and cleared each time.
Where malloc is not glibc's, nothing changes.
"""


_ARENA_MAX = -8  # glibc's M_ARENA_MAX


def share_heap() -> None:
    """Have threads that start from now on share one heap: else each keeps what it frees to itself, and few of ours run at once."""
    option = getattr(ctypes.CDLL(None), "mallopt", None)
    if option is not None:
        option(_ARENA_MAX, 1)


def give_back() -> None:
    """Give all freed memory back to the system: for the moments after which it is not wanted again soon."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
