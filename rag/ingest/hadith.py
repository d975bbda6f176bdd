"""Collections of hadith in the forms of two public datasets: hadith-json and the LK corpus. Knows nothing of where they come from.

hadith-json counts anew in each chapter in one of its layouts; then a hadith is cited by chapter and number. It states no grades. The LK
corpus does, and divides each hadith into chain and words. What a record lacks is left empty, never guessed.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.errors import UnprocessableError
from fanar.hadith.collections import HadithCollection, address, collection_of_file
from fanar.hadith.grades import grade_of
from rag.ingest.expansion import Expansion, Heading
from rag.ingest.intake import HADITH, Intake, RejectedLine, Row, RowFile, combined, row_files, scalar, text_of, texts_of

_TEXTS = ("Arabic_Hadith", "arabic")
_CHAPTERS = ("Chapter_Arabic", "chapter_title_ar")
_UNKNOWN_FORM = Bilingual(
    "No hadith was found here: files of hadith-json (field `arabic`) and of the LK corpus (field `Arabic_Hadith`) are read.",
    "لا حديث هنا: تُقرأ ملفات hadith-json (الحقل `arabic`) وملفات LK (الحقل `Arabic_Hadith`).",
)


def read_hadith(path: Path, *, corpus: str) -> Intake:
    """Read a file or folder of hadith. Raises NotFoundError, or UnprocessableError when there is no hadith in it."""
    documents: list[Document] = []
    rejects: list[RejectedLine] = []
    checksums: dict[str, str] = {}
    records = 0
    for file in row_files(path):
        checksums[file.name] = file.checksum
        records += len(file.rows)
        collection = collection_of_file(file.name)
        whole = _counts_through(file)
        seen: Counter[str] = Counter()
        for read in texts_of(file, *_TEXTS):
            if isinstance(read, RejectedLine):
                rejects.append(read)
            else:
                _, row, text = read
                documents.append(_document(row, text, collection, corpus, seen, whole=whole))
    if not documents:
        raise UnprocessableError(_UNKNOWN_FORM, param="path")
    return Intake(tuple(documents), tuple(rejects), records, combined(checksums), HADITH)


def is_hadith(file: RowFile) -> bool:
    """Whether a file holds hadith in one of the known forms."""
    return any(row is not None and any(name in row for name in _TEXTS) for _, row in file.rows[:5])


def _counts_through(file: RowFile) -> bool:
    """Whether numbers go on from chapter to chapter, so that each names one hadith of the collection."""
    numbers = [scalar(row, "idInBook", "Hadith_number") for _, row in file.rows if row is not None]
    return len(set(numbers)) * 2 > len(numbers)


def _document(row: Row, text: str, collection: HadithCollection, corpus: str, seen: Counter[str], *, whole: bool) -> Document:
    number = scalar(row, "Hadith_number", "idInBook")
    chapter_number = scalar(row, "chapterId", "Chapter_Number")
    place = number if whole else f"{chapter_number}/{number}"
    reference = f"{collection.id}:{place}" if number else f"{collection.id}:?"
    seen[reference] += 1
    grade = scalar(row, "Arabic_Grade", "English_Grade", "grade")
    return Document(
        id=reference if seen[reference] == 1 else f"{reference}#{seen[reference]}",
        corpus=corpus,
        reference=reference,
        text=text,
        translation=_english(row),
        url=address(collection.id, number, chapter="" if whole else chapter_number),
        expansion=_headings(row),
        metadata={
            "collection": collection.id,
            "title": collection.name.ar,
            "number": place if number else "",
            "chapter": scalar(row, *_CHAPTERS),
            "grade": grade_of(f"{grade} {scalar(row, 'English_Grade')}"),
            "grade_text": grade,
            "narrator": _narrator(row),
            **_matn(row, text),
        },
    )


def _headings(row: Row) -> str:
    """Return what the collection's compiler put the hadith under: chapter and section say what it is about better than its words do."""
    arabic = [scalar(row, *names) for names in (_CHAPTERS, ("Section_Arabic",))]
    english = [scalar(row, *names) for names in (("Chapter_English", "chapter_title_en"), ("Section_English",))]
    headings = (*(Heading("ar", text) for text in arabic if text), *(Heading("en", text) for text in english if text))
    return Expansion("", headings).encoded() if headings else ""


def _english(row: Row) -> str | None:
    english = row.get("english")
    if isinstance(english, dict):
        parts = (scalar(english, "narrator"), scalar(english, "text"))
        return " ".join(part for part in parts if part) or None
    return scalar(row, "English_Hadith") or None


def _narrator(row: Row) -> str:
    english = row.get("english")
    return scalar(english, "narrator") if isinstance(english, dict) else ""


def _matn(row: Row, text: str) -> dict[str, int]:
    """Return where the words of the hadith begin behind their chain, where the source divides them."""
    matn = text_of(row, "Arabic_Matn")
    at = text.find(matn[:60]) if matn else -1
    return {"matn": at} if at > 0 else {}
