"""What the retrieval benchmark searches and asks: the Quran indexed as the platform does it, and sets of questions. Measures nothing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import tantivy

from fanar.documents import CorpusInfo, Document
from fanar.storage.corpora import SqlCorpusRepository
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.workers.client import WorkerClient
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec, Supervisor
from rag.indexes import IndexCatalog
from rag.ingest.corpora import Corpora
from rag.ingest.documents import KIND
from rag.ingest.indexer import Indexer
from rag.ingest.quran import Translation, quran_documents, quran_info
from rag.ingest.subjects import SubjectIndex, load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.retrievers.hybrid import HybridRetriever
from rag.retrievers.passages import Passages
from rag.retrievers.weights import WEIGHTS, Weights
from rag.stores.chroma import METHODS
from rag.stores.owned import OwnedStore
from tests.benchmarks.report import ROOT, evaluation_data

CALIBRATION = ROOT / "rag" / "islamic" / "calibration" / "questions.tsv"
QURAN_QA = evaluation_data() / "islamic_qa" / "qqa2023_taskA"
TRANSLATION = evaluation_data() / "quran" / "translations" / "en.sahih.txt"
ARCD = evaluation_data() / "arabic_qa" / "arcd-train.json"


@dataclass(frozen=True)
class Question:
    """A question, where it is from, and the ids that answer it; none when nothing does."""

    variety: str
    text: str
    accepted: frozenset[str]


@dataclass
class Library:
    """An indexed library in a folder of its own."""

    repository: SqlCorpusRepository
    store: OwnedStore
    catalog: IndexCatalog
    indexer: Indexer
    passages: Passages
    corpora: Corpora
    owner: Supervisor
    folder: Path

    def retriever(self, weights: Weights = WEIGHTS) -> HybridRetriever:
        return HybridRetriever(catalog=self.catalog, store=self.store, passages=self.passages, weights=weights)

    async def add(self, info: CorpusInfo, documents: Iterable[Document]) -> None:
        installed = self.repository.install(info, documents)
        await self.indexer.build(installed)
        self.passages.keep(info.name, installed.generation, self.repository.documents(info.name))

    async def add_quran(self, *, subjects: SubjectIndex | None = None) -> None:
        text, index, translation = load_tanzil(), subjects or load_subjects(), installed_translation()
        await self.add(quran_info(text, index.checksum, translation=translation), quran_documents(text, index, translation=translation))


@asynccontextmanager
async def library(kept: Path | None = None) -> AsyncIterator[Library]:
    """Open a library with Chroma in its owner process: an empty one, or the one that is kept in a folder."""
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_engine(f"sqlite:///{folder / 'library.db'}")
        upgrade(engine)
        repository = SqlCorpusRepository(engine=engine)
        socket = socket_path(folder, "chroma")
        spec = OwnerSpec("rag.stores.chroma:open_chroma", socket, METHODS, {"folder": str(folder / "chroma")})
        async with Supervisor(spec) as owner:
            client = WorkerClient(socket)
            store = OwnedStore(owner=client)
            indexer = Indexer(repository=repository, store=store, folder=folder / "indexes")
            catalog, passages = IndexCatalog(folder=folder / "indexes"), Passages(repository=repository)
            corpora = Corpora(
                repository=repository, store=store, catalog=catalog, indexer=indexer, downloads=folder / "downloads", locks=folder / "locks"
            )
            yield Library(repository, store, catalog, indexer, passages, corpora, owner, folder)
            await client.close()


def calibration_questions() -> list[Question]:
    """Our own questions on the Quran with the verses that answer them."""
    rows = (line.split("\t") for line in CALIBRATION.read_text(encoding="utf-8").splitlines() if line)
    return [Question(variety, text, frozenset() if refs == "-" else frozenset(_verses(refs))) for variety, text, refs in rows]


def quran_qa_passages() -> dict[str, str]:
    """Qur'an QA's passages by reference, as they are given."""
    rows = (line.split("\t", 1) for line in (QURAN_QA / "QQA23_TaskA_QPC_v1.1.tsv").read_text(encoding="utf-8").splitlines() if line)
    return dict(rows)


def quran_qa_questions() -> list[Question]:
    """Qur'an QA 2023, train and dev, with the passages that answer."""
    found = []
    for part in ("train", "dev"):
        accepted: dict[str, set[str]] = {}
        for line in (QURAN_QA / f"QQA23_TaskA_qrels_{part}.gold").read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            number, _, passage, _ = line.split()
            accepted.setdefault(number, set()).update({passage} - {"-1"})
        for line in (QURAN_QA / f"QQA23_TaskA_{part}.tsv").read_text(encoding="utf-8").split("\n"):
            if not line.strip():
                continue
            number, text = line.split("\t")
            found.append(Question(part, text, frozenset(accepted[number])))
    return found


def arcd() -> tuple[list[Document], list[tuple[str, str, str, str]]]:
    """ARCD's paragraphs as documents, and (question, article, paragraph's id, answer)."""
    documents, questions = [], []
    for article in json.loads(ARCD.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            id_ = str(len(documents))
            documents.append(Document(id=id_, corpus="arcd", reference=article["title"], text=paragraph["context"]))
            questions += [(each["question"], article["title"], id_, each["answers"][0]["text"]) for each in paragraph["qas"]]
    return documents, questions


def arcd_info() -> CorpusInfo:
    """Describe a corpus of ARCD's paragraphs."""
    return CorpusInfo("arcd", "ARCD", "1", "MIT", "ARCD", "0" * 64, 0, 0, "ar", KIND)


def raw_bm25(passages: dict[str, str]) -> tantivy.Index:
    """The peer: BM25 over words as they are written."""
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw").add_text_field("text").build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=30_000_000, num_threads=1)
    for id_, text in passages.items():
        writer.add_document(tantivy.Document(id=id_, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def raw_ranking(index: tantivy.Index, question: str, *, top_k: int) -> list[str]:
    """Return the peer's ids, best first."""
    query, _ = index.parse_query_lenient("".join(c if c.isalnum() else " " for c in question), ["text"])
    searcher = index.searcher()
    return [str(searcher.doc(address).get_first("id")) for _, address in searcher.search(query, top_k, count=False).hits]


def average_precision(ranked: Sequence[str], accepted: frozenset[str]) -> float:
    """Return the average precision of the ten first."""
    hits, total = 0, 0.0
    for rank, id_ in enumerate(ranked[:10], 1):
        if id_ in accepted:
            hits += 1
            total += hits / rank
    return total / min(len(accepted), 10)


def verses_of(passage: str) -> list[str]:
    """Return the verses of a passage of Qur'an QA."""
    return list(_verses(passage))


def without_subjects() -> SubjectIndex:
    """An empty subject index."""
    return replace(load_subjects(), subjects=())


def installed_translation() -> Translation | None:
    """The translation that is indexed with the verses; none where the evaluation data is not there."""
    if not TRANSLATION.exists():
        return None
    rows = (line.split("|") for line in TRANSLATION.read_text(encoding="utf-8").splitlines() if line[:1].isdigit())
    return Translation({(int(surah), int(ayah)): text for surah, ayah, text in rows}, "Saheeh International", "tests only", "tanzil", "0")


def _verses(references: str) -> Iterator[str]:
    for reference in references.split(","):
        surah, _, verses = reference.strip().partition(":")
        first, _, last = verses.partition("-")
        yield from (f"{surah}:{ayah}" for ayah in range(int(first), int(last or first) + 1))
