"""What a model wrote from passages, held against them at its end; and quotations among claims."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from fanar.attribution.claims.checker import ClaimChecker
from fanar.claims import ClaimFinding, Verdict
from fanar.documents import Citation, Document, ScoredDocument
from fanar.events import ChoiceFinished, CitationAdded, DocumentsRetrieved, Event, ResponseCompleted, Route, RoutingDecision, TextDelta
from fanar.findings import QuoteFinding, QuoteStatus
from fanar.messages import ChatMessage, ChatRequest
from orchestrator.handlers.checked import CheckedDocuments
from orchestrator.quoted import with_quotations
from orchestrator.verified import with_checked_claims
from tests.fakes.models import collected, text_of

OPENED = Document("1", "notes", "notes.md", "The bridge opened in 2015.")
COST = Document("2", "notes", "notes.md", "The bridge cost 230 million dollars.")


async def _events(*events: Event) -> AsyncIterator[Event]:
    for event in events:
        yield event


def written(text: str, *, by: str = "star") -> AsyncIterator[Event]:
    retrieved = DocumentsRetrieved((ScoredDocument(OPENED, 1.0), ScoredDocument(COST, 0.9)))
    cited = CitationAdded(Citation(1, OPENED, 26))
    return _events(retrieved, TextDelta(text), cited, ChoiceFinished("stop"), ResponseCompleted(by))


async def test_what_contradicts_an_answer_is_named_at_its_end_with_its_source() -> None:
    text = "The bridge opened in 2015 [1]. The bridge cost 900 million dollars."
    events = await collected(with_checked_claims(written(text), ClaimChecker(), language="en"))
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
    events = await collected(with_checked_claims(written(text), ClaimChecker(), language="ar"))
    assert text_of(events) == text
    assert events[-1].metadata["attribution"]["support_score"] == 1.0  # type: ignore[union-attr]


async def test_an_answer_of_quotations_or_without_passages_is_not_checked() -> None:
    extracted = await collected(with_checked_claims(written("The bridge is old.", by="extractive"), ClaimChecker(), language="en"))
    free = _events(TextDelta("The bridge is old."), ResponseCompleted("star"))
    for events in (extracted, await collected(with_checked_claims(free, ClaimChecker(), language="en"))):
        assert "attribution" not in events[-1].metadata  # type: ignore[union-attr]


@pytest.mark.parametrize("found", [True, False])
async def test_documents_that_hold_no_answer_still_hold_none(found: bool) -> None:
    class Documents:
        async def try_answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event] | None:
            return written("The bridge opened in 2015 [1].") if found else None

    request = ChatRequest((ChatMessage("user", "When?"),), model="Fanar")
    checked = CheckedDocuments(Documents(), claims=ClaimChecker())
    events = await checked.try_answer(request, RoutingDecision(Route.GENERAL, "star", 1.0, ()))
    assert (events is not None) == found
    if events is not None:
        assert "attribution" in (await collected(events))[-1].metadata  # type: ignore[union-attr]


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
