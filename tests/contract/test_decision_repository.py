"""What every DecisionRepository promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from fanar.events import Route, RoutingDecision
from fanar.feedback import RecordedDecision
from fanar.messages import AudioPart, ChatMessage, ImagePart, TextPart
from fanar.protocols import DecisionRepository
from fanar.storage.decisions import SqlDecisionRepository
from fanar.storage.models import DecisionRow
from tests.fakes.records import InMemoryDecisions

MOST = 3
IMPLEMENTATIONS: list[Callable[[Engine], DecisionRepository]] = [
    lambda engine: SqlDecisionRepository(engine=engine, most=MOST),
    lambda engine: InMemoryDecisions(most=MOST),
]
NOW = datetime(2026, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=30)
DECISION = RoutingDecision(
    Route.ISLAMIC, "sadiq", 0.91, (Bilingual("classifier: islamic 0.91", "المصنِّف: إسلامي 0.91"),), ((Route.GENERAL, 0.05),), "ruling"
)
MESSAGES = (ChatMessage("user", "ما حكم صيام المسافر؟"), ChatMessage("assistant", "…"), ChatMessage("user", "وللمريض؟"))
RECORDED = RecordedDecision("chatcmpl-1", "key-1", NOW, "Fanar", MESSAGES, DECISION)


def named(number: int, **changes: object) -> RecordedDecision:
    return replace(RECORDED, answer=f"chatcmpl-{number}", **changes)


@pytest.fixture(params=IMPLEMENTATIONS, ids=["sql", "memory"])
def repository(request: pytest.FixtureRequest, engine: Engine) -> DecisionRepository:
    return request.param(engine)


def test_a_decision_is_kept_with_its_conversation(repository: DecisionRepository) -> None:
    repository.record([RECORDED, named(2, whole=False)], since=LONG_AGO)
    assert list(repository.decisions()) == [RECORDED, named(2, whole=False)]
    assert repository.find("chatcmpl-2").whole is False


def test_a_reason_recorded_in_one_language_stands_for_both(engine: Engine) -> None:
    repository = SqlDecisionRepository(engine=engine, most=MOST)
    repository.record([RECORDED], since=LONG_AGO)
    with engine.begin() as connection:
        connection.execute(update(DecisionRow).values(decision={**asdict(DECISION), "reasons": ["classifier: islamic 0.91"]}))
    (reason,) = repository.find("chatcmpl-1").decision.reasons
    assert reason == Bilingual("classifier: islamic 0.91", "classifier: islamic 0.91")


def test_of_an_attachment_only_its_kind_is_kept(repository: DecisionRepository) -> None:
    parts = (TextPart("ما هذا؟"), ImagePart("https://example.com/secret.png"), AudioPart(data="c2VjcmV0"))
    repository.record([named(1, messages=(ChatMessage("user", parts),))], since=LONG_AGO)
    (message,) = repository.find("chatcmpl-1").messages
    assert message.content == (TextPart("ما هذا؟"), ImagePart(""), AudioPart())


def test_only_the_newest_are_kept(repository: DecisionRepository) -> None:
    recorded = [named(number) for number in range(MOST + 2)]
    repository.record(recorded[:2], since=LONG_AGO)
    repository.record(recorded[2:], since=LONG_AGO)
    assert list(repository.decisions()) == recorded[-MOST:]


def test_old_ones_are_forgotten_even_when_nothing_is_new(repository: DecisionRepository) -> None:
    repository.record([named(1, created=LONG_AGO), named(2)], since=LONG_AGO)
    repository.record([], since=LONG_AGO + timedelta(seconds=1))
    assert [each.answer for each in repository.decisions()] == ["chatcmpl-2"]


def test_nothing_is_recorded_before_anything_is(repository: DecisionRepository) -> None:
    repository.record([], since=LONG_AGO)
    assert list(repository.decisions()) == []
    with pytest.raises(NotFoundError):
        repository.find("chatcmpl-1")
