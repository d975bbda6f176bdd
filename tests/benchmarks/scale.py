"""How fast passages are found among 60,000 made-up ones, alone and while others are added, and what that takes in memory.

The platform's own path: a corpus in the database, words in tantivy, vectors in Chroma with its owner process, both fused. `--passages`
sets another number and prints what was measured; `tests.benchmarks.scale_million` is the same for a million. With FANAR_SCALE_LIBRARY,
a folder, the indexed library is kept there for the next run, with what indexing took.

    python -m tests.benchmarks.scale --passages 200000
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import fmean

import numpy as np

from fanar.documents import CorpusInfo
from rag.ingest.documents import KIND
from tests.benchmarks.report import Result
from tests.benchmarks.retrieval_library import Library, library
from tests.benchmarks.scale_corpus import CORPUS, MadeUp

PASSAGES = 60_000
SEED = 7
_QUESTIONS = 400
_WARM_UP = 50
_ADDED_AT_ONCE = 20
_PAUSE = 0.5
_MEGABYTE = 1e6


@dataclass(frozen=True)
class Bounds:
    """What the times are held against, in milliseconds; empty is nothing."""

    p50: str = "≤ 15"
    p99: str = ""


@dataclass
class Spent:
    """What questions took, in milliseconds each, and whether the passage that they were made of was found."""

    times: list[float] = field(default_factory=list)
    found: list[bool] = field(default_factory=list)
    cpu: float = 0.0


def main() -> Iterable[Result]:
    """Run the benchmark."""
    return measured(PASSAGES, Bounds())


def measured(passages: int, bounds: Bounds) -> list[Result]:
    """Measure with so many passages."""
    return asyncio.run(_measured(passages, bounds))


async def _measured(passages: int, bounds: Bounds) -> list[Result]:
    language = MadeUp.of(SEED)
    questions = language.questions(passages, _QUESTIONS, seed=SEED)
    async with library(_kept(passages)) as shelf:
        built = await _built(shelf, language, passages)
        await _asked(shelf, questions[:_WARM_UP])
        alone = await _asked(shelf, questions)
        added: list[int] = []
        async with _adding(shelf, language, shelf.repository.corpora()[0].documents, added):
            meanwhile = await _asked(shelf, questions)
        last = max(added)
        (newest,) = shelf.repository.fetch(CORPUS, [str(last)])
        seen = await _asked(shelf, [(newest.text, newest.id)])
        memory = {"searching process": _memory("self"), "owner of the vectors": _memory(str(shelf.owner.pid))}
    data = f"{passages:,} made-up passages"
    busy = f"{data}, {len(added)} added meanwhile, {_ADDED_AT_ONCE} at once, every {_PAUSE} s"
    return [
        *(Result(f"{step}, CPU", seconds, "s", data=data, seed=SEED) for step, seconds in built.items()),
        *_times("search", alone, bounds, data),
        *_times("search while passages are added", meanwhile, bounds, busy),
        Result("passage that the question is made of among 10", fmean(alone.found), data=data, seed=SEED),
        Result("last added passage first for its own words", float(seen.found[0]), target="≥ 1", data=busy, seed=SEED),
        *(Result(f"memory of the {process}", value, "MB", data=data, seed=SEED) for process, value in memory.items()),
    ]


def _kept(passages: int) -> Path | None:
    folder = os.environ.get("FANAR_SCALE_LIBRARY")
    if not folder:
        return None
    kept = Path(folder) / str(passages)
    kept.mkdir(parents=True, exist_ok=True)
    return kept


async def _built(shelf: Library, language: MadeUp, passages: int) -> dict[str, float]:
    """Install and index the passages, unless they are kept, and return the seconds of CPU that each step took."""
    told = shelf.folder / "built.json"
    if not told.exists():
        begun = _cpu(shelf)
        installed = shelf.repository.install(_info(), language.documents(0, passages))
        stored = _cpu(shelf)
        await shelf.indexer.build(installed)
        steps = {"passages into the database": stored - begun, "words and vectors indexed": _cpu(shelf) - stored}
        told.write_text(json.dumps(steps), encoding="utf-8")
    return dict(json.loads(told.read_text(encoding="utf-8")))


def _times(what: str, spent: Spent, bounds: Bounds, data: str) -> list[Result]:
    p50, p99 = np.percentile(spent.times, [50, 99])
    return [
        Result(f"{what}, p50", float(p50), "ms", bounds.p50, data=data, seed=SEED),
        Result(f"{what}, p99", float(p99), "ms", bounds.p99, data=data, seed=SEED),
        Result(f"{what}, CPU of all processes", spent.cpu * 1000 / len(spent.times), "ms", data=data, seed=SEED),
    ]


async def _asked(shelf: Library, questions: Sequence[tuple[str, str]]) -> Spent:
    retriever, spent, begun = shelf.retriever(), Spent(), _cpu(shelf)
    for text, wanted in questions:
        started = time.perf_counter()
        found = await retriever.retrieve(text, top_k=10, corpora=[CORPUS])
        spent.times.append((time.perf_counter() - started) * 1000)
        spent.found.append(wanted in [each.document.id for each in found])
    spent.cpu = _cpu(shelf) - begun
    return spent


@asynccontextmanager
async def _adding(shelf: Library, language: MadeUp, first: int, added: list[int]) -> AsyncIterator[None]:
    """Add passages all the time."""

    async def add() -> None:
        for number in count(first, _ADDED_AT_ONCE):
            documents = list(language.documents(number, number + _ADDED_AT_ONCE))
            await shelf.corpora.extend(CORPUS, documents)
            added.extend(range(number, number + _ADDED_AT_ONCE))
            if done.is_set():
                return
            await asyncio.sleep(_PAUSE)

    done = asyncio.Event()
    adding = asyncio.create_task(add())
    yield
    done.set()
    await adding


def _info() -> CorpusInfo:
    return CorpusInfo(CORPUS, "Made up", "1", "ours", "tests", "0" * 64, 0, 0, "ar", KIND)


def _cpu(shelf: Library) -> float:
    """Return the seconds of CPU that this process, its ended children and the owner of the vectors have used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    user, system = Path(f"/proc/{shelf.owner.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return time.process_time() + ended.ru_utime + ended.ru_stime + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(process: str) -> float:
    """Return what a process holds itself, in megabytes; mapped files are not counted, which the system takes back when it wants to."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    (anonymous,) = (line.split()[1] for line in lines if line.startswith("RssAnon:"))
    return int(anonymous) * 1024 / _MEGABYTE


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--passages", type=int, default=PASSAGES, help="how many passages to install")
    for result in measured(options.parse_args().passages, Bounds()):
        print(f"{result.measure:58} {result.value:.4g} {result.unit}   [{result.data}]", flush=True)
