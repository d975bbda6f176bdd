"""Reads somebody's collection as what it is: hadith, tafsir, translation, rulings, or documents. Knows the readers, not what they read."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from rag.ingest.hadith import is_hadith, read_hadith
from rag.ingest.intake import GENERAL, HADITH, ROWS_OR_LINES, TAFSIR, TRANSLATION, Intake, plain_suffix, row_files
from rag.ingest.records import read_records
from rag.ingest.verse_texts import is_verse_text, read_verse_texts


def kind_of(path: Path) -> str:
    """Return what a file or folder holds, by its first records: "hadith", "tafsir", "translation", or "general" for anything else.

    Raises what reading its first file raises.
    """
    names = [path.name] if path.is_file() else [each.name for each in path.rglob("*") if each.is_file()]
    if not any(plain_suffix(name) in ROWS_OR_LINES for name in names):
        return GENERAL
    for file in islice(row_files(path), 1):
        if is_hadith(file):
            return HADITH
        if is_verse_text(file):
            return TAFSIR if any("taf" in name.lower() for name in (*path.parts[-2:], file.name)) else TRANSLATION
    return GENERAL


def read_library(path: Path, *, corpus: str, kind: str, language: str = "") -> Intake:
    """Read a collection of this kind. Raises NotFoundError, or UnprocessableError when there is nothing of that kind in it."""
    if kind == HADITH:
        return read_hadith(path, corpus=corpus)
    if kind in (TAFSIR, TRANSLATION):
        return read_verse_texts(path, corpus=corpus, kind=kind, language=language)
    return read_records(path, corpus=corpus, kind=kind, language=language or ("mul" if kind == GENERAL else "ar"))
