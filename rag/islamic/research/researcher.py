"""Researches a question in steps, and can go on from any of them. Knows nothing of jobs, of databases or of HTTP.

The notes of each step are JSON and hold everything that the next ones need: who has them goes on where they were written, and what was
found before is neither sought again nor changed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual, Language
from fanar.errors import ModelUnavailableError, NotConfiguredError, OverloadedError, UnprocessableError, UpstreamTimeoutError
from fanar.jobs import Inquiry, Json, Step
from rag.islamic.intents import read_wish
from rag.islamic.reading import QuestionReader
from rag.islamic.research import phrases
from rag.islamic.research.gathering import Gatherer, Installed
from rag.islamic.research.notes import Notes
from rag.islamic.research.plan import Plan, SubQuestion, plan_without_model
from rag.islamic.research.report import Findings, closing_pieces, opening, report_of
from rag.islamic.research.scope import SCOPES
from rag.islamic.research.sections import Section
from rag.islamic.research.splitting import split_inquiry
from rag.islamic.research.telling import section_pieces, text_of
from rag.islamic.research.writing import Prose, ReportWriter

_SUMMED_UP = 8
_SILENT = (ModelUnavailableError, UpstreamTimeoutError, OverloadedError, NotConfiguredError, UnprocessableError)
"""What a model's server may raise; then the sources stand for themselves."""


@dataclass(slots=True)
class _Work:
    """One research in progress."""

    inquiry: Inquiry
    language: Language
    installed: Installed
    notes: Notes
    ruling: bool
    writer: ReportWriter | None

    @property
    def total(self) -> int:
        return len(self.notes.plan.questions) + 2 if self.notes.plan else 0

    def findings(self) -> Findings:
        assert self.notes.plan, "a report has a plan"  # noqa: S101
        found = (self.notes.plan, self.notes.sections, self.notes.shelf, self.installed)
        return Findings(self.inquiry, self.language, *found, self.notes.summary, self.ruling, self.notes.remarks)

    def remark(self, said: Bilingual) -> None:
        line = said.in_language(self.language)
        if line not in self.notes.remarks:
            self.notes.remarks.append(line)


class Researcher:
    """Researches with what `gatherer` finds. With `writer` a language model proposes questions and writes; without, the sources do."""

    def __init__(self, *, gatherer: Gatherer, reader: QuestionReader, writer: Callable[[], ReportWriter | None] = lambda: None) -> None:
        self._gatherer = gatherer
        self._reader = reader
        self._writer = writer

    async def research(self, inquiry: Inquiry, notes: Json) -> AsyncIterator[Step]:
        """Yield the steps from where `notes` were written; the last one holds the report."""
        wish, language = read_wish(inquiry.question), language_hint(inquiry.question)
        if wish.safety:
            yield _care(inquiry, wish.safety, language)
            return
        writer, kept = self._writer(), Notes.from_json(notes)
        work = _Work(inquiry, language, await self._gatherer.installed(), kept, wish.ruling or wish.grave, writer)
        if wish.grave and writer is not None:
            work.writer = None
            work.remark(phrases.GRAVE)
        if kept.plan is None:
            yield Step(phrases.PLANNING)
            kept.plan = await self._planned(work)
            text = opening(inquiry, kept.plan, ruling=work.ruling, language=language)
            yield Step(text=text, notes=kept.to_json(), done=1, total=work.total)
        for place, question in enumerate(kept.plan.questions, 1):
            if place > len(kept.sections):
                yield Step(_numbered(place, kept.plan, question), done=place, total=work.total)
                text = await self._section(work, question)
                yield Step(text=text, notes=kept.to_json(), done=place + 1, total=work.total)
        yield Step(phrases.CLOSING, done=work.total - 1, total=work.total)
        kept.summary = await self._summed_up(work)
        findings = work.findings()
        yield Step(text=text_of(closing_pieces(findings)), notes={}, report=report_of(findings), done=work.total, total=work.total)

    async def _planned(self, work: _Work) -> Plan:
        inquiry = work.inquiry
        asked = split_inquiry(inquiry.question, self._reader)
        proposed: list[str] = []
        most = SCOPES[inquiry.depth].further
        if work.writer and most:
            try:
                proposed = await work.writer.propose(inquiry.question, most=most, language=work.language)
            except _SILENT:
                _fell_silent(work)
        return plan_without_model(asked, inquiry=inquiry.question, depth=inquiry.depth, language=work.language, proposed=proposed)

    async def _section(self, work: _Work, question: SubQuestion) -> str:
        """Add the section on `question` to the notes and return its text."""
        notes = work.notes
        scope = SCOPES[work.inquiry.depth]
        found = await self._gatherer.gather(question, installed=work.installed, scope=scope, language=work.language)
        known = [each for each in found if notes.shelf.holds(each)]
        fresh = [each for each in found if not notes.shelf.holds(each)]
        kinds = {each.kind for each in found}
        section = Section(
            question,
            fresh=tuple(notes.shelf.take(each) for each in fresh) if question.why == "asked" or fresh else (),
            again=tuple(sorted(notes.shelf.take(each) for each in known)),
            missing=tuple(kind for kind in work.installed.kinds if kind not in kinds),
        )
        if section.shown and section.cited:
            section = await self._with_prose(work, section)
        notes.sections.append(section)
        return text_of(section_pieces(section, notes.shelf, language=work.language)) if section.shown else ""

    async def _with_prose(self, work: _Work, section: Section) -> Section:
        prose = await _written(work, section.question.query, section.cited)
        if prose is None:
            return section
        return replace(section, prose=prose.text, writer=prose.writer, quotations=prose.quotations)

    async def _summed_up(self, work: _Work) -> Prose | None:
        first = [number for section in work.notes.sections if section.shown for number in section.cited[:2]]
        return await _written(work, work.inquiry.question, list(dict.fromkeys(first))[:_SUMMED_UP])


async def _written(work: _Work, question: str, numbers: Sequence[int]) -> Prose | None:
    if work.writer is None or not numbers:
        return None
    try:
        return await work.writer.write(question, [work.notes.shelf.source(number) for number in numbers], language=work.language)
    except _SILENT:
        _fell_silent(work)
        return None


def _fell_silent(work: _Work) -> None:
    # A server that is gone is not asked again for each section.
    work.writer = None
    work.remark(phrases.MODEL_ABSENT)


def _numbered(place: int, plan: Plan, question: SubQuestion) -> Bilingual:
    return phrases.SECTION.format(place=place, total=len(plan.questions), text=question.text)


def _care(inquiry: Inquiry, told: Bilingual, language: Language) -> Step:
    """Answer somebody who may be in danger: no report, no verse, but help."""
    text = told.in_language(language)
    lists: dict[str, Any] = {
        name: [] for name in ("plan", "sections", "disagreements", "not_found", "limitations", "references", "quotations")
    }
    title = {"title": "", "question": inquiry.question, "language": language, "depth": inquiry.depth}
    rest = {"summary": text, "content": text, "corpora": {}, "written_by": [], "notice": "safety"}
    return Step(text=text, notes={}, report={**title, **lists, **rest}, done=1, total=1)
