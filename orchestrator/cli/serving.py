"""Runs the server: in this process, or in several that share one socket. Knows nothing of what the platform is made of."""

from __future__ import annotations

import asyncio
import gc
import logging
import resource
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import partial

import uvloop
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from fanar.bilingual import Bilingual, Language
from fanar.settings import Settings
from fanar.workers.memory import share_heap
from orchestrator.api.app import create_app
from orchestrator.api.dependencies import keys_required
from orchestrator.api.endpoints.web import built_page
from orchestrator.api.server import Server, server_config
from orchestrator.cli.connect import address_file, local_url
from orchestrator.cli.exits import Exit
from orchestrator.cli.platforms import opener
from orchestrator.cli.terminal import Terminal
from orchestrator.platform import Platform

_log = logging.getLogger("fanar.serve")
_WORKER_SECONDS = 60
_CONNECTIONS = 65_536
# Seldom, but all generations: requests that come together leave circles that outlive the youngest, 11 kB each.
_COLLECT_AFTER = (20_000, 5, 5)
Opener = Callable[[], AbstractAsyncContextManager[Platform]]
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PLAIN = Bilingual(
    "The full page is not built, so the plain one is served: `make page` builds it, where npm is there.",
    "الصفحة الكاملة غير مبنية، فتُقدَّم الصفحة البسيطة: يبنيها الأمر `make page` حيث يوجد npm.",
)
_MISSING = Bilingual(
    "– Not here yet: {names}. `fanar doctor` says what adds each.", "– ليس هنا بعد: {names}. يبيّن `fanar doctor` ما يضيف كلًّا منها."
)
_LISTENS = Bilingual("Fanar listens on {url} (Ctrl-C stops it)", "تستمع فنار على {url} (يوقفها Ctrl-C)")
_KEYS = Bilingual("Requests need a key: fanar keys create", "يلزم الطلبات مفتاح: fanar keys create")
_STOPPED = Bilingual("Fanar has stopped.", "توقفت فنار.")


def serve_alone(settings: Settings, terminal: Terminal, listener: socket.socket) -> int:
    """Serve from this process until it is told to stop, and return the exit code."""
    _allow_connections()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings, terminal, listener))


def serve_together(settings: Settings, terminal: Terminal, listener: socket.socket) -> int:
    """Serve from several processes that share the socket, and return the exit code."""
    _allow_connections()
    # What only the first start does is done once, by one process.
    asyncio.run(_prepare(settings, terminal))
    config = server_config(partial(build_app, settings, terminal.language), settings)
    config.factory = True
    # uvicorn kills a worker that does not answer its parent; one that is still importing on a busy machine is none of those.
    config.timeout_worker_healthcheck = _WORKER_SECONDS
    with _announced(settings):
        _say_where(settings, terminal)
        Multiprocess(config, sockets=[listener]).run()
    terminal.note(_STOPPED)
    return Exit.OK


def _allow_connections() -> None:
    """Let this process and its children have as many connections as the system allows them: each stream takes two."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS if most == resource.RLIM_INFINITY else min(_CONNECTIONS, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def build_app(settings: Settings, language: Language) -> FastAPI:
    """Return the application of one worker process."""
    return create_app(_settled(opener(settings, Terminal(language))), settings=settings)


async def _serve(settings: Settings, terminal: Terminal, listener: socket.socket) -> int:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  (a runner runs tasks)
    stop = _Stop(task)
    try:
        async with _settled(opener(settings, terminal))() as platform:
            server = Server(server_config(create_app(_given(platform), settings=settings), settings))
            stop.gracefully(server)
            _say_capabilities(platform, terminal)
            with _announced(settings):
                _say_where(settings, terminal)
                await server.serve(sockets=[listener])
    except asyncio.CancelledError:
        return Exit.INTERRUPTED
    terminal.note(_STOPPED)
    return Exit.OK


def _settled(open_platform: Opener) -> Opener:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Platform]:
        share_heap()
        async with open_platform() as platform:
            # What was built lives as long as the process: the collector need not look at it again and again, nor now, which would free a
            # megabyte in a third of a second.
            gc.freeze()
            gc.set_threshold(*_COLLECT_AFTER)
            gc.enable()
            yield platform

    return opened


class _Stop:
    """What a signal does: before the server runs it ends the start, then it lets answers finish, the second time it does not wait."""

    def __init__(self, task: asyncio.Task[object]) -> None:
        self._task = task
        self._server: Server | None = None
        loop = asyncio.get_running_loop()
        for each in _SIGNALS:
            loop.add_signal_handler(each, self)

    def gracefully(self, server: Server) -> None:
        """From now on let `server` finish its answers."""
        self._server = server

    def __call__(self) -> None:
        """Take a signal."""
        if self._server is None:
            self._task.cancel()
        elif self._server.should_exit:
            self._server.force_exit = True
        else:
            self._server.should_exit = True


def _given(platform: Platform) -> Callable[[], AbstractAsyncContextManager[Platform]]:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Platform]:
        yield platform

    return opened


async def _prepare(settings: Settings, terminal: Terminal) -> None:
    async with opener(settings, terminal)() as platform:
        _say_capabilities(platform, terminal)


def _say_capabilities(platform: Platform, terminal: Terminal) -> None:
    """Say what is there and what is missing: to a person in a few lines, to a log each with its remedy."""
    capabilities = platform.capabilities()
    if terminal.messages.is_terminal:
        for there in (each.detail for each in capabilities if each.available):
            terminal.note(Bilingual(f"✓ {there.en}", f"✓ {there.ar}"), style="")
        if missing := ", ".join(each.name for each in capabilities if not each.available):
            terminal.note(_MISSING.format(names=missing))
        return
    for each in capabilities:
        told = terminal.text(each.detail)
        # That something optional was not added is no fault of a platform that is well.
        _log.info("%s: %s", each.name, told if each.available else f"not available. {told}", extra={"remedy": each.remedy})


def _say_where(settings: Settings, terminal: Terminal) -> None:
    url = local_url(settings.host, settings.port)
    if not built_page():
        _log.warning("page: %s", terminal.text(_PLAIN), extra={"remedy": "make page"})
    terminal.note(_LISTENS.format(url=url), style="bold green")
    if keys_required(settings):
        terminal.note(_KEYS, style="")


@contextmanager
def _announced(settings: Settings) -> Iterator[None]:
    """Leave the server's address for commands that use the same data, while it runs."""
    file = address_file(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(local_url(settings.host, settings.port), encoding="ascii")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
