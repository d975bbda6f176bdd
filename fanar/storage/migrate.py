"""Brings the database to the tables this version knows. Knows nothing of what is in them."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, text

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.storage.engine import writing

_SCRIPTS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 0x46616E6172  # "Fanar"


def upgrade(engine: Engine, *, revision: str = "head") -> None:
    """Run the missing migrations, all or none; safe when several processes start at once.

    Raises ConfigurationError for a database of a newer version of the platform.
    """
    with writing(engine) as connection:
        _wait_for_others(connection)
        try:
            command.upgrade(_config(connection), revision)
        except CommandError as cause:
            raise ConfigurationError(
                Bilingual(
                    "The database was written by a newer version of Fanar: run pip install --upgrade fanar.",
                    "كُتبت قاعدة البيانات بإصدار أحدث من فنار: نفّذ pip install --upgrade fanar.",
                )
            ) from cause


def downgrade(engine: Engine, *, revision: str) -> None:
    """Undo migrations down to `revision` ("base" undoes all); what the removed tables held is lost."""
    with writing(engine) as connection:
        _wait_for_others(connection)
        command.downgrade(_config(connection), revision)


def _wait_for_others(connection: Connection) -> None:
    # SQLite's write lock is already ours here; Postgres lets two transactions create the same table and fails one of them.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
