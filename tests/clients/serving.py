"""`fanar serve` as a process of its own, with the two model servers of the suites behind it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.environments.build import CACHE

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).parent / "fanar"
START_SECONDS = 120.0
STOP_SECONDS = 20.0
KEPT_SECONDS = 3 * 24 * 3600.0


@dataclass(frozen=True)
class Served:
    """A platform that serves. `url` is what a client takes for its base URL."""

    port: int
    log: Path
    pid: int

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/v1"


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Served]:
    """Serve from the folder `data` with these settings until the end of the block."""
    port = free_port()
    log = data / "serve.log"
    data.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)], cwd=data, env=environment(data, settings), stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _await_ready(process, port, log)
            yield Served(port, log, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def installed(data: Path) -> Path:
    """Make `data` a folder in which the Quran is installed and indexed, and return it.

    Installing takes a minute, so what it makes is kept beside the environments, named after the sources that made it.
    """
    made = CACHE / f"installed-{_fingerprint()}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "installed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with served(data):
                pass
            _keep(data, made)
        shutil.copytree(made, data, dirs_exist_ok=True)
    return data


def _keep(data: Path, made: Path) -> None:
    for old in (*CACHE.glob("installed-*"), *CACHE.glob("unfinished-*")):
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    unfinished = Path(tempfile.mkdtemp(dir=CACHE, prefix="unfinished-"))
    shutil.copytree(data, unfinished, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock", "*.log", "run"))
    unfinished.touch()
    unfinished.replace(made)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for package in ("fanar", "rag"):
        for path in sorted((ROOT / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def environment(data: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process that has these settings of ours and no others."""
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("FANAR_")}
    ours = {"FANAR_DATA": str(data), "FANAR_DISCOVER": "false", **{f"FANAR_{name.upper()}": value for name, value in settings.items()}}
    return inherited | ours


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _await_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2.0):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the platform did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")
