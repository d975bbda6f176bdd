"""What a model wrote from passages, held against them at its end; and quotations among claims."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fanar.attribution.claims.checker import MOST_CLAIMS, ClaimChecker
from fanar.claims import ClaimFinding, Verdict
from fanar.documents import Citation, Document, ScoredDocument
from fanar.events import ChoiceFinished, CitationAdded, DocumentsRetrieved, Event, ResponseCompleted, Route, RoutingDecision, TextDelta
from fanar.findings import AttributionReport, Check, MarkedText, QuoteFinding, QuoteStatus
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.attributions import AttributionDesk
from orchestrator.evidence import InstalledEvidence
from orchestrator.handlers.checked import CheckedHandler
from orchestrator.quoted import with_quotations
from orchestrator.verified import with_checked_claims
from tests.fakes.articles import MemoryArticleStore, an_article
from tests.fakes.models import collected, text_of
from tests.fakes.platform import FakePages, FakeRetriever

OPENED = Document("1", "notes", "notes.md", "The bridge opened in 2015.")
COST = Document("2", "notes", "notes.md", "The bridge cost 230 million dollars.")


ARTICLE = an_article(title="Lusail library opens", text="The Lusail library opened in 2026.", language="en")


class NoQuotations:
    def verify(self, text: str, *, checks: frozenset[Check] = frozenset()) -> AttributionReport:
        return AttributionReport((), None)

    def mark(self, text: str) -> MarkedText:
        return MarkedText(text, self.verify(text))


def desk() -> AttributionDesk:
    """Return the real desk over real checks, whose evidence is one article of the news."""
    evidence = InstalledEvidence(retriever=FakeRetriever(), general=lambda: (), news=MemoryArticleStore([ARTICLE]), zone=ZoneInfo("UTC"))
    return AttributionDesk(verifier=NoQuotations(), claims=ClaimChecker(), evidence=evidence, pages=FakePages(), version="t")


async def _events(*events: Event) -> AsyncIterator[Event]:
    for event in events:
        yield event


def written(text: str) -> AsyncIterator[Event]:
    retrieved = DocumentsRetrieved((ScoredDocument(OPENED, 1.0), ScoredDocument(COST, 0.9)))
    cited = CitationAdded(Citation(1, OPENED, 26))
    return _events(retrieved, TextDelta(text), cited, ChoiceFinished("stop"), ResponseCompleted("star"))


async def test_what_contradicts_an_answer_is_named_at_its_end_with_its_source() -> None:
    text = "The bridge opened in 2015 [1]. The bridge cost 900 million dollars."
    events = await collected(with_checked_claims(written(text), desk(), language="en"))
    said = text_of(events)
    assert said.startswith(text)
    assert "The bridge cost 900 million dollars.” – [2]: “The bridge cost 230 million dollars.”" in said
    assert [event.citation.number for event in events if isinstance(event, CitationAdded)] == [1, 2]
    assert isinstance(events[-2], ChoiceFinished)
    report = events[-1].metadata["attribution"]  # type: ignore[union-attr]
    assert report["support_score"] == 0.5
    assert report["claims"][0]["markers"][0]["supported"] is True


async def test_a_supported_answer_stays_as_it_is() -> None:
    text = "The bridge opened in 2015 [1]."
    events = await collected(with_checked_claims(written(text), desk(), language="ar"))
    assert text_of(events) == text
    assert events[-1].metadata["attribution"]["support_score"] == 1.0  # type: ignore[union-attr]


async def test_only_what_a_model_wrote_is_checked_where_it_stands() -> None:
    frame, own = "From your documents: the bridge cost 900 million dollars.", "The bridge opened in 2015 [1]."
    retrieved = DocumentsRetrieved((ScoredDocument(OPENED, 1.0), ScoredDocument(COST, 0.9)))
    cited = CitationAdded(Citation(1, OPENED, len(frame) + 26))
    events = await collected(
        with_checked_claims(
            _events(retrieved, TextDelta(frame, verbatim=True), TextDelta(own), cited, ResponseCompleted("star")), desk(), language="en"
        )
    )
    (claim,) = events[-1].metadata["attribution"]["claims"]  # type: ignore[union-attr]
    assert text_of(events) == frame + own
    assert (frame + own)[claim["start"] : claim["end"]] == "The bridge opened in 2015"


async def test_an_answer_of_quotations_is_not_checked() -> None:
    shown = _events(DocumentsRetrieved((ScoredDocument(OPENED, 1.0),)), TextDelta("It is old.", verbatim=True), ResponseCompleted("x"))
    events = await collected(with_checked_claims(shown, desk(), language="en", everything=True))
    assert "attribution" not in events[-1].metadata  # type: ignore[union-attr]


class Written:
    """A Handler whose answers a model wrote, from passages or from nothing."""

    def __init__(self, events: AsyncIterator[Event]) -> None:
        self._events = events

    def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        return self._events


def free(text: str) -> AsyncIterator[Event]:
    return _events(TextDelta(text), ChoiceFinished("stop"), ResponseCompleted("star"))


async def handled(events: AsyncIterator[Event], *, everything: bool, response_format: Mapping[str, Any] | None = None) -> list[Event]:
    checked = CheckedHandler(Written(events), attributions=desk(), everything=everything)
    request = ChatRequest((ChatMessage("user", "When did it open?"),), model="Fanar", response_format=response_format)
    return await collected(checked.handle(request, RoutingDecision(Route.GENERAL, "star", 1.0, ())))


async def test_an_answer_from_nothing_is_held_against_what_is_here_where_everything_is_checked() -> None:
    text = "The Lusail library opened in 2019 [1]. Roses are red flowers."
    events = await handled(free(text), everything=True)
    assert text_of(events).startswith(text)
    assert "“The Lusail library opened in 2019” – [1]: “" in text_of(events)
    (citation,) = [event.citation for event in events if isinstance(event, CitationAdded)]
    assert citation.document.url == ARTICLE.url
    found = events[-1].metadata["attribution"]["claims"]  # type: ignore[union-attr]
    assert [each["verdict"] for each in found] == ["contradicted", "not_found"]
    # Its author never saw the article: the marker names nothing.
    assert found[0]["markers"][0]["source_id"] is None


@pytest.mark.parametrize(
    ("text", "everything", "response_format"),
    [
        ("The Lusail library opened in 2019.", False, None),
        ("Roses are red flowers.", True, None),
        ('{"claim": "The Lusail library opened in 2019."}', True, {"type": "json_object"}),
    ],
)
async def test_an_answer_stays_as_it_is_where_nothing_speaks_of_it_or_a_program_reads_it(
    text: str, everything: bool, response_format: Mapping[str, Any] | None
) -> None:
    events = await handled(free(text), everything=everything, response_format=response_format)
    assert text_of(events) == text
    assert "attribution" not in events[-1].metadata  # type: ignore[union-attr]


@pytest.mark.parametrize(("corpus", "wrong"), [("quran", False), ("notes", True)])
async def test_a_verse_contradicts_no_sentence_by_a_word_that_denies(corpus: str, wrong: bool) -> None:
    passage = Document("1", corpus, "1", "The harbour is closed in winter.")
    events = _events(
        DocumentsRetrieved((ScoredDocument(passage, 1.0),)),
        TextDelta("The harbour is open in winter [1]."),
        CitationAdded(Citation(1, passage, 29)),
        ResponseCompleted("star"),
    )
    told = await collected(with_checked_claims(events, desk(), language="en"))
    assert ("otherwise" in text_of(told)) == wrong


async def test_an_answer_that_cannot_be_checked_stands() -> None:
    text = "a b c. " * (MOST_CLAIMS + 1)
    assert text_of(await collected(with_checked_claims(written(text), desk(), language="en"))) == text


@pytest.mark.parametrize(
    ("status", "verdict"), [("exact", "supported"), ("altered", "contradicted"), ("not_found", "not_found"), ("partial", "supported")]
)
async def test_a_claim_that_is_a_quotation_has_the_quotations_verdict(status: QuoteStatus, verdict: Verdict) -> None:
    async def findings() -> AsyncIterator[ClaimFinding]:
        yield ClaimFinding(0, 20, "x" * 20, "contradicted", 0.9, "numbers")
        yield ClaimFinding(20, 60, "y" * 40, "contradicted", 0.9, "numbers")
        yield ClaimFinding(60, 70, "z" * 10, "contradicted", 0.9, "numbers")

    quotes: Sequence[QuoteFinding] = [QuoteFinding(2, 30, "quran", status, 0.95, "2:153")]
    mostly, beside, apart = [finding async for finding in with_quotations(findings(), quotes)]
    assert (mostly.verdict, mostly.method) == (verdict, "quotation")
    assert beside.verdict == "not_found"
    assert apart.verdict == "contradicted"
