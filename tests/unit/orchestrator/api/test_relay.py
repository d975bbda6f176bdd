"""A relayed stream says what it would say if every chunk were read, however it is cut."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.events import ResponseCompleted, Route, RoutingDecision
from fanar.llm.chunks import ChunkReader
from orchestrator.api.chunks import ChunkWriter
from orchestrator.api.collect import collected
from orchestrator.api.relay import RelayWriter, whole_answer
from orchestrator.dispatch import with_routing

DECISION = RoutingDecision(Route.GENERAL, "star", 1.0, (Bilingual("named", "مسمّى"),))
END = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
USAGE_OF_3_AND_4 = {"usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}}
USAGE = {"choices": [], **USAGE_OF_3_AND_4}


def chunk(rest: dict[str, object]) -> bytes:
    base = {"id": "theirs", "object": "chat.completion.chunk", "created": 5, "model": "tiny"}
    return b"data: " + orjson.dumps({**base, **rest}) + b"\n\n"


def text(content: str, **delta: object) -> bytes:
    return chunk({"choices": [{"index": 0, "delta": {"content": content, **delta}, "logprobs": None, "finish_reason": None}]})


def relayed(pieces: Sequence[bytes], *, choices: int = 1) -> tuple[list[dict[str, object]], ResponseCompleted]:
    writer = RelayWriter(DECISION, "ar", ChunkWriter(id="ours", created=9, model="Fanar-S-1-7B"), choices=choices)
    written: list[bytes] = []
    for piece in pieces:
        writer.frames(piece, written)
    last, completed = writer.last()
    sent = b"".join((*written, last))
    assert sent.endswith(b"\n\ndata: [DONE]\n\n")
    return [orjson.loads(frame.removeprefix(b"data: ")) for frame in sent.split(b"\n\n")[:-2]], completed


def said(frames: list[dict[str, object]], choice: int = 0) -> str:
    rows = [row for frame in frames for row in frame["choices"] if row["index"] == choice]  # type: ignore[attr-defined]
    return "".join(row["delta"].get("content", "") for row in rows)


STREAM = [
    text("", role="assistant"),
    text("سلام"),
    text(' "quoted"\n'),
    text("two") + text(" in one"),
    text(" a <b> tag"),
    text("\u0001 escaped "),
    text("end"),
    chunk(END),
    chunk(USAGE),
    b"data: [DONE]\n\n",
]
WHOLE = 'سلام "quoted"\ntwo in one a <b> tag\u0001 escaped end'


def test_text_passes_under_our_name_and_id() -> None:
    frames, completed = relayed(STREAM)
    assert said(frames) == WHOLE
    assert {(frame["id"], frame["created"]) for frame in frames} == {("ours", 9)}
    assert {frame["model"] for frame in frames[:-1]} == {"Fanar-S-1-7B"}
    assert frames[0]["choices"][0]["delta"]["role"] == "assistant"  # type: ignore[index]
    last = frames[-1]
    assert last["usage"]["total_tokens"] == 7  # type: ignore[index]
    assert last["metadata"]["routing"]["answered_by"] == "tiny"  # type: ignore[index]
    assert completed.usage.prompt_tokens == 3


@pytest.mark.parametrize("size", [1, 7, 100, 10_000])
def test_text_is_the_same_however_the_stream_is_cut(size: int) -> None:
    stream = b"".join(STREAM)
    frames, _ = relayed([stream[at : at + size] for at in range(0, len(stream), size)])
    assert said(frames) == WHOLE


def test_reasoning_does_not_leak_in_tags_or_fields() -> None:
    thoughts = [text("<think>"), text("secret"), text("</think>"), text("said"), text(" aloud <thi"), text("nk>secret</think> more")]
    hidden = chunk({"choices": [{"index": 0, "delta": {"reasoning_content": "secret"}, "finish_reason": None}]})
    frames, _ = relayed([*thoughts, hidden, chunk(END), b"data: [DONE]\n\n"])
    assert "secret" not in str(frames)
    assert said(frames).split() == ["said", "aloud", "more"]


def test_choices_and_log_probabilities_are_read() -> None:
    rows = [{"index": i, "delta": {"content": str(i)}, "logprobs": {"content": [{"token": str(i)}]}, "finish_reason": None} for i in (0, 1)]
    ends = [{"index": i, "delta": {}, "finish_reason": "stop"} for i in (0, 1)]
    frames, _ = relayed([chunk({"choices": [row]}) for row in (*rows, *rows)] + [chunk({"choices": ends})], choices=2)
    assert (said(frames, 0), said(frames, 1)) == ("00", "11")
    assert frames[0]["choices"][0]["logprobs"] == {"content": [{"token": "0"}]}  # type: ignore[index]


def test_stream_that_breaks_off_is_an_error_after_what_was_said() -> None:
    with pytest.raises(ModelUnavailableError):
        relayed(STREAM[:4])


def test_error_within_the_stream_is_raised_after_what_stood_before_it() -> None:
    writer = RelayWriter(DECISION, "ar", ChunkWriter(id="ours", created=9, model="m"), choices=1)
    frames: list[bytes] = []
    with pytest.raises(ModelUnavailableError):
        writer.frames(b"".join(STREAM[:3]) + b'data: {"error":{"message":"gone","code":500}}\n\n', frames)
    assert "سلام".encode() in b"".join(frames)
    assert b"error" in writer.failure(ModelUnavailableError(Bilingual("Gone.", "انقطع.")), "en")


ROW = {"index": 0, "message": {"role": "assistant", "content": "سلام"}, "logprobs": None, "finish_reason": "stop"}
WHOLE_ANSWER = {"id": "theirs", "object": "chat.completion", "created": 5, "model": "tiny", "choices": [ROW], **USAGE_OF_3_AND_4}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, {}),
        ({}, {"content": ' two\n "lines" '}),
        ({}, {"content": ""}),
        ({}, {"content": None, "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}),
        ({}, {"content": "<think>hm</think>said"}),
        ({}, {"content": "said", "reasoning_content": "secret", "tool_calls": []}),
        ({"finish_reason": "length"}, {}),
        ({"finish_reason": "content_filter"}, {}),
        ({"logprobs": {"content": [{"token": "a"}]}}, {}),
    ],
)
def test_whole_answer_of_plain_text_is_written_as_any_other(change: dict[str, object], message: dict[str, object]) -> None:
    row = {**ROW, **change, "message": {**ROW["message"], **message}}  # type: ignore[dict-item]
    body = orjson.dumps({**WHOLE_ANSWER, "choices": [row]})
    written, completed = whole_answer(body, DECISION, "ar", id="ours", created=9, choices=1)
    reader = ChunkReader(choices=1)
    events = reader.read_whole(body)
    assert completed == reader.completed()
    assert orjson.loads(written) == collected((*events, with_routing(completed, DECISION, "ar")), id="ours", created=9)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"choices":[]}', b'{"choices":[1]}', b'{"error":{"code":500}}', b'{"object":"error"}']
)
def test_whole_answer_that_is_none_is_an_unavailable_server(body: bytes) -> None:
    with pytest.raises(ModelUnavailableError):
        whole_answer(body, DECISION, "ar", id="ours", created=9, choices=1)
