"""What kind of file somebody handed in, by its bytes and its name; a look at it from outside. Knows nothing of how kinds are read."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from fanar.bilingual import Bilingual
from fanar.files import FileKind
from rag.ingest.sections import decoded, unreadable

SUFFIXES: Mapping[FileKind, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "html": (".html", ".htm"),
    "markdown": (".md", ".markdown"),
    "text": (".txt",),
}
"""The ends of each kind's names."""
NO_WORD = Bilingual("It is not a Word document that can be read.", "ليس مستند Word تمكن قراءته.")
_PDF, _ARCHIVE = b"%PDF-", b"PK\x03\x04"
_HEAD = 1_024  # a PDF may begin with other bytes than its own
_MOST_UNPACKED = 200_000_000
_MOST_ENTRIES = 5_000
_BODY = "word/document.xml"

_UNKNOWN = Bilingual(
    "Only PDF, Word (.docx), HTML, Markdown and text files are read.", "لا تُقرأ سوى ملفات PDF وWord (.docx) وHTML وMarkdown والنصوص."
)
_NOT_WHAT_IT_SAYS = Bilingual("The file is not what its name says.", "الملف ليس من النوع الذي يدل عليه اسمه.")
_EMPTY = Bilingual("The file is empty.", "الملف فارغ.")
_TOO_LARGE = Bilingual("It unpacks to more than is read.", "يتضخم عند فك ضغطه إلى أكثر مما يُقرأ.")


def kind_of(name: str, content: bytes) -> FileKind:
    """Return the kind of a file. Raises UnprocessableError for one that is not read, or plainly not what its name says."""
    kind = next((kind for kind, suffixes in SUFFIXES.items() if name.lower().endswith(suffixes)), None)
    if kind is None:
        raise unreadable(_UNKNOWN)
    if not content.strip():
        raise unreadable(_EMPTY)
    is_pdf, is_archive = _PDF in content[:_HEAD], content.startswith(_ARCHIVE)
    if is_pdf != (kind == "pdf") or is_archive != (kind == "docx"):
        raise unreadable(_NOT_WHAT_IT_SAYS)
    if kind == "docx":
        require_word(content)
    if kind in ("markdown", "text"):
        decoded(content)
    return kind


def require_word(content: bytes) -> None:
    """Raise UnprocessableError for an archive that holds no Word document, or unpacks to more than is read; it is not unpacked for that."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as cause:
        # The last is what zipfile says of an archive that asks for a newer version of the format than it reads.
        raise unreadable(NO_WORD) from cause
    if all(entry.filename != _BODY for entry in entries):
        raise unreadable(NO_WORD)
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise unreadable(_TOO_LARGE)
