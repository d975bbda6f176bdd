"""Checks long texts stretch by stretch, as jobs. Knows nothing of HTTP, of databases, or of how a stretch is checked.

A stretch ends where a claim ends, where it can at the end of a line. What was found in one stays in the notes, in the places of the whole
text, and with it the pages that were fetched: who goes on from there asks for nothing twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from fanar.attribution.claims.splitting import split_claims
from fanar.bilingual import Bilingual
from fanar.claims import SourcePage, SourceText, TextInquiry
from fanar.errors import TooLargeError
from fanar.jobs import Job, Json, Step
from orchestrator.attributions import Checked, PageReading, tally, whole
from orchestrator.jobs.desk import JobDesk
from orchestrator.platform import Attributing

MOST_CLAIMS = 20_000
_LINED = 300  # claims of a stretch, from which on the next line ends it
_MOST = 600  # at which any claim does
_LONGEST = 60_000  # characters, after which a stretch ends with its claim
_READING = Bilingual("Reading the sources", "قراءة المصادر")
_CHECKING = Bilingual("Checking part {part} of {parts}", "التحقق من الجزء {part} من {parts}")
_MANY = Bilingual(f"A text of more than {MOST_CLAIMS} claims is not checked.", f"لا يُتحقق من نص فيه أكثر من {MOST_CLAIMS} ادعاء.")


class CheckDesk(JobDesk[TextInquiry]):
    """Checks of long texts for those who ask."""

    prefix = "attr"

    async def find(self, job_id: str, *, owner: str) -> Job:
        """Return what `JobDesk.find` does; a report that is older than a field of its claims has that field."""
        job = await super().find(job_id, owner=owner)
        return job if job.report is None else replace(job, report=_with_all_fields(job.report))


class TextChecks:
    """Checks texts with `attributions`; sources that are pages are fetched once, by `pages`."""

    def __init__(self, *, attributions: Attributing, pages: PageReading) -> None:
        self._attributions = attributions
        self._pages = pages

    async def check(self, inquiry: TextInquiry, notes: Json) -> AsyncIterator[Step]:
        """Yield the steps from where `notes` were written; the last one holds the report. Raises what a check raises."""
        ends = await asyncio.to_thread(lambda: list(_ends(inquiry.text)))
        total = len(ends)
        found = dict(notes)
        if not found:
            yield Step(_READING, total=total)
            pages = {each.id: await self._pages.read(each.url) for each in inquiry.sources if isinstance(each, SourcePage)}
            found = {"pages": pages, "part": 0, "claims": [], "quotes": [], "warnings": [], "tally": [0, 0], "versions": {}}
            yield Step(notes=found, total=total)
        sources = tuple(_read(source, found["pages"]) for source in inquiry.sources)
        for part in range(found["part"], total):
            yield Step(_part(part + 1, total), done=part, total=total)
            begin = ends[part - 1] if part else 0
            stretch = replace(inquiry, text=inquiry.text[begin : ends[part]], sources=sources)
            found = _joined(found, await whole(self._attributions.check(stretch)), begin)
            yield Step(notes=found, done=part + 1, total=total)
        yield Step(report=_report(found), done=total, total=total)


def _part(part: int, parts: int) -> Bilingual:
    return _CHECKING.format(part=part, parts=parts)


def _ends(text: str) -> Iterator[int]:
    """Yield where the stretches of a text end. Raises TooLargeError for one with too many claims."""
    begin = count = until = 0
    for number, claim in enumerate(split_claims(text)):
        if number == MOST_CLAIMS:
            raise TooLargeError(_MANY, param="text")
        lined = count >= _LINED and "\n" in text[until : claim.start]
        if lined or count >= _MOST or (count and claim.start - begin >= _LONGEST):
            yield until
            begin, count = until, 0
        count, until = count + 1, claim.until
    yield len(text)


def _read(source: SourceText | SourcePage, pages: Mapping[str, str]) -> SourceText:
    return source if isinstance(source, SourceText) else SourceText(source.id, pages[source.id], title=source.title, url=source.url)


def _joined(found: Json, checked: Checked, by: int) -> dict[str, Any]:
    """Return what was found up to the end of a stretch that begins at `by`."""
    claims = [_moved(asdict(claim), by, within=("markers", "unsupported")) for claim in checked.claims]
    quotes = [_moved(asdict(quote), by, within=("differences", "claimed_reference", "narrators")) for quote in checked.quotes]
    right, judged = tally(checked.quotes, checked.claims)
    return {
        **found,
        "part": found["part"] + 1,
        "claims": [*found["claims"], *claims],
        "quotes": [*found["quotes"], *quotes],
        "warnings": list(dict.fromkeys((*found["warnings"], *checked.warnings))),
        "tally": [found["tally"][0] + right, found["tally"][1] + judged],
        "versions": {**found["versions"], **checked.versions},
    }


def _moved(told: dict[str, Any], by: int, *, within: Sequence[str] = ()) -> dict[str, Any]:
    """Return a finding with its places in the whole text; those in its sources stay."""
    inner: dict[str, Any] = {}
    for name in within:
        value = told[name]
        inner[name] = [_moved(each, by) for each in value] if isinstance(value, list | tuple) else value and _moved(value, by)
    return {**told, **inner, "start": told["start"] + by, "end": told["end"] + by}


def _with_all_fields(report: Json) -> Json:
    # Until there were span models nothing was marked.
    return {**report, "claims": [{"unsupported": [], **claim} for claim in report["claims"]]}


def _report(found: Json) -> Json:
    right, judged = found["tally"]
    told = {name: found[name] for name in ("claims", "quotes", "warnings", "versions")}
    return {"support_score": right / judged if judged else None, "timings_ms": {}, **told}
