"""Runs a client's script in the client's own environment and hands over what it saw: the scripts observe, the tests judge."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.clients.serving import Served
from tests.environments.build import environment
from tests.fixtures.speech.recordings import recordings

SCRIPTS = Path(__file__).parent / "scripts"
SECONDS = 120
RECORDING = next(each for each in recordings() if each.path.stem == "speaker-08-5")


class Observations:
    """What a script saw, by scenario."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told

    def of(self, scenario: str) -> Any:
        """Return what was seen; the test fails where the client raised instead."""
        told = self._told[scenario]
        if "error" in told:
            pytest.fail(f"{scenario} raised {json.dumps(told['error'], ensure_ascii=False)}")
        return told["seen"]

    def error(self, scenario: str) -> dict[str, Any]:
        """Return what the client raised; the test fails where it raised nothing."""
        told = self._told[scenario]
        if "error" not in told:
            pytest.fail(f"{scenario} raised nothing but saw {json.dumps(told['seen'], ensure_ascii=False)}")
        return dict(told["error"])


def observed_in_python(name: str, server: Served, **more: str) -> Observations:
    """Run `scripts/observe_<name>.py` in the environment of this name."""
    folder = environment(name)
    return _observed([folder / "bin" / "python", SCRIPTS / f"observe_{name}.py"], server, more, folder)


def observed_in_node(name: str, server: Served, workplace: Path, **more: str) -> Observations:
    """Run `scripts/observe_<name>.mjs` in `workplace`, where the packages of the environment of this name are to be found."""
    for script in ("observing.mjs", f"observe_{name}.mjs"):
        shutil.copy(SCRIPTS / script, workplace)
    folder = environment(name)
    # Node looks for packages beside the script, wherever that lies.
    (workplace / "node_modules").symlink_to(folder / "node_modules")
    return _observed(["node", workplace / f"observe_{name}.mjs"], server, more, folder)


def _observed(command: list[str | Path], server: Served, more: Mapping[str, str], folder: Path) -> Observations:
    inherited = {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": os.environ["HOME"], "LANG": "C.UTF-8"}
    given = {"BASE_URL": server.url, "ORIGIN": server.origin, **more}
    done = subprocess.run(command, env=inherited | given, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise AssertionError(f"the script failed:\n{done.stderr.decode(errors='replace')[-4000:]}")
    return Observations(json.loads(done.stdout.splitlines()[-1]))
