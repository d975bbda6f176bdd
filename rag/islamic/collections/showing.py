"""Passages of collections as they are shown: verbatim, with all that their records state of where they stand. Knows no question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fanar.bilingual import Bilingual, Language
from fanar.documents import Document
from fanar.hadith.collections import collection_name
from fanar.hadith.grades import stated
from rag.islamic.interpretation.excerpt import CUT, beginning
from rag.islamic.schools import in_order, school_name, school_named, school_of

_GRADE = Bilingual("grade: {grade}", "الدرجة: {grade}")
_NO_NUMBER = Bilingual("no number in the source", "بلا رقم في المصدر")
_NO_SCHOOL = Bilingual("No school stated", "لم يُذكر المذهب")
_PLACES = ("book", "chapter", "author", "mufti", "source", "date")
_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Hadith:
    """A hadith with its collection, number and grade."""

    entry: Document

    @property
    def document(self) -> Document:
        """The hadith as it is cited: the shown words."""
        return _cut(self.entry)

    def shown(self, language: Language) -> str:
        """Return it with its translation for who reads English, and with its source and grade, always."""
        return "\n".join([*_texts(self.entry, language), self.source(language)])

    def source(self, language: Language) -> str:
        """Return where it stands and what grade its source states."""
        facts = self.entry.metadata
        name = collection_name(str(facts.get("collection") or self.entry.corpus)).in_language(language)
        number = str(facts.get("number") or "") or _NO_NUMBER.in_language(language)
        grade = _GRADE.in_language(language).format(grade=_grade(self.entry, language))
        return _BETWEEN.join(part for part in (f"{name} {number}", grade, self.entry.url) if part)


@dataclass(frozen=True, slots=True)
class Law:
    """A passage of a book of law or a fatwa with its school, book and place. `beside`: passages of other schools stand beside it."""

    entry: Document
    title: str
    beside: bool = False

    @property
    def document(self) -> Document:
        """The passage as it is cited: the shown words."""
        return _cut(self.entry)

    @property
    def school(self) -> str:
        """The school that its record states, or its corpus' title, or the empty string."""
        return school_of(self.entry) or school_named(self.title) or ""

    def shown(self, language: Language) -> str:
        """Return it under its school where several speak, with all that is known of where it stands."""
        school = (school_name(self.school) if self.school else _NO_SCHOOL).in_language(language)
        heading = [f"**{school}**"] if self.beside else []
        question = str(self.entry.metadata.get("question") or "")
        return "\n".join([*heading, *([question] if question else []), *_texts(self.entry, language), self.source(language)])

    def source(self, language: Language) -> str:
        """Return its school, book and place."""
        facts = self.entry.metadata
        places = [str(facts[name]) for name in _PLACES if facts.get(name)]
        school = school_name(self.school).in_language(language) if self.school else ""
        parts = (school, *(places or [self.title]), self.entry.reference, self.entry.url or "")
        return _BETWEEN.join(dict.fromkeys(part for part in parts if part))


def by_school(passages: Iterable[tuple[Document, str]], *, most: int) -> list[Law]:
    """Return passages, each with its corpus' title, grouped by school in the order of the schools, at most so many of each."""
    laws = [Law(document, title) for document, title in passages]
    schools = in_order([law.school for law in laws])
    beside = len([school for school in schools if school]) > 1
    chosen = [law for school in schools for law in [one for one in laws if one.school == school][:most]]
    return [replace(law, beside=beside) for law in chosen]


def schools_of(laws: Sequence[Law]) -> list[str]:
    """Return the schools that speak, each once."""
    return in_order([law.school for law in laws if law.school])


def _grade(entry: Document, language: Language) -> str:
    """Return the grade as the source words it where it does so in the reader's language, else as one of five."""
    facts = entry.metadata
    worded = str(facts.get("grade_text") or "")
    if language == "ar" and worded and not worded.isascii():
        return worded
    return stated(str(facts.get("grade"))).in_language(language)


def _cut(entry: Document) -> Document:
    return replace(entry, text=beginning(entry.text), translation=beginning(entry.translation) if entry.translation else None, expansion="")


def _texts(entry: Document, language: Language) -> list[str]:
    texts = [f"«{_shown(entry.text, language)}»"]
    if language == "en" and entry.translation:
        texts.append(f"“{_shown(entry.translation, language)}”")
    return texts


def _shown(text: str, language: Language) -> str:
    shown = beginning(text)
    return shown if len(shown) == len(text) else f"{shown} {CUT.in_language(language)}"
