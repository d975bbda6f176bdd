"""Whether an English wording finds its verse when its translator is not installed, and what installed translations do to questions.

Each of ten translators is left out in turn; the verses are asked for in that one's words, with one, three and nine of the others read and
indexed as `fanar corpora add NAME FILE --kind translation --lang en` does. Verses that the Quran has word for word twice are one.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean, median

from fanar.documents import Document
from rag.ingest.intake import TRANSLATION
from rag.ingest.libraries import read_library
from rag.ingest.quran import quran_documents
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.confidence import load_calibration
from rag.islamic.worded import InstalledWordings
from rag.islamic.wordings import Wordings, build_wordings, open_wordings
from rag.islamic.workbench import Workbench
from tests.benchmarks.report import Result, evaluation_data
from tests.benchmarks.retrieval_library import CALIBRATION, calibration_questions

TRANSLATIONS = evaluation_data() / "quran" / "translations"
DATA = (TRANSLATIONS, CALIBRATION)
SEED = 0
_INSTALLED = (1, 3, 9)
_ASKED = 60
_TARGET = "≥ 0.93"


class _Shelf:
    """The translations that are installed at the moment."""

    def __init__(self) -> None:
        self.installed: Sequence[Wordings] = ()

    def __call__(self) -> Sequence[Wordings]:
        return self.installed


def main() -> Iterable[Result]:
    """Run the benchmark; there is none without the evaluation data."""
    return asyncio.run(_measured()) if TRANSLATIONS.exists() else ()


async def _measured() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        verses = {name: read_library(path, corpus=name, kind=TRANSLATION, language="en").documents for name, path in _files()}
        indexed = dict(_indexed(Path(folder), verses))
        shelf = _Shelf()
        workbench = await _workbench(Path(folder) / "quran", shelf)
        found = [await _left_out(workbench, shelf, verses, indexed, count) for count in _INSTALLED]
        return [*found, *await _questions(workbench, shelf, list(indexed.values()))]


def _files() -> Iterator[tuple[str, Path]]:
    for path in sorted(TRANSLATIONS.glob("en.*.txt")):
        if "transliteration" not in path.name:
            yield path.name.split(".")[1], path


def _indexed(folder: Path, verses: Mapping[str, Sequence[Document]]) -> Iterator[tuple[str, Wordings]]:
    for name, documents in verses.items():
        build_wordings(folder / name, documents, language="en")
        yield name, open_wordings(folder / name, name=name)


async def _workbench(folder: Path, shelf: _Shelf) -> Workbench:
    folder.mkdir()
    wordings = InstalledWordings(shelf=shelf, verses=quran_documents(load_tanzil(), load_subjects()))
    return await Workbench.build(folder, calibration=load_calibration(), worded=wordings.of)


async def _left_out(
    workbench: Workbench, shelf: _Shelf, verses: Mapping[str, Sequence[Document]], indexed: Mapping[str, Wordings], count: int
) -> Result:
    same = _same_verses(workbench.verses)
    chance = random.Random(SEED)
    hits = []
    for name, texts in verses.items():
        others = [indexed[each] for each in _after(name, list(indexed))]
        shelf.installed = others[:count]
        for document in chance.sample(texts, _ASKED):
            found = await workbench.retriever.retrieve(document.text, top_k=1)
            hits.append(bool(found) and found[0].document.id in same[document.reference])
    data = f"{_ASKED} verses in the words of each of {len(verses)} translators, who is left out; {count} of the others installed"
    target = _TARGET if count == max(_INSTALLED) else ""
    return Result(f"English wording to its verse, right verse first, {count} installed", fmean(hits), "", target, data=data, seed=SEED)


def _after(name: str, names: Sequence[str]) -> Sequence[str]:
    """Return the other names, those that follow first."""
    at = names.index(name)
    return [*names[at + 1 :], *names[:at]]


def _same_verses(verses: Sequence[Document]) -> dict[str, set[str]]:
    spelt: dict[str, set[str]] = {}
    for verse in verses:
        spelt.setdefault(verse.spelling, set()).add(verse.id)
    return {id_: ids for ids in spelt.values() for id_ in ids}


async def _questions(workbench: Workbench, shelf: _Shelf, installed: Sequence[Wordings]) -> list[Result]:
    questions = [each for each in calibration_questions() if each.accepted]
    found = []
    for name, those in (("no", ()), (f"{len(installed)}", installed)):
        shelf.installed = those
        hits, spent = [], []
        for question in questions:
            begun = time.process_time()
            best = await workbench.retriever.retrieve(question.text, top_k=1)
            spent.append((time.process_time() - begun) * 1000)
            hits.append(bool(best) and best[0].document.id in question.accepted)
        data = f"{len(questions)} own questions; {name} translations installed"
        found.append(Result(f"questions, right verse first, {name} translations installed", fmean(hits), data=data))
        found.append(Result(f"verses with their confidence, {name} translations installed, CPU p50", median(spent), "ms", data=data))
    return found


if __name__ == "__main__":
    for result in main():
        print(f"{result.measure:80} {result.value:.4f} {result.unit}   [{result.data}]")
