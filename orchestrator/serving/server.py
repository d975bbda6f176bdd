"""Keeps one model server alive as long as it is wanted: starts it, waits until it answers, starts it again when it dies, stops it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, ModelUnavailableError, UpstreamTimeoutError
from fanar.llm.faults import TRANSPORT_ERRORS
from fanar.settings import Settings, child_environment
from fanar.weights.catalog import Weights
from fanar.weights.store import WeightsStore
from orchestrator.serving.engines import HOST, Launch, launch
from orchestrator.serving.processes import identify, signal_group
from orchestrator.serving.state import RunningModel, State, forget, known_models, serving_folder, write

READY_SECONDS = 900.0
STOP_SECONDS = 15.0
_LOOK_SECONDS = 0.25
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_OK = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartProgress:
    """How a server's start goes; nobody knows how long it takes, so `total` is 0 until it answers."""

    step: Bilingual
    done: int
    total: int


class ModelServer:
    """Serves pulled weights until it is told to stop."""

    def __init__(
        self,
        weights: Weights,
        *,
        settings: Settings,
        options: Sequence[str] = (),
        ready_seconds: float = READY_SECONDS,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        """Raises NotConfiguredError when weights or program are not here, ConflictError when the seat is taken."""
        store = WeightsStore(settings.data / "weights")
        store.find(weights.name)
        self._data = settings.data
        self._ready_seconds = ready_seconds
        self._stop_seconds = stop_seconds
        self._weights = weights
        _check_seats(settings.data, weights)
        port = free_port()
        self._launch: Launch = launch(weights, folder=store.folder(weights.name), port=port, settings=settings, options=options)
        self._origin = f"http://{HOST}:{port}"
        self._told = RunningModel(
            name=weights.name,
            title=weights.title,
            seats=weights.seats,
            engine=weights.engine,
            url=f"{self._origin}/v1",
            model=self._launch.model,
            context_tokens=self._launch.context_tokens,
            lacking=self._launch.lacking,
            state="starting",
            keeper=identify(os.getpid()),
        )

    @property
    def log(self) -> Path:
        """Where the server's own words are kept."""
        return log_file(self._data, self._weights.name)

    async def run(self, stop: asyncio.Event, *, report: Callable[[StartProgress], None]) -> None:
        """Serve until `stop` is set. Raises ModelUnavailableError or UpstreamTimeoutError when the first start fails."""
        process: Process | None = None
        wanted = asyncio.create_task(stop.wait())
        self._keep_log()
        try:
            process = await self._start(wanted, report, first=True)
            pause = _FIRST_PAUSE
            while process is not None and await _ended(process, wanted):
                _log.warning("the server of %s ended; it is started again in %.1f s", self._weights.name, pause)
                self._tell("restarting", None)
                await asyncio.wait([wanted], timeout=pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                process = await self._start(wanted, report, first=False)
        finally:
            wanted.cancel()
            if process is not None:
                await self._end(process)
            forget(self._data, self._weights.name)

    async def _start(self, wanted: asyncio.Task[bool], report: Callable[[StartProgress], None], *, first: bool) -> Process | None:
        """Return a process that answers, or none when it is no longer wanted. Later starts that fail are left to the next one."""
        if wanted.done():
            return None
        process = await self._spawn()
        self._tell("starting" if first else "restarting", process)
        try:
            answering = await self._await_ready(process, wanted, report)
        except (ModelUnavailableError, UpstreamTimeoutError):
            await self._end(process)
            if first:
                raise
            return process
        except asyncio.CancelledError:
            await self._end(process)
            raise
        if not answering:
            await self._end(process)
            return None
        self._tell("ready", process)
        return process

    async def _spawn(self) -> Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *self._launch.command,
                env=child_environment(self._launch.variables),
                cwd=self._launch.folder,
                stdin=DEVNULL,
                stdout=log,
                stderr=STDOUT,
                # A group of its own: what it starts is stopped with it, and Ctrl-C reaches us alone.
                start_new_session=True,
            )

    async def _await_ready(self, process: Process, wanted: asyncio.Task[bool], report: Callable[[StartProgress], None]) -> bool:
        title = self._weights.title
        step = Bilingual(f"Starting {title}", f"بدء تشغيل {title}")
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with aiohttp.ClientSession(trust_env=False) as session:
            while not wanted.done():
                report(StartProgress(step, int(loop.time() - began), 0))
                if await _healthy(session, self._origin):
                    return True
                if process.returncode is not None:
                    raise ModelUnavailableError(_did_not_start(self._weights.name))
                if loop.time() - began > self._ready_seconds:
                    raise UpstreamTimeoutError(_did_not_start(self._weights.name))
                await asyncio.wait([wanted], timeout=_LOOK_SECONDS)
        return False

    async def _end(self, process: Process) -> None:
        signal_group(process.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(self._stop_seconds):
                await process.wait()
        except TimeoutError:
            pass
        # What it started may have outlived it.
        signal_group(process.pid, signal.SIGKILL)
        await process.wait()

    def _tell(self, state: State, process: Process | None) -> None:
        try:
            server = identify(process.pid) if process is not None else None
        except ProcessLookupError:
            server = None
        self._told = replace(self._told, state=state, server=server)
        write(self._data, self._told)

    def _keep_log(self) -> None:
        """Begin a log; that of the run before stays beside it."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))


def log_file(data: Path, name: str) -> Path:
    """Return where the log of a model's server is."""
    return serving_folder(data) / f"{name}.log"


def stop_server(data: Path, name: str, *, seconds: float = STOP_SECONDS) -> bool:
    """Stop a model's server and whoever keeps it; return whether there was one."""
    model = next((model for model in known_models(data) if model.name == name), None)
    if model is None:
        return False
    # The keeper stops its server; a server that lost its keeper is stopped here.
    model.keeper.end(seconds=2 * seconds)
    if model.server is not None:
        model.server.end(seconds=seconds)
    forget(data, name)
    return True


def free_port() -> int:
    """Return a port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _check_seats(data: Path, weights: Weights) -> None:
    for model in known_models(data):
        if set(model.seats) & set(weights.seats):
            raise ConflictError(
                Bilingual(
                    f"{model.name} is being served in this place already: fanar models stop {model.name}",
                    f"يُقدَّم {model.name} في هذا الموضع: fanar models stop {model.name}",
                )
            )


async def _healthy(session: aiohttp.ClientSession, origin: str) -> bool:
    try:
        async with asyncio.timeout(2.0), session.get(f"{origin}/health") as response:
            return response.status == _OK
    except TRANSPORT_ERRORS:
        return False


async def _ended(process: Process, wanted: asyncio.Task[bool]) -> bool:
    """Wait until the process ends (True) or is no longer wanted (False)."""
    ending = asyncio.create_task(process.wait())
    await asyncio.wait([ending, wanted], return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    return not wanted.done()


def _did_not_start(name: str) -> Bilingual:
    return Bilingual(
        f"The server of {name} did not start; `fanar models log {name}` shows what it said.",
        f"لم يبدأ خادم {name}؛ يعرض الأمر `fanar models log {name}` ما قاله.",
    )
