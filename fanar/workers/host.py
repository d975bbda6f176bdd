"""An owner process: builds one target and serves it on a Unix socket until its parent is gone. Knows nothing of what the target is.

Run by `fanar.workers.supervisor`. The first line of stdin is the JSON options of the factory; the end of stdin is the end of the parent.
A lock beside the socket makes the owner the only one on this machine: a second process stands by and takes over when the first is gone.
States are told on stdout, a JSON line each: standby, ready, failed.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import logging
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from fanar.errors import FanarError
from fanar.workers.memory import share_heap
from fanar.workers.service import Service
from fanar.workers.turns import in_turn
from fanar.workers.wire import pack_error

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Own a target until the end of stdin or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m fanar.workers.host", description="Own one target; started by the platform.")
    parser.add_argument("--factory", required=True, help="what builds the target, pkg.module:callable")
    parser.add_argument("--socket", required=True, type=Path, help="where to listen")
    parser.add_argument("--methods", required=True, help="names of the methods to serve, joined by commas")
    parser.add_argument("--queue", type=int, default=64, help="calls that may wait")
    parser.add_argument("--threads", type=int, default=1, help="calls that may run at once")
    parser.add_argument("--grace", type=float, default=5.0, help="seconds a running call may take at the end")
    chosen = parser.parse_args(arguments)
    os.umask(0o077)
    share_heap()
    # An interrupt on the terminal reaches the parent too, which ends us in good order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format=f"owner of {chosen.socket.stem}: %(message)s")
    sys.exit(asyncio.run(_Owner(chosen, tell=_control()).run()))


def _control() -> Callable[[dict[str, Any]], None]:
    # The target may print: stdout becomes stderr, and the states have the real one for themselves.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(state: dict[str, Any]) -> None:
        with suppress(BrokenPipeError):
            print(json.dumps(state), file=out)

    return tell


class _Owner:
    def __init__(self, chosen: argparse.Namespace, *, tell: Callable[[dict[str, Any]], None]) -> None:
        self._chosen = chosen
        self._tell = tell
        self._executor = ThreadPoolExecutor(chosen.threads, thread_name_prefix="owner")

    async def run(self) -> int:
        stdin = await _open_stdin()
        options = json.loads(await stdin.readline())
        ending = asyncio.create_task(stdin.read())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ending.cancel)
        own = asyncio.create_task(self._own(options))
        await asyncio.wait([own, ending], return_when=asyncio.FIRST_COMPLETED)
        own.cancel()
        # A call that runs cannot be interrupted, and one that does not end must not keep an orphan alive.
        await asyncio.wait([own], timeout=self._chosen.grace)
        if not own.done():
            os._exit(1)
        return 0 if own.cancelled() else own.result()

    async def _own(self, options: dict[str, Any]) -> int:
        async with in_turn(self._chosen.socket.with_suffix(".lock"), waiting=lambda: self._tell({"state": "standby"})):
            try:
                target = await asyncio.get_running_loop().run_in_executor(self._executor, _build, self._chosen.factory, options)
            except FanarError as error:
                self._tell({"state": "failed", "error": pack_error(error)})
                return 1
            chosen = self._chosen
            service = Service(target, methods=chosen.methods.split(","), executor=self._executor, capacity=chosen.queue + chosen.threads)
            try:
                await self._serve(service)
            finally:
                await asyncio.to_thread(self._release, service, target)
        return 0

    def _release(self, service: Service, target: object) -> None:
        service.stop()
        if hasattr(target, "close"):
            self._executor.submit(target.close).result()

    async def _serve(self, service: Service) -> None:
        server = await asyncio.start_unix_server(service.serve, self._chosen.socket)
        try:
            self._chosen.socket.chmod(0o600)
            self._tell({"state": "ready", "pid": os.getpid(), "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024})
            await asyncio.Event().wait()
        finally:
            server.close()


def _build(factory: str, options: dict[str, Any]) -> object:
    module, _, name = factory.partition(":")
    target: object = getattr(importlib.import_module(module), name)(**options)
    return target


async def _open_stdin() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


if __name__ == "__main__":
    main()
