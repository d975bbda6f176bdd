"""Reads somebody's collection as what it is: hadith, tafsir, translation, rulings, or documents. Knows the readers, not what they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from fanar.arabic.words import normal_forms, normal_words
from rag.ingest.entries import TEXTS
from rag.ingest.hadith import is_hadith, read_hadith
from rag.ingest.intake import (
    GENERAL,
    HADITH,
    ROWS_OR_LINES,
    SUPPLICATION,
    TAFSIR,
    TRANSLATION,
    Intake,
    RowFile,
    plain_suffix,
    row_files,
    scalar,
)
from rag.ingest.records import read_records
from rag.ingest.verse_texts import is_verse_text, read_verse_texts

_LOOKED_AT = 20
_STATED: Mapping[str, str] = {"mufti": "fatwa", "madhab": "fiqh"}
"""Fields that only records of a kind state, the surest first."""
_CALLED: Mapping[str, frozenset[str]] = {
    "fatwa": normal_forms("fatwa fatwas fatawa فتوى فتاوى الفتاوى"),
    "fiqh": normal_forms("fiqh فقه الفقه"),
    SUPPLICATION: normal_forms("adhkar azkar athkar dua duas supplication supplications أذكار الأذكار أدعية الأدعية"),
}
"""The words in the names of files and their folders that say what they hold."""


def kind_of(path: Path) -> str:
    """Return what a file or folder holds, by its first records, or by what its name says of them; "general" for anything else.

    Records that state a mufti or a school are about law; questions with answers alone may be about anything. Raises what reading its first
    file raises.
    """
    names = [path.name] if path.is_file() else [each.name for each in path.rglob("*") if each.is_file()]
    if not any(plain_suffix(name) in ROWS_OR_LINES for name in names):
        return GENERAL
    for file in islice(row_files(path), 1):
        if is_hadith(file):
            return HADITH
        if is_verse_text(file):
            return TAFSIR if any("taf" in name.lower() for name in (*path.parts[-2:], file.name)) else TRANSLATION
        return _kind_of_records(file, _named((*path.absolute().parts[-2:], file.name)))
    return GENERAL


def _kind_of_records(file: RowFile, called: frozenset[str]) -> str:
    """Return what records with a text are: what they state says it, else what their file is called."""
    stated = {name for _, row in file.rows[:_LOOKED_AT] if row is not None for name in row if scalar(row, name)}
    if stated.isdisjoint(TEXTS):
        return GENERAL
    by_name = (kind for kind, names in _CALLED.items() if not called.isdisjoint(names))
    return next((kind for name, kind in _STATED.items() if name in stated), None) or next(by_name, GENERAL)


def _named(names: Iterable[str]) -> frozenset[str]:
    return frozenset(normal_words(" ".join(names).replace("_", " ")))


def read_library(path: Path, *, corpus: str, kind: str, language: str = "") -> Intake:
    """Read a collection of this kind. Raises NotFoundError, or UnprocessableError when there is nothing of that kind in it."""
    if kind == HADITH:
        return read_hadith(path, corpus=corpus)
    if kind in (TAFSIR, TRANSLATION):
        return read_verse_texts(path, corpus=corpus, kind=kind, language=language)
    return read_records(path, corpus=corpus, kind=kind, language=language or ("mul" if kind == GENERAL else "ar"))
