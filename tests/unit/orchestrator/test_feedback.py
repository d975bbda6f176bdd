"""What people say of answers: whose word counts, and what is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fanar.errors import NotFoundError, UnprocessableError
from fanar.events import Route, RoutingDecision
from fanar.feedback import Feedback, Opinion, RecordedDecision
from fanar.messages import ChatMessage
from orchestrator.feedback import FeedbackDesk
from tests.fakes.records import InMemoryDecisions, InMemoryFeedback

NOW = datetime(2026, 2, 3, tzinfo=UTC)
ANSWER = "chatcmpl-" + "0" * 32
DECISION = RoutingDecision(Route.GENERAL, "star", 0.6, ())


@pytest.fixture
def kept() -> InMemoryFeedback:
    return InMemoryFeedback()


@pytest.fixture
def decisions() -> InMemoryDecisions:
    return InMemoryDecisions()


@pytest.fixture
def desk(kept: InMemoryFeedback, decisions: InMemoryDecisions) -> FeedbackDesk:
    return FeedbackDesk(feedback=kept, decisions=decisions, now=lambda: NOW)


async def test_what_is_said_is_kept_for_who_says_it(desk: FeedbackDesk, kept: InMemoryFeedback) -> None:
    given = await desk.take(Opinion(ANSWER, rating="down", route=Route.ISLAMIC, comment="no"), owner="key-1")
    assert kept.feedback() == [given]
    assert given == Feedback(given.id, ANSWER, "key-1", NOW, "down", Route.ISLAMIC, comment="no")
    assert given.corrects


async def test_a_rating_alone_corrects_nothing(desk: FeedbackDesk) -> None:
    assert not (await desk.take(Opinion(ANSWER, rating="up"), owner="key-1")).corrects


async def test_another_keys_answer_is_not_found(desk: FeedbackDesk, kept: InMemoryFeedback, decisions: InMemoryDecisions) -> None:
    recorded = RecordedDecision(ANSWER, "key-2", NOW, "Fanar", (ChatMessage("user", "?"),), DECISION)
    decisions.record([recorded], since=NOW - timedelta(days=1))
    with pytest.raises(NotFoundError):
        await desk.take(Opinion(ANSWER, rating="up"), owner="key-1")
    assert kept.feedback() == []
    await desk.take(Opinion(ANSWER, rating="up"), owner="key-2")
    assert [each.owner for each in kept.feedback()] == ["key-2"]


async def test_star_or_prime_is_a_matter_of_general_prompts_only(desk: FeedbackDesk) -> None:
    with pytest.raises(UnprocessableError) as refused:
        await desk.take(Opinion(ANSWER, rating="down", route=Route.IMAGE, model="prime"), owner="key-1")
    assert refused.value.param == "model"
    assert (await desk.take(Opinion(ANSWER, rating="down", route=Route.GENERAL, model="prime"), owner="key-1")).model == "prime"
