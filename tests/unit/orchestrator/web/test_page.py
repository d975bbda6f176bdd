"""What of the page needs no browser: its own tests and its types, where npm has brought what they need."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[4] / "orchestrator" / "web" / "page"
NPM = shutil.which("npm")

pytestmark = pytest.mark.skipif(
    NPM is None or not (PAGE / "node_modules").is_dir(), reason="the page's tools are not here: make page brings them, where npm is there"
)


@pytest.mark.parametrize("script", ["test", "types"])
def test_page_passes_its_own(script: str) -> None:
    said = subprocess.run([str(NPM), "run", "--silent", script], cwd=PAGE, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
