"""A quotation that was found, and where it stands. Knows nothing of how it was found or judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fanar.findings import QuoteFinding


@dataclass(frozen=True, slots=True)
class Quotation:
    """A finding and the stretch of text around it that its quotation marks take; `marked` is False where it has none."""

    finding: QuoteFinding
    start: int
    end: int
    marked: bool


def moved_finding(finding: QuoteFinding, by: int) -> QuoteFinding:
    """Return `finding` as it stands in a text that has `by` more characters before."""
    if not by:
        return finding
    claim, chain = finding.claimed_reference, finding.narrators
    return replace(
        finding,
        start=finding.start + by,
        end=finding.end + by,
        differences=tuple(replace(d, start=d.start + by, end=d.end + by) for d in finding.differences),
        claimed_reference=claim and replace(claim, start=claim.start + by, end=claim.end + by),
        narrators=chain and replace(chain, start=chain.start + by, end=chain.end + by),
    )
