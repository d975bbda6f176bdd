"""Opens the database and its transactions. Knows SQLite and Postgres; knows nothing of the tables.

SQLite runs with a write-ahead log (readers are not held up by a writer) and `synchronous=FULL` (what was acknowledged survives a crash).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.storage.errors import our_errors

_WRITES = "fanar_writes"
_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def open_engine(url: str, *, busy_timeout: float = 30.0) -> Engine:
    """Return an engine for `url`; a SQLite file and its folder are created when missing.

    `busy_timeout` is how many seconds a SQLite writer waits for another. Raises ConfigurationError for a URL that cannot be used.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, busy_timeout)
    try:
        # The server may have been restarted since a pooled connection was last used, hence the ping.
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": 5})
    except ModuleNotFoundError as cause:
        raise ConfigurationError(
            Bilingual(
                "Postgres needs its driver: `make run EXTRAS=cluster` installs it.",
                "تحتاج Postgres إلى برنامج تشغيلها: يثبّته الأمر `make run EXTRAS=cluster`.",
            )
        ) from cause


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one state of the database from its first statement to its end. Raises our errors."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with our_errors(), engine.connect().execution_options(**level) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that is committed at its end, or undone by an error. Raises our errors."""
    with our_errors(), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        driver = _DRIVERS[parsed.drivername]
    except (ArgumentError, NoSuchModuleError, KeyError):
        raise ConfigurationError(
            Bilingual(
                "FANAR_DATABASE_URL must be a sqlite:/// or postgresql:// URL.",
                "يجب أن يكون FANAR_DATABASE_URL عنوانًا يبدأ بـ sqlite:/// أو postgresql://.",
            )
        ) from None
    return parsed.set(drivername=driver)


def _open_sqlite(url: URL, busy_timeout: float) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ConfigurationError(
            Bilingual(
                "A database in memory is forgotten by every thread: name a file, sqlite:////path/fanar.db.",
                "قاعدة البيانات في الذاكرة تضيع بين الخيوط: سمِّ ملفًا، sqlite:////path/fanar.db.",
            )
        )
    Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": busy_timeout})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own BEGINs come too late to give a transaction one view; ours are below.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader that turns writer halfway fails at once when another wrote meanwhile; one that begins as a writer waits its turn.
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
