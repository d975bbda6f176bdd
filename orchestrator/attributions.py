"""What the attribution service does with one text: quotations against scripture, claims against sources. Knows nothing of HTTP.

Sources are texts that were sent, pages that were named, and what is here: installed corpora and the news. A sentence that is mostly a
quotation is judged by the quotation alone: no other check has a say on scripture.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from fanar.arabic.script import language_hint
from fanar.attribution.claims.splitting import split_claims
from fanar.attribution_protocols import ClaimVerifier
from fanar.bilingual import Bilingual
from fanar.claims import ClaimFinding, ClaimOptions, SourcePage, SourceText, TextInquiry
from fanar.findings import AttributionReport, Check, QuoteFinding
from fanar.protocols import AttributionVerifier
from fanar.streams import closing
from orchestrator.evidence import Evidence
from orchestrator.quoted import with_quotations

MOST_LOOKED_UP = 60
"""Claims of one text that evidence is looked up for; those behind them are held against what was found for these."""

_QUOTING: frozenset[Check] = frozenset(("quran", "hadith", "references"))
_CLAIMING: frozenset[Check] = frozenset(("claims", "numbers"))

_CONTRADICTED = Bilingual("A claim is contradicted by a source.", "في النص ادعاء يخالفه أحد المصادر.")
_NOT_SAID = Bilingual("A claim is credited to a source that does not say it.", "في النص ادعاء منسوب إلى مصدر لا يقوله.")
_NO_SUCH_SOURCE = Bilingual("A citation marker names no source.", "في النص علامة إحالة لا تدل على مصدر.")
_NO_SOURCES = Bilingual(
    "There is no source to hold claims against: send sources, or name corpora.", "لا مصدر تُقابل به الادعاءات: أرسل مصادر أو سمِّ مدونات."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole of what was found. `support_score` counts faithful quotations and supported claims among all that were judged."""

    claims: tuple[ClaimFinding, ...]
    quotes: tuple[QuoteFinding, ...]
    support_score: float | None
    warnings: tuple[str, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


class PageReading(Protocol):
    """Fetches the text of a page."""

    async def read(self, url: str) -> str:
        """Return the text. Raises what a fetch raises, and UnprocessableError for what holds no text."""
        ...


class AttributionDesk:
    """Checks texts. `evidence` is looked up for claims where no source was sent.

    `version` is the claims' judge, `splitting` tells what splits sentences into claims at the moment.
    """

    def __init__(
        self,
        *,
        verifier: AttributionVerifier,
        claims: ClaimVerifier,
        evidence: Evidence,
        pages: PageReading,
        version: str,
        splitting: Callable[[], str] = lambda: "rules",
    ) -> None:
        self._verifier = verifier
        self._claims = claims
        self._evidence = evidence
        self._pages = pages
        self._version = version
        self._splitting = splitting

    async def check(self, inquiry: TextInquiry) -> AsyncIterator[ClaimFinding | Checked]:
        """Yield each claim as it is judged, and `Checked` last.

        Raises TooLargeError beyond the bounds, NotFoundError for a corpus that is not installed, and what fetching a page raises.
        """
        report = await asyncio.to_thread(self._quotations, inquiry)
        begun = time.perf_counter()
        sources = await self._sources(inquiry) if _claiming(inquiry) else ()
        gathered = time.perf_counter()
        found: list[ClaimFinding] = []
        if _claiming(inquiry):
            async with closing(self._claims.check(inquiry.text, sources, options=_options(inquiry))) as findings:
                async for finding in with_quotations(findings, report.quotes):
                    found.append(finding)
                    yield finding
        timings = {"sources": (gathered - begun) * 1e3, "claims": (time.perf_counter() - gathered) * 1e3} if _claiming(inquiry) else {}
        yield self._checked(inquiry, report, tuple(found), timings, sourced=bool(sources))

    def _quotations(self, inquiry: TextInquiry) -> AttributionReport:
        if not _quoting(inquiry):
            return AttributionReport((), None)
        return self._verifier.verify(inquiry.text, checks=_quoting(inquiry))

    async def _sources(self, inquiry: TextInquiry) -> tuple[SourceText, ...]:
        sent = [await self._read(source) for source in inquiry.sources]
        return (*sent, *(await self._looked_up(inquiry) if inquiry.corpora or not sent else ()))

    async def _read(self, source: SourceText | SourcePage) -> SourceText:
        if isinstance(source, SourceText):
            return source
        return SourceText(source.id, await self._pages.read(source.url), title=source.title, url=source.url)

    async def _looked_up(self, inquiry: TextInquiry) -> list[SourceText]:
        worthy = await asyncio.to_thread(lambda: [claim.text for claim in split_claims(inquiry.text) if claim.checkworthy])
        return await self._evidence.about(worthy[:MOST_LOOKED_UP], corpora=inquiry.corpora)

    def _checked(
        self,
        inquiry: TextInquiry,
        report: AttributionReport,
        claims: tuple[ClaimFinding, ...],
        timings: Mapping[str, float],
        *,
        sourced: bool,
    ) -> Checked:
        language = inquiry.language or language_hint(inquiry.text)
        warnings = (
            *report.warnings,
            *(each.in_language(language) for each in _warnings(claims, sourced=sourced or not _claiming(inquiry))),
        )
        versions = {**report.versions, **({"claims": self._version, "splitting": self._splitting()} if _claiming(inquiry) else {})}
        return Checked(claims, report.quotes, support(report, claims), warnings, {**report.timings_ms, **timings}, versions)


def _quoting(inquiry: TextInquiry) -> frozenset[Check]:
    """Return the checks of quotations that are wanted."""
    return _QUOTING if inquiry.checks is None else inquiry.checks & _QUOTING


def _claiming(inquiry: TextInquiry) -> bool:
    """Whether claims are wanted: where they were asked for, or where it was said what to hold them against."""
    return bool(inquiry.sources or inquiry.corpora) if inquiry.checks is None else bool(inquiry.checks & _CLAIMING)


def _options(inquiry: TextInquiry) -> ClaimOptions:
    only_numbers = inquiry.checks is not None and "claims" not in inquiry.checks
    return ClaimOptions(threshold=inquiry.threshold, numbers_only=only_numbers)


def support(report: AttributionReport, claims: Sequence[ClaimFinding]) -> float | None:
    """Return the share of what is supported among quotations and claims that were judged; None where nothing was."""
    right, judged = tally(report.quotes, claims)
    return right / judged if judged else None


def tally(quotes: Sequence[QuoteFinding], claims: Sequence[ClaimFinding]) -> tuple[int, int]:
    """Return how many quotations and claims are right, and how many were judged; a claim that is a quotation counts as that alone."""
    judged = [claim for claim in claims if claim.verdict != "not_checkworthy" and claim.method != "quotation"]
    return sum(quote.faithful for quote in quotes) + sum(claim.verdict == "supported" for claim in judged), len(quotes) + len(judged)


def _warnings(claims: Sequence[ClaimFinding], *, sourced: bool) -> list[Bilingual]:
    markers = [(claim, marker) for claim in claims for marker in claim.markers]
    applies = (
        (_CONTRADICTED, any(claim.verdict == "contradicted" and claim.method != "quotation" for claim in claims)),
        (_NOT_SAID, any(marker.supported is False for _, marker in markers)),
        (_NO_SUCH_SOURCE, any(marker.source_id is None for _, marker in markers)),
        (_NO_SOURCES, not sourced),
    )
    return [message for message, holds in applies if holds]


async def whole(findings: AsyncIterator[ClaimFinding | Checked]) -> Checked:
    """Return what a check comes to."""
    async with closing(findings) as each:
        checked = [finding async for finding in each if isinstance(finding, Checked)]
    return checked[-1]
