"""Holds what a model wrote against the passages it was given, once it is written, before the answer ends. Knows nothing of routes.

An answer that is made of quotations needs no check. What was found stands in the metadata, under `attribution`; a sentence that a passage
contradicts is named at the end of the answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from fanar.attribution_protocols import ClaimVerifier
from fanar.bilingual import Bilingual, Language
from fanar.claims import ClaimFinding, SourceText
from fanar.documents import Citation, Document
from fanar.errors import TooLargeError
from fanar.events import ChoiceFinished, CitationAdded, DocumentsRetrieved, Event, ResponseCompleted, TextDelta
from orchestrator.streams import closing
from rag.pipeline import EXTRACTIVE

_WARNING = Bilingual("Note: a source says otherwise.", "تنبيه: أحد المصادر يقول غير ذلك.")
_LINE = Bilingual("“{claim}” – [{number}]: “{quote}”", "«{claim}» – [{number}]: «{quote}»")
_SHOWN = 300


class _Answer:
    """One answer as it is written: its text, the passages behind it, and which of them it cites by what number."""

    def __init__(self) -> None:
        self.text = ""
        self._documents: dict[tuple[str, str], Document] = {}
        self._numbers: dict[tuple[str, str], int] = {}

    def add(self, event: Event) -> None:
        """Take in the next event."""
        match event:
            case TextDelta(text=text, choice=0):
                self.text += text
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
    def sources(self) -> list[SourceText]:
        """The passages, each by the number that the answer cites it by, or by a name that no marker bears."""
        named = [(str(self._numbers.get(key, "")) or ":".join(key), document) for key, document in self._documents.items()]
        # A number that names no cited passage must not find one by its place in this list.
        return [SourceText(name, document.text, title=document.reference, url=document.url) for name, document in named]

    def cited(self, source_id: str) -> tuple[Citation, bool]:
        """Return the citation of a passage at the end of the answer, and whether the answer bears it already."""
        for key, document in self._documents.items():
            number = self._numbers.get(key)
            if source_id == (str(number) if number else ":".join(key)):
                known = number is not None
                number = number or max(self._numbers.values(), default=0) + 1
                self._numbers[key] = number
                return Citation(number, document, len(self.text)), known
        raise KeyError(source_id)


async def with_checked_claims(events: AsyncIterator[Event], claims: ClaimVerifier, *, language: Language) -> AsyncIterator[Event]:
    """Yield the events of an answer that rests on passages, and at its end what the passages say of it."""
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
                    found = [] if event.model == EXTRACTIVE else await _findings(answer, claims)
                    for addition in _contradictions(answer, found, language):
                        yield addition
                    for each in finished:
                        yield each
                    yield replace(event, metadata={**event.metadata, "attribution": _report(found)}) if found else event
                case _:
                    yield event


async def _findings(answer: _Answer, claims: ClaimVerifier) -> list[ClaimFinding]:
    if not answer.text.strip() or not answer.sources:
        return []
    try:
        return [finding async for finding in claims.check(answer.text, answer.sources)]
    except TooLargeError:
        return []


def _contradictions(answer: _Answer, found: Sequence[ClaimFinding], language: Language) -> list[Event]:
    wrong = [finding for finding in found if finding.verdict == "contradicted" and finding.citations]
    if not wrong:
        return []
    added: list[Event] = []
    lines = [_WARNING.in_language(language)]
    for finding in wrong:
        source = finding.citations[0]
        citation, known = answer.cited(source.source_id)
        added += [] if known else [CitationAdded(citation)]
        told = _LINE.in_language(language).format(claim=_short(finding.text), number=citation.number, quote=_short(source.quote))
        lines.append(f"- {told}")
    return [*added, TextDelta("\n\n" + "\n".join(lines))]


def _report(found: Sequence[ClaimFinding]) -> Mapping[str, Any]:
    judged = [finding for finding in found if finding.verdict != "not_checkworthy"]
    share = sum(finding.verdict == "supported" for finding in judged) / len(judged) if judged else None
    return {"support_score": share, "claims": [asdict(finding) for finding in found]}


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN] + "…"


def _key(document: Document) -> tuple[str, str]:
    return document.corpus, document.id
