"""Somebody's own collection of rulings, fatwas or supplications, record by record. Knows nothing of what they say.

A record has a `text` (or `answer`), and whatever else it states (question, school, book, author, number, grade, date) stays with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fanar.documents import Document
from rag.chunking import split_passages
from rag.ingest.documents import file_key, read_files
from rag.ingest.expansion import Expansion, Heading
from rag.ingest.intake import GENERAL, ROWS, Intake, RejectedLine, Row, combined, plain_suffix, row_files, scalar, texts_of

_TEXTS = ("text", "answer", "arabic", "content")
_FACTS = ("madhab", "school", "book", "chapter", "author", "mufti", "source", "number", "grade", "date", "title", "narrator", "occasion")
_VERBATIM = ("supplication",)


def read_records(path: Path, *, corpus: str, kind: str, language: str = "ar") -> Intake:
    """Read a file or folder: records of JSONL, JSON or CSV one by one, Markdown, HTML, text and PDF by their sections.

    Raises NotFoundError, or UnprocessableError when nothing in it can be read.
    """
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    if kind == GENERAL or not any(plain_suffix(file.name) in ROWS for file in files):
        return _sections(path, corpus, kind, language)
    documents: list[Document] = []
    rejects: list[RejectedLine] = []
    checksums: dict[str, str] = {}
    records = 0
    for file in row_files(path):
        checksums[file.name] = file.checksum
        records += len(file.rows)
        for read in texts_of(file, *_TEXTS):
            if isinstance(read, RejectedLine):
                rejects.append(read)
            else:
                line, row, text = read
                documents += _documents(row, text, f"{file_key(file.name)}-{line}", f"{file.name}, {line}", corpus, kind)
    return Intake(tuple(documents), tuple(rejects), records, combined(checksums), kind, language)


def _sections(path: Path, corpus: str, kind: str, language: str) -> Intake:
    read = read_files(path, corpus=corpus)
    rejects = tuple(RejectedLine(reject.file, 0, reject.reason) for reject in read.rejects)
    return Intake(read.documents, rejects, read.files, read.checksum, kind, language)


def _documents(row: Row, text: str, id_: str, place: str, corpus: str, kind: str) -> Iterator[Document]:
    question = scalar(row, "question", "title")
    headings = (Heading("ar", question),) if question else ()
    url = scalar(row, "url")
    parts = [text] if kind in _VERBATIM else [chunk.text for chunk in split_passages(text)] or [text]
    facts = {name: value for name in _FACTS if (value := scalar(row, name))}
    for number, part in enumerate(parts, 1):
        yield Document(
            id=id_ if len(parts) == 1 else f"{id_}-{number}",
            corpus=corpus,
            reference=scalar(row, "reference", "number", "id") or place,
            text=part,
            translation=scalar(row, "translation", "english") or None,
            url=url if url.startswith(("https://", "http://")) else None,
            expansion=Expansion("", headings).encoded() if headings else "",
            metadata={**facts, **({"question": question} if question else {})},
        )
