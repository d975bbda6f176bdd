"""A server in a process of its own, that a test kills."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path

import httpx
import uvicorn

from fanar.settings import Settings
from orchestrator.api.app import create_app
from orchestrator.api.server import server_config
from orchestrator.platform import Platform


def serve(opened: Callable[[], AbstractAsyncContextManager[Platform]], settings: Settings) -> None:
    """Serve a platform on a free port, which is told on standard output. Called in the program that a test runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(server_config(create_app(opened, settings=settings), settings)).run(sockets=[listener])


@contextmanager
def served(program: str, *arguments: object) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Run a program that serves, and yield it with a client. It is killed at the end with SIGKILL, if it was not before."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=root) as process:
        assert process.stdout
        base = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
            try:
                yield process, client
            finally:
                process.kill()
