"""Long texts are checked stretch by stretch, and told in the places of the whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from fanar.attribution.claims.checker import ClaimChecker
from fanar.claims import ClaimFinding, SourcePage, SourceText, TextInquiry
from fanar.errors import TooLargeError
from fanar.findings import AttributionReport, Check, ClaimedReference, MarkedText, QuoteFinding
from fanar.jobs import Job, Json, QueueBounds, Step
from orchestrator.api.schemas.attributions import CheckedClaim
from orchestrator.attributions import AttributionDesk, Checked
from orchestrator.jobs import checking
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.checking import CheckDesk, TextChecks
from orchestrator.jobs.runner import JobRunner
from tests.fakes.jobs import InMemoryJobs
from tests.fakes.platform import FakePages, a_verse_as_evidence

LINES = [f"The bridge opened in {2010 + number} [page]." for number in range(9)]
TEXT = "\n".join([*LINES, "He said «patience» (2:153)."])
INQUIRY = TextInquiry(TEXT, (SourcePage("page", "https://news.example/bridge"), SourceText("own", "The bridge is long.")))


class Quoting:
    """Finds one quotation, with its reference, wherever it stands."""

    def verify(self, text: str, *, checks: frozenset[Check] = frozenset()) -> AttributionReport:
        at = text.find("«patience»")
        if at < 0:
            return AttributionReport((), None)
        claimed = ClaimedReference("2:153", at + 12, at + 17, "2:153", correct=True)
        return AttributionReport((QuoteFinding(at, at + 10, "quran", "exact", 1.0, "2:153", claimed_reference=claimed),), 1.0)

    def mark(self, text: str) -> MarkedText:
        return MarkedText(text, self.verify(text))


class CountedPages(FakePages):
    def __init__(self) -> None:
        self.read_urls: list[str] = []

    async def read(self, url: str) -> str:
        self.read_urls.append(url)
        return await super().read(url)


class CountedDesk(AttributionDesk):
    """The real desk, which remembers what it was asked to check."""

    def __init__(self) -> None:
        super().__init__(
            verifier=Quoting(), claims=ClaimChecker(), evidence=a_verse_as_evidence(), pages=FakePages(), version="plain checks"
        )
        self.texts: list[str] = []

    def check(self, inquiry: TextInquiry) -> AsyncIterator[ClaimFinding | Checked]:
        self.texts.append(inquiry.text)
        return super().check(inquiry)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_LINED", 4)


async def steps(checks: TextChecks, notes: Json | None = None) -> list[Step]:
    return [step async for step in checks.check(INQUIRY, notes or {})]


async def test_what_is_found_in_the_stretches_stands_where_it_does_in_the_whole() -> None:
    desk, pages = CountedDesk(), CountedPages()
    done = await steps(TextChecks(attributions=desk, pages=pages))
    assert "".join(desk.texts) == TEXT
    assert len(desk.texts) == 3
    assert pages.read_urls == ["https://news.example/bridge"]
    assert (done[-1].done, done[-1].total) == (3, 3)
    report = done[-1].report
    assert report is not None
    for claim in report["claims"]:
        assert TEXT[claim["start"] : claim["end"]] == claim["text"]
        assert all(TEXT[marker["start"] : marker["end"]] == marker["text"] for marker in claim["markers"])
    supported = [claim["text"] for claim in report["claims"] if claim["verdict"] == "supported"]
    assert supported == ["The bridge opened in 2015"]
    (quote,) = report["quotes"]
    assert TEXT[quote["start"] : quote["end"]] == "«patience»"
    assert TEXT[quote["claimed_reference"]["start"] : quote["claimed_reference"]["end"]] == "2:153"
    assert report["support_score"] == pytest.approx(2 / 11, abs=0.02)
    assert len(report["warnings"]) == len(set(report["warnings"]))


async def test_who_goes_on_from_notes_checks_and_fetches_nothing_twice() -> None:
    whole = await steps(TextChecks(attributions=CountedDesk(), pages=CountedPages()))
    notes = next(step.notes for step in whole if step.notes and step.done == 1)
    desk, pages = CountedDesk(), CountedPages()
    rest = await steps(TextChecks(attributions=desk, pages=pages), notes)
    assert len(desk.texts) == 2
    assert not pages.read_urls
    assert rest[-1].report == whole[-1].report


async def test_a_text_with_too_many_claims_is_refused_as_a_job_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_CLAIMS", 5)
    with pytest.raises(TooLargeError):
        await steps(TextChecks(attributions=CountedDesk(), pages=CountedPages()))


async def test_a_report_that_was_kept_before_spans_were_marked_is_still_read() -> None:
    checks = TextChecks(attributions=CountedDesk(), pages=CountedPages())
    report = (await steps(checks))[-1].report
    assert report is not None
    older = {**report, "claims": [{name: said for name, said in each.items() if name != "unsupported"} for each in report["claims"]]}
    jobs, bells, bounds, now = InMemoryJobs(), Bells(), QueueBounds(9, 9), datetime.now(UTC)
    jobs.add(Job(f"attr-{1:032x}", "owner", now, INQUIRY, now, state="completed", report=older), bounds=bounds)
    desk = CheckDesk(jobs=jobs, runner=JobRunner(jobs=jobs, work=checks.check, bells=bells), bells=bells, bounds=bounds)  # type: ignore[arg-type]
    read = (await desk.find(f"attr-{1:032x}", owner="owner")).report
    assert read is not None
    assert read["claims"]
    assert all(CheckedClaim.model_validate(claim).unsupported == [] for claim in read["claims"])
