"""The platform as its user starts it: the command `fanar serve` in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from tests.benchmarks.gateway_systems import free_port

_START_SECONDS = 600.0
_LOOK_SECONDS = 0.02


def run(folder: Path, *arguments: str) -> str:
    """Run one `fanar` command on the data in `folder` and return what it prints. Raises subprocess.CalledProcessError when it fails."""
    command: Sequence[str] = [_program(), *arguments]
    return subprocess.run(command, env=_environment(folder), check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve the data in `folder` until the end of the block: its address and process. Raises TimeoutError when it is never ready."""
    port = free_port()
    command = [_program(), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=_environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _until_ready(address)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


def _until_ready(address: str) -> None:
    end = time.monotonic() + _START_SECONDS
    with httpx.Client(timeout=60, trust_env=False) as client:
        while time.monotonic() < end:
            try:
                if client.get(f"{address}/readyz").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(_LOOK_SECONDS)
    raise TimeoutError


def _program() -> str:
    return str(Path(sys.executable).with_name("fanar"))


def _environment(folder: Path) -> Mapping[str, str]:
    # Compiled modules are kept, as they are where people run it: without them each start would compile every module again.
    left = ("FANAR_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    return {**kept, "FANAR_DATA": str(folder), "FANAR_DISCOVER": "false"}
