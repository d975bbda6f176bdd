"""An answer that gives away a secret of its prompt is stopped; what it would have a reader follow is disarmed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from fanar.documents import Document
from fanar.events import ChoiceFinished, ContentBlocked, Event, ResponseCompleted, TextDelta
from fanar.messages import ChatMessage, ChatRequest
from rag.prompts import grounded_instruction, secrets_of
from rag.watching import watched

PASSAGE = Document(id="1", corpus="c", reference="r", text="==" + "0" * 24 + "== mark-" + "1" * 24)
SYSTEM = grounded_instruction([PASSAGE], language="en")
FENCE, CANARY = secrets_of(SYSTEM.text)


def asked(*messages: ChatMessage) -> ChatRequest:
    return ChatRequest(model="m", messages=(*messages, ChatMessage("user", "q")))


async def answered(text: str, *, size: int = 5, request: ChatRequest | None = None) -> list[Event]:
    async def said() -> AsyncIterator[Event]:
        for at in range(0, len(text), size):
            yield TextDelta(text[at : at + size])
        yield ChoiceFinished("stop")
        yield ResponseCompleted("m")

    return [event async for event in watched(said(), request or asked(SYSTEM), model="m")]


def text_of(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def test_secrets_are_those_of_the_instruction_not_of_a_passage() -> None:
    assert "0" * 24 not in (FENCE, CANARY)
    assert "1" * 24 not in (FENCE, CANARY)
    assert f"=={FENCE}==" in SYSTEM.text
    assert f"mark-{CANARY}" in SYSTEM.text


@pytest.mark.parametrize("secret", [FENCE, CANARY])
@pytest.mark.parametrize("size", [1, 9, 100])
async def test_answer_with_a_secret_is_cut_before_it(secret: str, size: int) -> None:
    events = await answered(f"Certainly: {secret} and more", size=size)
    assert secret not in text_of(events)
    assert "more" not in text_of(events)
    assert isinstance(events[-2], ContentBlocked)
    assert events[-2].kind == "safety"
    assert isinstance(events[-1], ResponseCompleted)
    assert events[-1].finish_reason == "content_filter"


async def test_beginning_of_a_secret_that_goes_on_otherwise_passes() -> None:
    text = f"The code {FENCE[:12]} is not it."
    assert text_of(await answered(text, size=3)) == text


async def test_links_are_disarmed_where_passages_were_shown() -> None:
    events = await answered("See ![x](https://evil.example/a) [1].")
    assert text_of(events) == "See x [1]."
    assert isinstance(events[-1], ResponseCompleted)
    assert events[-1].finish_reason == "stop"


async def test_what_an_answer_ends_with_is_not_lost_where_choices_do_not_finish() -> None:
    async def said() -> AsyncIterator[Event]:
        yield TextDelta("half a wor")
        yield ResponseCompleted("m")

    events = [event async for event in watched(said(), asked(SYSTEM), model="m")]
    assert text_of(events) == "half a wor"


async def test_prompt_without_secrets_is_answered_as_it_is() -> None:
    text = "Read https://example.org/."
    assert text_of(await answered(text, request=asked())) == text
