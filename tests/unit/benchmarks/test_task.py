"""The benchmark runner: what it finds, keeps and writes."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.benchmarks import task
from tests.benchmarks.report import Result, Run, checksum, load, render


def _run(benchmark: str, *results: Result) -> Run:
    return Run(benchmark, results, f"python -m tests.benchmarks.task {benchmark}", "abc1234", "2026-01-01", "2 × x86_64", {"a.tsv": "0123"})


@pytest.mark.parametrize(
    ("value", "target", "met"), [(0.95, "≥ 0.93", True), (0.9, "≥ 0.93", False), (9.0, "≤ 10", True), (11.0, "≤ 10 ms", False)]
)
def test_a_value_is_held_against_its_target(value: float, target: str, met: bool) -> None:
    assert Result("m", value, target=target).met is met


def test_a_value_without_a_target_meets_nothing_and_misses_nothing() -> None:
    assert Result("m", 1.0).met is None


def test_only_modules_that_report_are_benchmarks(tmp_path: Path) -> None:
    (tmp_path / "routing.py").write_text("from tests.benchmarks.report import Result\ndef main(): ...\n")
    (tmp_path / "transforms.py").write_text("def main(): ...\n")
    (tmp_path / "report.py").write_text('"""def main() -> Iterable[Result]"""\n')
    assert task.benchmarks(tmp_path) == ["routing"]


def test_every_benchmark_of_ours_is_found() -> None:
    assert "report" not in task.benchmarks()
    assert "task" not in task.benchmarks()


def test_new_rows_replace_those_of_the_same_benchmark_only(tmp_path: Path) -> None:
    results, board = tmp_path / "results.json", tmp_path / "LEADERBOARD.md"
    task.renew([_run("routing", Result("f1", 0.5)), _run("islamic", Result("precision", 0.8))], results=results, leaderboard=board)
    task.renew([_run("routing", Result("f1", 0.7))], results=results, leaderboard=board)
    assert {run.benchmark: run.results[0].value for run in load(results)} == {"routing": 0.7, "islamic": 0.8}
    assert "| f1 | 0.7 |" in board.read_text(encoding="utf-8")
    assert "| precision | 0.8 |" in board.read_text(encoding="utf-8")


def test_the_leaderboard_names_command_commit_data_peer_and_seed() -> None:
    text = render([_run("routing", Result("f1 | MSA", 0.97, target="≥ 0.98", peer="keywords", peer_value=0.6, data="held-out", seed=7))])
    assert "`python -m tests.benchmarks.task routing` · commit `abc1234`" in text
    assert "a.tsv `0123`" in text
    assert "| f1 \\| MSA | 0.97 | ≥ 0.98 ✗ | keywords | 0.6 | held-out | 7 |" in text


def test_a_checksum_changes_with_a_name_and_with_a_byte(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a").write_bytes(b"1")
    before = checksum(folder)
    (folder / "a").write_bytes(b"2")
    changed = checksum(folder)
    (folder / "a").rename(folder / "b")
    assert len({before, changed, checksum(folder)}) == 3


def test_data_that_is_not_there_has_no_checksum(tmp_path: Path) -> None:
    module = ModuleType("bench")
    present = tmp_path / "here.tsv"
    present.write_text("x")
    module.DATA = (present, tmp_path / "absent.tsv")  # type: ignore[attr-defined]
    assert list(task.checksums(module)) == ["here.tsv"]


def test_an_unknown_benchmark_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert task.main(["no-such-benchmark"]) == 2
    assert "no-such-benchmark" in capsys.readouterr().err
