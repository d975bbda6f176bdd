"""The Quran as the tests of the Islamic pipeline hold it: all verses from Tanzil, our subject index, some verses with a translation."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import lru_cache

from fanar.documents import Document, ScoredDocument
from fanar.events import Event, ResponseCompleted, Route, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from fanar.protocols import Filters
from fanar.scripture.index import InMemoryScripture
from rag.ingest.quran import quran_documents
from rag.ingest.subjects import load_subjects
from rag.ingest.tanzil import load_tanzil
from rag.islamic.lexicon import load_lexicon
from rag.islamic.reading import QuestionReader
from rag.islamic.vocabulary import Vocabulary, build_vocabulary
from rag.islamic.wordforms import verb_forms


@lru_cache(maxsize=1)
def documents() -> tuple[Document, ...]:
    return tuple(
        replace(each, translation=f"Translation of {each.id}.") if each.metadata["surah"] in (2, 112) else each
        for each in quran_documents(load_tanzil(), load_subjects())
    )


@lru_cache(maxsize=1)
def scripture() -> InMemoryScripture:
    return InMemoryScripture(documents(), version="tests", basmala=load_tanzil().basmala)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return build_vocabulary(documents(), load_subjects(), lexicon=load_lexicon())


@lru_cache(maxsize=1)
def reader() -> QuestionReader:
    return QuestionReader(lexicon=load_lexicon(), knows=vocabulary().knows, forms=verb_forms)


def verse(reference: str) -> Document:
    surah, _, ayah = reference.partition(":")
    return scripture().verse(int(surah), int(ayah))


def found(*references: str, score: float = 0.9, confident: bool = True) -> list[ScoredDocument]:
    return [ScoredDocument(verse(reference), score - place / 100, confident) for place, reference in enumerate(references)]


class FixedRetriever:
    """Finds the same whatever is asked, and remembers what was."""

    def __init__(self, documents: Sequence[ScoredDocument] = ()) -> None:
        self._documents = list(documents)
        self.asked: list[str] = []

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        self.asked.append(query)
        return self._documents[:top_k]


def conversation(*turns: str) -> ChatRequest:
    """Turns of a user and of the platform, in turn, the user's last."""
    roles = ("user", "assistant") if len(turns) % 2 else ("assistant", "user")
    return ChatRequest(tuple(ChatMessage(roles[place % 2], turn) for place, turn in enumerate(turns)))


def decided(intent: str | None = None) -> RoutingDecision:
    return RoutingDecision(Route.ISLAMIC, "Fanar-Sadiq", 0.9, (), intent=intent)


async def collected(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


def text_of(events: Sequence[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def completed(events: Sequence[Event]) -> ResponseCompleted:
    last = events[-1]
    assert isinstance(last, ResponseCompleted)
    return last
