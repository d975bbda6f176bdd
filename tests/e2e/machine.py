"""A machine to run the platform on: a data folder of its own and the command."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FANAR = (sys.executable, "-P", "-c", "from orchestrator.cli.main import main; main()")
SECONDS = 240


@dataclass(frozen=True)
class Machine:
    """A data folder of its own, and the environment that points there."""

    folder: Path
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['FANAR_PORT']}"

    def fanar(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*FANAR, *arguments],
            env=self.environment,
            cwd=self.folder,
            input=given,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
