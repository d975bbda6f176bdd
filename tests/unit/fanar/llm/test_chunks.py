"""Chunks of a stream become events; nonsense becomes an error of ours."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from fanar.errors import FanarError, ModelUnavailableError, OverloadedError, UnprocessableError
from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta, ToolCalled
from fanar.llm.chunks import ChunkReader
from fanar.llm.thinking import Reasoning


def chunk(delta: object = None, *, index: object = 0, **more: Any) -> bytes:
    return orjson.dumps({"model": "m", "choices": [{"index": index, "delta": delta or {}, **more}]})


def read(*payloads: bytes, choices: int = 1) -> list[Event]:
    reader = ChunkReader(choices=choices)
    return [event for payload in payloads for event in reader.read(payload)]


def token(text: str) -> dict[str, Any]:
    return {"content": [{"token": text, "logprob": -1.0}], "refusal": None}


STOP = chunk(finish_reason="stop")


@pytest.mark.parametrize(
    ("wire", "reason"),
    [("stop", "stop"), ("length", "length"), ("function_call", "tool_calls"), ("content_filter", "content_filter"), ("eos_token", "stop")],
)
def test_each_server_s_reason_becomes_one_of_ours(wire: str, reason: str) -> None:
    assert read(chunk(finish_reason=wire)) == [ChoiceFinished(reason)]  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["abort", "error"])
def test_a_choice_that_the_server_gave_up_is_an_error(reason: str) -> None:
    with pytest.raises(ModelUnavailableError):
        read(chunk(finish_reason=reason))


def test_what_follows_the_finish_of_a_choice_is_not_part_of_it() -> None:
    assert read(STOP, chunk({"content": "more"})) == [ChoiceFinished("stop")]


def test_usage_and_model_stand_in_the_last_event() -> None:
    reader = ChunkReader(choices=1)
    usage = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7, "prompt_tokens_details": {"cached_tokens": 2}, "other": None}
    for payload in (chunk({"content": "x"}), STOP, orjson.dumps({"choices": [], "usage": usage})):
        reader.read(payload)
    completed = reader.completed()
    assert isinstance(completed, ResponseCompleted)
    assert (completed.model, completed.usage.total_tokens, completed.usage.details) == (
        "m",
        7,
        {"prompt_tokens_details": {"cached_tokens": 2}},
    )


def test_log_probabilities_arrive_with_their_text_as_the_server_wrote_them() -> None:
    assert read(chunk({"content": "hi"}, logprobs=token("hi"))) == [TextDelta("hi", 0, token("hi"))]


def test_log_probabilities_of_text_that_waits_come_with_the_text() -> None:
    pieces = ["a <", "thi", "s>", "b"]
    events = read(*(chunk({"content": piece}, logprobs=token(piece)) for piece in pieces))
    told = [entry["token"] for event in events if isinstance(event, TextDelta) and event.logprobs for entry in event.logprobs["content"]]
    assert told == pieces
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == "".join(pieces)


def test_log_probabilities_do_not_give_reasoning_away() -> None:
    pieces = ["<think>", "secret", "</think>", "open"]
    events = read(*(chunk({"content": piece}, logprobs=token(piece)) for piece in pieces), STOP)
    assert events == [TextDelta("open", 0, token("open")), ChoiceFinished("stop")]


def test_log_probabilities_without_text_are_not_lost() -> None:
    events = read(chunk({"content": "x"}), chunk({"content": ""}, logprobs=token("")), STOP)
    assert events == [TextDelta("x"), TextDelta("", 0, token("")), ChoiceFinished("stop")]


def test_text_that_waited_is_given_out_before_the_finish() -> None:
    assert read(chunk({"content": "1 <"}), STOP) == [TextDelta("1 "), TextDelta("<"), ChoiceFinished("stop")]


def test_a_call_without_an_id_gets_one_of_its_own() -> None:
    piece = {"function": {"name": "f", "arguments": "{}"}}
    first, second = (e for e in read(chunk({"tool_calls": [piece, piece]})) if isinstance(e, ToolCalled))
    assert (first.index, second.index) == (0, 1)
    assert first.id != second.id
    assert first.id


def test_a_call_that_names_itself_in_every_piece_is_named_once() -> None:
    pieces = [
        chunk({"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": part}}]}) for part in ('{"a"', ":1}", "")
    ]
    assert read(*pieces) == [ToolCalled("c", "f", '{"a"', "client"), ToolCalled("", "", ":1}", "client")]


@pytest.mark.parametrize(
    "payload",
    [
        b"[]",
        b"null",
        b"7",
        b"{",
        b"\xff",
        b'{"choices": {}}',
        b'{"choices": [3]}',
        b'{"choices": [], "usage": 3}',
        b'{"choices": [], "model": {}}',
        b'{"choices": [], "usage": {"prompt_tokens": "many"}}',
        chunk([1]),
        chunk({"content": 3}),
        chunk({"content": ["x"]}),
        chunk({"tool_calls": {}}),
        chunk({"tool_calls": [1]}),
        chunk({"tool_calls": [{"function": {"arguments": "{}"}}]}),
        chunk({"tool_calls": [{"function": {"name": "f", "arguments": {}}}]}),
        chunk(index=1),
        chunk(index=-1),
        chunk(index="0"),
        chunk(finish_reason=1),
        chunk({"content": "x"}, logprobs=[1]),
    ],
)
def test_nonsense_is_an_unavailable_model(payload: bytes) -> None:
    with pytest.raises(ModelUnavailableError):
        read(payload)


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        (b'{"error": {"message": "x", "code": 400}}', UnprocessableError),
        (b'{"error": {"message": "x", "code": 429}}', OverloadedError),
        (b'{"error": {"message": "x", "code": "cuda"}}', ModelUnavailableError),
        (b'{"error": "x"}', ModelUnavailableError),
        (b'{"object": "error", "message": "x", "code": 503}', OverloadedError),
    ],
)
def test_an_error_within_the_stream_is_mapped(payload: bytes, error: type[FanarError]) -> None:
    with pytest.raises(error):
        read(payload)


def test_an_answer_with_an_unfinished_choice_is_broken_off() -> None:
    reader = ChunkReader(choices=2)
    for payload in (chunk({"content": "x"}), chunk({"content": "y"}, index=1), STOP, b"[DONE]"):
        reader.read(payload)
    with pytest.raises(ModelUnavailableError):
        reader.completed()


def test_a_choice_that_never_began_is_missing_when_the_stream_was_cut() -> None:
    reader = ChunkReader(choices=2)
    reader.read(STOP)
    with pytest.raises(ModelUnavailableError):
        reader.completed()


def _said(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def _halved(text: str) -> bytes:
    return b'{"model":"m","choices":[{"index":0,"delta":{"content":"%b"}}]}' % text.encode("ascii")


def test_a_letter_cut_into_two_events_is_joined() -> None:
    assert _said(read(_halved(r"a\ud83d"), _halved(r"\ude00b"), STOP)) == "a😀b"
    assert _said(read(_halved(r"a\ud83d"), chunk({"content": "b"}), STOP)) == "a\ufffdb"
    assert _said(read(_halved(r"a\ud83d"), STOP)) == "a\ufffd"


def test_a_letter_cut_in_two_within_the_arguments_of_a_call_is_put_together() -> None:
    first = rb'{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":\"\ud83d"}}]}}]}'
    then = rb'{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\ude00\"}"}}]}}]}'
    calls = [event for event in read(first, then) if isinstance(event, ToolCalled)]
    assert "".join(call.arguments for call in calls) == '{"x":"😀"}'


def test_half_a_letter_in_logprobs_can_be_written_on() -> None:
    payload = rb'{"choices":[{"delta":{"content":"a"},"logprobs":{"content":[{"token":"\ud83d","logprob":-1}]}}]}'
    said = [event for event in read(payload) if isinstance(event, TextDelta)]
    assert [event.logprobs for event in said] == [{"content": [{"token": "\ufffd", "logprob": -1}]}]


def test_nothing_passes_unread_while_half_a_letter_waits() -> None:
    reader = ChunkReader(choices=1)
    reader.read(chunk({"content": "a"}))
    assert reader.passing
    reader.read(_halved(r"b\ud83d"))
    assert not reader.passing


def test_broken_json_stays_broken_beside_half_a_letter() -> None:
    with pytest.raises(ModelUnavailableError):
        read(_halved(r"\ud83d") + b"}")


def test_a_server_whose_template_opens_reasoning_is_known_after_its_first_stream() -> None:
    reasoning = Reasoning()
    for shown in ("hidden", ""):
        reader = ChunkReader(choices=1, reasoning=reasoning)
        events = [event for text in ("hidden", "</think>", "\n\nanswer") for event in reader.read(chunk({"content": text}))]
        assert _said(events).startswith(shown or "answer")
        reader.read(STOP)


def test_reasoning_that_was_asked_for_is_held_back_from_the_first_answer_on() -> None:
    reader = ChunkReader(choices=1, asked=True)
    events = [event for text in ("hidden", "</think>answer") for event in reader.read(chunk({"content": text}))]
    assert _said(events) == "answer"


def test_an_answer_beside_reasoning_that_the_server_keeps_apart_is_passed_on_at_once() -> None:
    reader = ChunkReader(choices=1, asked=True)
    assert reader.read(chunk({"reasoning_content": "hidden"})) == []
    assert _said(reader.read(chunk({"content": "answer"}))) == "answer"


def test_a_whole_answer_is_read_from_the_end_of_its_reasoning_on() -> None:
    choice = {"index": 0, "message": {"content": "hidden\n</think>\n\nanswer"}, "finish_reason": "stop"}
    assert _said(ChunkReader(choices=1).read_whole(orjson.dumps({"model": "m", "choices": [choice]}))) == "answer"
