"""Claims that are quotations of scripture: their verdict is the quotation's. Knows nothing of how either was found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from fanar.claims import ClaimFinding, Verdict
from fanar.findings import QuoteFinding

_MOSTLY = 0.5  # of a claim's characters that are quoted


async def with_quotations(findings: AsyncIterator[ClaimFinding], quotes: Sequence[QuoteFinding]) -> AsyncIterator[ClaimFinding]:
    """Yield findings; one that is mostly a quotation gets the quotation's verdict, and a claim beside a quotation no contradiction."""
    async for finding in findings:
        within = [quote for quote in quotes if quote.start < finding.end and finding.start < quote.end]
        quoted = sum(min(quote.end, finding.end) - max(quote.start, finding.start) for quote in within)
        if quoted > _MOSTLY * (finding.end - finding.start):
            verdict = _verdict(within)
            yield replace(finding, verdict=verdict, score=_score(within, verdict), method="quotation", citations=())
        elif within and finding.verdict == "contradicted":
            yield replace(finding, verdict="not_found", score=1 - finding.score, citations=())
        else:
            yield finding


def _verdict(quotes: Sequence[QuoteFinding]) -> Verdict:
    if any(quote.status == "not_found" for quote in quotes):
        return "not_found"
    wrong = any(not quote.faithful or (quote.claimed_reference and quote.claimed_reference.correct is False) for quote in quotes)
    return "contradicted" if wrong else "supported"


def _score(quotes: Sequence[QuoteFinding], verdict: Verdict) -> float:
    """Return the agreement of the words for what agrees; what does not was compared word by word."""
    return min(quote.score for quote in quotes) if verdict == "supported" else 1.0
