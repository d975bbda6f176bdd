"""Files in the database, with what was read from them. Knows nothing of how files are read or indexed.

Who adds passages to a library holds its row until the commit, so that passages stand in the order in which they are committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError
from fanar.files import NO_SUCH_FILE, FileBounds, FilePassage, StoredFile, library_name
from fanar.storage.corpora import UPSERTS
from fanar.storage.engine import reading, writing
from fanar.storage.kept import FileContentRow, FileRow, LibraryRow, PassageRow

_F, _L, _P = FileRow, LibraryRow, PassageRow
FILE_COLUMNS: list[Any] = [getattr(_F, name) for name in StoredFile.__dataclass_fields__]
_BATCH = 1_000

_TOO_MANY = Bilingual("There are as many files as may be kept; delete some.", "بلغت الملفات المحفوظة حدّها الأقصى؛ احذف بعضها.")
_TOO_LARGE = Bilingual("All files together are larger than may be kept; delete some.", "تجاوزت الملفات مجتمعةً الحجم الذي يُحفظ؛ احذف بعضها.")
_TOO_LONG = Bilingual("All files together hold more text than may be kept; delete some.", "في الملفات مجتمعةً نص أكثر مما يُحفظ؛ احذف بعضها.")


class SqlFileRepository:
    """A FileRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine, bounds: FileBounds) -> None:
        self._engine = engine
        self._bounds = bounds

    def add(self, file: StoredFile, content: bytes) -> None:
        """Keep a new file. Raises ConflictError when its owner has as much as may be."""
        with writing(self._engine) as connection:
            query = select(func.count(), func.coalesce(func.sum(_F.bytes), 0)).where(_F.owner == file.owner)
            count, size = connection.execute(query).one()
            if count >= self._bounds.files:
                raise ConflictError(_TOO_MANY)
            if size + file.bytes > self._bounds.bytes:
                raise ConflictError(_TOO_LARGE)
            position = connection.execute(insert(_F).values(_row(file)).returning(_F.position)).scalar_one()
            connection.execute(insert(FileContentRow).values(file=position, content=content))

    def find(self, file_id: str, *, owner: str) -> StoredFile:
        """Return a file of `owner`. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return stored_file(_own(connection, file_id, owner))

    def files(self, owner: str, *, purpose: str | None = None, after: str | None = None, limit: int = 20) -> list[StoredFile]:
        """Return an owner's files, the newest first. Raises NotFoundError when the one `after` is not there."""
        wanted = [_F.owner == owner, *([] if purpose is None else [_F.purpose == purpose])]
        with reading(self._engine) as connection:
            if after is not None:
                wanted.append(_F.position < _own(connection, after, owner).position)
            query = select(*FILE_COLUMNS).where(*wanted).order_by(_F.position.desc()).limit(limit)
            return [stored_file(row) for row in connection.execute(query)]

    def content(self, file_id: str, *, owner: str) -> bytes:
        """Return what a file holds. Raises NotFoundError."""
        with reading(self._engine) as connection:
            position = _own(connection, file_id, owner).position
            return bytes(connection.execute(select(FileContentRow.content).where(FileContentRow.file == position)).scalar_one())

    def remove(self, file_id: str, *, owner: str) -> StoredFile:
        """Forget a file, its passages, and its places in collections; return what it was. Raises NotFoundError."""
        library = library_name(owner)
        with writing(self._engine) as connection:
            _hold_library(connection, library)
            row = _own(connection, file_id, owner, held=True)
            gone = connection.execute(delete(_P).where(_P.library == library, _P.file == row.position)).rowcount
            if gone:
                fewer = {"generation": _L.generation + 1, "passages": _L.passages - gone}
                connection.execute(update(_L).where(_L.name == library).values(fewer))
            connection.execute(delete(_F).where(_F.position == row.position))
            return stored_file(row)

    def waiting(self) -> list[StoredFile]:
        """Return everybody's files that were not read yet, oldest first."""
        with reading(self._engine) as connection:
            query = select(*FILE_COLUMNS).where(_F.state == "uploaded").order_by(_F.position)
            return [stored_file(row) for row in connection.execute(query)]

    def begin(self, file_id: str) -> int:
        """Note that a file is being read, and return for which time. Raises NotFoundError for one that is gone, or was read."""
        with writing(self._engine) as connection:
            begun = update(_F).where(_F.id == file_id, _F.state == "uploaded").values(attempts=_F.attempts + 1)
            attempts = connection.execute(begun.returning(_F.attempts)).scalar_one_or_none()
        if attempts is None:
            raise NotFoundError(NO_SUCH_FILE)
        return int(attempts)

    def finish(self, file_id: str, passages: Sequence[FilePassage], *, pages: int | None) -> StoredFile:
        """Keep what was read; one that was read already stays as it is. Raises NotFoundError, ConflictError beyond the bounds."""
        with writing(self._engine) as connection:
            row = _any(connection, file_id)
            library = library_name(row.owner)
            _hold_library(connection, library)
            # Held only now: who removes the file takes the library first, too.
            row = _any(connection, file_id, held=True)
            if row.state != "uploaded":
                return stored_file(row)
            self._write(connection, library, row.position, passages)
            read = {"state": "processed", "pages": pages, "passages": len(passages), "reason": None}
            connection.execute(update(_F).where(_F.position == row.position).values(read))
            return stored_file(_any(connection, file_id))

    def fail(self, file_id: str, reason: Bilingual) -> None:
        """Note why a file cannot be read; one that is gone, or was read, is left alone."""
        with writing(self._engine) as connection:
            failed = {"state": "error", "reason": asdict(reason)}
            connection.execute(update(_F).where(_F.id == file_id, _F.state == "uploaded").values(failed))

    def _write(self, connection: Connection, library: str, file: int, passages: Sequence[FilePassage]) -> None:
        held = connection.execute(select(_L.passages).where(_L.name == library)).scalar_one()
        if held + len(passages) > self._bounds.passages:
            raise ConflictError(_TOO_LONG)
        first = connection.execute(select(func.coalesce(func.max(_P.position), -1)).where(_P.library == library)).scalar_one() + 1
        rows = [
            asdict(passage) | {"library": library, "position": first + number, "file": file, "number": number}
            for number, passage in enumerate(passages)
        ]
        for at in range(0, len(rows), _BATCH):
            connection.execute(insert(_P), rows[at : at + _BATCH])
        connection.execute(update(_L).where(_L.name == library).values(passages=_L.passages + len(rows)))


