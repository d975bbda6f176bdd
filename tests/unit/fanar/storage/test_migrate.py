"""How the tables come to be, here on SQLite and in the contract suites on Postgres too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from fanar.errors import ConfigurationError, StorageError
from fanar.storage.engine import open_engine, reading, writing
from fanar.storage.kept import ConversationRow
from fanar.storage.migrate import downgrade, upgrade


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"sqlite:///{tmp_path}/100%/fanar.db")


def test_migrations_lead_to_the_tables_of_the_models(engine: Engine) -> None:
    upgrade(engine)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), ConversationRow.metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO generations VALUES ('quran', 3)"))
    upgrade(engine)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT latest FROM generations")).scalar_one() == 3


def test_every_step_can_be_undone(engine: Engine) -> None:
    upgrade(engine)
    downgrade(engine, revision="base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)


def test_a_failing_upgrade_leaves_nothing_behind(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE api_keys (x)"))
    with pytest.raises(StorageError):
        upgrade(engine)
    assert inspect(engine).get_table_names() == ["api_keys"]


def test_a_database_of_a_newer_version_is_refused_with_the_remedy(engine: Engine) -> None:
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="newer version"):
        upgrade(engine)


PROGRAM = """
import sys
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade

upgrade(open_engine(sys.argv[1]))
"""


def test_processes_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/fanar.db"
    starters = [subprocess.Popen([sys.executable, "-c", PROGRAM, url], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(starter.communicate()[1], starter.returncode) for starter in starters] == [(b"", 0)] * 4
