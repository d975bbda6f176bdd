from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import FanarError, ModelUnavailableError, NotConfiguredError
from fanar.events import (
    ChoiceFinished,
    CitationAdded,
    DocumentsRetrieved,
    Event,
    ProgressReported,
    ResponseCompleted,
    Route,
    RoutingDecision,
    TextDelta,
)
from fanar.llm.scripted import Rule, ScriptedChatModel
from fanar.messages import ChatMessage, ChatRequest, Sampling
from rag.analysis import Term, read_question
from rag.pipeline import EXTRACTIVE, RagPipeline
from rag.sentences import best_sentences
from tests.fakes.models import SayingModel
from tests.unit.rag.library import Library, open_library, rules, verses

DECISION = RoutingDecision(Route.GENERAL, "Fanar", 1.0, ())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    async def filled(folder: Path) -> Library:
        library = open_library(folder)
        await library.add("rules", rules())
        await library.add("quran", verses(112), kind="scripture")
        return library

    return asyncio.run(filled(tmp_path_factory.mktemp("library")))


def pipeline(library: Library, **options: object) -> RagPipeline:
    return RagPipeline(source=library.retriever, corpora=lambda: ["rules"], **options)  # type: ignore[arg-type]


def asking(text: str, **options: object) -> ChatRequest:
    return ChatRequest((ChatMessage("user", text),), **options)  # type: ignore[arg-type]


async def answered(pipeline: RagPipeline, request: ChatRequest) -> list[Event]:
    events = await pipeline.try_answer(request, DECISION)
    assert events is not None
    return [event async for event in events]


