"""A small shelf of corpora for tests of research: hadith with grades, a commentary, rulings of four schools. The texts are our own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from fanar.documents import CorpusInfo, Document, ScoredDocument
from fanar.protocols import Filters, Retriever
from rag.ingest.quran import NAME as QURAN
from rag.islamic.interpretation.shelf import InstalledCommentaries
from rag.islamic.lexicon import load_lexicon
from rag.islamic.lookup import VerseLookup
from rag.islamic.research.gathering import Gatherer
from rag.retrievers.signals import Candidate, CandidateSource, Signals
from tests.unit.rag.islamic.quran import FixedRetriever, scripture
from tests.unit.rag.library import info


def document(id_: str, corpus: str, text: str, **facts: Any) -> Document:
    return Document(id_, corpus, facts.pop("reference", id_), text, url=facts.pop("url", None), metadata=facts)


TRAVELLING = (
    document("1", "law", "للمسافر أن يفطر والصوم أحب.", madhab="Hanafi", book="مثال", reference="مثال، ١"),
    document("2", "law", "الفطر للمسافر سنة. واختلف العلماء في الأفضل منهما.", madhab="حنبلي", reference="٢"),
    document("3", "law", "نص لم يذكر مذهبه عن المسافر.", reference="٣"),
)
SAYINGS = (
    document("nasai:1", "sunnah", "نص مثال أول عن صيام المسافر", collection="nasai", number="1", grade="daif"),
    document(
        "nasai:2", "sunnah", "نص مثال ثان عن صيام المسافر", collection="nasai", number="2", grade="sahih", url="https://sunnah.com/nasai:2"
    ),
    document("nasai:3", "sunnah", "نص مثال ثالث عن صيام المسافر", collection="nasai", number="3", grade="mawdu"),
    document("nasai:4", "sunnah", "نص مثال ثان عن صيام المسافر", collection="nasai", number="4", grade="sahih"),
)
COMMENTARY = (
    document("2:183", "notes", "شرح مثال لآيتين.", reference="2:183-184", surah=2, ayah=183, last=184),
    document("2:185", "notes", "شرح مثال.", surah=2, ayah=185, last=185),
)
PRAYERS = (document("p1", "prayers", "دعاء مثال للمسافر", reference="١"),)
KINDS = {"law": "fiqh", "sunnah": "hadith", "notes": "tafsir", "prayers": "supplication", QURAN: "quran", "handbook": "general"}


class FixedPassages:
    """Finds all documents of the corpora that are named; each holds so much of any question."""

    def __init__(self, *documents: Document, held: float = 1.0) -> None:
        self._documents = documents
        self.held = held
        self.asked: list[tuple[str, Sequence[str]]] = []

    async def candidates(
        self, query: str, *, top_k: int = 10, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[Candidate]:
        self.asked.append((query, tuple(corpora)))
        return [Candidate(each, 1.0, Signals(coverage={"any": self.held})) for each in self._documents if each.corpus in corpora]


class Corpora:
    """A CorpusRepository of these documents that only reads."""

    def __init__(self, *documents: Document, kinds: Mapping[str, str] = KINDS) -> None:
        self._documents = documents
        self._kinds = kinds

    def corpora(self) -> list[CorpusInfo]:
        return [info(name, kind) for name, kind in self._kinds.items()]

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        return [each for id_ in ids for each in self._documents if (each.corpus, each.id) == (name, id_)]

    def documents(self, name: str) -> Iterator[Document]:
        raise AssertionError

    install = rollback = remove = documents  # type: ignore[assignment]


def gatherer(
    *,
    verses: Sequence[ScoredDocument] | Retriever = (),
    documents: Sequence[Document] = (*TRAVELLING, *SAYINGS, *COMMENTARY, *PRAYERS),
    held: float = 1.0,
    passages: CandidateSource | None = None,
    indexed: Collection[str] = tuple(KINDS),
    allowed: Callable[[str], bool] = lambda _: True,
) -> Gatherer:
    corpora: Any = Corpora(*documents)
    return Gatherer(
        verses=FixedRetriever(verses) if isinstance(verses, Sequence) else verses,
        passages=passages or FixedPassages(*documents, held=held),
        lookup=VerseLookup(scripture=scripture(), lexicon=load_lexicon()),
        commentaries=InstalledCommentaries(repository=corpora, names=lambda: [name for name in indexed if KINDS[name] == "tafsir"]),
        repository=corpora,
        indexed=lambda: indexed,
        allowed=allowed,
    )
