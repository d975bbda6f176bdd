"""What a PDF says, page by page. Knows nothing of scans: a page that is a picture has no text."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from fanar.bilingual import Bilingual
from rag.ingest.sections import Section, cleaned, unreadable

_MOST_PAGES = 5_000
_MOST_CHARACTERS = 20_000_000
# What pypdf lets through besides its own errors when a file contradicts itself.
_BROKEN = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError, OSError, ArithmeticError)


def pdf_sections(content: bytes) -> Iterator[Section]:
    """Yield the text of each page. Raises UnprocessableError for a PDF that is locked, broken or too large."""
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except _BROKEN as cause:
        raise unreadable(Bilingual("It is not a PDF that can be read.", "ليس ملف PDF تمكن قراءته.")) from cause
    if locked:
        raise unreadable(Bilingual("It is locked by a password.", "هو محميّ بكلمة مرور."))
    if pages > _MOST_PAGES:
        raise unreadable(Bilingual(f"It has more than {_MOST_PAGES} pages.", f"فيه أكثر من {_MOST_PAGES} صفحة."))
    yield from _pages(reader, pages)


def _pages(reader: PdfReader, pages: int) -> Iterator[Section]:
    characters = 0
    for number in range(pages):
        try:
            text = cleaned(reader.pages[number].extract_text())
        except _BROKEN as cause:
            raise unreadable(Bilingual(f"Page {number + 1} cannot be read.", f"تعذّرت قراءة الصفحة {number + 1}.")) from cause
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            raise unreadable(Bilingual("It holds too much text.", "فيه نص أكثر مما يُقبل."))
        yield Section(text, f"p. {number + 1}", page=number + 1)
