"""The verses, indexed in a folder and searched in one process: for fitting and measuring, not for serving. Knows nothing of settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fanar.documents import Document
from fanar.storage.corpora import SqlCorpusRepository
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from rag.indexes import IndexCatalog
from rag.ingest.indexer import Indexer
from rag.ingest.quran import NAME, Translation, quran_documents, quran_info
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.confidence import Calibration
from rag.islamic.lexicon import load_lexicon
from rag.islamic.reading import QuestionReader
from rag.islamic.search import VerseRetriever, nothing_worded
from rag.islamic.vocabulary import build_vocabulary
from rag.islamic.worded import Worded
from rag.islamic.wordforms import verb_forms
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.passages import Passages
from rag.retrievers.weights import ROUGH
from rag.stores.memory import MemoryStore

SHOWS_NOTHING = Calibration({}, 0.0, threshold=1.0, closeness=1.0, checksum="")
"""A calibration for where only the evidence is wanted."""


@dataclass(frozen=True, slots=True)
class Workbench:
    """All verses and what searches them."""

    verses: Sequence[Document]
    retriever: VerseRetriever

    @classmethod
    async def build(
        cls,
        folder: Path,
        *,
        translation: Translation | None = None,
        calibration: Calibration = SHOWS_NOTHING,
        worded: Callable[[str], Worded | None] = nothing_worded,
    ) -> Workbench:
        """Install and index the Quran below `folder`; takes about a quarter of a minute."""
        text, subjects = load_tanzil(), load_subjects()
        verses = quran_documents(text, subjects, translation=translation)
        engine = open_engine(f"sqlite:///{folder / 'verses.db'}")
        upgrade(engine)
        repository = SqlCorpusRepository(engine=engine)
        info = repository.install(quran_info(text, subjects.checksum, translation=translation), verses)
        store = MemoryStore()
        await Indexer(repository=repository, store=store, folder=folder).build(info)
        engine.dispose()
        passages = Passages(repository=repository)
        passages.keep(NAME, info.generation, verses)
        lexicon = load_lexicon()
        vocabulary = build_vocabulary(verses, subjects, lexicon=lexicon)
        reader = QuestionReader(lexicon=lexicon, knows=vocabulary.knows, forms=verb_forms)
        hybrid = HybridRetriever(catalog=IndexCatalog(folder=folder), store=store, passages=passages, weights=ROUGH, reader=reader.terms)
        retriever = VerseRetriever(source=hybrid, reader=reader, vocabulary=vocabulary, calibration=calibration, worded=worded)
        return cls(verses, retriever)
