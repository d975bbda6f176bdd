"""Loads the Quran into memory and puts what works on it together: exact verses, search with calibrated confidence, quotation checks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from fanar.attribution.canon_file import open_rows
from fanar.attribution.hadith_canon import HadithCanon
from fanar.attribution.quotations import QuotationFinder
from fanar.attribution.repair import RepairedQuotation, StreamingGuard
from fanar.attribution.verifier import ScriptureVerifier
from fanar.bilingual import Language
from fanar.documents import CorpusInfo, Document
from fanar.protocols import AttributionVerifier, CorpusRepository, ScriptureIndex
from fanar.scripture.index import InMemoryScripture
from fanar.workers.aside import run_aside
from orchestrator.bootstrap.retrieval import Retrieval
from rag.ingest.quran import NAME
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.confidence import Calibration, load_calibration
from rag.islamic.lexicon import load_lexicon
from rag.islamic.reading import QuestionReader
from rag.islamic.search import VerseRetriever
from rag.islamic.vocabulary import Vocabulary, build_vocabulary
from rag.islamic.vocabulary_files import is_kept, open_vocabulary, vocabulary_key
from rag.islamic.worded import InstalledWordings
from rag.islamic.wordforms import verb_forms
from rag.islamic.wordings import open_wordings
from rag.quotable import Shelf
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.weights import ROUGH

_WORDS = "quran-words.json"


@dataclass(frozen=True, slots=True)
class Scripture:
    """The Quran, as it is installed."""

    info: CorpusInfo
    index: ScriptureIndex
    verses: VerseRetriever
    calibration: Calibration
    verifier: AttributionVerifier
    guard: Callable[[Language], ReportingGuard]
    reader: QuestionReader


class ReportingGuard:
    """Repairs the quotations in one answer and reports in JSON what was done."""

    def __init__(self, finder: QuotationFinder) -> None:
        self._guard = StreamingGuard(finder)

    @property
    def report(self) -> Sequence[Mapping[str, Any]]:
        """Each quotation within the answer as it was shown, what was done to it, and how it came."""
        return [_reported(quotation) for quotation in self._guard.quotations]

    def push(self, text: str) -> list[str]:
        """Take the next piece in and return what may pass."""
        return self._guard.push(text)

    def finish(self) -> list[str]:
        """Return the rest."""
        return self._guard.finish()


async def load_scripture(info: CorpusInfo, repository: CorpusRepository, retrieval: Retrieval, data: Path) -> Scripture:
    """Load the installed Quran `info`; what is analysed once for all starts lies below `data`."""
    documents = await asyncio.to_thread(lambda: [_without_headings(each) for each in repository.documents(NAME)])
    retrieval.passages.keep(NAME, info.generation, documents)
    return await asyncio.to_thread(_assembled, info, documents, retrieval, data)


def _without_headings(verse: Document) -> Document:
    # Ten times as long as the verses, and of use to indexes alone.
    return replace(verse, expansion=verse.spelling)


def _assembled(info: CorpusInfo, documents: Sequence[Document], retrieval: Retrieval, data: Path) -> Scripture:
    lexicon, calibration = load_lexicon(), load_calibration()
    if not is_kept(data, vocabulary_key(info)):
        # Analysing takes 300 MB, and Python gives little of it back.
        run_aside(_analysed, info, documents, data)
    vocabulary = _vocabulary(info, documents, data)
    reader = QuestionReader(lexicon=lexicon, knows=vocabulary.knows, forms=verb_forms)
    hybrid = HybridRetriever(
        catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages, weights=ROUGH, reader=reader.terms
    )
    index = _index(info, documents)
    worded = InstalledWordings(shelf=Shelf(retrieval.catalog.wordings, opener=open_wordings), verses=index.verses())
    verses = VerseRetriever(source=hybrid, reader=reader, vocabulary=vocabulary, calibration=calibration, worded=worded.of)
    hadith = Shelf(retrieval.catalog.hadith, opener=HadithCanon)
    finder = QuotationFinder(index, rows=open_rows(data / _WORDS, index), hadith=hadith)
    # The guard takes the language of its notices from the words around a quotation, which says more than the question's.
    verifier = ScriptureVerifier(index, finder=finder)
    return Scripture(info, index, verses, calibration, verifier, lambda _: ReportingGuard(finder), reader)


def _analysed(info: CorpusInfo, documents: Sequence[Document], data: Path) -> None:
    """Write below `data` what a start maps instead of analysing the verses."""
    _vocabulary(info, documents, data)
    open_rows(data / _WORDS, _index(info, documents))


def _vocabulary(info: CorpusInfo, documents: Sequence[Document], data: Path) -> Vocabulary:
    return open_vocabulary(data, vocabulary_key(info), lambda: build_vocabulary(documents, load_subjects(), lexicon=load_lexicon()))


def _index(info: CorpusInfo, documents: Sequence[Document]) -> InMemoryScripture:
    return InMemoryScripture(documents, version=info.version, basmala=load_tanzil().basmala)


def _reported(quotation: RepairedQuotation) -> Mapping[str, Any]:
    finding = asdict(quotation.finding)
    told = {
        name: finding[name]
        for name in ("type", "status", "score", "reference", "differences", "correction", "claimed_reference", "sources")
    }
    return {"start": quotation.start, "end": quotation.end, "action": quotation.action, **told}
