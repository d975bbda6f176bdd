"""Databases for the suites of the repositories."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from fanar.storage.revision import is_current
from tests.contract.databases import BACKENDS, emptied, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return emptied(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'fanar.db'}"


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them: to copy it takes a hundredth of making them."""
    file = tmp_path_factory.mktemp("tables") / "fanar.db"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def engine(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Engine]:
    if database_url.startswith("sqlite"):
        shutil.copy(request.getfixturevalue("tables"), tmp_path / "fanar.db")
    engine = open_engine(database_url)
    if not is_current(engine):
        upgrade(engine)
    yield engine
    engine.dispose()
