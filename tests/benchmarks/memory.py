"""What the platform takes in memory with hadith, tafsir and translations installed: a real server and all its processes.

Installed and served by the commands that the README names, on an empty data folder. With FANAR_MEMORY_LIBRARY, a folder, what was
installed is kept there, and the next run installs only what is missing; with FANAR_MEMORY_CORPORA, a number, only so many are wanted.
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import httpx
import psutil

from tests.benchmarks.report import Result, evaluation_data
from tests.benchmarks.served import run, served

HADITH = evaluation_data() / "hadith"
QURAN = evaluation_data() / "quran"
DATA = (HADITH, QURAN / "tafsir", QURAN / "translations")
_COLLECTIONS = ("hadith-json", "lk-corpus")
_MOST = 1_000
_ASKED = 20
_QUESTIONS = (
    "ما تفسير آية الكرسي؟",
    "ما الحديث الوارد في إفشاء السلام؟",
    "كم مرة وردت كلمة الجنة في القرآن؟",
    "في أي سورة وردت قصة أصحاب الكهف؟",
    "What does the Quran say about patience?",
)
_QUOTING = 'قال رسول الله ﷺ: "إنما الأعمال بالنيات، وإنما لكل امرئ ما نوى" (رواه البخاري). وقال تعالى: ﴿إن الله مع الصابرين﴾ [البقرة: 153]'


def main() -> Iterable[Result]:
    """Run the benchmark."""
    if not all(path.exists() for path in DATA):
        return []
    kept = os.environ.get("FANAR_MEMORY_LIBRARY")
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(kept or folder))


def _measured(folder: Path) -> list[Result]:
    there = _kinds(folder)
    wanted = list(_commands())[: int(os.environ.get("FANAR_MEMORY_CORPORA", _MOST))]
    spent = _installed(folder, [command for command in wanted if command[0] not in there])
    data = "installed: " + ", ".join(f"{count} {kind}" for kind, count in Counter(_kinds(folder).values()).items())
    with served(folder) as (address, process):
        started = _memory(process, "rss")
        _ask(address)
        used, private = _memory(process, "rss"), _memory(process, "pss")
    return [
        *([] if there else [Result("installing all of it, CPU", spent, "s", data=data)]),
        Result("resident memory, all processes, when it has started", started, "MB", target="≤ 700", data=data),
        Result(
            "resident memory, all processes, when all was used", used, "MB", target="≤ 700", data=f"{data}; {_ASKED} answers of each kind"
        ),
        Result("the same, pages that processes share counted once", private, "MB", data=data),
    ]


def _commands() -> Iterator[Sequence[str]]:
    """Yield what installs each corpus: its name first, where it is, and what else the command must know."""
    licence = ("--licence", "evaluation only")
    yield ("quran", "--arabic-only")
    for name in _COLLECTIONS:
        yield (name, str(HADITH / name), "--kind", "hadith", *licence)
    for path in sorted((QURAN / "tafsir").iterdir()):
        yield (_name(path), str(path), "--kind", "tafsir", *licence)
    for path in sorted((QURAN / "translations").iterdir()):
        yield (_name(path), str(path), "--kind", "translation", "--lang", path.name.partition(".")[0], *licence)


def _kinds(folder: Path) -> dict[str, str]:
    """Return the kind of each corpus that is installed and indexed, by its name."""
    return {corpus["name"]: corpus["kind"] for corpus in json.loads(run(folder, "corpora", "list", "--json")) if corpus["indexed"]}


def _installed(folder: Path, commands: Iterable[Sequence[str]]) -> float:
    """Install what is missing and return the CPU seconds that it took."""
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        run(folder, "corpora", "add", *command)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime - begun.ru_utime - begun.ru_stime


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".jsonl").removesuffix(".txt").replace(".", "-")


def _ask(address: str) -> None:
    with httpx.Client(base_url=address, timeout=300) as client:
        for turn in range(_ASKED):
            question = _QUESTIONS[turn % len(_QUESTIONS)]
            messages = [{"role": "user", "content": question}]
            client.post("/v1/chat/completions", json={"model": "Islamic-RAG", "messages": messages}).raise_for_status()
            client.post("/v1/search", json={"query": question}).raise_for_status()
            client.post("/v1/attributions", json={"text": _QUOTING}).raise_for_status()


def _memory(process: psutil.Process, kind: str) -> float:
    """Return the megabytes of a process and all that it started."""
    family = [process, *process.children(recursive=True)]
    return sum(float(getattr(each.memory_full_info(), kind)) for each in family) / 1e6
