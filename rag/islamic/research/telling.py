"""A report as text: headings, passages verbatim, a marker for each. Knows nothing of how anything was found.

Text is made of pieces: a string, or the number of a source where its marker stands. A bracketed number within a passage is its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fanar.bilingual import Bilingual, Language
from fanar.hadith.collections import collection_name
from fanar.hadith.grades import stated
from fanar.scripture.references import VerseReference
from rag.citations import WRITTEN, marker
from rag.islamic.passages import named
from rag.islamic.research import phrases
from rag.islamic.research.sections import Section, disputes, positions
from rag.islamic.research.sources import KINDS, LAW, NAMES, Kind, Shelf, Source
from rag.islamic.schools import school_name, school_of

Piece = str | int
_OPENING, _CLOSING = "\ufd3f", "\ufd3e"
_SHOWN = 1_200


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the pieces as text."""
    return "".join(piece if isinstance(piece, str) else marker(piece) for piece in pieces)


def section_pieces(section: Section, shelf: Shelf, *, language: Language) -> Iterator[Piece]:
    """Tell one section, from its heading to its last passage."""
    yield f"\n## {section.question.text}\n"
    if section.prose:
        yield "\n"
        yield from _with_markers(section.prose)
        yield "\n"
    if not section.cited:
        yield f"\n{phrases.NOTHING_AT_ALL.in_language(language)}\n"
    fresh = [shelf.source(number) for number in section.fresh]
    for kind in KINDS:
        own = [source for source in fresh if source.kind == kind]
        if own:
            yield f"\n**{NAMES[kind].in_language(language)}**\n"
        for source in own:
            yield from _passage(source, language)
    if section.again:
        yield from _listed(phrases.SEE_ALSO, section.again, language)
    yield from _disagreement(section, shelf, language)


def label(source: Source, language: Language) -> str:
    """Return how a source is cited: a verse by its surah, a hadith by collection, number and grade, a ruling by its school and place."""
    document, facts = source.document, source.document.metadata
    if source.kind == "quran":
        return named(VerseReference(int(facts["surah"]), int(facts["ayah"]), int(facts["last"])), language)
    if source.kind == "hadith":
        collection = collection_name(str(facts.get("collection") or document.corpus)).in_language(language)
        return f"{collection} {facts.get('number') or '?'} ({stated(str(facts.get('grade'))).in_language(language)})"
    if source.kind == "tafsir":
        return phrases.AND.in_language(language).join((str(facts.get("title") or document.corpus), document.reference))
    school = school_of(document) if source.kind in LAW else ""
    book = str(facts.get("book", ""))
    parts = (school_name(school).in_language(language) if school else "", "" if book in document.reference else book, document.reference)
    return phrases.AND.in_language(language).join(dict.fromkeys(str(part) for part in parts if part))


def names_of(kinds: Sequence[Kind], language: Language) -> str:
    """Return the names of kinds of sources in a row."""
    return phrases.AND.in_language(language).join(NAMES[kind].in_language(language) for kind in kinds)


def _passage(source: Source, language: Language) -> Iterator[Piece]:
    document = source.document
    if source.kind == "quran":
        shown = "\n".join(f"{_OPENING}{line}{_CLOSING}" for line in document.text.split("\n"))
    else:
        shown = phrases.QUOTE.in_language(language).format(_cut(document.text, language))
    yield f"\n{shown}\n"
    if language == "en" and document.translation:
        yield f"“{_cut(document.translation, language)}”\n"
    address = f" · {document.url}" if document.url else ""
    yield f"{label(source, language)}{address} "
    yield source.number
    yield "\n"


def _cut(text: str, language: Language) -> str:
    if len(text) <= _SHOWN:
        return text
    return f"{text[:_SHOWN].rsplit(maxsplit=1)[0]} {phrases.CUT.in_language(language)}"


def _disagreement(section: Section, shelf: Shelf, language: Language) -> Iterator[Piece]:
    sides, told = positions(section, shelf), disputes(section, shelf)
    if not (sides or told):
        return
    yield f"\n**{phrases.DISAGREEMENT.in_language(language)}**\n"
    if sides:
        yield f"\n{phrases.SIDE_BY_SIDE.in_language(language)}\n\n"
    for school, numbers in sides.items():
        yield f"- {(school_name(school) if school else phrases.NO_SCHOOL).in_language(language)}: "
        yield from markers(numbers)
        yield "\n"
    if told:
        yield f"\n{phrases.SAYS_THEY_DIFFER.in_language(language)}\n\n"
    for sentence, number in told:
        yield f"- {phrases.QUOTE.in_language(language).format(sentence)} "
        yield number
        yield "\n"


def _listed(frame: Bilingual, numbers: Sequence[int], language: Language) -> Iterator[Piece]:
    before, _, after = frame.in_language(language).partition("{markers}")
    yield f"\n{before}"
    yield from markers(numbers)
    yield f"{after}\n"


def markers(numbers: Sequence[int]) -> Iterator[Piece]:
    """Tell the markers of sources in a row."""
    for place, number in enumerate(numbers):
        yield from ((" ", number) if place else (number,))


def _with_markers(prose: str) -> Iterator[Piece]:
    done = 0
    for match in WRITTEN.finditer(prose):
        yield prose[done : match.start()]
        yield int(match[1])
        done = match.end()
    yield prose[done:]
