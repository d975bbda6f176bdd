"""API keys in the database. Knows nothing of the keys themselves, only of their digests."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, insert, select, update

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from fanar.keys import ApiKey
from fanar.storage.engine import reading, writing
from fanar.storage.models import KeyRow

_COLUMNS = [getattr(KeyRow, name) for name in ApiKey.__dataclass_fields__]


class SqlKeyRepository:
    """A KeyRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def add(self, key: ApiKey) -> None:
        """Keep a new key. Raises ConflictError when its id or digest is taken."""
        with writing(self._engine) as connection:
            connection.execute(insert(KeyRow).values({name: getattr(key, name) for name in ApiKey.__dataclass_fields__}))

    def find(self, digest: str) -> ApiKey:
        """Return the key with this digest, usable or not. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return _one(connection, KeyRow.digest == digest)

    def keys(self) -> list[ApiKey]:
        """Return all keys, oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(*_COLUMNS)).all()
        return sorted((ApiKey(**row._mapping) for row in rows), key=lambda key: (key.created, key.id))

    def revoke(self, key_id: str, *, at: datetime) -> ApiKey:
        """Close the door to a key and return it; a key revoked before keeps its first time. Raises NotFoundError."""
        with writing(self._engine) as connection:
            connection.execute(update(KeyRow).where(KeyRow.id == key_id, KeyRow.revoked.is_(None)).values(revoked=at))
            return _one(connection, KeyRow.id == key_id)


def _one(connection: Connection, condition: ColumnElement[bool]) -> ApiKey:
    row = connection.execute(select(*_COLUMNS).where(condition)).one_or_none()
    if row is None:
        raise NotFoundError(
            Bilingual(
                "There is no such key; fanar keys list shows those there are.",
                "لا يوجد هذا المفتاح؛ يعرض الأمر fanar keys list المفاتيح الموجودة.",
            )
        )
    return ApiKey(**row._mapping)
