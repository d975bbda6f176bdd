"""How decisions are recorded: only where that is asked for, bounded, and without harm to the answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import StorageError
from fanar.events import Event, ResponseCompleted, Route, RouteSelected, RoutingDecision, TextDelta
from fanar.feedback import RecordedDecision
from fanar.messages import ChatMessage, ImagePart, TextPart
from orchestrator.decisions import DecisionLog, abridged
from tests.fakes.records import InMemoryDecisions

NOW = datetime(2026, 2, 3, tzinfo=UTC)
DECISION = RoutingDecision(Route.GENERAL, "star", 0.6, ())
ASKED = (ChatMessage("user", "ما عاصمة قطر؟"),)
EVENTS: tuple[Event, ...] = (RouteSelected(DECISION), TextDelta("الدوحة"), ResponseCompleted("star"))


def log(repository: InMemoryDecisions, *, on: bool = True) -> DecisionLog:
    return DecisionLog(repository=repository, on=on, days=30, now=lambda: NOW)


async def events() -> AsyncIterator[Event]:
    for event in EVENTS:
        yield event


async def test_the_decision_is_noted_and_the_events_pass_unchanged() -> None:
    repository = InMemoryDecisions()
    decisions = log(repository)
    async with decisions.writing():
        passed = [event async for event in decisions.noted(events(), ASKED, answer="a1", owner="key-1", model="Fanar")]
    assert tuple(passed) == EVENTS
    assert list(repository.decisions()) == [RecordedDecision("a1", "key-1", NOW, "Fanar", ASKED, DECISION)]


async def test_all_that_was_noted_is_written_before_the_end() -> None:
    repository = InMemoryDecisions(most=5000)
    decisions = log(repository)
    async with decisions.writing():
        for number in range(1500):
            await decisions.note(ASKED, DECISION, answer=str(number), owner="key-1", model="Fanar")
    assert [each.answer for each in repository.decisions()] == [str(number) for number in range(1500)]


async def test_nothing_is_kept_unless_the_operator_asks_for_it() -> None:
    repository = InMemoryDecisions()
    decisions = log(repository, on=False)
    async with decisions.writing():
        await decisions.note(ASKED, DECISION, answer="a1", owner="key-1", model="Fanar")
    assert list(repository.decisions()) == []


async def test_where_a_model_was_named_nothing_is_kept() -> None:
    repository = InMemoryDecisions()
    decisions = DecisionLog(repository=repository, on=True, days=30, routes=lambda model: model == "Fanar", now=lambda: NOW)
    async with decisions.writing():
        for model in ("Fanar", "Fanar-S-1-7B"):
            await decisions.note(ASKED, DECISION, answer=model, owner="key-1", model=model)
    assert [each.answer for each in repository.decisions()] == ["Fanar"]


async def test_what_has_grown_old_is_forgotten_even_with_recording_off() -> None:
    repository = InMemoryDecisions()
    old = RecordedDecision("a1", "key-1", NOW - timedelta(days=31), "Fanar", ASKED, DECISION)
    repository.record([old], since=old.created)
    async with log(repository, on=False).writing():
        pass
    assert list(repository.decisions()) == []


class FailingDecisions(InMemoryDecisions):
    def record(self, decisions: Sequence[RecordedDecision], *, since: datetime) -> None:
        raise StorageError(Bilingual("Busy.", "مشغولة."))


async def test_a_database_that_fails_does_not_fail_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    decisions = log(FailingDecisions())
    async with decisions.writing():
        passed = [event async for event in decisions.noted(events(), ASKED, answer="a1", owner="key-1", model="Fanar")]
    assert tuple(passed) == EVENTS
    assert "decisions could not be recorded" in caplog.text
    assert "عاصمة" not in caplog.text


async def test_leaving_early_stops_the_answer() -> None:
    closed = []

    async def endless() -> AsyncIterator[Event]:
        try:
            while True:
                yield TextDelta("…")
        finally:
            closed.append(True)

    stream = log(InMemoryDecisions()).noted(endless(), ASKED, answer="a1", owner="key-1", model="Fanar")
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    assert closed == [True]


def test_of_a_long_conversation_the_last_turns_are_kept() -> None:
    turns = [ChatMessage("user", letter * 4) for letter in "abc"]
    assert abridged(turns, most=12) == (tuple(turns), True)
    assert abridged(turns, most=9) == (tuple(turns[1:]), False)


def test_a_last_turn_that_is_too_long_is_cut_and_keeps_its_attachments() -> None:
    image = ImagePart("https://example.com/a.png")
    assert abridged([ChatMessage("user", "abcdef")], most=4) == ((ChatMessage("user", "abcd"),), False)
    kept, whole = abridged([ChatMessage("user", (TextPart("abcdef"), image))], most=4)
    assert (kept[0].content, whole) == ((TextPart("abcd"), image), False)
