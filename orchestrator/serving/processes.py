"""Names a process so that it is found again, and ends it. Knows nothing of what the process does."""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass

import psutil

# How far a clock may be set meanwhile. Numbers of processes are used again, but not within seconds.
_DRIFT = 5.0


@dataclass(frozen=True, slots=True)
class ProcessId:
    """A process by its number and the Unix time of its start: a number alone may be another's by now."""

    pid: int
    started: float

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        try:
            process = psutil.Process(self.pid)
            return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - self.started) < _DRIFT
        except psutil.Error:
            return False

    def end(self, *, seconds: float) -> None:
        """Ask the process to end, and kill it with all it started when it has not after `seconds`."""
        if not self.alive:
            return
        process = psutil.Process(self.pid)
        with contextlib.suppress(psutil.Error):
            family = [*process.children(recursive=True), process]
            process.terminate()
            psutil.wait_procs([process], timeout=seconds)
            for member in family:
                with contextlib.suppress(psutil.Error):
                    member.kill()
            psutil.wait_procs(family, timeout=seconds)


def identify(pid: int) -> ProcessId:
    """Return the name of a process that runs now. Raises ProcessLookupError."""
    try:
        return ProcessId(pid, psutil.Process(pid).create_time())
    except psutil.NoSuchProcess as cause:
        raise ProcessLookupError(pid) from cause


def signal_group(pid: int, number: signal.Signals) -> None:
    """Signal a process that leads its group, with all of the group; it may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
