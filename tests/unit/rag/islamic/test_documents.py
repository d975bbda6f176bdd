"""Questions that only sound religious, and what a person's own documents say to them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.events import Event, ResponseCompleted, RoutingDecision, TextDelta
from fanar.messages import ChatRequest, SourceFilter
from rag.islamic import phrases
from rag.islamic.confidence import load_calibration
from rag.islamic.lexicon import load_lexicon
from rag.islamic.pipeline import IslamicPipeline
from tests.fakes.models import PassingGuard
from tests.unit.rag.islamic.quran import FixedRetriever, collected, conversation, decided, found, scripture, text_of

HELD = "Employees of Al-Rayyan receive twenty-four days of leave. [1]"


class Handbook:
    """Answers everything."""

    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        return self._said()

    async def _said(self) -> AsyncIterator[Event]:
        yield TextDelta(HELD)
        yield ResponseCompleted("extractive")


async def _answer(request: ChatRequest, *verses: str, confident: bool = False) -> str:
    pipeline = IslamicPipeline(
        scripture=scripture(),
        retriever=FixedRetriever(found(*verses, score=0.9 if confident else 0.1, confident=confident)),
        calibration=load_calibration(),
        lexicon=load_lexicon(),
        guard=PassingGuard,
        documents=Handbook(),
    )
    return text_of(await collected(pipeline.answer(request, decided())))


async def test_documents_answer_what_no_verse_does() -> None:
    assert HELD in await _answer(conversation("How much leave do employees of Al-Rayyan get?"), "2:255")


async def test_a_verse_that_surely_answers_goes_before_documents() -> None:
    assert HELD not in await _answer(conversation("آيات الصبر"), "2:153", confident=True)


@pytest.mark.parametrize("prompt", ["ما حكم تداول العملات الرقمية؟", "هل الشيعة كفار؟"])
async def test_no_document_of_that_kind_gives_a_ruling(prompt: str) -> None:
    assert phrases.ASK_SCHOLAR.ar in await _answer(conversation(prompt), "2:275")


@pytest.mark.parametrize(
    "options", [{"restrict_to_islamic": True}, {"sources": SourceFilter(only=("quran",))}], ids=["only Islamic", "only the Quran"]
)
async def test_who_narrows_the_sources_is_not_answered_from_others(options: dict[str, object]) -> None:
    request = ChatRequest(conversation("How much leave do employees get?").messages, **options)  # type: ignore[arg-type]
    assert HELD not in await _answer(request, "2:255")
