"""What every Handler keeps to."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import get_args

import pytest

from fanar.attribution.verifier import ScriptureVerifier
from fanar.bilingual import Bilingual
from fanar.documents import Citation, Document
from fanar.errors import NotConfiguredError, UnprocessableError
from fanar.events import CitationAdded, Event, ResponseCompleted, Route, RouteSelected, RoutingDecision, TextDelta
from fanar.fetch.client import Fetcher
from fanar.llm.catalog import ModelCatalog
from fanar.messages import AudioPart, ChatMessage, ChatRequest, Sampling, TextPart
from fanar.protocols import Handler
from fanar.scripture.index import InMemoryScripture
from orchestrator.handlers.attribution import AttributionHandler
from orchestrator.handlers.general import GeneralHandler
from orchestrator.handlers.greeting import GreetingHandler, read_replies
from orchestrator.handlers.islamic import IslamicHandler
from orchestrator.handlers.language import LanguageHandler
from orchestrator.handlers.recency import RecencyHandler
from orchestrator.handlers.refusal import RefusalHandler
from orchestrator.handlers.speech import SpeechHandler
from orchestrator.handlers.tools import ToolsHandler
from orchestrator.models import LanguageModels
from orchestrator.sounds import Sounds
from orchestrator.tools.arithmetic import parse_arithmetic
from orchestrator.transcription import Transcriptions
from tests.fakes.models import PassingGuard, SayingModel, collected, text_of
from tests.fakes.speech import FakeTranscriber
from tests.fakes.voice import readings

VERSE = Document("112:1", "quran", "112:1", "قُلْ هُوَ ٱللَّهُ أَحَدٌ", metadata={"surah": 112, "ayah": 1})
SCRIPTURE = InMemoryScripture([VERSE], version="t", basmala="بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ")


class OneVerse:
    async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
        return self.answer(request, decision)

    async def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        yield TextDelta("verse [1]")
        yield CitationAdded(Citation(1, VERSE, 6))
        yield ResponseCompleted("sadiq")


class AlwaysIslamic:
    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        return RoutingDecision(Route.ISLAMIC, "sadiq", 1.0, ())


def _models() -> LanguageModels:
    return LanguageModels({"star": SayingModel("s", "a ", "b")})


def _checking() -> AttributionHandler:
    return AttributionHandler(verifier=ScriptureVerifier(SCRIPTURE), scripture=SCRIPTURE)


def _sounds() -> Sounds:
    folder = Path(tempfile.gettempdir()) / f"fanar-test-{os.getuid()}"
    desk = Transcriptions(catalog=ModelCatalog(), transcriber=FakeTranscriber(), folder=folder, most_bytes=1000, short_seconds=30.0)
    return Sounds(Fetcher(), desk)


# What makes it, and a prompt that it answers.
HANDLERS: dict[str, tuple[Callable[[], Handler], Route, str]] = {
    "greeting": (lambda: GreetingHandler(replies=read_replies()), Route.GREETING, "السلام عليكم"),
    "tools": (lambda: ToolsHandler(tools=parse_arithmetic), Route.GENERAL, "2 + 2"),
    "general": (lambda: GeneralHandler(models=_models(), guards=PassingGuard), Route.GENERAL, "why?"),
    "translation": (lambda: LanguageHandler(models=_models(), guards=PassingGuard), Route.TRANSLATION, "ترجم: بيت"),
    "poetry": (lambda: LanguageHandler(models=_models(), guards=PassingGuard), Route.POETRY, "قصيدة"),
    "attribution": (_checking, Route.ATTRIBUTION, "هل قال تعالى: ﴿قل هو الله أحد﴾ و﴿قل هو الله واحد﴾؟"),
    "islamic": (
        lambda: IslamicHandler(pipeline=OneVerse(), router=AlwaysIslamic(), verifier=ScriptureVerifier(SCRIPTURE), checking=_checking()),
        Route.ISLAMIC,
        "ما التوحيد؟",
    ),
}
HANDLERS["recency"] = (lambda: RecencyHandler(pipeline=OneVerse()), Route.RECENCY, "ما آخر الأخبار؟")
HANDLERS["speech"] = (lambda: SpeechHandler(sounds=_sounds(), voice=readings(None)), Route.SPEECH, "ماذا يقول؟")
SOURCED = ("greeting", "tools", "attribution", "islamic")


def handling(name: str, **fields: object) -> AsyncIterator[Event]:
    make, route, prompt = HANDLERS[name]
    attached = (AudioPart(data="c291bmQ=", format="wav"),) if name == "speech" else ()
    request = ChatRequest((ChatMessage("user", (TextPart(prompt), *attached)),), **fields)  # type: ignore[arg-type]
    return make().handle(request, RoutingDecision(route, "star", 1.0, ()))


@pytest.mark.parametrize("name", HANDLERS)
async def test_answer_says_something_and_is_completed_once_at_its_end(name: str) -> None:
    events = await collected(handling(name))
    assert text_of(events).strip()
    assert [isinstance(event, ResponseCompleted) for event in events] == [False] * (len(events) - 1) + [True]
    assert all(isinstance(event, get_args(Event)) for event in events)


@pytest.mark.parametrize("name", HANDLERS)
async def test_route_is_the_dispatchers_to_tell(name: str) -> None:
    assert not [event for event in await collected(handling(name)) if isinstance(event, RouteSelected)]


@pytest.mark.parametrize("name", HANDLERS)
async def test_citations_stand_where_their_markers_do(name: str) -> None:
    events = await collected(handling(name))
    text = text_of(events)
    for event in events:
        if isinstance(event, CitationAdded):
            assert text[event.citation.index :].startswith(f"[{event.citation.number}]")


@pytest.mark.parametrize("name", HANDLERS)
async def test_reader_may_leave_after_the_first_event(name: str) -> None:
    events = handling(name)
    await anext(events)
    await events.aclose()  # type: ignore[attr-defined]
    with pytest.raises(StopAsyncIteration):
        await anext(events)


@pytest.mark.parametrize("name", SOURCED)
async def test_option_that_only_a_model_can_honour_is_refused_before_the_first_event(name: str) -> None:
    with pytest.raises(UnprocessableError) as caught:
        await anext(handling(name, sampling=Sampling(n=2)))
    assert caught.value.param == "n"


async def test_refusal_refuses_before_the_first_event() -> None:
    refusal = RefusalHandler(Bilingual("Nothing here.", "لا شيء هنا."))
    request = ChatRequest((ChatMessage("user", "draw"),))
    with pytest.raises(NotConfiguredError):
        await anext(refusal.handle(request, RoutingDecision(Route.IMAGE, "image", 1.0, ())))
