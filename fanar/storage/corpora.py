"""Corpora in the database. Knows nothing of indexes, which are built from here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from math import isfinite
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.errors import ConflictError, NotFoundError, UnprocessableError
from fanar.storage.engine import reading, writing
from fanar.storage.models import CorpusRow, DocumentRow, GenerationRow, SupersededRow

_Item = TypeVar("_Item")
_NO_TEXT = re.compile(r"[\0\ud800-\udfff]")
_BATCH = 1000
_IDS_AT_ONCE = 500
UPSERTS: dict[str, Callable[..., sqlite.Insert | postgresql.Insert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""How each database writes an insertion that may meet a row that is there."""
_CORPUS_COLUMNS = [getattr(CorpusRow, name) for name in CorpusInfo.__dataclass_fields__]
_COLUMNS = [getattr(DocumentRow, name) for name in ("id", "corpus", "reference", "text", "translation", "url", "expansion", "facts")]


class SqlCorpusRepository:
    """A CorpusRepository over SQLite or Postgres. Readers see the old generation until the new one is complete; it stays to go back to."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def install(self, info: CorpusInfo, documents: Iterable[Document]) -> CorpusInfo:
        """Replace a corpus by a new generation in one transaction and return it with its generation and count.

        `documents` is read once, a batch at a time. Raises ConflictError for two documents with one id, UnprocessableError for text that
        no database keeps verbatim (NUL, lone surrogates); then the old generation stands.
        """
        _require_storable(asdict(info).values())
        with writing(self._engine) as connection:
            installed = replace(info, generation=_next_generation(connection, info.name), documents=0)
            before = _supersede(connection, info.name)
            _write_corpus(connection, installed)
            installed = replace(installed, documents=_write_documents(connection, installed, documents))
            _write_corpus(connection, installed)
            kept = [installed.generation, *([before.generation] if before else [])]
            connection.execute(delete(DocumentRow).where(DocumentRow.corpus == info.name, DocumentRow.generation.not_in(kept)))
        return installed

    def extend(self, name: str, documents: Iterable[Document]) -> CorpusInfo:
        """Add documents behind those that a corpus has, in one transaction, and return it with its count.

        Raises NotFoundError, ConflictError for an id that is there already, UnprocessableError as `install` does; then nothing was added.
        """
        with writing(self._engine) as connection:
            before = _locked(connection, name)
            added = _write_documents(connection, before, documents, first=before.documents)
            extended = replace(before, documents=before.documents + added)
            _write_corpus(connection, extended)
        return extended

    def rollback(self, name: str) -> CorpusInfo:
        """Make the generation before the current one count again, and the current one the one before. Raises NotFoundError for none."""
        with writing(self._engine) as connection:
            _generation(connection, name)
            before = _one(connection, SupersededRow, name)
            if before is None:
                raise NotFoundError(
                    Bilingual("Nothing was installed under this name before what is there now.", "لم يُثبَّت بهذا الاسم شيء قبل المثبَّت الآن.")
                )
            _supersede(connection, name)
            _write_corpus(connection, before)
        return before

    def remove(self, name: str) -> None:
        """Remove a corpus and its documents. Raises NotFoundError."""
        with writing(self._engine) as connection:
            _generation(connection, name)
            connection.execute(delete(CorpusRow).where(CorpusRow.name == name))
            connection.execute(delete(SupersededRow).where(SupersededRow.name == name))

    def corpora(self) -> list[CorpusInfo]:
        """Return what is installed, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(*_CORPUS_COLUMNS)).all()
        return sorted((CorpusInfo(**row._mapping) for row in rows), key=lambda info: info.name)

    def documents(self, name: str, *, first: int = 0) -> Iterator[Document]:
        """Yield a corpus' documents in the order in which they were installed, all of one generation. Raises NotFoundError."""
        with reading(self._engine) as connection:
            _generation(connection, name)
        return self._stream(name, first)

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        """Return the documents of these ids, in this order; unknown ids are left out."""
        current = select(CorpusRow.generation).where(CorpusRow.name == name).scalar_subquery()
        found: dict[str, Document] = {}
        with reading(self._engine) as connection:
            for some in _batches(dict.fromkeys(ids), _IDS_AT_ONCE):
                query = select(*_COLUMNS).where(DocumentRow.corpus == name, DocumentRow.generation == current, DocumentRow.id.in_(some))
                found |= {row.id: _document(row) for row in connection.execute(query)}
        return [found[each] for each in ids if each in found]

    def _stream(self, name: str, first: int) -> Iterator[Document]:
        with reading(self._engine) as connection:
            query = (
                select(*_COLUMNS)
                .where(DocumentRow.corpus == name, DocumentRow.generation == _generation(connection, name), DocumentRow.position >= first)
                .order_by(DocumentRow.position)
            )
            for row in connection.execute(query.execution_options(yield_per=_BATCH)):
                yield _document(row)


