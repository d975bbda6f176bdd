"""Starts the gateways that are compared, each on one core, and reads what they cost. Knows nothing of load or of results."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import psutil

from tests.benchmarks.gateway_load import Target, ask
from tests.environments.build import environment

OURS, LITELLM, ROUTER = "Fanar", "LiteLLM proxy", "vllm-router"
_SERVED, _OTHERS = "0", "1"  # cores: one for who is measured, one for the load and the model server
_START_SECONDS = 90.0


@dataclass(frozen=True)
class System:
    """A gateway that runs."""

    name: str
    target: Target
    process: psutil.Process
    start_seconds: float

    def cpu(self) -> float:
        """CPU seconds of it and all its processes."""
        return sum(sum(each.cpu_times()[:2]) for each in self._family())

    def memory(self) -> float:
        """Resident megabytes of it and all its processes."""
        return sum(each.memory_info().rss for each in self._family()) / 1e6

    def _family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@dataclass(frozen=True)
class Recipe:
    """How a gateway is started."""

    name: str
    command: Sequence[str]
    target: Target
    variables: Mapping[str, str] = field(default_factory=dict)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def ours(upstream: int, folder: Path) -> Recipe:
    """Our gateway."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("fanar")), "serve", "--only", "gateway", "--port", str(port)]
    variables = {
        "FANAR_DATA": str(folder / "fanar"),
        "FANAR_DISCOVER": "false",
        "FANAR_STAR__URL": f"http://127.0.0.1:{upstream}/v1",
        "FANAR_STAR__MODEL": "tiny",
    }
    return Recipe(OURS, command, Target(port, "Fanar-S-1-7B"), variables)


def litellm(upstream: int, folder: Path) -> Recipe:
    """LiteLLM's proxy, with one worker and its logging off. It does not start without a key, so it gets one of its own."""
    port, config, key = free_port(), folder / "litellm.json", f"sk-{secrets.token_hex(32)}"
    parameters = {"model": "openai/tiny", "api_base": f"http://127.0.0.1:{upstream}/v1", "api_key": "none"}
    config.write_text(json.dumps({"model_list": [{"model_name": "tiny", "litellm_params": parameters}]}))
    program = environment("litellm_proxy") / "bin" / "litellm"
    command = [str(program), "--config", str(config), "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    return Recipe(
        LITELLM, command, Target(port, "tiny", f"authorization: Bearer {key}\r\n"), {"LITELLM_LOG": "ERROR", "LITELLM_MASTER_KEY": key}
    )


def router(upstream: int, folder: Path) -> Recipe:
    """The router of the vLLM project."""
    port = free_port()
    program = environment("vllm_router") / "bin" / "vllm-router"
    worker = f"http://127.0.0.1:{upstream}"
    command = [str(program), "--worker-urls", worker, "--host", "127.0.0.1", "--port", str(port), "--policy", "round_robin"]
    return Recipe(ROUTER, [*command, "--prometheus-port", str(free_port())], Target(port, "tiny"), {"RUST_LOG": "warn"})


@contextmanager
def model_server() -> Iterator[int]:
    """Run the cheap model server and give its port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.gateway_upstream", "--port", str(port)]
    with _running(command, core=_OTHERS, variables={}, log=subprocess.DEVNULL):
        _until_answered(Target(port, "tiny"))
        yield port


@contextmanager
def running(recipe: Recipe) -> Iterator[System]:
    """Run a gateway until the end of the block. Raises TimeoutError when it does not answer."""
    began = perf_counter()
    with _running(recipe.command, core=_SERVED, variables=recipe.variables, log=subprocess.DEVNULL) as process:
        _until_answered(recipe.target)
        yield System(recipe.name, recipe.target, psutil.Process(process.pid), perf_counter() - began)


@contextmanager
def all_running(recipes: Sequence[Recipe]) -> Iterator[list[System]]:
    """Run several, side by side."""
    with ExitStack() as stack:
        yield [stack.enter_context(running(recipe)) for recipe in recipes]


def stay_apart() -> None:
    """Keep this process, which makes the load, off the core of who is measured."""
    os.sched_setaffinity(0, {int(_OTHERS)})


def allow_sockets(number: int) -> None:
    """Let this process and its children have so many sockets. Raises ValueError where the system forbids it."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed < number:
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, most))


@contextmanager
def _running(command: Sequence[str], *, core: str, variables: Mapping[str, str], log: int) -> Iterator[subprocess.Popen[bytes]]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FANAR_")} | dict(variables)
    process = subprocess.Popen(["taskset", "-c", core, *command], env=environ, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_answered(target: Target) -> None:
    end = perf_counter() + _START_SECONDS
    while perf_counter() < end:
        try:
            if b" 200 OK" in asyncio.run(ask(target, stream=False))[:20]:
                return
        except OSError:
            asyncio.run(asyncio.sleep(0.02))
    raise TimeoutError(target)
