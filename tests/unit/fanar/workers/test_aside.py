"""Work in a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from fanar.workers.aside import run_aside


def write_who(path: Path) -> None:
    path.write_text(str(os.getpid()))


def die_elsewhere(path: Path, home: int) -> None:
    if os.getpid() != home:
        os._exit(9)
    write_who(path)


def fail() -> None:
    raise LookupError("nothing there")


def test_work_is_done_in_another_process(tmp_path: Path) -> None:
    run_aside(write_who, tmp_path / "who")
    assert int((tmp_path / "who").read_text()) != os.getpid()


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    before = psutil.Process().children()
    run_aside(write_who, tmp_path / "who")
    assert psutil.Process().children() == before


def test_work_is_done_here_when_the_other_process_dies(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run_aside(die_elsewhere, tmp_path / "who", os.getpid())
    assert int((tmp_path / "who").read_text()) == os.getpid()
    assert "was to do die_elsewhere failed" in caplog.text


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(LookupError, match="nothing there"):
        run_aside(fail)
