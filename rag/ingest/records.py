"""Somebody's own collection of rulings, fatwas or supplications, record by record, or any documents. Knows nothing of what they say."""

from __future__ import annotations

from pathlib import Path

from fanar.documents import Document
from rag.ingest.documents import nothing_read, read_files
from rag.ingest.entries import entries
from rag.ingest.intake import GENERAL, ROWS, Intake, RejectedLine, combined, plain_suffix, row_files


def read_records(path: Path, *, corpus: str, kind: str, language: str = "ar") -> Intake:
    """Read a file or folder: records of JSONL, JSON or CSV one by one, Markdown, HTML, text and PDF by their sections.

    Raises NotFoundError, or UnprocessableError when nothing in it can be read.
    """
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    if kind == GENERAL or not any(plain_suffix(file.name) in ROWS for file in files):
        return _files(path, corpus, kind, language)
    documents: list[Document] = []
    rejects: list[RejectedLine] = []
    checksums: dict[str, str] = {}
    records = 0
    for file in row_files(path):
        checksums[file.name] = file.checksum
        records += len(file.rows)
        for read in entries(file, corpus=corpus, kind=kind):
            if isinstance(read, RejectedLine):
                rejects.append(read)
            else:
                documents.append(read)
    if not documents:
        raise nothing_read(rejects)
    return Intake(tuple(documents), tuple(rejects), records, combined(checksums), kind, language)


def _files(path: Path, corpus: str, kind: str, language: str) -> Intake:
    read = read_files(path, corpus=corpus)
    return Intake(read.documents, read.rejects, read.records, read.checksum, kind, language)
