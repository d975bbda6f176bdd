"""Research jobs that another version of Fanar left in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from fanar.errors import StorageError
from fanar.jobs import Inquiry, Job, QueueBounds
from fanar.storage.engine import open_engine, writing
from fanar.storage.jobs import SqlJobRepository
from fanar.storage.migrate import upgrade
from fanar.storage.models import JobRow

NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
BOUNDS = QueueBounds(jobs=4, per_owner=4)
JOB = Job("research-1", "key-1", NOW, Inquiry("الصبر", "Fanar-Sadiq-2"), NOW)


@pytest.mark.parametrize("values", [{"inquiry": {"query": "الصبر"}}, {"stage": {"done": 1}}], ids=["inquiry", "stage"])
def test_a_job_that_cannot_be_read_fails_and_lets_the_next_one_pass(tmp_path: Path, values: dict[str, object]) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/fanar.db")
    upgrade(engine)
    repository = SqlJobRepository(engine=engine)
    repository.add(JOB, bounds=BOUNDS)
    repository.add(replace(JOB, id="research-2"), bounds=BOUNDS)
    with writing(engine) as connection:
        connection.execute(update(JobRow).where(JobRow.id == JOB.id).values(values))
    taken = repository.claim("runner", now=NOW, lapsed=NOW, running=9, attempts=2)
    assert taken is not None
    assert taken.id == "research-2"
    with pytest.raises(StorageError, match="another version"):
        repository.find(JOB.id, owner="key-1")
    engine.dispose()
