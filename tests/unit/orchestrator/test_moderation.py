"""Between users and models: what is judged unsafe is refused or cut, what is not passes whole and in order."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.errors import ContentFilteredError
from fanar.events import ChoiceFinished, ContentBlocked, Event, ResponseCompleted, Route, RouteSelected, RoutingDecision, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from fanar.moderation.settings import ModerationSettings
from orchestrator.bootstrap.moderation import LateModerator, Moderation
from orchestrator.moderation import GuardPolicy, ModeratedAnswers
from tests.fakes.platform import WordModerator

DECISION = RoutingDecision(route=Route.GENERAL, model="star", confidence=1.0, reasons=())


class Saying:
    def __init__(self, *pieces: str, choices: int = 1) -> None:
        self._pieces = pieces
        self._choices = choices
        self.asked = 0
        self.closed = False

    async def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        self.asked += 1
        try:
            yield RouteSelected(DECISION)
            for piece in self._pieces:
                for choice in range(self._choices):
                    yield TextDelta(piece, choice)
            for choice in range(self._choices):
                yield ChoiceFinished("stop", choice)
            yield ResponseCompleted("m")
        finally:
            self.closed = True


def asked(prompt: str) -> ChatRequest:
    return ChatRequest(model="Fanar", messages=(ChatMessage("user", prompt),))


async def answered(
    saying: Saying, prompt: str = "hello", *, prompts: bool = True, categories: tuple[str, ...] = ("harassment",)
) -> list[Event]:
    policy = GuardPolicy(prompts=prompts, answers=True, categories=frozenset(categories))
    return [event async for event in ModeratedAnswers(saying, moderator=WordModerator(), policy=policy).answer(asked(prompt))]


def text_of(events: list[Event], choice: int = 0) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta) and event.choice == choice)


async def test_unsafe_prompt_is_refused_before_anyone_is_asked() -> None:
    saying = Saying("hi")
    with pytest.raises(ContentFilteredError) as refused:
        await answered(saying, "you are awful")
    assert (refused.value.kind, refused.value.param) == ("safety", "messages")
    assert not saying.asked


async def test_category_that_is_not_listed_is_let_through() -> None:
    assert text_of(await answered(Saying("hi"), "you are awful", categories=("hate",))) == "hi"


async def test_prompts_pass_unread_where_answers_alone_are_judged() -> None:
    assert text_of(await answered(Saying("hi"), "you are awful", prompts=False)) == "hi"


async def test_safe_answer_passes_whole_with_its_events_in_order() -> None:
    pieces = [f"word {at} " for at in range(100)]
    events = await answered(Saying(*pieces, choices=2))
    assert text_of(events, 0) == text_of(events, 1) == "".join(pieces)
    assert isinstance(events[0], RouteSelected)
    assert isinstance(events[-1], ResponseCompleted)
    finished = [at for at, event in enumerate(events) if isinstance(event, ChoiceFinished)]
    assert all(at < finished[0] for at, event in enumerate(events) if isinstance(event, TextDelta) and event.choice == 0)


async def test_unsafe_answer_is_cut_and_its_work_stopped() -> None:
    saying = Saying(*["fine " for _ in range(60)], "you are aw", "ful ", *["never " for _ in range(100)])
    events = await answered(saying)
    assert text_of(events).startswith("fine fine")
    assert "awful" not in text_of(events)
    assert "never" not in text_of(events)
    assert isinstance(events[-2], ContentBlocked)
    assert isinstance(events[-1], ResponseCompleted)
    assert events[-1].finish_reason == "content_filter"
    assert events[-1].metadata["routing"]["route"] == "general"
    assert saying.closed


async def test_what_stands_across_two_pieces_is_read_together() -> None:
    events = await answered(Saying("x" * 236 + " aw", "x", "ful"))
    assert not isinstance(events[-2], ContentBlocked)
    events = await answered(Saying("x" * 236 + " you", " are awf", "ul indeed"))
    assert isinstance(events[-2], ContentBlocked)


@pytest.mark.parametrize(
    ("guard", "prompts", "answers"), [("off", False, False), ("prompts", True, False), ("answers", False, True), ("both", True, True)]
)
def test_operator_says_what_is_judged(guard: str, prompts: bool, answers: bool) -> None:
    moderation = Moderation(LateModerator(), ModerationSettings(guard=guard), None)  # type: ignore[arg-type]
    saying = Saying("hi")
    assert (moderation.reads_prompts, moderation.reads_answers) == (prompts, answers)
    assert (moderation.guarding(saying) is saying) is (guard == "off")
    assert moderation.capability().available
    assert ("conversations too" in moderation.capability().detail.en) is (guard != "off")
