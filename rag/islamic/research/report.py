"""Puts a report together: its text, and the same as data. Knows nothing of how anything was found or of where reports are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fanar.bilingual import Language
from fanar.jobs import Inquiry
from rag.islamic.research import phrases
from rag.islamic.research.gathering import Installed
from rag.islamic.research.plan import Plan
from rag.islamic.research.sections import Section, disputes, positions
from rag.islamic.research.sources import KINDS, LAW, NAMES, Kind, Shelf, Source
from rag.islamic.research.telling import Piece, label, markers, names_of, section_pieces, text_of
from rag.islamic.research.writing import Prose
from rag.islamic.schools import school_name, school_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that a report is made of."""

    inquiry: Inquiry
    language: Language
    plan: Plan
    sections: Sequence[Section]
    shelf: Shelf
    installed: Installed
    summary: Prose | None = None
    ruling: bool = False
    notes: Sequence[str] = ()

    @property
    def shown(self) -> list[Section]:
        """The sections that make it into the report."""
        return [section for section in self.sections if section.shown]


def opening(inquiry: Inquiry, plan: Plan, *, ruling: bool, language: Language) -> str:
    """Return the beginning of the text: the title and what is to be said before anything else."""
    note = f"\n{phrases.NOT_A_RULING.in_language(language)}\n" if ruling else ""
    return f"# {title_of(inquiry, plan)}\n{note}"


def title_of(inquiry: Inquiry, plan: Plan) -> str:
    """Return the title: the question, or the first of several."""
    first = plan.questions[0].text
    return first if len(inquiry.question) > len(first) + 80 else " ".join(inquiry.question.split())


def closing_pieces(findings: Findings) -> Iterator[Piece]:
    """Tell what comes after the sections: the summary, what was not found, the limits, the references."""
    language = findings.language
    yield f"\n## {phrases.SUMMARY.in_language(language)}\n\n"
    yield from _summary(findings)
    if vain := _not_found(findings):
        yield f"\n## {phrases.NOT_FOUND.in_language(language)}\n\n"
        yield "".join(f"- {line}\n" for line in vain)
    yield f"\n## {phrases.LIMITS.in_language(language)}\n\n"
    yield "".join(f"- {line}\n" for line in limitations(findings))
    if findings.shelf.sources:
        yield f"\n## {phrases.REFERENCES.in_language(language)}\n\n"
    for source in findings.shelf.sources:
        yield source.number
        yield f" {label(source, language)}{f' · {source.document.url}' if source.document.url else ''}\n"


def limitations(findings: Findings) -> list[str]:
    """Return what this report could not do, each in a sentence."""
    language = findings.language
    absent = [kind for kind in KINDS if kind not in findings.installed.kinds]
    lines = [phrases.BY_SEARCH.in_language(language)]
    if absent:
        lines.append(phrases.NOT_INSTALLED.in_language(language).format(kinds=names_of(absent, language)))
    if findings.inquiry.web_search:
        lines.append(phrases.NO_WEB.in_language(language))
    if findings.plan.left_out:
        lines.append(phrases.LEFT_OUT.in_language(language).format(texts=_row(findings.plan.left_out, language)))
    if findings.summary or any(section.prose for section in findings.sections):
        lines.append(phrases.WRITTEN_BY_A_MODEL.in_language(language))
    return [*lines, *findings.notes]