def _next_generation(connection: Connection, name: str) -> int:
    # The upsert holds the row until the commit, so two installations of one corpus follow each other.
    first = UPSERTS[connection.dialect.name](GenerationRow).values(corpus=name, latest=1)
    upsert = first.on_conflict_do_update(index_elements=["corpus"], set_={"latest": GenerationRow.latest + 1})
    number: int = connection.execute(upsert.returning(GenerationRow.latest)).scalar_one()
    return number


def _write_corpus(connection: Connection, info: CorpusInfo) -> None:
    values = asdict(info)
    if not connection.execute(update(CorpusRow).where(CorpusRow.name == info.name).values(values)).rowcount:
        connection.execute(insert(CorpusRow).values(values))


def _supersede(connection: Connection, name: str) -> CorpusInfo | None:
    """Note what is installed under a name as what was there before, and return it."""
    current = _one(connection, CorpusRow, name)
    if current is not None:
        connection.execute(delete(SupersededRow).where(SupersededRow.name == name))
        connection.execute(insert(SupersededRow).values(asdict(current)))
    return current


def _one(connection: Connection, table: type[CorpusRow] | type[SupersededRow], name: str) -> CorpusInfo | None:
    columns = [getattr(table, field) for field in CorpusInfo.__dataclass_fields__]
    row = connection.execute(select(*columns).where(table.name == name)).one_or_none()
    return CorpusInfo(**row._mapping) if row else None


def _locked(connection: Connection, name: str) -> CorpusInfo:
    # The row is held until the commit, so two additions follow each other; SQLite holds all of the database anyway.
    row = connection.execute(select(*_CORPUS_COLUMNS).where(CorpusRow.name == name).with_for_update()).one_or_none()
    if row is None:
        raise _not_installed()
    return CorpusInfo(**row._mapping)


def _write_documents(connection: Connection, info: CorpusInfo, documents: Iterable[Document], *, first: int = 0) -> int:
    written = 0
    for batch in _batches(documents, _BATCH):
        rows = [_row(document, info, first + written + place) for place, document in enumerate(batch)]
        try:
            connection.execute(insert(DocumentRow), rows)
        except IntegrityError as cause:
            raise ConflictError(
                Bilingual("Two documents of the corpus have the same id.", "في المدوّنة وثيقتان لهما المعرّف نفسه.")
            ) from cause
        written += len(rows)
    return written


def _row(document: Document, info: CorpusInfo, position: int) -> dict[str, Any]:
    if document.corpus != info.name:
        raise UnprocessableError(
            Bilingual("A document belongs to another corpus than the one being installed.", "إحدى الوثائق تنتمي إلى مدوّنة غير التي تُثبَّت.")
        )
    row = {column.key: getattr(document, column.key) for column in _COLUMNS[:-1]}
    _require_storable((*row.values(), *document.metadata, *document.metadata.values()))
    return row | {"generation": info.generation, "position": position, "facts": dict(document.metadata)}


def _require_storable(values: Iterable[object]) -> None:
    # SQLite would keep a NUL and Postgres refuses it: what a corpus may hold must not depend on the database.
    for value in values:
        if isinstance(value, str):
            sound = not _NO_TEXT.search(value)
        else:
            sound = value is None or (isinstance(value, int | float) and isfinite(value))
        if not sound:
            raise UnprocessableError(
                Bilingual(
                    "A document holds what no database keeps verbatim: NUL, a lone surrogate, or metadata that is not a scalar.",
                    "في إحدى الوثائق ما لا تحفظه قاعدة بيانات كما هو: محرف NUL أو نصف رمز أو بيانات وصفية غير بسيطة.",
                )
            )


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        corpus=row.corpus,
        reference=row.reference,
        text=row.text,
        translation=row.translation,
        url=row.url,
        expansion=row.expansion,
        metadata=row.facts,
    )


def _generation(connection: Connection, name: str) -> int:
    generation = connection.execute(select(CorpusRow.generation).where(CorpusRow.name == name)).scalar_one_or_none()
    if generation is None:
        raise _not_installed()
    return generation


def _not_installed() -> NotFoundError:
    return NotFoundError(
        Bilingual(
            "This corpus is not installed; fanar corpora list shows those that are.",
            "هذه المدوّنة غير مثبّتة؛ يعرض الأمر fanar corpora list المدوّنات المثبّتة.",
        )
    )


def _batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
