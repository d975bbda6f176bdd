"""Builds a test environment from its recipe, once: `python -m tests.environments.build NAME` prints where it is.

A recipe is `NAME.txt` (pip requirements; each line is one install step in order when the file says `# in steps`) or `NAME.json` (npm).
The folder is named after the recipe's hash and moved into place only when complete, so an interrupted build is never used.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

RECIPES = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "fanar-ci" / "environments"


class MissingProgramError(RuntimeError):
    """A program that a recipe needs is not on this machine."""


def environment(name: str) -> Path:
    """Return the folder of environment `name`, built if it is not there yet.

    Raises CalledProcessError when a package cannot be had, MissingProgramError without the program that fetches them.
    """
    recipe = next(path for path in (RECIPES / f"{name}.txt", RECIPES / f"{name}.json") if path.exists())
    finish = RECIPES / f"{name}.py"
    parts = [recipe.read_bytes(), finish.read_bytes() if finish.exists() else b"", sys.version.encode()]
    folder = CACHE / f"{name}-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            (_python if recipe.suffix == ".txt" else _node)(folder, recipe)
            if finish.exists():
                subprocess.run([sys.executable, finish, folder], check=True)
            (folder / ".complete").touch()
    return folder


def _python(folder: Path, recipe: Path) -> None:
    """A virtual environment knows its own path, so it is built where it stays; `.complete` says whether it is whole."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    text = recipe.read_text(encoding="utf-8")
    if "# in steps" not in text:
        subprocess.run([*pip, "-r", recipe], check=True)
        return
    for line in text.splitlines():
        if line and not line.startswith("#"):
            subprocess.run([*pip, *line.split()], check=True)


def _node(folder: Path, recipe: Path) -> None:
    if shutil.which("npm") is None:
        raise MissingProgramError("The clients in JavaScript need Node and its npm, and npm is not here: apt-get install nodejs npm")
    folder.mkdir(parents=True)
    shutil.copy(recipe, folder / "package.json")
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)


if __name__ == "__main__":
    print(environment(sys.argv[1]))
