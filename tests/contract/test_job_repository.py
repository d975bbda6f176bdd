"""What every JobRepository promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from fanar.bilingual import Bilingual
from fanar.claims import SourcePage, SourceText, TextInquiry
from fanar.errors import ConflictError, NotFoundError, OverloadedError, RateLimitedError
from fanar.jobs import Asked, Entry, Failure, Inquiry, Job, Outcome, QueueBounds, Stage
from fanar.protocols import JobRepository
from fanar.storage.jobs import SqlJobRepository
from tests.fakes.jobs import InMemoryJobs

IMPLEMENTATIONS: list[Callable[[Engine], JobRepository]] = [
    lambda engine: SqlJobRepository(engine=engine),
    lambda engine: InMemoryJobs(),
]
NOW = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BOUNDS = QueueBounds(jobs=4, per_owner=3, retry_after=7)
JOB = Job("research-1", "key-1", NOW, Inquiry("الصبر", "Fanar-Sadiq-2", "quick", web_search=True), NOW)
STAGE = Stage({"plan": ["ما الصبر؟"], "n": 1}, (Entry(Bilingual("Planning", "تخطيط")), Entry(text="# الصبر\n")), 1, 3)


@pytest.fixture(params=IMPLEMENTATIONS, ids=["sql", "memory"])
def repository(request: pytest.FixtureRequest, engine: Engine) -> JobRepository:
    return request.param(engine)


def claimed(repository: JobRepository, runner: str = "a", *, now: datetime = NOW, running: int = 9) -> Job | None:
    return repository.claim(runner, now=now, lapsed=now - 10 * SECOND, running=running, attempts=2)


CHECK = TextInquiry(
    "فتح الجسر عام 2015 [1].",
    (SourceText("1", "فتح الجسر عام 2015.", url="https://news.example"), SourcePage("2", "https://news.example/2", "صفحة")),
    checks=frozenset(("claims", "quran")),
    language="ar",
)


@pytest.mark.parametrize("inquiry", [JOB.inquiry, CHECK], ids=["research", "check"])
def test_what_was_asked_is_kept_as_it_was_given(repository: JobRepository, inquiry: Asked) -> None:
    repository.add(replace(JOB, inquiry=inquiry), bounds=BOUNDS)
    assert repository.find(JOB.id, owner=JOB.owner).inquiry == inquiry


def test_a_job_is_kept_as_it_was_given(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    assert repository.find(JOB.id, owner="key-1") == JOB


def test_another_keys_job_is_not_found(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    with pytest.raises(NotFoundError):
        repository.find(JOB.id, owner="key-2")
    with pytest.raises(NotFoundError):
        repository.cancel(JOB.id, owner="key-2", now=NOW)
    with pytest.raises(NotFoundError):
        repository.find("research-2", owner="key-1")


def test_a_key_may_have_so_many_unfinished_jobs(repository: JobRepository) -> None:
    for number in range(3):
        repository.add(replace(JOB, id=f"j{number}"), bounds=BOUNDS)
    with pytest.raises(RateLimitedError) as refused:
        repository.add(replace(JOB, id="j3"), bounds=BOUNDS)
    assert refused.value.retry_after == 7
    repository.cancel("j0", owner="key-1", now=NOW)
    repository.add(replace(JOB, id="j3"), bounds=BOUNDS)


def test_all_keys_together_may_have_so_many(repository: JobRepository) -> None:
    for number in range(4):
        repository.add(replace(JOB, id=f"j{number}", owner=f"key-{number}"), bounds=BOUNDS)
    with pytest.raises(OverloadedError) as refused:
        repository.add(replace(JOB, id="j4", owner="key-4"), bounds=BOUNDS)
    assert refused.value.retry_after == 7


def test_the_oldest_job_is_taken_first_and_each_by_one_runner(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    repository.add(replace(JOB, id="research-2"), bounds=BOUNDS)
    first = claimed(repository)
    assert first == replace(JOB, state="running", runner="a", attempts=1, started=NOW)
    assert repository.find(JOB.id, owner="key-1") == first
    assert (second := claimed(repository, "b")) is not None
    assert second.id == "research-2"
    assert claimed(repository, "c") is None


def test_no_more_run_than_may(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    repository.add(replace(JOB, id="research-2"), bounds=BOUNDS)
    assert claimed(repository, running=1)
    assert claimed(repository, "b", running=1) is None


def test_how_far_a_job_has_come_is_kept(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    claimed(repository)
    assert repository.hear(JOB.id, runner="a", now=NOW + SECOND, stage=STAGE)
    assert repository.hear(JOB.id, runner="a", now=NOW + 2 * SECOND)
    found = repository.find(JOB.id, owner="key-1")
    assert (found.stage, found.changed) == (STAGE, NOW + 2 * SECOND)


def test_the_job_of_a_runner_that_fell_silent_goes_to_another_with_what_was_done(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    claimed(repository)
    repository.hear(JOB.id, runner="a", now=NOW, stage=STAGE)
    later = NOW + 11 * SECOND
    taken = claimed(repository, "b", now=later, running=1)
    assert taken is not None
    assert (taken.runner, taken.attempts, taken.stage, taken.started) == ("b", 2, STAGE, NOW)
    with pytest.raises(ConflictError):
        repository.hear(JOB.id, runner="a", now=later)
    with pytest.raises(ConflictError):
        repository.finish(JOB.id, Outcome("completed"), runner="a", now=later)


def test_a_job_that_outlives_no_runner_has_failed(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    for attempt in range(2):
        assert claimed(repository, now=NOW + attempt * 11 * SECOND)
    assert claimed(repository, now=NOW + 22 * SECOND) is None
    found = repository.find(JOB.id, owner="key-1")
    assert found.state == "failed"
    assert found.failure is not None


def test_a_finished_job_has_its_report(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    claimed(repository)
    repository.finish(JOB.id, Outcome("completed", {"title": "الصبر"}), runner="a", now=NOW + SECOND, stage=STAGE)
    found = repository.find(JOB.id, owner="key-1")
    assert (found.state, found.report, found.finished, found.stage) == ("completed", {"title": "الصبر"}, NOW + SECOND, STAGE)
    assert found.over
    assert claimed(repository, "b", now=NOW + 60 * SECOND) is None


def test_a_failed_job_says_why(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    claimed(repository)
    failure = Failure("timeout", Bilingual("Too slow.", "بطيء."))
    repository.finish(JOB.id, Outcome("failed", failure=failure), runner="a", now=NOW)
    assert repository.find(JOB.id, owner="key-1").failure == failure


def test_a_job_that_was_put_back_is_taken_at_once_and_loses_no_attempt(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    claimed(repository)
    repository.release(JOB.id, runner="b", now=NOW)
    assert repository.find(JOB.id, owner="key-1").state == "running"
    repository.release(JOB.id, runner="a", now=NOW)
    assert repository.find(JOB.id, owner="key-1").state == "queued"
    taken = claimed(repository, "b")
    assert taken is not None
    assert taken.attempts == 1


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    repository.add(replace(JOB, id="research-2"), bounds=BOUNDS)
    claimed(repository)
    assert repository.cancel("research-2", owner="key-1", now=NOW).state == "cancelled"
    running = repository.cancel(JOB.id, owner="key-1", now=NOW)
    assert (running.state, running.cancelling) == ("running", True)
    assert not repository.hear(JOB.id, runner="a", now=NOW)
    repository.finish(JOB.id, Outcome("cancelled"), runner="a", now=NOW)
    assert repository.cancel(JOB.id, owner="key-1", now=NOW).state == "cancelled"


def test_a_cancelled_job_whose_runner_died_ends_when_it_is_looked_at(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    claimed(repository)
    repository.cancel(JOB.id, owner="key-1", now=NOW)
    assert claimed(repository, "b", now=NOW + 11 * SECOND) is None
    assert repository.find(JOB.id, owner="key-1").state == "cancelled"


def test_what_is_over_cannot_be_cancelled(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    claimed(repository)
    repository.finish(JOB.id, Outcome("completed", {}), runner="a", now=NOW)
    with pytest.raises(ConflictError):
        repository.cancel(JOB.id, owner="key-1", now=NOW)


def test_old_finished_jobs_are_forgotten_and_unfinished_ones_are_not(repository: JobRepository) -> None:
    repository.add(JOB, bounds=BOUNDS)
    repository.add(replace(JOB, id="research-2"), bounds=BOUNDS)
    repository.cancel(JOB.id, owner="key-1", now=NOW)
    assert repository.forget(before=NOW) == 0
    assert repository.forget(before=NOW + SECOND) == 1
    assert repository.find("research-2", owner="key-1").state == "queued"
    with pytest.raises(NotFoundError):
        repository.find(JOB.id, owner="key-1")
