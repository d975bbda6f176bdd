"""Keeps memory that was freed at hand for what comes next. Knows nothing of what it is used for."""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of malloc.h
_PIECE = 32 << 20
_WHOLE = 512 << 20


def keep_freed() -> None:
    """Have this process give freed pieces of up to 32 MB back only beyond 512 MB. Where malloc is not glibc's, nothing changes.

    Pictures drawn together want large pieces of memory for a moment, at each step the same. Asked anew of the system, each of their
    pages is a fault: an eighth of the time.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _PIECE)
        mallopt(_TRIM_THRESHOLD, _WHOLE)
