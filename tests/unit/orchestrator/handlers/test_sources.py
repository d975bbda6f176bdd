"""Handlers that answer from sources: what they refuse, and what they pass on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from fanar.documents import Document
from fanar.errors import ContentFilteredError, UnprocessableError
from fanar.events import CitationAdded, Event, ResponseCompleted, Route, RoutingDecision, TextDelta
from fanar.findings import AttributionReport, Check, ClaimedReference, Difference, MarkedText, QuoteFinding
from fanar.messages import ChatMessage, ChatRequest, Sampling
from fanar.scripture.index import InMemoryScripture
from orchestrator.handlers.attribution import AttributionHandler
from orchestrator.handlers.islamic import IslamicHandler
from tests.fakes.models import collected, text_of

ASK = ChatRequest((ChatMessage("user", "ما حكم صيام المسافر؟"),), model="Fanar-Sadiq")
ISLAMIC = RoutingDecision(Route.ISLAMIC, "sadiq", 1.0, ())
VERSE = Document("2:153", "quran", "2:153", "إِنَّ ٱللَّهَ", metadata={"surah": 2, "ayah": 153})


class SayingPipeline:
    async def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        yield TextDelta("verse")
        yield ResponseCompleted("sadiq")


class FixedRouter:
    def __init__(self, route: Route) -> None:
        self._route = route

    async def route(self, messages: Sequence[ChatMessage], *, model: str = "Fanar") -> RoutingDecision:
        return RoutingDecision(self._route, "x", 1.0, ())


class FixedVerifier:
    def __init__(self, *quotes: QuoteFinding) -> None:
        self._quotes = quotes

    def verify(self, text: str, *, checks: frozenset[Check] = frozenset()) -> AttributionReport:
        return AttributionReport(self._quotes, None, versions={"quran": "t"})

    def mark(self, text: str) -> MarkedText:
        return MarkedText(text, self.verify(text))


def islamic(route: Route = Route.ISLAMIC, *, quoting: bool = False) -> IslamicHandler:
    quote = QuoteFinding(0, 4, "quran", "exact", 1.0, "2:153")
    verifier = FixedVerifier(quote) if quoting else FixedVerifier()
    checking = AttributionHandler(verifier=verifier, scripture=InMemoryScripture([VERSE], version="t", basmala="b"))
    return IslamicHandler(pipeline=SayingPipeline(), router=FixedRouter(route), verifier=verifier, checking=checking)


async def test_question_goes_to_the_pipeline() -> None:
    assert text_of(await collected(islamic().handle(ASK, ISLAMIC))) == "verse"


async def test_who_asks_whether_quoted_words_are_a_verse_gets_a_verdict() -> None:
    validation = replace(ISLAMIC, intent="validation")
    assert "مطابق" in text_of(await collected(islamic(quoting=True).handle(ASK, validation)))
    assert text_of(await collected(islamic().handle(ASK, validation))) == "verse"
    assert text_of(await collected(islamic(quoting=True).handle(ASK, ISLAMIC))) == "verse"


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        ("n", replace(ASK, sampling=Sampling(n=2))),
        ("tools", replace(ASK, tools=({"type": "function"},), tool_choice="required")),
        ("tools", replace(ASK, tools=({"type": "function"},), tool_choice={"type": "function", "function": {"name": "f"}})),
        ("logprobs", replace(ASK, sampling=Sampling(logprobs=True))),
        ("stop", replace(ASK, sampling=Sampling(stop=("a",)))),
        ("response_format", replace(ASK, response_format={"type": "json_object"})),
        ("logit_bias", replace(ASK, sampling=Sampling(extra={"logit_bias": {"1": 1}}))),
        ("best_of", replace(ASK, sampling=Sampling(extra={"best_of": 2}))),
        ("prompt_logprobs", replace(ASK, sampling=Sampling(extra={"prompt_logprobs": 2}))),
    ],
)
async def test_what_retrieval_cannot_honour_is_refused_by_name(field: str, request_: ChatRequest) -> None:
    with pytest.raises(UnprocessableError) as caught:
        await collected(islamic().handle(request_, ISLAMIC))
    assert caught.value.param == field


@pytest.mark.parametrize("choice", [None, "auto", "none"])
async def test_tools_that_need_not_be_called_hinder_no_answer(choice: str | None) -> None:
    assert text_of(await collected(islamic().handle(replace(ASK, tools=({"type": "function"},), tool_choice=choice), ISLAMIC))) == "verse"


async def test_plain_text_as_response_format_is_no_demand() -> None:
    assert await collected(islamic().handle(replace(ASK, response_format={"type": "text"}), ISLAMIC))


async def test_only_islamic_questions_pass_when_the_client_wants_it_so() -> None:
    wanted = replace(ASK, restrict_to_islamic=True)
    assert await collected(islamic().handle(wanted, ISLAMIC))
    with pytest.raises(ContentFilteredError) as caught:
        await collected(islamic(Route.GENERAL).handle(wanted, ISLAMIC))
    assert caught.value.kind == "blocklist"


def attribution(*quotes: QuoteFinding) -> AttributionHandler:
    return AttributionHandler(verifier=FixedVerifier(*quotes), scripture=InMemoryScripture([VERSE], version="t", basmala="b"))


async def test_text_without_quotations_gets_an_honest_no() -> None:
    text = text_of(await collected(attribution().handle(ASK, ISLAMIC)))
    assert "لم أجد" in text


async def test_altered_quotation_is_taken_apart_word_by_word() -> None:
    claim = ClaimedReference("3:1", 0, 3, "3:1", correct=False)
    differences = (
        Difference("substituted", 0, 2, "غلط", "صواب"),
        Difference("inserted", 2, 3, "زائدة", ""),
        Difference("deleted", 3, 3, "", "ناقصة"),
    )
    quote = QuoteFinding(0, 20, "quran", "altered", 0.8, "2:153", differences=differences, correction="إِنَّ ٱللَّهَ", claimed_reference=claim)
    events = await collected(attribution(quote).handle(ASK, ISLAMIC))
    text = text_of(events)
    for word in ("مخالف", "غلط", "صواب", "زائدة", "ناقصة", "﴿إِنَّ ٱللَّهَ﴾", "3:1"):
        assert word in text
    (citation,) = [event.citation for event in events if isinstance(event, CitationAdded)]
    assert citation.document is VERSE
    assert text[citation.index :].startswith("[1]")


async def test_every_citation_marker_stands_where_it_is_said_to() -> None:
    quotes = [QuoteFinding(0, 4, "quran", "exact", 1.0, "2:153"), QuoteFinding(5, 8, "quran", "exact", 1.0, "2:153-154")]
    events = await collected(attribution(*quotes).handle(ASK, ISLAMIC))
    text = text_of(events)
    found = [event.citation for event in events if isinstance(event, CitationAdded)]
    assert [text[citation.index :][:3] for citation in found] == ["[1]", "[2]"]


async def test_words_that_stand_nowhere_are_told_the_verse_they_are_near_to() -> None:
    quote = QuoteFinding(0, 4, "quran", "not_found", 0.0, None, nearest="2:153")
    events = await collected(attribution(quote).handle(ASK, ISLAMIC))
    assert "وأقرب الآيات إليه (2:153): ﴿إِنَّ ٱللَّهَ﴾" in text_of(events)
    assert not [event for event in events if isinstance(event, CitationAdded)]


async def test_quotation_without_a_known_place_is_not_cited() -> None:
    quotes = [QuoteFinding(0, 4, "quran", "not_found", 0.0, None), QuoteFinding(5, 8, "quran", "partial", 0.5, "9:999")]
    events = await collected(attribution(*quotes).handle(ASK, ISLAMIC))
    assert not [event for event in events if isinstance(event, CitationAdded)]


async def test_english_text_is_answered_in_english() -> None:
    request = ChatRequest((ChatMessage("user", "Is this a verse: let there be light?"),))
    assert "found no quotation" in text_of(await collected(attribution().handle(request, ISLAMIC)))
