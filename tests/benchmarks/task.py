"""Runs the benchmarks, each in a process of its own, and renews the leaderboard. Knows nothing of what they measure.

    python -m tests.benchmarks.task             all of them
    python -m tests.benchmarks.task routing     one of them
    python -m tests.benchmarks.task --list      their names

Exit codes: 0 all ran, 1 one failed, 2 there is no such benchmark. A missed target is shown and fails nothing.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from tests.benchmarks.report import ROOT, Result, Run, checksum, evaluation_data, load, render, store

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
LEADERBOARD = HERE / "LEADERBOARD.md"
PACKAGE = "tests.benchmarks"


def benchmarks(folder: Path = HERE) -> list[str]:
    """Return the names of the modules that report: those that define `main` and import `report`."""
    return [path.stem for path in sorted(folder.glob("*.py")) if path.stem != "task" and _reports(path.read_text(encoding="utf-8"))]


def measure(module: ModuleType) -> tuple[Result, ...]:
    """Run one benchmark in this process and return what it reported."""
    reported: Iterable[Result] = module.main()
    return tuple(reported)


def checksums(module: ModuleType) -> dict[str, str]:
    """Return the checksum of each file or folder that the benchmark reads, by its name for readers."""
    return {_readable(path): checksum(path) for path in getattr(module, "DATA", ()) if path.exists()}


def run_apart(name: str) -> Run:
    """Run one benchmark in a process of its own, so that memory and caches of one do not colour the next.

    Raises subprocess.CalledProcessError when it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        subprocess.run([sys.executable, "-m", f"{PACKAGE}.task", "--answer", str(answer), name], cwd=ROOT, check=True)
        told = json.loads(answer.read_text(encoding="utf-8"))
    results = tuple(Result(**result) for result in told["results"])
    command = f"python -m {PACKAGE}.task {name}"
    return Run(name, results, command, _commit(), datetime.now(UTC).date().isoformat(), _machine(), told["checksums"])


def renew(runs: Iterable[Run], *, results: Path = RESULTS, leaderboard: Path = LEADERBOARD) -> None:
    """Replace the rows of the benchmarks that were run; the others' stay."""
    kept = {run.benchmark: run for run in load(results)} | {run.benchmark: run for run in runs}
    store(results, kept.values())
    leaderboard.write_text(render(kept.values()), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for and return the exit code."""
    asked = _parse(arguments)
    known = benchmarks()
    if asked.list:
        print("\n".join(known))
        return 0
    unknown = [name for name in asked.names if name not in known]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    if asked.answer:
        return _answer(asked.names[0], asked.answer)
    return _run_all(asked.names or known)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {PACKAGE}.task", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="BENCHMARK", help="which to run; none named means all")
    parser.add_argument("--list", action="store_true", help="print their names")
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _run_all(names: Sequence[str]) -> int:
    failed = []
    for name in names:
        print(f"── {name}", flush=True)
        try:
            run = run_apart(name)
        except subprocess.CalledProcessError:
            failed.append(name)
            continue
        renew([run])
        for result in run.results:
            print(f"   {result.measure}: {result.value:.4g} {result.unit} {'' if result.met is not False else f'(target {result.target})'}")
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def _answer(name: str, path: Path) -> int:
    module = importlib.import_module(f"{PACKAGE}.{name}")
    results = [asdict(result) for result in measure(module)]
    path.write_text(json.dumps({"results": results, "checksums": checksums(module)}), encoding="utf-8")
    return 0


def _reports(text: str) -> bool:
    body = ast.parse(text).body
    runs = any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in body)
    return runs and any(isinstance(node, ast.ImportFrom) and node.module == f"{PACKAGE}.report" for node in body)


def _readable(path: Path) -> str:
    for base in (ROOT, evaluation_data()):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.name


def _commit() -> str:
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    # A number measured on changes that nobody can check out must say so; the files that every run rewrites do not count.
    changed = _git("status", "--porcelain", "--", ".", f":!{RESULTS.relative_to(ROOT)}", f":!{LEADERBOARD.relative_to(ROOT)}")
    return f"{commit} with changes" if changed else commit


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def _machine() -> str:
    return f"{os.cpu_count()} × {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
