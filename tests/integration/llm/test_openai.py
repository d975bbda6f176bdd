"""OpenAIChatModel against a real server on loopback: what the contract suite cannot say of every model."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from fanar.errors import (
    ConfigurationError,
    FanarError,
    ModelUnavailableError,
    OverloadedError,
    UnprocessableError,
    UpstreamTimeoutError,
)
from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta
from fanar.llm.connections import ModelConnections, model_connections
from fanar.llm.openai import OpenAIChatModel
from fanar.messages import ChatMessage, ChatRequest, Sampling
from fanar.settings import ModelSettings
from tests.fakes.upstream import Behaviour, Upstream, upstream

HELLO = ChatRequest((ChatMessage("user", "مرحبا"),))
ARABIC = "«سلامٌ» عليكم 🌙 يا أهل الدوحة"


@pytest.fixture
async def server() -> AsyncIterator[Upstream]:
    async with upstream() as running:
        yield running


@pytest.fixture
async def connections() -> AsyncIterator[ModelConnections]:
    async with model_connections() as opened:
        yield opened


@pytest.fixture
def model(server: Upstream, connections: ModelConnections) -> OpenAIChatModel:
    return OpenAIChatModel(connections=connections, settings=ModelSettings(url=server.url))


def impatient(server: Upstream, connections: ModelConnections, **limits: float) -> OpenAIChatModel:
    return OpenAIChatModel(connections=connections, settings=ModelSettings(url=server.url, model="tiny", **limits))  # type: ignore[arg-type]


async def answered(model: OpenAIChatModel, request: ChatRequest = HELLO) -> list[Event]:
    return [event async for event in model.stream(request)]


def text_of(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


@pytest.mark.parametrize("cut", [1, 2, 3, 7, 64, 1000])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
async def test_an_answer_cut_inside_letters_arrives_whole(server: Upstream, model: OpenAIChatModel, cut: int, line_end: bytes) -> None:
    server.behaviour = Behaviour(reply=ARABIC, cut=cut, line_end=line_end, comments=True)
    events = await answered(model)
    assert text_of(events) == ARABIC
    assert isinstance(events[-1], ResponseCompleted)


async def test_the_server_is_asked_which_model_it_serves(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour.models = (("nomic-embed-text", "x"), ("fanar-star", "vllm"))
    assert model.name == ""
    await answered(model)
    assert model.name == "fanar-star"
    assert server.requests[0]["model"] == "fanar-star"


async def test_a_model_that_was_replaced_is_asked_for_again(server: Upstream, model: OpenAIChatModel) -> None:
    await answered(model)
    server.behaviour = Behaviour(status=404, body={"error": {"message": "no such model"}})
    with pytest.raises(ModelUnavailableError):
        await answered(model)
    server.behaviour = Behaviour(models=(("newer", "vllm"),))
    await answered(model)
    assert server.requests[-1]["model"] == "newer"


@pytest.mark.parametrize("models", [(), (("bge-m3", "vllm"),)])
async def test_a_server_without_a_chat_model_is_unavailable(server: Upstream, model: OpenAIChatModel, models: tuple) -> None:
    server.behaviour.models = models
    with pytest.raises(ModelUnavailableError, match="no model"):
        await answered(model)


async def test_a_server_that_does_not_list_its_models_is_unavailable(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour = Behaviour(status=500)
    with pytest.raises(ModelUnavailableError):
        await answered(model)
    assert not await model.available()


async def test_the_key_is_sent_and_no_other_header_of_ours(server: Upstream, connections: ModelConnections) -> None:
    model = OpenAIChatModel(
        connections=connections, settings=ModelSettings(url=server.url + "/", model="tiny", api_key=SecretStr("s3cret"))
    )
    await answered(model)
    assert server.headers[0]["Authorization"] == "Bearer s3cret"
    assert server.headers[0]["Accept-Encoding"] == "identity"


async def test_every_option_reaches_the_server(server: Upstream, model: OpenAIChatModel) -> None:
    sampling = Sampling(seed=7, stop=("END",), temperature=0.0, logprobs=True, top_logprobs=2, extra={"top_k": 5, "model": "stolen"})
    schema = {"type": "json_object"}
    events = await answered(model, ChatRequest(HELLO.messages, sampling=sampling, response_format=schema, enable_thinking=True))
    sent = server.requests[0]
    assert (sent["seed"], sent["stop"], sent["temperature"], sent["top_k"]) == (7, ["END"], 0.0, 5)
    assert sent["response_format"] == schema
    assert sent["model"] == "tiny"
    assert sent["chat_template_kwargs"] == {"enable_thinking": True}
    tokens = [entry for e in events if isinstance(e, TextDelta) and e.logprobs for entry in e.logprobs["content"]]
    assert "".join(entry["token"] for entry in tokens) == text_of(events)
    assert all(len(entry["top_logprobs"]) == 2 for entry in tokens)


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_reasoning_in_its_own_field_does_not_reach_the_answer(server: Upstream, model: OpenAIChatModel, field: str) -> None:
    server.behaviour = Behaviour(reply="4", reasoning=("secret ", "steps"), reasoning_field=field)
    assert text_of(await answered(model)) == "4"


async def test_reasoning_between_tags_does_not_reach_the_answer(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour = Behaviour(reply=("<th", "ink>\nsecret", " steps</thi", "nk>\n", "\nthe answer ", "is <4"), cut=5)
    assert text_of(await answered(model)) == "the answer is <4"


async def test_closing_the_iterator_stops_the_server(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour = Behaviour(hangs=True, done=False)
    stream = model.stream(HELLO)
    await anext(stream)
    await stream.aclose()
    async with asyncio.timeout(5):
        await server.left.wait()
    assert server.aborts == 1


async def test_cancelling_the_reader_stops_the_server_before_its_first_byte(server: Upstream, model: OpenAIChatModel) -> None:
    await answered(model)
    server.behaviour = Behaviour(first_byte_after=60)
    reading = asyncio.create_task(answered(model))
    async with asyncio.timeout(5):
        while len(server.requests) < 2:
            await asyncio.sleep(0.005)
        reading.cancel()
        await server.left.wait()
    with pytest.raises(asyncio.CancelledError):
        await reading


async def test_a_finished_answer_leaves_its_connection_for_the_next(server: Upstream, model: OpenAIChatModel) -> None:
    for _ in range(3):
        await answered(model)
    assert len(server.connections) == 1
    assert server.aborts == 0


async def test_late_bytes_after_the_announced_end_do_not_delay_the_answer(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour = Behaviour(hangs=True)
    async with asyncio.timeout(5):
        assert isinstance((await answered(model))[-1], ResponseCompleted)


async def test_bytes_after_the_announced_end_are_no_part_of_the_answer(server: Upstream, model: OpenAIChatModel) -> None:
    finish = b'data: {"model": "tiny", "choices": [{"index": 0, "delta": {"content": "Hi"}, "finish_reason": "stop"}]}\n\n'
    server.behaviour = Behaviour(frames=[finish, b"data: [DONE]\n\n", b": late\n\n", b"data: {\n\n"])
    assert text_of(await answered(model)) == "Hi"


async def test_a_reader_that_stops_reading_stops_the_server_from_writing(server: Upstream, model: OpenAIChatModel) -> None:
    size, count = 100_000, 600
    server.behaviour = Behaviour(reply=("x" * size,) * count)
    stream = model.stream(HELLO)
    await anext(stream)
    before = -1
    async with asyncio.timeout(10):
        while server.sent != before:
            before = server.sent
            await asyncio.sleep(0.1)
    assert server.sent < size * count / 2
    await stream.aclose()


async def test_a_connection_that_is_never_accepted_runs_into_its_own_limit(connections: ModelConnections) -> None:
    with socket.socket() as deaf, contextlib.ExitStack() as waiting:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):
            # These fill the queue of the socket; what comes after them waits for ever.
            early = waiting.enter_context(socket.socket())
            early.setblocking(False)
            early.connect_ex(deaf.getsockname())
        settings = ModelSettings(
            url=f"http://127.0.0.1:{deaf.getsockname()[1]}/v1", model="tiny", connect_timeout=0.1, first_byte_timeout=60
        )
        async with asyncio.timeout(10):
            with pytest.raises(UpstreamTimeoutError):
                await answered(OpenAIChatModel(connections=connections, settings=settings))


async def _refused(_server: Upstream, connections: ModelConnections) -> OpenAIChatModel:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return OpenAIChatModel(connections=connections, settings=ModelSettings(url=f"http://127.0.0.1:{port}/v1", model="tiny"))


async def _unfindable(_server: Upstream, connections: ModelConnections) -> OpenAIChatModel:
    return OpenAIChatModel(connections=connections, settings=ModelSettings(url="nonsense", model="tiny"))


async def _late(server: Upstream, connections: ModelConnections) -> OpenAIChatModel:
    server.behaviour.first_byte_after = 60
    return impatient(server, connections, first_byte_timeout=0.1)


async def _silent(server: Upstream, connections: ModelConnections) -> OpenAIChatModel:
    server.behaviour = Behaviour(hangs=True, done=False)
    return impatient(server, connections, idle_timeout=0.1)


Setting = Callable[[Upstream, ModelConnections], Awaitable[OpenAIChatModel]]


@pytest.mark.parametrize(
    ("setting", "error", "said"),
    [
        (_refused, ModelUnavailableError, "could not be reached"),
        (_unfindable, ModelUnavailableError, "FANAR_STAR__URL"),
        (_late, UpstreamTimeoutError, "in time"),
        (_silent, UpstreamTimeoutError, "in time"),
    ],
)
async def test_a_server_that_does_not_answer(
    server: Upstream, connections: ModelConnections, setting: Setting, error: type[FanarError], said: str
) -> None:
    model = await setting(server, connections)
    with pytest.raises(error, match=said):
        await answered(model)


async def test_nobody_there_is_not_available(server: Upstream, connections: ModelConnections) -> None:
    assert not await (await _refused(server, connections)).available()


async def test_a_pause_shorter_than_the_limit_is_no_silence(server: Upstream, connections: ModelConnections) -> None:
    server.behaviour.between = 0.02
    assert text_of(await answered(impatient(server, connections, idle_timeout=5.0))) == server.behaviour.reply


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, UnprocessableError),
        (422, UnprocessableError),
        (429, OverloadedError),
        (503, OverloadedError),
        (500, ModelUnavailableError),
        (302, ModelUnavailableError),
        (504, UpstreamTimeoutError),
    ],
)
async def test_a_refusal_is_mapped_and_repeats_nothing(
    server: Upstream, model: OpenAIChatModel, status: int, error: type[FanarError]
) -> None:
    await answered(model)
    server.behaviour = Behaviour(
        status=status, body={"error": {"message": "bad «مرحبا» /root/x", "param": "seed"}}, headers={"Retry-After": "9"}
    )
    with pytest.raises(error) as refusal:
        await answered(model, ChatRequest(HELLO.messages, sampling=Sampling(seed=1)))
    assert "مرحبا" not in str(refusal.value.message)
    assert refusal.value.param == ("seed" if error is UnprocessableError else None)
    if isinstance(refusal.value, OverloadedError):
        assert refusal.value.retry_after == 9


async def test_a_refusal_of_any_length_is_read_only_in_part(server: Upstream, model: OpenAIChatModel) -> None:
    await answered(model)
    server.behaviour = Behaviour(status=400, body={"error": {"message": "x" * 2_000_000, "param": "seed"}})
    with pytest.raises(UnprocessableError) as refusal:
        await answered(model, ChatRequest(HELLO.messages, sampling=Sampling(seed=1)))
    assert refusal.value.param is None


async def test_the_server_recovers_after_a_refusal_over_the_same_connections(server: Upstream, model: OpenAIChatModel) -> None:
    await answered(model)
    server.behaviour = Behaviour(status=500, body={})
    with pytest.raises(ModelUnavailableError):
        await answered(model)
    server.behaviour = Behaviour()
    assert text_of(await answered(model)) == server.behaviour.reply


async def test_a_server_that_dies_at_any_byte_gives_an_error_and_what_was_said_before(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour = Behaviour(reply=("أهلا ", "بك"))
    whole = await answered(model)
    for size in range(0, 700, 23):
        server.behaviour = Behaviour(reply=("أهلا ", "بك"), dies_after=size)
        seen: list[Event] = []
        with pytest.raises(ModelUnavailableError):
            await _collect(model, seen)
        assert seen == whole[: len(seen)]


async def _collect(model: OpenAIChatModel, seen: list[Event]) -> None:
    async for event in model.stream(HELLO):
        seen.append(event)  # noqa: PERF401  what came before the error counts


BROKEN: dict[str, dict[str, Any]] = {
    "nothing": {"frames": []},
    "no finish": {"finish": None},
    "no finish, no end": {"finish": None, "done": False},
    "no JSON": {"frames": [b"data: {\n\n"]},
    "a web page": {"frames": [b"<html>hello</html>"]},
    "an error in the stream": {"frames": [b'data: {"error": {"message": "CUDA", "code": 500}}\n\n']},
}


@pytest.mark.parametrize("how", BROKEN)
async def test_a_broken_stream_is_an_unavailable_model(server: Upstream, model: OpenAIChatModel, how: str) -> None:
    server.behaviour = Behaviour(**BROKEN[how])
    with pytest.raises(ModelUnavailableError):
        await answered(model)


async def test_a_finished_answer_without_the_closing_mark_counts(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour.done = False
    assert (await answered(model))[-2:][0] == ChoiceFinished("stop")


async def test_a_server_that_ignores_n_is_refused_by_field(server: Upstream, model: OpenAIChatModel) -> None:
    server.behaviour.honours_n = False
    with pytest.raises(UnprocessableError) as refusal:
        await answered(model, ChatRequest(HELLO.messages, sampling=Sampling(n=2)))
    assert refusal.value.param == "n"


async def test_history_is_trimmed_to_the_context(server: Upstream, connections: ModelConnections) -> None:
    model = OpenAIChatModel(connections=connections, settings=ModelSettings(url=server.url, model="tiny", context_tokens=256))
    old = [ChatMessage("user", "قديم " * 100), ChatMessage("assistant", "نعم")]
    await answered(model, ChatRequest((ChatMessage("system", "Be kind."), *old, ChatMessage("user", "جديد"))))
    assert [message["content"] for message in server.requests[0]["messages"]] == ["Be kind.", "جديد"]


async def test_two_hundred_answers_at_once_do_not_mix(server: Upstream, connections: ModelConnections) -> None:
    # Both ends share this process: a busy machine may take longer than usual to connect them all.
    model = OpenAIChatModel(connections=connections, settings=ModelSettings(url=server.url, connect_timeout=60))
    await answered(model)
    texts = await asyncio.gather(*(answered(model) for _ in range(200)))
    assert {text_of(events) for events in texts} == {server.behaviour.reply}


async def test_a_model_without_a_url_is_refused_at_start(connections: ModelConnections) -> None:
    with pytest.raises(ConfigurationError, match="FANAR_STAR__URL"):
        OpenAIChatModel(connections=connections, settings=ModelSettings())
