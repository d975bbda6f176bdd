"""What every ChatModel promises. An implementation is added in `models.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UnprocessableError, UpstreamTimeoutError
from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta, ToolCalled
from fanar.messages import ChatMessage, ChatRequest, Sampling
from fanar.protocols import ChatModel
from tests.contract.chat_model.models import IMPLEMENTATIONS, Answer, Speaking, speaking

TOOL = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}


@pytest.fixture(params=IMPLEMENTATIONS)
async def that_says(request: pytest.FixtureRequest) -> AsyncIterator[Speaking]:
    async with speaking(request.param) as make:
        yield make


def asking(**sampling: object) -> ChatRequest:
    return ChatRequest((ChatMessage("user", "Hello?"),), sampling=Sampling(**sampling))  # type: ignore[arg-type]


async def answered(model: ChatModel, request: ChatRequest) -> list[Event]:
    return [event async for event in model.stream(request)]


def text_of(events: list[Event], choice: int = 0) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta) and event.choice == choice)


async def test_the_text_arrives_whole_and_in_pieces(that_says: Speaking) -> None:
    events = await answered(await that_says(Answer("سلام عليكم and welcome")), asking())
    assert text_of(events) == "سلام عليكم and welcome"
    assert sum(isinstance(event, TextDelta) for event in events) > 1


async def test_the_choice_is_finished_before_the_response_is_completed(that_says: Speaking) -> None:
    *_, finished, completed = await answered(await that_says(Answer()), asking())
    assert finished == ChoiceFinished("stop")
    assert isinstance(completed, ResponseCompleted)
    assert completed.finish_reason == "stop"


async def test_the_response_is_completed_once(that_says: Speaking) -> None:
    events = await answered(await that_says(Answer()), asking())
    assert [type(event) for event in events].count(ResponseCompleted) == 1


async def test_the_model_that_answered_is_named(that_says: Speaking) -> None:
    model = await that_says(Answer())
    *_, completed = await answered(model, asking())
    assert isinstance(completed, ResponseCompleted)
    assert completed.model == model.name != ""


async def test_tokens_are_counted(that_says: Speaking) -> None:
    *_, completed = await answered(await that_says(Answer()), asking())
    assert isinstance(completed, ResponseCompleted)
    assert completed.usage.prompt_tokens > 0
    assert completed.usage.total_tokens == completed.usage.prompt_tokens + completed.usage.completion_tokens > completed.usage.prompt_tokens


async def test_every_choice_asked_for_is_answered_and_finished(that_says: Speaking) -> None:
    events = await answered(await that_says(Answer()), asking(n=3))
    assert [text_of(events, choice) for choice in range(3)] == [Answer().text] * 3
    assert sorted(event.choice for event in events if isinstance(event, ChoiceFinished)) == [0, 1, 2]


async def test_an_answer_cut_by_max_tokens_says_so(that_says: Speaking) -> None:
    *deltas, finished, completed = await answered(await that_says(Answer()), asking(max_tokens=2))
    assert text_of(deltas) == "سلام عليكم"
    assert finished == ChoiceFinished("length")
    assert isinstance(completed, ResponseCompleted)
    assert completed.finish_reason == "length"


async def test_a_tool_call_is_for_the_client_and_its_arguments_join_up(that_says: Speaking) -> None:
    model = await that_says(Answer("", tools=(("weather", '{"city":"الدوحة"}'), ("time", "{}"))))
    request = ChatRequest((ChatMessage("user", "Weather?"),), tools=(TOOL,))
    events = await answered(model, request)
    calls = [event for event in events if isinstance(event, ToolCalled)]
    assert {call.by for call in calls} == {"client"}
    for index, name, arguments in ((0, "weather", '{"city":"الدوحة"}'), (1, "time", "{}")):
        pieces = [call for call in calls if call.index == index]
        assert "".join(call.arguments for call in pieces) == arguments
        assert [call.name for call in pieces if call.name] == [name]
        assert len([call.id for call in pieces if call.id]) == 1
    assert events[-2] == ChoiceFinished("tool_calls")


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("unavailable", ModelUnavailableError),
        ("timeout", UpstreamTimeoutError),
        ("overloaded", OverloadedError),
        ("unprocessable", UnprocessableError),
    ],
)
async def test_a_failure_is_an_error_of_the_tree_in_both_languages(that_says: Speaking, failure: str, error: type[FanarError]) -> None:
    model = await that_says(Answer("", error=failure))
    with pytest.raises(error) as raised:
        await answered(model, asking())
    assert raised.value.message.en
    assert raised.value.message.ar


async def test_an_answer_can_be_left_and_another_asked_for(that_says: Speaking) -> None:
    model = await that_says(Answer(endless=True))
    for _ in range(2):
        stream = model.stream(asking())
        assert isinstance(await anext(stream), TextDelta)
        await stream.aclose()  # type: ignore[attr-defined]
        with pytest.raises(StopAsyncIteration):
            await anext(stream)


async def test_a_model_that_answers_is_available(that_says: Speaking) -> None:
    assert await (await that_says(Answer())).available()
