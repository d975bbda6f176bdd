"""A small library for tests: verses and house rules, installed and indexed as the platform does it, all in this process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanar.documents import CorpusInfo, Document
from fanar.protocols import DocumentStore
from fanar.storage.corpora import SqlCorpusRepository
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.workers.wire import decode, encode
from rag.embedders import EmbedderShape
from rag.indexes import IndexCatalog
from rag.ingest.corpora import Corpora
from rag.ingest.indexer import Indexer
from rag.ingest.quran import quran_documents
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.passages import Passages
from rag.stores.memory import MemoryStore
from rag.training import train_embedder

SHAPE = EmbedderShape(dimensions=32, buckets=4096)

RULES = (
    ("1", "leave.md, § Annual leave", "Every employee has thirty days of annual leave. Unused leave expires in March."),
    ("2", "leave.md, § Sick leave", "A doctor's certificate is needed after the third day of sick leave."),
    ("3", "travel.md, § Flights", "Flights are booked by the travel office. Economy class is the rule below six hours."),
    ("4", "travel.md, § Hotels", "Hotels are paid up to one hundred riyals a night, breakfast included."),
    ("5", "إجازات.md, § الأمومة", "إجازة الأمومة ستون يوما مدفوعة الأجر بالكامل. تبدأ الإجازة قبل الولادة أو بعدها."),
)


def rules() -> list[Document]:
    return [
        Document(id=id_, corpus="rules", reference=reference, text=text, metadata={"file": reference.split(",")[0]})
        for id_, reference, text in RULES
    ]


def verses(*surahs: int) -> list[Document]:
    return [each for each in quran_documents(load_tanzil(), load_subjects()) if each.metadata["surah"] in surahs]


def info(name: str, kind: str = "general") -> CorpusInfo:
    return CorpusInfo(
        name=name,
        title=name,
        version="1",
        licence="ours",
        source="tests",
        checksum="0" * 64,
        documents=0,
        generation=0,
        language="mul",
        kind=kind,
    )


async def train_here(texts: Sequence[str], shape: EmbedderShape, output: Path) -> None:
    train_embedder(texts, shape=shape).save(output)


class WiredCaller:
    """Calls a target in this process, through the bytes that would go to its owner."""

    def __init__(self, target: object) -> None:
        self._target = target

    async def call(self, method: str, *arguments: Any, **options: Any) -> Any:
        sent, named = decode(encode([list(arguments), options])[4:])
        return decode(encode([getattr(self._target, method)(*sent, **named)])[4:])[0]


@dataclass
class Library:
    repository: SqlCorpusRepository
    store: DocumentStore
    catalog: IndexCatalog
    indexer: Indexer
    passages: Passages
    corpora: Corpora
    catalog_folder: Path

    @property
    def retriever(self) -> HybridRetriever:
        return HybridRetriever(catalog=self.catalog, store=self.store, passages=self.passages)

    async def add(self, name: str, documents: Iterable[Document], *, kind: str = "general") -> CorpusInfo:
        installed = self.repository.install(info(name, kind), documents)
        await self.indexer.build(installed)
        return installed


def open_library(folder: Path, store: DocumentStore | None = None) -> Library:
    engine = open_engine(f"sqlite:///{folder / 'library.db'}")
    upgrade(engine)
    repository = SqlCorpusRepository(engine=engine)
    store = store or MemoryStore()
    catalog = IndexCatalog(folder=folder / "indexes")
    indexer = Indexer(repository=repository, store=store, folder=folder / "indexes", shape=lambda _: SHAPE, train=train_here)
    corpora = Corpora(
        repository=repository, store=store, catalog=catalog, indexer=indexer, downloads=folder / "downloads", locks=folder / "locks"
    )
    return Library(repository, store, catalog, indexer, Passages(repository=repository), corpora, folder / "indexes")
