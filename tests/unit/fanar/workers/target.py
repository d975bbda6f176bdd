"""A small target for the owner's tests: it counts, waits, fails and dies on request."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError, NotConfiguredError, RateLimitedError


class Target:
    """Notes what it did in `journal`."""

    def __init__(self, journal: Path | None = None) -> None:
        self._journal = journal
        self._running = 0

    def echo(self, *values: object, **named: object) -> list[object]:
        return [*values, *([named] if named else [])]

    def double(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return vectors * np.float32(2)

    def mean(self, vectors: NDArray[np.float32]) -> np.float32:
        return vectors.mean()

    async def later(self, value: str) -> str:
        await asyncio.sleep(0)
        return value

    def note(self, name: str, seconds: float = 0.0) -> int:
        """Write a line when it begins; return how many calls run at once."""
        self._running += 1
        try:
            self._write(name)
            time.sleep(seconds)
            return self._running
        finally:
            self._running -= 1

    def hold(self, name: str, gate: str) -> str:
        """Write a line, then run until the file `gate` is there."""
        self._write(name)
        while not Path(gate).exists():
            time.sleep(0.005)
        return name

    def thread(self) -> str:
        return threading.current_thread().name

    def pid(self) -> int:
        print("the target prints")
        return os.getpid()

    def refuse(self) -> None:
        raise RateLimitedError(Bilingual("slow down", "تمهّل"), retry_after=7)

    def block(self) -> None:
        raise ContentFilteredError(Bilingual("no", "لا"), kind="safety", param="messages")

    def fail(self) -> None:
        raise ValueError("a secret path")

    def unspeakable(self) -> object:
        return object()

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def hidden(self) -> str:
        return "not on the list"

    def close(self) -> None:
        self._write("closed")

    def _write(self, line: str) -> None:
        if self._journal is not None:
            with self._journal.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


METHODS = ("echo", "double", "mean", "later", "note", "hold", "thread", "pid", "refuse", "block", "fail", "unspeakable", "die")


def build(*, journal: str | None = None, options: Mapping[str, object] | None = None) -> Target:
    return Target(Path(journal) if journal else None)


def build_needs_configuration() -> Target:
    raise NotConfiguredError(Bilingual("run this command", "نفّذ هذا الأمر"))


def build_every_other(*, marker: str) -> Target:
    if Path(marker).exists():
        Path(marker).unlink()
        raise NotConfiguredError(Bilingual("not this time", "ليس هذه المرة"))
    Path(marker).touch()
    return Target()


def build_fails() -> Target:
    raise ValueError("a bug")


def build_never() -> Target:
    threading.Event().wait()
    return Target()
