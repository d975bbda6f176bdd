"""Which tables a database has. Knows nothing of how they come about: that costs a quarter of a second to import, and few starts need it."""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text

from fanar.storage.engine import reading

REVISION = "0008"
"""The newest migration."""
_TABLE = "alembic_version"


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the tables that this version knows."""
    with reading(engine) as connection:
        if not inspect(connection).has_table(_TABLE):
            return False
        return list(connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalars()) == [REVISION]  # noqa: S608 - a constant
