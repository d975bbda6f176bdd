"""Writes answers that need no model: frames in the reader's language, verses verbatim, markers that resolve. Knows nothing of retrieval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fanar.bilingual import Bilingual, Language
from fanar.documents import Document, ScoredDocument
from fanar.protocols import ScriptureIndex
from rag.citations import CitedText, Part
from rag.islamic import phrases
from rag.islamic.exact import Showable
from rag.islamic.lookup import Found, Lookup
from rag.islamic.passages import Passage, passages_of


def said(*lines: Bilingual, language: Language) -> Iterator[Part]:
    """Say these things, each in a paragraph, and nothing else."""
    yield CitedText(()).verbatim("\n\n".join(line.in_language(language) for line in lines))


def cited(
    passages: Sequence[Showable], *, before: Sequence[Bilingual], language: Language, after: Bilingual | None = None
) -> Iterator[Part]:
    """Show the passages after what is said before them, each with its marker, and say what is said after them."""
    text = CitedText([passage.document for passage in passages])
    yield text.verbatim("\n\n".join(line.in_language(language) for line in before))
    yield from marked(text, passages, language=language)
    if after is not None:
        yield text.verbatim(f"\n\n{after.in_language(language)}")


def marked(text: CitedText, passages: Sequence[Showable], *, language: Language) -> Iterator[Part]:
    """Show the passages that `text` can cite, each in a paragraph with its marker."""
    for number, passage in enumerate(passages, 1):
        yield text.verbatim(f"\n\n{passage.shown(language)} ")
        yield from text.mark(number)


def searched(found: Sequence[ScoredDocument], *, before: Sequence[Bilingual], language: Language) -> Iterator[Part]:
    """Say what could not be answered, then show what was found, named as no answer and cited by nothing."""
    text = CitedText(())
    yield text.verbatim("\n\n".join(line.in_language(language) for line in before))
    if found:
        yield text.verbatim(f"\n\n{phrases.FOUND_BY_SEARCH.in_language(language)}")
    for passage in passages_of(each.document for each in found):
        yield text.verbatim(f"\n\n{passage.shown(language)}")


def looked_up(lookup: Lookup, *, scripture: ScriptureIndex, notes: Sequence[Bilingual], language: Language) -> Iterator[Part]:
    """Show the verses that a prompt names, and say which it names in vain."""
    documents = cited_documents(lookup)
    text = CitedText(documents)
    paragraphs = [phrases.NO_SUCH_VERSE.in_language(language).format(reference=each) for each in lookup.unknown]
    paragraphs += [note.in_language(language) for note in notes]
    opening = "\n\n".join(paragraphs)
    yield text.verbatim(opening)
    for number, found in enumerate(lookup.found, 1):
        basmala = f"{scripture.basmala}\n" if found.opens else ""
        gap = "\n\n" if opening or number > 1 else ""
        yield text.verbatim(f"{gap}{basmala}{Passage(found.verses).shown(language)} ")
        yield from text.mark(number)
        if not found.complete:
            yield text.verbatim(f"\n{_continued(found, language)}")


def cited_documents(lookup: Lookup) -> list[Document]:
    """Return what the looked-up verses are cited as, in order."""
    return [Passage(found.verses).document for found in lookup.found]


def _continued(found: Found, language: Language) -> str:
    count = len(found.reference.verses)
    return phrases.CONTINUED.in_language(language).format(shown=len(found.verses), total=count, url=found.reference.url)
