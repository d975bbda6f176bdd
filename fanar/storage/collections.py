"""Collections of files in the database. Knows nothing of what is in the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError
from fanar.files import NO_SUCH_COLLECTION, NO_SUCH_FILE, FileBounds, FileCollection, StoredFile
from fanar.storage.engine import reading, writing
from fanar.storage.files import FILE_COLUMNS, stored_file
from fanar.storage.kept import CollectedRow, CollectionRow, FileRow

_C, _F, _M = CollectionRow, FileRow, CollectedRow
_FACTS = ("id", "owner", "name", "created", "changed")
_COLUMNS: list[Any] = [_C.position, *(getattr(_C, name) for name in _FACTS)]

_TOO_MANY = Bilingual("There are as many collections as may be kept; delete some.", "بلغت المجموعات حدّها الأقصى؛ احذف بعضها.")
_FULL = Bilingual("The collection holds as many files as one may.", "بلغت ملفات المجموعة حدّها الأقصى.")


class SqlCollectionRepository:
    """A CollectionRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine, bounds: FileBounds) -> None:
        self._engine = engine
        self._bounds = bounds

    def add(self, collection: FileCollection, file_ids: Sequence[str]) -> FileCollection:
        """Keep a new collection of these files. Raises NotFoundError for a file of somebody else, ConflictError beyond the bounds."""
        with writing(self._engine) as connection:
            kept = connection.execute(select(func.count()).select_from(_C).where(_C.owner == collection.owner)).scalar_one()
            if kept >= self._bounds.collections:
                raise ConflictError(_TOO_MANY)
            values = {name: getattr(collection, name) for name in _FACTS}
            position = connection.execute(insert(_C).values(values).returning(_C.position)).scalar_one()
            self._put(connection, position, collection.owner, file_ids)
            return _found(connection, collection.id, collection.owner)

    def find(self, collection_id: str, *, owner: str) -> FileCollection:
        """Return a collection of `owner`. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return _found(connection, collection_id, owner)

    def collections(self, owner: str, *, after: str | None = None, limit: int = 20) -> list[FileCollection]:
        """Return an owner's collections, the newest first. Raises NotFoundError when the one `after` is not there."""
        wanted = [_C.owner == owner]
        with reading(self._engine) as connection:
            if after is not None:
                wanted.append(_C.position < _own(connection, after, owner).position)
            rows = connection.execute(select(*_COLUMNS).where(*wanted).order_by(_C.position.desc()).limit(limit)).all()
            return [_collection(connection, row) for row in rows]

    def rename(self, collection_id: str, name: str, *, owner: str, now: datetime) -> FileCollection:
        """Give a collection another name. Raises NotFoundError."""
        with writing(self._engine) as connection:
            position = _own(connection, collection_id, owner, held=True).position
            connection.execute(update(_C).where(_C.position == position).values(name=name, changed=now))
            return _found(connection, collection_id, owner)

    def put(self, collection_id: str, file_ids: Sequence[str], *, owner: str, now: datetime) -> FileCollection:
        """Put files in; those that are there already stay. Raises NotFoundError, ConflictError beyond the bounds."""
        with writing(self._engine) as connection:
            position = _own(connection, collection_id, owner, held=True).position
            self._put(connection, position, owner, file_ids)
            connection.execute(update(_C).where(_C.position == position).values(changed=now))
            return _found(connection, collection_id, owner)

    def take(self, collection_id: str, file_id: str, *, owner: str, now: datetime) -> FileCollection:
        """Take a file out. Raises NotFoundError, for one that is not in it too."""
        with writing(self._engine) as connection:
            position = _own(connection, collection_id, owner, held=True).position
            file = select(_F.position).where(_F.id == file_id, _F.owner == owner).scalar_subquery()
            if not connection.execute(delete(_M).where(_M.collection == position, _M.file == file)).rowcount:
                raise NotFoundError(NO_SUCH_FILE)
            connection.execute(update(_C).where(_C.position == position).values(changed=now))
            return _found(connection, collection_id, owner)

    def files(self, collection_id: str, *, owner: str, after: str | None = None, limit: int = 20) -> list[StoredFile]:
        """Return the files of a collection, the newest first. Raises NotFoundError."""
        with reading(self._engine) as connection:
            position = _own(connection, collection_id, owner).position
            wanted = [_M.collection == position]
            if after is not None:
                last = select(_F.position).join(_M, _M.file == _F.position).where(_F.id == after, _M.collection == position)
                found = connection.execute(last).scalar_one_or_none()
                if found is None:
                    raise NotFoundError(NO_SUCH_FILE, param="after")
                wanted.append(_F.position < found)
            query = select(*FILE_COLUMNS).join(_M, _M.file == _F.position).where(*wanted).order_by(_F.position.desc()).limit(limit)
            return [stored_file(row) for row in connection.execute(query)]

    def remove(self, collection_id: str, *, owner: str) -> None:
        """Forget a collection; its files stay. Raises NotFoundError."""
        with writing(self._engine) as connection:
            position = _own(connection, collection_id, owner, held=True).position
            connection.execute(delete(_C).where(_C.position == position))

    def _put(self, connection: Connection, position: int, owner: str, file_ids: Sequence[str]) -> None:
        wanted = set(file_ids)
        # Held, so that none of them goes while it is put in.
        query = select(_F.position).where(_F.owner == owner, _F.id.in_(wanted)).with_for_update()
        found = set(connection.execute(query).scalars())
        if len(found) < len(wanted):
            raise NotFoundError(NO_SUCH_FILE, param="file_ids")
        there = set(connection.execute(select(_M.file).where(_M.collection == position)).scalars())
        if len(there | found) > self._bounds.collected:
            raise ConflictError(_FULL)
        rows = [{"collection": position, "file": file} for file in sorted(found - there)]
        if rows:
            connection.execute(insert(_M), rows)


def _own(connection: Connection, collection_id: str, owner: str, *, held: bool = False) -> Row[Any]:
    query = select(*_COLUMNS).where(_C.id == collection_id, _C.owner == owner)
    row = connection.execute(query.with_for_update() if held else query).one_or_none()
    if row is None:
        raise NotFoundError(NO_SUCH_COLLECTION)
    return row


def _found(connection: Connection, collection_id: str, owner: str) -> FileCollection:
    return _collection(connection, _own(connection, collection_id, owner))


def _collection(connection: Connection, row: Row[Any]) -> FileCollection:
    sums = (func.count(), func.coalesce(func.sum(_F.passages), 0), func.coalesce(func.sum(_F.bytes), 0))
    query = select(_F.state, *sums).join(_M, _M.file == _F.position).where(_M.collection == row.position).group_by(_F.state)
    states: list[Any] = list(connection.execute(query))
    return FileCollection(
        **{name: getattr(row, name) for name in _FACTS},
        files={state: int(count) for state, count, _, _ in states},
        passages=sum(int(passages) for _, _, passages, _ in states),
        bytes=sum(int(size) for _, _, _, size in states),
    )
