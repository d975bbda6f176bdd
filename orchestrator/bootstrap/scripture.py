"""Loads the Quran into memory and puts what works on it together: exact verses, search with calibrated confidence."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from fanar.documents import CorpusInfo, Document
from fanar.protocols import CorpusRepository, ScriptureIndex
from fanar.scripture.index import InMemoryScripture
from orchestrator.bootstrap.retrieval import Retrieval
from rag.ingest.quran import NAME
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.confidence import Calibration, load_calibration
from rag.islamic.lexicon import load_lexicon
from rag.islamic.reading import QuestionReader
from rag.islamic.search import VerseRetriever
from rag.islamic.vocabulary import Vocabulary
from rag.islamic.wordforms import verb_forms
from rag.retrievers.hybrid import HybridRetriever


@dataclass(frozen=True, slots=True)
class Scripture:
    """The Quran, as it is installed."""

    info: CorpusInfo
    index: ScriptureIndex
    verses: VerseRetriever
    calibration: Calibration


async def load_scripture(info: CorpusInfo, repository: CorpusRepository, retrieval: Retrieval) -> Scripture:
    """Load the installed Quran `info`."""
    documents = await asyncio.to_thread(lambda: list(repository.documents(NAME)))
    retrieval.passages.keep(NAME, info.generation, documents)
    return await asyncio.to_thread(_assembled, info, documents, retrieval)


def _assembled(info: CorpusInfo, documents: Sequence[Document], retrieval: Retrieval) -> Scripture:
    lexicon, calibration = load_lexicon(), load_calibration()
    vocabulary = Vocabulary(documents, load_subjects(), lexicon=lexicon)
    reader = QuestionReader(lexicon=lexicon, knows=vocabulary.knows, forms=verb_forms)
    hybrid = HybridRetriever(catalog=retrieval.catalog, store=retrieval.store, passages=retrieval.passages, reader=reader.terms)
    verses = VerseRetriever(source=hybrid, reader=reader, vocabulary=vocabulary, calibration=calibration)
    index = InMemoryScripture(documents, version=info.version, basmala=load_tanzil().basmala)
    return Scripture(info, index, verses, calibration)
