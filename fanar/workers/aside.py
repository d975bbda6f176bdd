"""Does one piece of work in a process of its own, for the memory it would leave behind. Knows nothing of what the work is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import ParamSpec

_log = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")


def run_aside(work: Callable[Arguments, None], *args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
    """Do `work` in a new process and wait for it; where that process dies, do it here. What the work raises is raised here.

    `work` is a function of a module and its arguments can be pickled; doing it twice must do no harm.
    """
    try:
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as elsewhere:
            elsewhere.submit(work, *args, **kwargs).result()
    except BrokenProcessPool:
        _log.warning("the process that was to do %s died; doing it here", work.__qualname__)
        work(*args, **kwargs)
