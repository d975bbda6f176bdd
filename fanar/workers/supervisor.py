"""Keeps an owner process alive as long as we live, and no longer. Knows nothing of what the owner owns, nor of calls."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError
from fanar.settings import owner_environment
from fanar.workers.wire import unpack_error

_log = logging.getLogger(__name__)
_FIRST_PAUSE = 0.1

State = Literal["starting", "standby", "ready", "failed", "ended"]


@dataclass(frozen=True, slots=True)
class OwnerSpec:
    """What an owner owns: `factory` ("pkg.module:callable") is called with `options` as keywords, in the owner, and builds the target.

    `methods` of the target are served on `socket`, `threads` at once, while `queue` wait. `options` must have a form in JSON. A target's
    `close` is called at the end; a call that runs then has `grace` seconds. `environment` is what the owner's has beside ours, where
    ours says nothing of it: for libraries that read it before a line of the factory runs.
    """

    factory: str
    socket: Path
    methods: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    queue: int = 64
    threads: int = 1
    grace: float = 5.0
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> list[str]:
        """The command line of the owner."""
        # -P: what lies in the folder we happen to be started in must not be imported.
        host = [sys.executable, "-P", "-m", "fanar.workers.host", "--factory", self.factory, "--socket", str(self.socket)]
        host += ["--methods", ",".join(self.methods)]
        return [*host, "--queue", str(self.queue), "--threads", str(self.threads), "--grace", str(self.grace)]


class Supervisor:
    """Starts an owner, starts another when it dies, and stops it.

    When another platform on this machine already owns the target, ours stands by: calls reach the other, and ours takes over when it ends.
    """

    def __init__(self, spec: OwnerSpec, *, start_timeout: float = 120.0, stop_timeout: float = 10.0, longest_pause: float = 10.0) -> None:
        self._spec = spec
        self._start_timeout = start_timeout
        self._stop_timeout = stop_timeout
        self._longest_pause = longest_pause
        self._process: Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._last: Mapping[str, Any] = {}
        self.state: State = "ended"
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """Process id of our owner, while there is one."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    @property
    def memory(self) -> int:
        """Bytes our owner had in memory when it became ready."""
        return int(self._last.get("rss", 0))

    async def start(self) -> None:
        """Return once the target is served. Raises the factory's error, or ModelUnavailableError."""
        process, reading = await self._launch()
        self._keeping = asyncio.create_task(self._keep(process, reading))

    async def stop(self) -> None:
        """End the owner; what it is doing is allowed to end for a while."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait([self._keeping])
            self._keeping = None
        if self._process is not None:
            await self._end(self._process)
        self.state = "ended"

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop."""
        await self.stop()

    async def _launch(self) -> tuple[Process, asyncio.Task[None]]:
        self.state = "starting"
        environment = owner_environment(self._spec.environment)
        process = self._process = await asyncio.create_subprocess_exec(*self._spec.command, stdin=PIPE, stdout=PIPE, env=environment)
        assert process.stdin is not None  # noqa: S101 - asked for above
        process.stdin.write(json.dumps(dict(self._spec.options)).encode() + b"\n")
        told = asyncio.Event()
        reading = asyncio.create_task(self._follow(process, told))
        try:
            async with asyncio.timeout(self._start_timeout):
                await told.wait()
        except TimeoutError:
            _log.warning("the owner %s was not ready in time", self._spec.socket.stem)
        except asyncio.CancelledError:
            # Nobody will stop what nobody knows to have started.
            process.kill()
            await process.wait()
            raise
        if self.state not in ("ready", "standby"):
            await self._end(process)
            await reading
            raise self._failure()
        return process, reading

    async def _follow(self, process: Process, told: asyncio.Event) -> None:
        assert process.stdout is not None  # noqa: S101 - asked for at the launch
        async for line in process.stdout:
            self._last = json.loads(line)
            self.state = self._last["state"]
            told.set()
        told.set()

    async def _keep(self, process: Process, reading: asyncio.Task[None]) -> None:
        loop = asyncio.get_running_loop()
        pause = _FIRST_PAUSE
        while True:
            began = loop.time()
            await process.wait()
            await reading
            if loop.time() - began > self._longest_pause:
                pause = _FIRST_PAUSE
            process, reading = await self._again(pause)
            pause = min(2 * pause, self._longest_pause)

    async def _again(self, pause: float) -> tuple[Process, asyncio.Task[None]]:
        while True:
            self.state = "ended"
            _log.warning("the owner %s ended; it is started again in %.1f s", self._spec.socket.stem, pause)
            await asyncio.sleep(pause)
            self.restarts += 1
            try:
                return await self._launch()
            except FanarError as error:
                _log.warning("the owner %s did not start: %s", self._spec.socket.stem, error)
                pause = min(2 * pause, self._longest_pause)

    async def _end(self, process: Process) -> None:
        assert process.stdin is not None  # noqa: S101 - asked for at the launch
        process.stdin.close()
        try:
            async with asyncio.timeout(self._stop_timeout):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    def _failure(self) -> FanarError:
        if "error" in self._last:
            return unpack_error(self._last["error"])
        return ModelUnavailableError(
            Bilingual("The worker process did not start; its log says why.", "لم تبدأ العملية العاملة؛ وفي سجلّها السبب.")
        )
