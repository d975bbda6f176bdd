"""What every FeedbackRepository promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine

from fanar.events import Route
from fanar.feedback import Feedback
from fanar.protocols import FeedbackRepository
from fanar.storage.feedback import SqlFeedbackRepository
from tests.fakes.records import InMemoryFeedback

PER_OWNER = 3
IMPLEMENTATIONS: list[Callable[[Engine], FeedbackRepository]] = [
    lambda engine: SqlFeedbackRepository(engine=engine, per_owner=PER_OWNER),
    lambda engine: InMemoryFeedback(per_owner=PER_OWNER),
]
NOW = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
SAID = Feedback("f1", "a1", "key-1", NOW, "down", Route.ISLAMIC, None, "ليس جوابًا", "ما حكم صيام المسافر؟")


@pytest.fixture(params=IMPLEMENTATIONS, ids=["sql", "memory"])
def repository(request: pytest.FixtureRequest, engine: Engine) -> FeedbackRepository:
    return request.param(engine)


def test_feedback_is_kept_as_it_was_given(repository: FeedbackRepository) -> None:
    bare = Feedback("f2", "a2", "key-1", NOW, "up", model="prime")
    repository.add(SAID)
    repository.add(bare)
    assert repository.feedback() == [SAID, bare]


def test_a_time_given_in_another_zone_is_the_same_moment(repository: FeedbackRepository) -> None:
    repository.add(replace(SAID, created=NOW.astimezone(timezone(timedelta(hours=3)))))
    assert repository.feedback() == [SAID]


def test_the_same_owner_changes_its_mind_about_an_answer(repository: FeedbackRepository) -> None:
    repository.add(SAID)
    second = replace(SAID, id="f2", rating="up", route=None)
    repository.add(second)
    assert repository.feedback() == [second]


def test_two_owners_may_speak_of_one_answer(repository: FeedbackRepository) -> None:
    other = replace(SAID, id="f2", owner="key-2")
    repository.add(SAID)
    repository.add(other)
    assert repository.feedback() == [SAID, other]


def test_of_each_owner_only_the_newest_are_kept(repository: FeedbackRepository) -> None:
    other = replace(SAID, owner="key-2")
    repository.add(other)
    said = [replace(SAID, id=f"f{n}", answer=f"a{n}") for n in range(PER_OWNER + 2)]
    for each in said:
        repository.add(each)
    assert repository.feedback() == [other, *said[-PER_OWNER:]]
