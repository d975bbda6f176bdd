"""Does one piece of work in a process of its own, for the memory it would leave behind. Knows nothing of what the work is.

The process is a plain one: those of `multiprocessing` leave a process behind that watches over what they share, 13 MB until the end.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import ParamSpec

_log = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")


def run_aside(work: Callable[Arguments, None], *args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
    """Do `work` in a new process and wait for it; where that process fails, do it here. What the work raises is raised here.

    `work` is a function of a module and its arguments can be pickled; doing it twice must do no harm.
    """
    # -P: what lies in the folder we happen to be started in must not be imported.
    command = [sys.executable, "-P", "-m", "fanar.workers.aside"]
    told = pickle.dumps((work, args, kwargs))
    if subprocess.run(command, input=told, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603 - a command of ours
        _log.warning("the process that was to do %s failed; doing it here", work.__qualname__)
        work(*args, **kwargs)


def main() -> None:
    """Do the work that stdin names."""
    work, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our parent
    work(*args, **kwargs)


if __name__ == "__main__":
    main()