def stored_file(row: Row[Any]) -> StoredFile:
    """Return the file of a row that has at least FILE_COLUMNS."""
    facts = {name: getattr(row, name) for name in StoredFile.__dataclass_fields__}
    return StoredFile(**facts | {"reason": row.reason and Bilingual(**row.reason)})


def _row(file: StoredFile) -> dict[str, Any]:
    return asdict(file)


def _own(connection: Connection, file_id: str, owner: str, *, held: bool = False) -> Row[Any]:
    query = select(_F.position, *FILE_COLUMNS).where(_F.id == file_id, _F.owner == owner)
    return _one(connection.execute(query.with_for_update() if held else query).one_or_none())


def _any(connection: Connection, file_id: str, *, held: bool = False) -> Row[Any]:
    query = select(_F.position, *FILE_COLUMNS).where(_F.id == file_id)
    return _one(connection.execute(query.with_for_update() if held else query).one_or_none())


def _one(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotFoundError(NO_SUCH_FILE)
    return row


def _hold_library(connection: Connection, name: str) -> None:
    """Make a library's row if there is none, and hold it until the commit."""
    first = UPSERTS[connection.dialect.name](_L).values(name=name, generation=1, passages=0)
    connection.execute(first.on_conflict_do_nothing())
    connection.execute(select(_L.name).where(_L.name == name).with_for_update())
