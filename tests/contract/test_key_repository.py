"""What every KeyRepository promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine

from fanar.errors import ConflictError, NotFoundError
from fanar.keys import ApiKey
from fanar.protocols import KeyRepository
from fanar.storage.keys import SqlKeyRepository

IMPLEMENTATIONS: list[Callable[[Engine], KeyRepository]] = [lambda engine: SqlKeyRepository(engine=engine)]
NOW = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
KEY = ApiKey(id="k1", name="مفتاح", digest="d1", last_four="abcd", created=NOW, expires=NOW + timedelta(days=1))


@pytest.fixture(params=IMPLEMENTATIONS, ids=["sql"])
def repository(request: pytest.FixtureRequest, engine: Engine) -> KeyRepository:
    return request.param(engine)


def test_a_key_is_found_by_its_digest_as_it_was_added(repository: KeyRepository) -> None:
    repository.add(KEY)
    assert repository.find("d1") == KEY


def test_a_time_given_in_another_zone_is_the_same_moment(repository: KeyRepository) -> None:
    doha = timezone(timedelta(hours=3))
    repository.add(replace(KEY, created=NOW.astimezone(doha)))
    assert repository.find("d1").created == NOW


def test_keys_are_listed_oldest_first(repository: KeyRepository) -> None:
    younger = replace(KEY, id="a", digest="d2", created=NOW + timedelta(seconds=1))
    repository.add(younger)
    repository.add(KEY)
    assert repository.keys() == [KEY, younger]


def test_a_revoked_key_keeps_its_first_time(repository: KeyRepository) -> None:
    repository.add(KEY)
    assert repository.revoke("k1", at=NOW).revoked == NOW
    assert repository.revoke("k1", at=NOW + timedelta(days=1)).revoked == NOW
    assert repository.find("d1").revoked == NOW


@pytest.mark.parametrize("same", [{"id": "k2"}, {"digest": "d2"}])
def test_an_id_or_digest_is_taken_once(repository: KeyRepository, same: dict[str, str]) -> None:
    repository.add(KEY)
    with pytest.raises(ConflictError):
        repository.add(replace(KEY, **same))


def test_unknown_keys_are_not_found(repository: KeyRepository) -> None:
    with pytest.raises(NotFoundError):
        repository.find("none")
    with pytest.raises(NotFoundError):
        repository.revoke("none", at=NOW)
