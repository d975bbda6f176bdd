"""Holds what a model wrote in an answer against the passages behind it, before the answer ends. Knows nothing of routes.

Only a model's own words are looked at: what is quoted and what the platform says needs no check. What was found stands in the metadata,
under `attribution`; a sentence that a passage contradicts is named at the end of the answer, and the passage is a reference of it.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from fanar.bilingual import Bilingual, Language
from fanar.claims import ClaimCitation, ClaimFinding, SourceText, TextInquiry
from fanar.documents import Citation, Document
from fanar.errors import FanarError
from fanar.events import ChoiceFinished, CitationAdded, DocumentsRetrieved, Event, ResponseCompleted, TextDelta
from fanar.findings import Check
from fanar.streams import closing
from orchestrator.attributions import Checked, whole
from orchestrator.evidence import source_of
from orchestrator.platform import Attributing
from rag.ingest.quran import NAME as QURAN

_CHECKS: frozenset[Check] = frozenset(("quran", "hadith", "claims"))
_WARNING = Bilingual("Note: a source says otherwise.", "تنبيه: أحد المصادر يقول غير ذلك.")
_LINE = Bilingual("“{claim}” – [{number}]: “{quote}”", "«{claim}» – [{number}]: «{quote}»")
_SURE_OF_SCRIPTURE = ("numbers", "dates")
_SHOWN = 300
_log = logging.getLogger(__name__)


class _Answer:
    """One answer as it is written: its text, the passages behind it, and which of them it cites by what number."""

    def __init__(self) -> None:
        self.text = ""
        self.own = ""
        self._documents: dict[str, Document] = {}
        self._numbers: dict[str, int] = {}

    def add(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case TextDelta(text=text, choice=0, verbatim=verbatim):
                self.text += text
                # Blank lines in place of what no model wrote: every place stays where it is.
                self.own += "\n" * len(text) if verbatim else text
            case DocumentsRetrieved(documents=documents):
                for each in documents:
                    self._documents.setdefault(_key(each.document), each.document)
            case CitationAdded(citation=citation):
                key = _key(citation.document)
                self._documents.setdefault(key, citation.document)
                self._numbers.setdefault(key, citation.number)
            case _:
                return

    @property
    def sources(self) -> tuple[SourceText, ...]:
        """The passages, each by the number that the answer cites it by, or by a name that no marker bears."""
        # A number that names no cited passage must not find one by its place in this list.
        return tuple(replace(source_of(document), id=str(self._numbers.get(key, "")) or key) for key, document in self._documents.items())

    def fair(self, finding: ClaimFinding) -> ClaimFinding:
        """Return a finding; that a verse or a hadith denies a sentence is believed of numbers and dates alone, not of single words."""
        if finding.verdict != "contradicted" or finding.method in _SURE_OF_SCRIPTURE:
            return finding
        documents = [self._documents.get(self._key(each.source_id)) for each in finding.citations]
        if not any(document is not None and (document.corpus == QURAN or "grade" in document.metadata) for document in documents):
            return finding
        return replace(finding, verdict="not_found", score=1 - finding.score, citations=())

    def cited(self, found: ClaimCitation) -> tuple[Citation, bool]:
        """Return the citation of what a finding rests on at the end of the answer, and whether the answer bears it already."""
        key = self._key(found.source_id)
        known = key in self._numbers
        number = self._numbers.setdefault(key, max(self._numbers.values(), default=0) + 1)
        return Citation(number, self._documents.get(key) or document_of(found), len(self.text)), known

    def _key(self, source_id: str) -> str:
        return next((key for key, number in self._numbers.items() if str(number) == source_id), source_id)


async def with_checked_claims(
    events: AsyncIterator[Event], attributions: Attributing, *, language: Language, everything: bool = False
) -> AsyncIterator[Event]:
    """Yield the events of an answer, and at its end what is said of it by the passages it rests on.

    One without passages is left alone, or with `everything` held against what is here.
    """
    answer = _Answer()
    finished: list[ChoiceFinished] = []
    async with closing(events):
        async for event in events:
            answer.add(event)
            match event:
                case ChoiceFinished():
                    # What is added to the text must come before.
                    finished.append(event)
                case ResponseCompleted():
                    checked = await _checked(answer, attributions, everything=everything)
                    for addition in _contradictions(answer, checked.claims if checked else (), language):
                        yield addition
                    for each in finished:
                        yield each
                    yield replace(event, metadata={**event.metadata, "attribution": report_of(checked)}) if checked else event
                case _:
                    yield event


def report_of(checked: Checked) -> Mapping[str, Any]:
    """Return what an answer's metadata say of a check."""
    return {"support_score": checked.support_score, "claims": [asdict(finding) for finding in checked.claims]}


def document_of(found: ClaimCitation) -> Document:
    """Return the passage that a finding rests on as something to cite."""
    corpus, _, id_ = found.source_id.partition(":")
    return Document(id_, corpus, found.title or id_, found.quote, url=found.url)


async def _checked(answer: _Answer, attributions: Attributing, *, everything: bool) -> Checked | None:
    """Return what was found; None where there is nothing to check, nothing to check it by, or none of that speaks of it."""
    sources = answer.sources
    if not answer.own.strip() or not (sources or everything):
        return None
    try:
        checked = await whole(attributions.check(TextInquiry(answer.own, sources, checks=_CHECKS)))
    except FanarError as error:
        # The answer stands as it is: that it could not be checked is no reason to withhold it.
        _log.warning("an answer was not checked: %s", error)
        return None
    checked = replace(checked, claims=tuple(map(answer.fair, checked.claims)))
    told = checked.claims if sources else [each for each in checked.claims if each.verdict in ("supported", "contradicted")]
    return checked if told else None


def _contradictions(answer: _Answer, found: Sequence[ClaimFinding], language: Language) -> list[Event]:
    wrong = [finding for finding in found if finding.verdict == "contradicted" and finding.citations]
    if not wrong:
        return []
    added: list[Event] = []
    lines = [_WARNING.in_language(language)]
    for finding in wrong:
        source = finding.citations[0]
        citation, known = answer.cited(source)
        added += [] if known else [CitationAdded(citation)]
        told = _LINE.in_language(language).format(claim=_short(finding.text), number=citation.number, quote=_short(source.quote))
        lines.append(f"- {told}")
    return [*added, TextDelta("\n\n" + "\n".join(lines), verbatim=True)]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN] + "…"


def _key(document: Document) -> str:
    return f"{document.corpus}:{document.id}"
