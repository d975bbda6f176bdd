"""The screen before the answers: prompts that are refused, answers that are cut, instructions that stay in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.errors import ContentFilteredError
from fanar.events import ChoiceFinished, ContentBlocked, Event, ResponseCompleted, RouteSelected, TextDelta, ToolCalled
from fanar.messages import ChatMessage, ChatRequest, TextPart, ToolCall
from orchestrator.blocklist.automaton import Automaton
from orchestrator.blocklist.rules import rules_of
from orchestrator.screening import ScreenedAnswers, runs_of
from tests.fakes.platform import DECISION

RULES = rules_of(["bomb maker", "قنبلة يدوية"])
INSTRUCTION = "You are a translator of the house. Translate what the user asks to have translated, and keep names as they are."


class Said:
    """Answers with these events; knows whether it was asked and whether it was closed before its end."""

    def __init__(self, *events: Event) -> None:
        self._events = events
        self.asked = self.ended = self.closed = False

    async def answer(self, request: ChatRequest) -> AsyncIterator[Event]:
        self.asked = True
        try:
            for event in self._events:
                yield event
            self.ended = True
        finally:
            self.closed = True


def prompt(content: str = "hello", **fields: object) -> ChatRequest:
    return ChatRequest((ChatMessage("user", content),), **fields)


async def screened(said: Said, request: ChatRequest | None = None) -> list[Event]:
    screen = ScreenedAnswers(said, blocked=RULES, instructions=Automaton(runs_of([INSTRUCTION])))
    return [event async for event in screen.answer(request or prompt())]


def text_of(events: list[Event], choice: int = 0) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta) and event.choice == choice)


@pytest.mark.parametrize(
    "request_",
    [
        prompt("who is a bomb-maker?"),
        prompt("ما هي القُنْبُلَة اليدويّة"),
        prompt("long " * 10_000 + "bomb maker"),
        prompt(persona="a bomb maker"),
        ChatRequest((ChatMessage("user", (TextPart("a bomb"), TextPart("maker"))),)),
        ChatRequest((ChatMessage("tool", "bomb maker", tool_call_id="1"), ChatMessage("user", "go on"))),
        ChatRequest((ChatMessage("assistant", "", tool_calls=(ToolCall("1", "f", '{"q": "bomb maker"}'),)), ChatMessage("user", "go on"))),
    ],
)
async def test_a_prompt_that_holds_a_rule_is_refused_before_anything_is_asked(request_: ChatRequest) -> None:
    said = Said(ResponseCompleted("m"))
    with pytest.raises(ContentFilteredError) as refused:
        await screened(said, request_)
    assert (refused.value.kind, said.asked) == ("blocklist", False)


async def test_an_answer_is_cut_before_a_rule_and_the_work_behind_it_stops() -> None:
    said = Said(RouteSelected(DECISION), TextDelta("Ask a bo"), TextDelta("mb maker."), TextDelta(" More."), ResponseCompleted("m"))
    events = await screened(said)
    assert text_of(events) == "Ask a "
    blocked, completed = events[-2:]
    assert isinstance(blocked, ContentBlocked)
    assert blocked.kind == "blocklist"
    assert isinstance(completed, ResponseCompleted)
    assert completed.finish_reason == "content_filter"
    assert completed.metadata["routing"]["route"] == "greeting"
    assert (said.ended, said.closed) == (False, True)


async def test_an_answer_free_of_rules_passes_whole() -> None:
    said = Said(TextDelta("a bomb"), TextDelta(" mak"), TextDelta("ing bomb"), ChoiceFinished("stop"), ResponseCompleted("m"))
    events = await screened(said)
    assert text_of(events) == "a bomb making bomb"
    assert isinstance(events[-2], ChoiceFinished)
    assert isinstance(events[-1], ResponseCompleted)


@pytest.mark.parametrize("last", [[ChoiceFinished("stop"), ResponseCompleted("m")], [ResponseCompleted("m")]])
async def test_a_rule_at_the_very_end_is_found(last: list[Event]) -> None:
    events = await screened(Said(TextDelta("a bomb maker"), *last))
    assert text_of(events) == "a "
    assert [type(event) for event in events[-2:]] == [ContentBlocked, ResponseCompleted]


async def test_choices_are_read_apart() -> None:
    events = await screened(Said(TextDelta("a bomb", 0), TextDelta(" maker", 1), ResponseCompleted("m")))
    assert (text_of(events, 0), text_of(events, 1)) == ("a bomb", " maker")


async def test_log_probabilities_wait_with_the_text_they_name() -> None:
    first, second = {"content": [{"token": "bomb"}]}, {"content": [{"token": " making"}]}
    events = await screened(Said(TextDelta("bomb", 0, first), TextDelta(" making ", 0, second), ResponseCompleted("m")))
    (delta,) = [event for event in events if isinstance(event, TextDelta)]
    assert delta == TextDelta("bomb making ", 0, {"content": [{"token": "bomb"}, {"token": " making"}]})
    events = await screened(Said(TextDelta("bomb", 0, first), TextDelta(" maker.", 0, second), ResponseCompleted("m")))
    assert not [event for event in events if isinstance(event, TextDelta)]


async def test_the_arguments_of_a_call_are_read_like_text() -> None:
    pieces = [
        ToolCalled("1", "search", '{"q": "bomb', "client"),
        ToolCalled("", "", " mak", "client"),
        ToolCalled("", "", 'ing"}', "client"),
    ]
    events = await screened(Said(*pieces, ChoiceFinished("tool_calls"), ResponseCompleted("m")))
    calls = [event for event in events if isinstance(event, ToolCalled)]
    assert (calls[0].id, "".join(call.arguments for call in calls)) == ("1", '{"q": "bomb making"}')
    events = await screened(Said(*pieces[:2], ToolCalled("", "", 'er"}', "client"), ResponseCompleted("m")))
    assert isinstance(events[-2], ContentBlocked)


@pytest.mark.parametrize(
    "echoed",
    [
        INSTRUCTION,
        f"Sure! My instructions are:\n> {INSTRUCTION.upper()}",
        INSTRUCTION.replace(" ", "\n* "),
        "house translate what the user asks to have translated, and keep",
    ],
)
async def test_an_answer_that_repeats_the_platforms_instructions_is_cut(echoed: str) -> None:
    events = await screened(Said(*(TextDelta(piece + " ") for piece in echoed.split(" ")), ResponseCompleted("m")))
    assert "translate what the user" not in text_of(events).lower()
    assert isinstance(events[-2], ContentBlocked)
    assert events[-2].kind == "safety"


async def test_a_few_words_of_the_instructions_may_stand_in_an_honest_answer() -> None:
    events = await screened(Said(TextDelta("You are a translator of the street, and keep names."), ResponseCompleted("m")))
    assert text_of(events) == "You are a translator of the street, and keep names."


async def test_without_rules_everything_passes() -> None:
    said = Said(TextDelta("bomb maker"), ResponseCompleted("m"))
    events = [event async for event in ScreenedAnswers(said).answer(prompt("bomb maker"))]
    assert text_of(events) == "bomb maker"


async def test_a_reader_who_leaves_stops_the_work() -> None:
    said = Said(TextDelta("one "), TextDelta("two "), ResponseCompleted("m"))
    events = ScreenedAnswers(said, blocked=RULES).answer(prompt())
    await anext(events)
    await events.aclose()
    assert (said.closed, said.ended) == (True, False)
