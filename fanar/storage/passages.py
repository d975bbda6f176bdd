"""The passages of people's files as documents. Knows nothing of indexes, which are built from here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Engine, Row, Select, select

from fanar.documents import Document
from fanar.files import FILE, Library
from fanar.storage.engine import reading
from fanar.storage.kept import FileRow, LibraryRow, PassageRow

_F, _L, _P = FileRow, LibraryRow, PassageRow
_COLUMNS: list[Any] = [_P.number, _P.text, _P.place, _P.page, _F.id, _F.name]
_BATCH = 1_000
_IDS_AT_ONCE = 500
CORPUS = "files"
"""What an answer calls the corpus of its passages: whose library it is says nothing to anybody."""


class SqlPassageRepository:
    """A PassageRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def library(self, name: str) -> Library:
        """Return what a library holds now; one of which nothing is known is empty."""
        with reading(self._engine) as connection:
            row = connection.execute(select(_L.generation, _L.passages).where(_L.name == name)).one_or_none()
        return Library(name, row.generation, row.passages) if row else Library(name, 0, 0)

    def documents(self, name: str, *, first: int = 0) -> Iterator[Document]:
        """Yield a library's passages in the order in which they came, from number `first` on, all of one state of the database."""
        with reading(self._engine) as connection:
            query = _passages(name).order_by(_P.position).offset(first)
            for row in connection.execute(query.execution_options(yield_per=_BATCH)):
                yield _document(row)

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        """Return the passages of these ids, in this order; unknown ids are left out."""
        wanted = {file: [int(id_.rpartition(":")[2]) for id_ in ids if id_.startswith(f"{file}:")] for file in _files_of(ids)}
        found: dict[str, Document] = {}
        with reading(self._engine) as connection:
            for file, numbers in wanted.items():
                for at in range(0, len(numbers), _IDS_AT_ONCE):
                    query = _passages(name).where(_F.id == file, _P.number.in_(numbers[at : at + _IDS_AT_ONCE]))
                    found |= {document.id: document for document in map(_document, connection.execute(query))}
        return [found[each] for each in ids if each in found]

    def opening(self, name: str, files: Sequence[str], *, limit: int) -> list[Document]:
        """Return the first passages of each of these files, about `limit` in all."""
        each = max(1, limit // max(1, len(files)))
        with reading(self._engine) as connection:
            query = _passages(name).where(_F.id.in_(files[:limit]), _P.number < each).order_by(_P.position)
            return [_document(row) for row in connection.execute(query)]


def _passages(library: str) -> Select[Any]:
    return select(*_COLUMNS).join(_F, _F.position == _P.file).where(_P.library == library)


def _files_of(ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(id_.rpartition(":")[0] for id_ in ids if id_.rpartition(":")[2].isdecimal()))


def _document(row: Row[Any]) -> Document:
    pages = {} if row.page is None else {"page": row.page}
    return Document(
        id=f"{row.id}:{row.number}",
        corpus=CORPUS,
        reference=f"{row.name}, {row.place}" if row.place else row.name,
        text=row.text,
        metadata={FILE: row.id, "filename": row.name, **pages},
    )
