"""Texts that go along with the verses of the Quran: a tafsir, or a translation. Knows nothing of where they come from.

Records name surah and ayah. Where a tafsir treats several verses at once, the rows of all but one are empty; that one is cited for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import UnprocessableError
from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS
from rag.chunking import split_passages
from rag.ingest.html import html_sections
from rag.ingest.intake import TAFSIR, Intake, RejectedLine, Row, RowFile, combined, row_files, scalar, text_of

_SURAH = ("surah", "sura", "surah_number", "chapter", "chapter_id", "sura_no")
_AYAH = ("ayah", "aya", "ayah_number", "verse", "verse_id", "aya_no", "verse_number")
_TEXT = ("text", "translation", "tafsir", "content", "aya_text", "tafseer")
_NO_VERSE = Bilingual("It names no verse of the Quran.", "لا يسمّي آية من القرآن.")
_TWICE = Bilingual("The verse was there before.", "تكررت الآية.")
_NONE = Bilingual(
    "No text goes along with verses here: records need `surah`, `ayah` and `text`.",
    "لا نص هنا مرتبط بالآيات: تحتاج السجلات إلى surah وayah وtext.",
)


@dataclass(frozen=True, slots=True)
class _Passage:
    surah: int
    first: int
    last: int
    text: str


def read_verse_texts(path: Path, *, corpus: str, kind: str = TAFSIR, language: str = "") -> Intake:
    """Read a file or folder of texts by verse. Raises NotFoundError, or UnprocessableError when there is none in it."""
    checksums: dict[str, str] = {}
    rejects: list[RejectedLine] = []
    texts: dict[tuple[int, int], str] = {}
    records = 0
    for file in row_files(path):
        checksums[file.name] = file.checksum
        records += len(file.rows)
        _take(file, texts, rejects)
    documents = [document for passage in _grouped(texts) for document in _documents(passage, corpus)]
    if not documents:
        raise UnprocessableError(_NONE, param="path")
    merged = sum(not text for text in texts.values())
    spoken = language or ("ar" if kind == TAFSIR else "mul")
    return Intake(tuple(documents), tuple(rejects), records, combined(checksums), kind, spoken, merged)


def is_verse_text(file: RowFile) -> bool:
    """Whether a file holds texts by verse."""
    return any(row is not None and _place(row) is not None for _, row in file.rows[:5])


def _take(file: RowFile, texts: dict[tuple[int, int], str], rejects: list[RejectedLine]) -> None:
    for line, row in file.rows:
        place = _place(row) if row is not None else None
        if row is None or place is None:
            rejects.append(RejectedLine(file.name, line, _NO_VERSE))
        elif place in texts:
            rejects.append(RejectedLine(file.name, line, _TWICE))
        else:
            texts[place] = _plain(text_of(row, *_TEXT))


def _place(row: Row) -> tuple[int, int] | None:
    surah, ayah = scalar(row, *_SURAH), scalar(row, *_AYAH)
    if not (surah.isdecimal() and ayah.isdecimal() and 1 <= int(surah) <= len(SURAHS)):
        return None
    return (int(surah), int(ayah)) if 1 <= int(ayah) <= SURAHS[int(surah) - 1].verses else None


def _plain(text: str) -> str:
    if "<" not in text:
        return text
    return "\n".join(section.text for section in html_sections(text.encode())).strip()


def _grouped(texts: dict[tuple[int, int], str]) -> Iterator[_Passage]:
    """Yield the texts in order, each with the verses behind it whose rows are empty."""
    current: _Passage | None = None
    for (surah, ayah), text in sorted(texts.items()):
        if text:
            if current is not None:
                yield current
            current = _Passage(surah, ayah, ayah, text)
        elif current is not None and (current.surah, current.last + 1) == (surah, ayah):
            current = _Passage(surah, current.first, ayah, current.text)
    if current is not None:
        yield current


def _documents(passage: _Passage, corpus: str) -> Iterator[Document]:
    reference = str(VerseReference(passage.surah, passage.first, passage.last))
    parts: Sequence[str] = [chunk.text for chunk in split_passages(passage.text)] or [passage.text]
    for number, part in enumerate(parts, 1):
        yield Document(
            id=f"{passage.surah}:{passage.first}" + (f"-{number}" if len(parts) > 1 else ""),
            corpus=corpus,
            reference=reference,
            text=part,
            url=VerseReference(passage.surah, passage.first, passage.first).url,
            metadata={"surah": passage.surah, "ayah": passage.first, "last": passage.last, "part": number},
        )
