"""How the database is opened."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from fanar.errors import ConfigurationError, ConflictError, FanarError, StorageError
from fanar.storage.engine import open_engine, reading, writing
from fanar.storage.errors import translate


def test_the_file_and_its_folders_are_made_private(tmp_path: Path) -> None:
    with reading(open_engine(f"sqlite:///{tmp_path}/a/b/fanar.db")) as connection:
        connection.execute(text("SELECT 1"))
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 1500)])
def test_every_sqlite_connection_is_durable_and_checks_its_references(tmp_path: Path, pragma: str, value: object) -> None:
    with reading(open_engine(f"sqlite:///{tmp_path}/fanar.db", busy_timeout=1.5)) as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


@pytest.mark.parametrize(
    "url", ["", "fanar.db", "mysql://host/db", "sqlite+aiosqlite:///x", "oracle:///x", "sqlite://", "sqlite:///:memory:"]
)
def test_a_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        open_engine(url)
    assert not url or url not in str(refused.value).replace("sqlite:///", "")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgres_urls_of_all_spellings_use_psycopg(scheme: str) -> None:
    assert open_engine(f"{scheme}://user:secret@127.0.0.1/db").dialect.driver == "psycopg"


def test_a_missing_postgres_driver_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigurationError, match="make run EXTRAS=cluster"):
        open_engine("postgresql://127.0.0.1/db")


def test_a_postgres_that_is_not_there_is_a_storage_error() -> None:
    with pytest.raises(StorageError), reading(open_engine("postgresql://user:secret@127.0.0.1:1/db")) as connection:
        connection.execute(text("SELECT 1"))


def insert_all(connection: Connection, *values: int) -> None:
    for value in values:
        connection.execute(text("INSERT INTO t VALUES (:x)"), {"x": value})


def test_a_transaction_is_undone_by_an_error_and_kept_without(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE t (x UNIQUE)"))
        connection.execute(text("INSERT INTO t VALUES (1)"))
    with pytest.raises(ConflictError), writing(engine) as connection:
        insert_all(connection, 2, 1)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT x FROM t")).scalars().all() == [1]


def test_a_reader_keeps_one_view_while_another_writes(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE t (x)"))

    def write() -> None:
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO t VALUES (1)"))

    with reading(engine) as connection:
        before = connection.execute(text("SELECT count(*) FROM t")).scalar_one()
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        assert connection.execute(text("SELECT count(*) FROM t")).scalar_one() == before == 0
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM t")).scalar_one() == 1


def test_a_writer_that_waits_too_long_gets_a_storage_error(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/fanar.db"
    with writing(open_engine(url)), pytest.raises(StorageError, match="busy"), writing(open_engine(url, busy_timeout=0.05)):
        pass


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        (IntegrityError("secret sql", {}, Exception()), ConflictError),
        (OperationalError("secret sql", {}, Exception()), StorageError),
        (PoolTimeoutError("secret sql"), StorageError),
        (InvalidRequestError("secret sql"), StorageError),
    ],
)
def test_foreign_errors_become_ours_and_tell_no_sql(foreign: OperationalError, ours: type[FanarError]) -> None:
    error = translate(foreign)
    assert type(error) is ours
    assert "secret" not in error.message.en + error.message.ar
