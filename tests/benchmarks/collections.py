"""How often a collection's passage that is shown as an answer is one: hadith for questions of our own, ARCD's paragraphs for its own.

`data/collection_questions.tsv` has for each question the words of which an answering hadith says one (a pattern on its normal form), `-`
where none does. The `fresh` ones were written when the rules stood, and no rule was made for them: the bounds are measured on these alone.
`python -m tests.benchmarks.collections --write` writes the bounds that the platform decides by.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from statistics import quantiles

from fanar.arabic.normalization import normalize
from fanar.documents import Document
from fanar.messages import ChatMessage
from rag.ingest.expansion import Expansion, Heading
from rag.ingest.hadith import read_hadith
from rag.ingest.quran import quran_documents
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.collections.bounds import FILE, FOLDER, LEAST, Bound, Bounds, accumulated
from rag.islamic.collections.finding import CollectionSearch
from rag.islamic.collections.judging import GROUNDS, Ground, Kind
from rag.islamic.collections.library import Library as Shelved
from rag.islamic.collections.scope import everything
from rag.islamic.collections.sought import read_sought, terms_of
from rag.islamic.collections.talk import nearly
from rag.islamic.lexicon import load_lexicon
from rag.islamic.reading import QuestionReader
from rag.islamic.vocabulary import build_vocabulary
from rag.islamic.wordforms import verb_forms
from rag.retrievers.hybrid import HybridRetriever
from tests.benchmarks.report import ROOT, Result, evaluation_data
from tests.benchmarks.retrieval_library import ARCD, Library, arcd, arcd_info, library

QUESTIONS = ROOT / "tests" / "benchmarks" / "data" / "collection_questions.tsv"
HADITH = evaluation_data() / "hadith" / "lk-corpus"
DATA = (QUESTIONS, HADITH, ARCD)
MOST = 3
_TRUSTED: Bounds = dict.fromkeys(("hadith", "law"), dict.fromkeys(GROUNDS, Bound(1_000, 1_000)))
_NAMES = {"quoted": "quoted", "headed": "quoted or headed", "named": "quoted, headed or named"}


@dataclass
class Tally:
    """What was shown, and whether it was right, by ground; which questions were answered, those that could be and those that could not."""

    shown: dict[Ground, list[bool]] = field(default_factory=lambda: {ground: [] for ground in GROUNDS})
    answerable: list[bool] = field(default_factory=list)
    unanswerable: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def bounds(self) -> dict[Ground, Bound]:
        return {ground: Bound(sum(rights), len(rights)) for ground, rights in self.shown.items()}


def main() -> Iterable[Result]:
    """Run the benchmark."""
    return asyncio.run(_measured(write=False))


async def _measured(*, write: bool) -> list[Result]:
    if not (HADITH.exists() and ARCD.exists()):
        return []
    async with library() as shelf:
        reader = _reader()
        intake = read_hadith(HADITH, corpus="sunnah")
        await shelf.add(intake.info("sunnah"), intake.documents)
        fresh, tuned = await _asked(shelf, reader, "fresh"), await _asked(shelf, reader, "tuned")
        law = await _paragraphs(shelf, reader)
    if write:
        _write({"hadith": fresh, "law": law})
    speed = Result("CPU of a question to 34,000 hadith, p50", 1_000 * quantiles(fresh.seconds, n=100)[49], "ms")
    return [
        *_results("hadith, fresh questions", fresh),
        *_results("hadith, questions that the rules were made with", tuned),
        *_results("ARCD's paragraphs in the place of law", law),
        speed,
    ]


def _reader() -> QuestionReader:
    vocabulary = build_vocabulary(tuple(quran_documents(load_tanzil(), load_subjects())), load_subjects(), lexicon=load_lexicon())
    return QuestionReader(lexicon=load_lexicon(), knows=vocabulary.knows, forms=verb_forms)


async def _asked(shelf: Library, reader: QuestionReader, part: str) -> Tally:
    tally = Tally()
    for wanted, variety, pattern, question in (line.split("\t") for line in QUESTIONS.read_text(encoding="utf-8").splitlines()):
        if wanted != part:
            continue
        began = time.process_time()
        shown = await _shown(shelf, reader, question, "hadith")
        tally.seconds.append(time.process_time() - began)
        rights = [pattern != "-" and _says(pattern, document, english=variety == "english") for _, document in shown]
        for (ground, _), right in zip(shown, rights, strict=True):
            tally.shown[ground].append(right)
        (tally.unanswerable if pattern == "-" else tally.answerable).append(bool(shown))
    return tally


async def _shown(shelf: Library, reader: QuestionReader, question: str, kind: str) -> list[tuple[Ground, Document]]:
    source = HybridRetriever(catalog=shelf.catalog, store=shelf.store, passages=shelf.passages, reader=terms_of(reader))
    search = CollectionSearch(source=source, repository=shelf.repository, bounds=_TRUSTED)
    scope = everything(await Shelved(repository=shelf.repository, indexed=shelf.catalog.names).corpora())
    found = nearly(await search.find(read_sought([ChatMessage("user", question)], reader), scope.of(kind), scope))
    return [(each.ground, each.document) for each in found[:MOST]]


def _says(pattern: str, document: Document, *, english: bool) -> bool:
    text = normalize(document.text[int(document.metadata.get("matn", 0)) :])
    return re.search(pattern, f"{text} {document.translation or ''}" if english else text, re.IGNORECASE) is not None


def _results(name: str, tally: Tally) -> list[Result]:
    """Return for each ground how often what it or a surer one shows is right, as the platform counts it."""
    told = [
        part
        for ground, bound in accumulated(tally.bounds()).items()
        for part in (
            Result(f"shown that speak to the question, {_NAMES[ground]} ({name})", bound.precision, data=f"{bound.shown} shown"),
            Result(f"lower end of its 95 % interval, {_NAMES[ground]} ({name})", bound.least, target=f"≥ {LEAST}"),
        )
    ]
    answered, false = tally.answerable, tally.unanswerable
    return [
        *told,
        Result(f"questions answered that can be ({name})", sum(answered) / len(answered), data=f"{len(answered)} questions"),
        Result(f"questions answered that cannot be ({name})", sum(false) / len(false), data=f"{len(false)} questions"),
    ]


async def _paragraphs(shelf: Library, reader: QuestionReader) -> Tally:
    """Take half of ARCD's articles for a book of law: questions on the others have no answer here.

    Each paragraph stands under the first question that was asked of it, as fatwas do, and the others are asked. What is shown first is
    right where the answer stands in it.
    """
    documents, questions = arcd()
    installed = set(sorted({document.reference for document in documents})[::2])
    headings = {id_: question for question, _, id_, _ in reversed(questions)}
    headed = [replace(each, expansion=_under(headings.get(each.id, ""))) for each in documents if each.reference in installed]
    await shelf.add(replace(arcd_info(), kind="fiqh"), headed)
    tally = Tally()
    for question, article, id_, answer in questions:
        if headings[id_] == question:
            continue
        shown = (await _shown(shelf, reader, question, "fiqh"))[:1]
        for ground, document in shown:
            tally.shown[ground].append(article in installed and answer in document.text)
        (tally.answerable if article in installed else tally.unanswerable).append(bool(shown))
    return tally


def _under(question: str) -> str:
    return Expansion("", (Heading("ar", question),)).encoded() if question else ""


def _write(tallies: Mapping[Kind, Tally]) -> None:
    bounds = {kind: {ground: asdict(bound) for ground, bound in own.bounds().items()} for kind, own in tallies.items()}
    path = ROOT.joinpath(*FOLDER.split("."), FILE)
    path.write_text(json.dumps(bounds, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for result in asyncio.run(_measured(write="--write" in sys.argv)):
        print(result.measure, round(result.value, 3), result.unit, result.data)
