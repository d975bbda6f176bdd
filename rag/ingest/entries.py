"""The records of one file as passages: a text, and whatever else each states of itself. Knows nothing of folders or databases.

A record has a `text` (or `answer`); its question, school, book, author, number, grade and date stay with it. In documents that are not
about religion a question is part of what is read: nothing else says what «نعم، خلال شهر» answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from fanar.documents import Document
from rag.chunking import split_passages
from rag.ingest.expansion import Expansion, Heading
from rag.ingest.intake import GENERAL, SUPPLICATION, RejectedLine, Row, RowFile, file_key, scalar, texts_of

TEXTS = ("text", "answer", "arabic", "content")
"""The fields of which the first that holds text is a record's text."""
_FACTS = ("madhab", "school", "book", "chapter", "author", "mufti", "source", "number", "grade", "date", "title", "narrator", "occasion")


def entries(file: RowFile, *, corpus: str, kind: str) -> Iterator[Document | RejectedLine]:
    """Yield the passages of each record, or the line that is not taken in, and why."""
    for read in texts_of(file, *TEXTS):
        if isinstance(read, RejectedLine):
            yield read
            continue
        line, row, text = read
        id_ = f"{file_key(file.name)}-{line}"
        if kind == GENERAL:
            yield from _documents(row, _asked_and_answered(row, text), id_, f"{file.name}, {_named(row, f'line {line}')}", corpus, kind)
        else:
            yield from _documents(row, text, id_, _named(row, f"{file.name}, {line}"), corpus, kind)


def _named(row: Row, otherwise: str) -> str:
    return scalar(row, "reference", "number", "id") or otherwise


def _asked_and_answered(row: Row, text: str) -> str:
    asked = scalar(row, "question", "title")
    return f"{asked}\n{text}" if asked else text


def _documents(row: Row, text: str, id_: str, reference: str, corpus: str, kind: str) -> Iterator[Document]:
    question = scalar(row, "question", "title")
    headings = (Heading("ar", question),) if question else ()
    url = scalar(row, "url")
    parts = [text] if kind == SUPPLICATION else [chunk.text for chunk in split_passages(text)] or [text]
    facts = {name: value for name in _FACTS if (value := scalar(row, name))}
    for number, part in enumerate(parts, 1):
        yield Document(
            id=id_ if len(parts) == 1 else f"{id_}-{number}",
            corpus=corpus,
            reference=reference,
            text=part,
            translation=scalar(row, "translation", "english") or None,
            url=url if url.startswith(("https://", "http://")) else None,
            expansion=Expansion("", headings).encoded() if headings else "",
            metadata={**facts, **({"question": question} if question else {})},
        )