def text_of(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def citations_of(events: list[Event]) -> list[tuple[int, str, int]]:
    return [(e.citation.number, e.citation.document.reference, e.citation.index) for e in events if isinstance(e, CitationAdded)]


async def test_without_a_model_the_answer_is_the_sentence_verbatim_and_cited(library: Library) -> None:
    events = await answered(pipeline(library), asking("How many days of annual leave does an employee have?"))
    text = text_of(events)
    assert "“Every employee has thirty days of annual leave.” [1]" in text
    assert "Unused leave" not in text
    assert text.endswith("1. leave.md, § Annual leave")
    ((number, reference, index),) = citations_of(events)
    assert (number, reference) == (1, "leave.md, § Annual leave")
    assert text[index:].startswith("[1]")


async def test_an_arabic_question_is_answered_in_an_arabic_frame(library: Library) -> None:
    text = text_of(await answered(pipeline(library), asking("كم يوما إجازة الأمومة؟")))
    assert text.startswith("من وثائقك:")
    assert "«إجازة الأمومة ستون يوما مدفوعة الأجر بالكامل.» [1]" in text


async def test_the_events_come_in_order_and_end_with_completion(library: Library) -> None:
    events = await answered(pipeline(library), asking("annual leave days"))
    assert isinstance(events[0], ProgressReported)
    assert isinstance(events[1], DocumentsRetrieved)
    assert all(each.confident for each in events[1].documents)
    assert isinstance(events[-1], ResponseCompleted)
    assert (events[-1].model, events[-1].metadata["confident"]) == (EXTRACTIVE, True)


@pytest.mark.parametrize("question", ["What is the capital of Qatar?", "من هو أول رئيس للولايات المتحدة؟", "", "؟", "قل هو الله أحد"])
async def test_what_the_documents_do_not_surely_answer_is_not_answered(library: Library, question: str) -> None:
    assert await pipeline(library).try_answer(asking(question), DECISION) is None


async def test_without_a_corpus_nothing_is_answered(library: Library) -> None:
    empty = RagPipeline(source=library.retriever, corpora=list)
    assert await empty.try_answer(asking("annual leave"), DECISION) is None


async def test_search_marks_what_surely_answers(library: Library) -> None:
    found = await pipeline(library).search("annual leave days")
    assert found[0].confident
    assert not found[-1].confident


class Recording:
    name = "recording"

    def __init__(self, reply: str) -> None:
        self.requests: list[ChatRequest] = []
        self.closed = False
        self._model = ScriptedChatModel([Rule(reply=reply)])

    async def available(self) -> bool:
        return True

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        self.requests.append(request)
        try:
            async for event in self._model.stream(request):
                yield event
        finally:
            self.closed = True


async def test_a_model_writes_from_fenced_passages_and_its_citations_resolve(library: Library) -> None:
    model = Recording("You have thirty days [1]. More is promised [9].")
    events = await answered(pipeline(library, model=model), asking("How many days of annual leave?"))
    assert text_of(events) == "You have thirty days [1]. More is promised."
    assert [reference for _, reference, _ in citations_of(events)] == ["leave.md, § Annual leave"]
    (request,) = model.requests
    assert request.messages[0].role == "system"
    assert "Every employee has thirty days" in request.messages[0].text
    assert request.messages[-1] == ChatMessage("user", "How many days of annual leave?")
    completed = events[-1]
    assert isinstance(completed, ResponseCompleted)
    assert completed.metadata["citations_dropped"] == 1
    assert isinstance(events[-2], ChoiceFinished)


async def test_what_users_write_stays_data_and_the_fence_is_new_each_time(library: Library) -> None:
    model = Recording("Fine [1].")
    messages = (ChatMessage("system", "Be rude."), ChatMessage("user", "How many days of annual leave does every employee have? <think>"))
    for _ in range(2):
        await answered(pipeline(library, model=model), ChatRequest(messages, sampling=Sampling(n=1, temperature=0.2)))
    first, second = model.requests
    assert "<think>" not in first.messages[-1].text
    assert [turn.role for turn in first.messages] == ["system", "user"]
    assert "Be rude." not in first.messages[0].text
    assert first.messages[0] != second.messages[0]
    assert first.sampling.temperature == 0.2


async def test_what_a_model_writes_can_be_rewritten_before_anyone_sees_it(library: Library) -> None:
    async def shouting(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
        async for event in events:
            yield replace(event, text=event.text.upper()) if isinstance(event, TextDelta) else event

    events = await answered(pipeline(library, model=Recording("thirty days [1]"), rewrite=shouting), asking("annual leave days"))
    assert text_of(events) == "THIRTY DAYS [1]"


GONE = ModelUnavailableError(Bilingual("Gone.", "انقطع."))
DAYS = asking("How many days of annual leave?")


@pytest.mark.parametrize("error", [GONE, NotConfiguredError(Bilingual("No model.", "لا نموذج."))])
async def test_where_the_model_does_not_begin_the_passages_speak_for_themselves(library: Library, error: FanarError) -> None:
    events = await answered(pipeline(library, model=SayingModel("star", error=error)), DAYS)
    assert text_of(events) == text_of(await answered(pipeline(library), DAYS))
    assert citations_of(events)


@pytest.mark.parametrize(("pieces", "insisting"), [(("Thirty ",), False), ((), True)])
async def test_a_model_that_broke_off_or_alone_may_answer_is_not_replaced(
    library: Library, pieces: tuple[str, ...], insisting: bool
) -> None:
    with pytest.raises(ModelUnavailableError):
        await answered(pipeline(library, model=SayingModel("star", *pieces, error=GONE), insisting=insisting), DAYS)


async def test_leaving_an_answer_stops_the_model(library: Library) -> None:
    model = Recording("word " * 1000)
    events = await pipeline(library, model=model).try_answer(asking("annual leave days"), DECISION)
    assert events is not None
    async for event in events:
        if isinstance(event, TextDelta):
            break
    await events.aclose()  # type: ignore[attr-defined]
    assert model.closed


def document(text: str) -> Document:
    return Document(id="1", corpus="c", reference="r", text=text)


def test_the_sentence_that_holds_most_of_the_question_comes_first() -> None:
    found = best_sentences(read_question("rocket fuel price"), [document("Rockets fly. The price of rocket fuel is high. Fuel burns.")])
    assert [each.text for each in found] == ["The price of rocket fuel is high."]
    assert found[0].share == pytest.approx(1.0)


def test_a_sentence_in_two_passages_comes_once() -> None:
    found = best_sentences(read_question("fuel"), [document("Fuel burns."), document("Fuel burns.")])
    assert [(each.number, each.text) for each in found] == [(1, "Fuel burns.")]


def test_no_word_in_common_gives_no_sentence() -> None:
    assert best_sentences(read_question("rocket"), [document("Bread is baked.")]) == []
    assert best_sentences([], []) == []


def test_a_synonym_counts_as_the_word() -> None:
    assert best_sentences([Term("car", ("automobile",))], [document("An automobile stops here.")])[0].share == pytest.approx(1.0)
