"""A whole answer as one JSON object: the same events as a stream's, collected."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any

from fanar.errors import ContentFilteredError
from fanar.events import Event
from fanar.streams import closing
from orchestrator.api.answer import AnswerState, ChoiceState

Json = dict[str, Any]


async def collect(
    events: AsyncIterator[Event],
    *,
    id: str,  # noqa: A002  (the contract's word)
    created: int,
    model: str,
    choices: int = 1,
) -> Json:
    """Return the answer of `events`, so many choices of it. Raises ContentFilteredError when it was blocked before a word was said."""
    state = AnswerState(wanted=choices)
    async with closing(events):
        async for event in events:
            state.add(event)
    return _written(state, id=id, created=created, model=model)


def collected(events: Iterable[Event], *, id: str, created: int) -> Json:  # noqa: A002
    """Return the answer of events that are all there, the last of them a `ResponseCompleted`."""
    state = AnswerState()
    for event in events:
        state.add(event)
    return _written(state, id=id, created=created, model="")


def _written(state: AnswerState, *, id: str, created: int, model: str) -> Json:  # noqa: A002
    if state.blocked is not None and not any(choice.touched for choice in state.choices.values()):
        raise ContentFilteredError(state.blocked.message, kind=state.blocked.kind)
    return {
        "id": id,
        "object": "chat.completion",
        "created": created,
        "model": state.completed.model if state.completed else model,
        "choices": [_choice(index, choice, state, id) for index, choice in sorted(state.choices.items())],
        "usage": state.usage,
        "metadata": state.metadata,
        **({"tool_events": state.tool_events} if state.tool_events else {}),
    }


def _choice(index: int, choice: ChoiceState, state: AnswerState, id: str) -> Json:  # noqa: A002
    said = choice.content
    message: Json = {"role": "assistant", "content": said if said or not choice.calls else None}
    if state.references and index == 0:
        message["references"] = state.references
    if state.sound and index == 0:
        message["audio"] = state.audio(id)
    if choice.calls:
        message["tool_calls"] = [call for _, call in sorted(choice.calls.items())]
    logprobs = {"content": choice.logprobs} if choice.logprobs else None
    return {"index": index, "message": message, "logprobs": logprobs, "finish_reason": state.reason_of(choice)}
