"""Whether a database is up to date, told without Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic.script import ScriptDirectory

import fanar.storage
from fanar.storage.engine import open_engine
from fanar.storage.migrate import downgrade, upgrade
from fanar.storage.revision import REVISION, is_current


def test_the_newest_migration_is_the_one_that_is_known() -> None:
    scripts = ScriptDirectory(str(Path(fanar.storage.__file__).parent / "migrations"))
    assert scripts.get_current_head() == REVISION


def test_only_a_database_with_all_tables_is_current(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'fanar.db'}")
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    downgrade(engine, revision="-1")
    assert not is_current(engine)
    engine.dispose()
