"""The platform's gateway with a speech model behind it, run for benchmarks, and what it costs. Knows nothing of what is measured."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import wave
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import psutil

from tests.benchmarks.gateway_systems import free_port

RATE = 8_000
"""Samples a second of the files that are sent: half as many bytes, and nothing of what is measured."""
_START_SECONDS = 300.0
# An owner that loads weights is busy: over this long, at this share of a core, it has loaded them. Nothing tells it from outside.
_RESTS_SECONDS, _AT_REST = 1.0, 0.1


@dataclass(frozen=True)
class Service:
    """A gateway that listens, and its processes."""

    client: httpx.Client
    process: psutil.Process

    def transcribe(self, path: Path, **fields: str) -> dict[str, object]:
        """Return the answer to a recording."""
        with path.open("rb") as file:
            given = {"model": "Fanar-Aura-STT-LF-1", **fields}
            answer = self.client.post("/v1/audio/transcriptions", files={"file": ("sound", file)}, data=given)
        answer.raise_for_status()
        told: dict[str, object] = answer.json()
        return told

    @property
    def address(self) -> str:
        """Where it listens."""
        return str(self.client.base_url)

    def cpu(self) -> float:
        """CPU seconds of all its processes."""
        return sum(sum(each.cpu_times()[:2]) for each in self.processes())

    def memory(self, *, peak: bool = False) -> float:
        """Resident megabytes of all its processes, each now or at its worst."""
        return sum(_kilobytes(each.pid, "VmHWM" if peak else "VmRSS") for each in self.processes()) / 1e3

    def processes(self) -> list[psutil.Process]:
        """The server and the owner of the model."""
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def serving(model: Path, folder: Path, **variables: str) -> Iterator[Service]:
    """Run a gateway whose speech model is loaded until the end of the block. Raises TimeoutError when it never is."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FANAR_")} | {
        "FANAR_DATA": str(folder),
        "FANAR_DISCOVER": "false",
        "FANAR_SPEECH__MODEL": str(model),
        "FANAR_SPEECH__THREADS": "1",
        "OMP_NUM_THREADS": "1",
        **variables,
    }
    command = [str(Path(sys.executable).with_name("fanar")), "serve", "--only", "gateway", "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        # A connection for each request: kept ones are closed by one thread while another is about to use them.
        limits = httpx.Limits(max_keepalive_connections=0)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=3600.0, limits=limits, trust_env=False) as client:
            service = Service(client, psutil.Process(process.pid))
            _until_loaded(service)
            yield service
    finally:
        process.terminate()
        process.wait(30)


def _until_loaded(service: Service) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        # The owner is there before its weights are: once it rests they are loaded.
        if len(service.processes()) > 1 and _answers(service.client):
            spent = service.cpu()
            time.sleep(_RESTS_SECONDS)
            if service.cpu() - spent < _AT_REST * _RESTS_SECONDS:
                return
        time.sleep(0.2)
    raise TimeoutError


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/v1/models").is_success
    except httpx.TransportError:
        return False


def _kilobytes(process: int, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def written(path: Path, sounds: Iterable[np.ndarray]) -> Path:
    """Write sounds as one WAV file and return where it is."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        for sound in sounds:
            file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path
