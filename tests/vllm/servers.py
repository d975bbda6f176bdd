"""Real model servers as child processes: started, awaited, killed. Knows nothing of what is asked of them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

CHECKPOINT = Path(__file__).with_name("checkpoint.py")
READY_SECONDS = 600.0
STOP_SECONDS = 20.0
# One thread for each server and no core of its own: two of them share this machine with the tests. Without dynamo the first logprobs
# request does not stall. The engine does its work in one process: a worker of its own waits for it by spinning.
VLLM_VARIABLES = {
    "OMP_NUM_THREADS": "1",
    "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    "VLLM_ENABLE_V1_MULTIPROCESSING": "0",
    "TORCHDYNAMO_DISABLE": "1",
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "HF_HUB_OFFLINE": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_HOST_IP": "127.0.0.1",
}
LOCAL_VARIABLES = {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
CONTEXT = 512
ONE_PROCESS = ("--distributed-executor-backend", "uni")
STRUCTURED = '{"backend":"xgrammar","disable_any_whitespace":true}'


@dataclass
class Server:
    """One model server. Its log is kept beside the checkpoint, and is what a failure to start is reported with."""

    command: list[str]
    variables: dict[str, str]
    log: Path
    folder: Path | None = None
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The base URL to configure."""
        return f"http://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        """Start the process without waiting for it; a port that served before is used again."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, "--host", "127.0.0.1", "--port", str(self.port)],
                env=os.environ | self.variables,
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def await_ready(self) -> None:
        """Return when it answers; fail with the end of its log when it died or took too long."""
        assert self.process is not None
        deadline = time.monotonic() + READY_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            if self._healthy():
                return
            time.sleep(0.25)
        end = "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
        self.kill()
        raise AssertionError(f"the server did not become ready:\n{end}")

    def kill(self) -> None:
        """Kill the process and its children at once, as a crash would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end; kill what does not."""
        self._signal(signal.SIGTERM)
        self._signal(signal.SIGKILL)

    def metric(self, name: str) -> float:
        """Return the sum of a Prometheus metric's samples; `name` may end within the labels."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)


def checkpoints(environment: Path, home: Path) -> dict[str, Path]:
    """Make two models of the same tokenizer that say different things, Star's and Prime's, and return their folders."""
    folders = {"star": home / "star", "prime": home / "prime"}
    for seed, folder in enumerate(folders.values(), start=1):
        subprocess.run([environment / "bin" / "python", CHECKPOINT, folder, str(seed)], check=True, capture_output=True)
    return folders


def vllm(environment: Path, checkpoint: Path, *, name: str) -> Server:
    """Return a vLLM server of `checkpoint`, not yet started."""
    options = ["--served-model-name", name, "--dtype", "float32", "--max-model-len", str(CONTEXT), "--max-num-seqs", "16"]
    options += ["--enforce-eager", *ONE_PROCESS, "--structured-outputs-config", STRUCTURED]
    options += ["--enable-auto-tool-choice", "--tool-call-parser", "hermes"]
    command = [str(environment / "bin" / "vllm"), "serve", str(checkpoint), *options]
    return Server(command, VLLM_VARIABLES, checkpoint.with_suffix(".log"))


def transformers(environment: Path, checkpoint: Path) -> Server:
    """Return a `transformers serve` of `checkpoint`, not yet started. It lists the models of its cache, so there must be one."""
    home = checkpoint.with_name("home")
    (home / "hub").mkdir(parents=True, exist_ok=True)
    command = [str(environment / "bin" / "transformers"), "serve", checkpoint.name, "--device", "cpu"]
    return Server(command, LOCAL_VARIABLES | {"HF_HOME": str(home)}, checkpoint.with_suffix(".local.log"), folder=checkpoint.parent)


def free_port() -> int:
    """Return a port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