def report_of(findings: Findings) -> Json:
    """Return the report as data; the positions of its references are those of markers in `content`."""
    language, shelf = findings.language, findings.shelf
    pieces: list[Piece] = [opening(findings.inquiry, findings.plan, ruling=findings.ruling, language=language)]
    for section in findings.shown:
        pieces += section_pieces(section, shelf, language=language)
    pieces += closing_pieces(findings)
    content = text_of(pieces)
    places = _places(pieces)
    writers = dict.fromkeys(each.writer for each in findings.sections if each.prose)
    if findings.summary:
        writers[findings.summary.writer] = None
    return {
        "title": title_of(findings.inquiry, findings.plan),
        "question": findings.inquiry.question,
        "language": language,
        "depth": findings.inquiry.depth,
        "plan": [{"question": each.text, "kind": each.why} for each in findings.plan.questions],
        "summary": text_of(_summary(findings)).strip(),
        "sections": [_section(each, findings) for each in findings.shown],
        "disagreements": [each for section in findings.shown for each in _disagreements(section, findings)],
        "not_found": _not_found(findings),
        "limitations": limitations(findings),
        "references": [_reference(source, places[source.number], language) for source in shelf.sources],
        "quotations": [dict(each) for section in findings.shown for each in section.quotations]
        + [dict(each) for each in (findings.summary.quotations if findings.summary else ())],
        "content": content,
        "corpora": {info.name: info.version for infos in findings.installed.corpora.values() for info in infos},
        "written_by": list(writers),
        "notice": "not_a_ruling" if findings.ruling else None,
    }


def _summary(findings: Findings) -> Iterator[Piece]:
    language = findings.language
    counts = Counter(source.kind for source in findings.shelf.sources)
    if not counts:
        yield f"{phrases.NOTHING_AT_ALL.in_language(language)}\n"
        return
    if findings.summary:
        yield f"{findings.summary.text}\n\n"
    each = phrases.EACH.in_language(language)
    told = [each.format(number=counts[kind], name=phrases.COUNTS[kind].in_language(language)) for kind in KINDS if counts[kind]]
    yield f"{phrases.COUNTED.in_language(language).format(counts=phrases.AND.in_language(language).join(told))}\n\n"
    for section in findings.shown:
        if section.cited:
            yield f"- {section.question.text}: "
            yield from markers(section.cited)
            yield "\n"


def _not_found(findings: Findings) -> list[str]:
    language = findings.language
    lines = [
        phrases.NOTHING_FOR.in_language(language).format(text=section.question.text, kinds=names_of(section.missing, language))
        for section in findings.shown
        if section.question.why == "asked" and section.missing
    ]
    vain = [section.question.text for section in findings.sections if not section.shown]
    return [*lines, *([phrases.LOOKED_FOR_IN_VAIN.in_language(language).format(texts=_row(vain, language))] if vain else [])]


def _row(texts: Sequence[str], language: Language) -> str:
    return phrases.AND.in_language(language).join(phrases.QUOTE.in_language(language).format(text) for text in texts)


def _section(section: Section, findings: Findings) -> Json:
    return {
        "heading": section.question.text,
        "kind": section.question.why,
        "content": text_of(section_pieces(section, findings.shelf, language=findings.language)).strip(),
        "references": list(section.cited),
        "answered": bool(section.cited),
        "missing": list(section.missing),
        "written": bool(section.prose),
    }


def _disagreements(section: Section, findings: Findings) -> list[Json]:
    language, shelf = findings.language, findings.shelf
    sides = [
        {
            "school": school or None,
            "name": (school_name(school) if school else phrases.NO_SCHOOL).in_language(language),
            "references": numbers,
        }
        for school, numbers in positions(section, shelf).items()
    ]
    told = [{"text": sentence, "reference": number} for sentence, number in disputes(section, shelf)]
    return [{"heading": section.question.text, "positions": sides, "stated": told}] if sides or told else []


def _places(pieces: Sequence[Piece]) -> Mapping[int, int]:
    places: dict[int, int] = {}
    at = 0
    for piece in pieces:
        if isinstance(piece, int):
            places.setdefault(piece, at)
        at += len(text_of((piece,)))
    return places


def _reference(source: Source, index: int, language: Language) -> Json:
    document, facts = source.document, source.document.metadata
    kind: Kind = source.kind
    return {
        "index": index,
        "number": source.number,
        "source": document.url or f"{document.corpus} {document.reference}",
        "content": document.text,
        "corpus": document.corpus,
        "reference": document.reference,
        "translation": document.translation,
        "url": document.url,
        "kind": kind,
        "kind_name": NAMES[kind].in_language(language),
        "label": label(source, language),
        "grade": facts.get("grade") if kind == "hadith" else None,
        "school": (school_of(document) or None) if kind in LAW else None,
        "score": source.score,
    }
