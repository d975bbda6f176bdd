"""Verses as they are shown: neighbours together, each verbatim, with reference and link. Knows nothing of why they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fanar.bilingual import Language
from fanar.documents import Document
from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS

_OPENING, _CLOSING = "\ufd3f", "\ufd3e"


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive verses of one surah."""

    verses: tuple[Document, ...]

    @property
    def reference(self) -> VerseReference:
        """Where they stand."""
        first, last = self.verses[0].metadata, self.verses[-1].metadata
        return VerseReference(int(first["surah"]), int(first["ayah"]), int(last["ayah"]))

    @property
    def document(self) -> Document:
        """The passage as one citable document: the verses verbatim, one a line."""
        reference = str(self.reference)
        translations = [verse.translation for verse in self.verses if verse.translation]
        return Document(
            id=reference,
            corpus=self.verses[0].corpus,
            reference=reference,
            text="\n".join(verse.text for verse in self.verses),
            translation="\n".join(translations) or None,
            url=self.reference.url,
            metadata={"surah": self.reference.surah, "ayah": self.reference.first, "last": self.reference.last},
        )

    def shown(self, language: Language) -> str:
        """Return the passage as text: the verses between ornate brackets, their translation for who reads English, name and link."""
        lines = [f"{_OPENING}{verse.text}{_CLOSING}" for verse in self.verses]
        if language == "en":
            lines += [f"“{verse.translation}”" for verse in self.verses if verse.translation]
        return "\n".join([*lines, f"{named(self.reference, language)} · {self.reference.url}"])


def passages_of(verses: Iterable[Document]) -> list[Passage]:
    """Return the passages that `verses` form: each stands where its first verse stood, its verses in the order of the Quran."""
    groups: list[list[Document]] = []
    for verse in verses:
        near = [group for group in groups if any(_adjacent(verse, other) for other in group)]
        if not near:
            groups.append([verse])
            continue
        near[0].append(verse)
        for other in near[1:]:
            near[0].extend(other)
            groups.remove(other)
    return [Passage(tuple(sorted(group, key=_place))) for group in groups]


def named(reference: VerseReference, language: Language) -> str:
    """Return the reference with the surah's name: «البقرة 2:184–185»."""
    surah = SURAHS[reference.surah - 1]
    name = surah.name if language == "ar" else surah.transliteration
    return f"{name} {str(reference).replace('-', '–')}"


def verses_called(reference: VerseReference, language: Language) -> str:
    """Return verses as they are called in a sentence: a whole surah by its name alone, «سورة البقرة», others as `named` does."""
    if not reference.whole_surah:
        return named(reference, language)
    surah = SURAHS[reference.surah - 1]
    return f"سورة {surah.name}" if language == "ar" else f"Surah {surah.transliteration}"


def _place(verse: Document) -> tuple[int, int]:
    return int(verse.metadata["surah"]), int(verse.metadata["ayah"])


def _adjacent(one: Document, other: Document) -> bool:
    (surah, ayah), (others_surah, others_ayah) = _place(one), _place(other)
    return surah == others_surah and abs(ayah - others_ayah) == 1
