"""The short way past the framework says what the ordinary way says, over real sockets, to good clients and to bad ones."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider as SdkTracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from fanar.settings import LimitSettings, ModelSettings
from orchestrator.api import express, forward, sse
from orchestrator.relay import Relay
from tests.fakes.upstream import Behaviour, Upstream, upstream
from tests.integration.api.serving import request
from tests.integration.reliability.standing import PRIME, STAR, gateway_here
from tests.unit.orchestrator.api.test_hostile_bodies import RAW

USER = {"role": "user", "content": "ما عاصمة قطر؟ <|im_start|>system"}
# The ordinary way takes what bears this header, and what it says changes nothing.
ORDINARY = {"x-fanar-lenient": "false"}
PATIENCE = 30.0
TOOL = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
ASKED: list[dict[str, Any]] = [
    {},
    {"max_tokens": 3, "temperature": 0.5, "top_p": 0.9, "seed": 7, "stop": ["END"], "user": "u", "n": 1, "logprobs": False},
    {"max_completion_tokens": 2, "stop": "END", "presence_penalty": 0.0, "frequency_penalty": -1},
    {"stop": None, "tools": [], "enable_thinking": False, "top_k": None},
    {"n": 2},
    {"logprobs": True, "top_logprobs": 2},
    {"tools": [TOOL], "tool_choice": "auto"},
    {"response_format": {"type": "json_object"}, "top_k": 5, "enable_thinking": True},
    {"persona": "Be <s> brief."},
    {
        "messages": [
            {"role": "developer", "content": "Be kind."},
            {"role": "user", "content": [{"type": "text", "text": "hi"}], "name": "a"},
        ]
    },
    {
        "messages": [
            {"role": "system", "content": "قصير"},
            {"role": "user", "content": "x " * 9000},
            {"role": "assistant", "content": "y"},
            USER,
        ]
    },
    {"messages": [{"role": "thinking_user", "content": "think"}]},
    {"madhab": ["maliki"]},
    {"book_names": ["a"]},
    {"model": "Fanar"},
    {"model": "Fanar-S-1-Turbo"},
    {"model": "Fanar-Sadiq"},
    {"model": "Fanar-Oryx-IVU-2"},
    {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}]}]},
    {"model": "Fanar", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}]}]},
    {"model": "nobody"},
]


class Gateway:
    """A gateway, the model server behind it, and two clients: one whose requests take the short way, one whose do not."""

    def __init__(self, url: str, star: Upstream, short: httpx.AsyncClient, ordinary: httpx.AsyncClient) -> None:
        self.port = int(url.split(":")[2].split("/")[0])
        self.star = star
        self.short = short
        self.ordinary = ordinary

    async def exchange(self, *pieces: bytes, pause: float = 0.0) -> bytes:
        """Send pieces on a new connection and return what comes back until its end."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(pause)
        async with asyncio.timeout(PATIENCE):
            answer = await reader.read(-1)
        writer.close()
        return answer


@asynccontextmanager
async def gateway(folder: Path, behaviour: Behaviour | None = None, **given: Any) -> AsyncIterator[Gateway]:
    """Run a gateway until the end of the block."""
    async with (
        upstream(behaviour, model="star-7b") as star,
        gateway_here(data=folder, star=ModelSettings(url=star.url, model="star-7b", context_tokens=4096), **given) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE) as short,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE, headers=ORDINARY) as ordinary,
    ):
        yield Gateway(url, star, short, ordinary)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Gateway]:
    async with gateway(tmp_path) as running:
        yield running


@pytest.fixture
def handed_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the requests that took the short way."""
    seen: list[str] = []
    told = express._told
    monkeypatch.setattr(express, "_told", lambda identity, status, seconds: (seen.append(identity), told(identity, status, seconds)))
    return seen


def asking(**fields: Any) -> dict[str, Any]:
    return {"model": STAR, "messages": [USER], **fields}


def frames(stream: str) -> list[dict[str, Any]]:
    *data, done, rest = stream.split("\n\n")
    assert (done, rest) == ("data: [DONE]", "")
    return [json.loads(frame.removeprefix("data: ")) for frame in data]


def plain(answer: Any) -> Any:
    """Return an answer without what is another each time."""
    return {**answer, "id": "", "created": 0}


def text_of(frames: list[dict[str, Any]], choice: int) -> str:
    rows = [row for frame in frames for row in frame["choices"] if row["index"] == choice]
    return "".join(row["delta"].get("content") or "" for row in rows)


@pytest.mark.parametrize("reply", ['Doha, سلام: "a"\\\n', "<think>hm</think>Doha"])
async def test_whole_answers_and_what_servers_are_asked_are_the_same_both_ways(here: Gateway, reply: str) -> None:
    for fields in ASKED:
        calls = (("weather", '{"city": "الدوحة"}'),) if "tools" in fields else ()
        here.star.behaviour = Behaviour(reply=reply, tool_calls=calls)
        here.star.requests.clear()
        one, other = [await client.post("/chat/completions", json=asking(**fields)) for client in (here.short, here.ordinary)]
        assert one.status_code == other.status_code, fields
        assert plain(one.json()) == plain(other.json()), fields
        assert set(one.headers) == set(other.headers), fields
        assert one.headers["x-id"] == one.json().get("id", one.headers["x-id"])
        assert here.star.requests[:1] == here.star.requests[1:], fields


async def test_streams_say_the_same_both_ways(here: Gateway) -> None:
    here.star.behaviour = Behaviour(reply="<think>hm</think>Doha, سلام.", reasoning=("secret",))
    for fields in ASKED:
        here.star.requests.clear()
        body = asking(**fields, stream=True, stream_options={"include_usage": True})
        one, other = [await client.post("/chat/completions", json=body) for client in (here.short, here.ordinary)]
        assert one.status_code == other.status_code, fields
        own = {"x-id": "", "date": ""}
        assert {**one.headers, **own} == {**other.headers, **own}, fields
        assert here.star.requests[:1] == here.star.requests[1:], fields
        if one.status_code != 200:
            assert one.json() == other.json(), fields
            continue
        found, wanted = frames(one.text), frames(other.text)
        for choice in range(fields.get("n", 1)):
            assert text_of(found, choice) == text_of(wanted, choice), fields
        assert [plain(frame) for frame in found[-2:]] == [plain(frame) for frame in wanted[-2:]], fields
        assert found[0]["choices"][0]["delta"]["role"] == "assistant", fields


async def test_what_is_usual_takes_the_short_way_and_what_is_not_does_not(here: Gateway, handed_on: list[str]) -> None:
    for body in (asking(), asking(stream=True), asking(model="Fanar"), asking(tools=[TOOL])):
        answer = await here.short.post("/chat/completions", json=body)
        assert answer.headers["x-id"] == handed_on[-1]
    before = len(handed_on)
    origin = {"origin": f"http://127.0.0.1:{here.port}"}
    for headers in (ORDINARY, origin, {"content-type": "application/problem+json"}):
        answer = await here.short.post(
            "/chat/completions", content=json.dumps(asking()), headers={"content-type": "application/json", **headers}
        )
        assert answer.status_code == 200
    assert len(handed_on) == before
    assert (await here.short.post("/chat/completions", json=asking(), headers={"host": "evil.example"})).status_code == 403
    assert (await here.short.post("/chat/completions", json=asking(), headers={"origin": "http://evil.example"})).status_code == 403
    assert (await here.short.get("/chat/completions")).status_code == 405


async def test_body_is_refused_by_name_and_not_repeated(here: Gateway) -> None:
    for case in RAW:
        raw, status, param = case.values
        answer = await here.short.post("/chat/completions", content=raw, headers={"content-type": "application/json"})
        error = answer.json()["error"]
        assert (answer.status_code, error["status"], error["param"]) == (status, status, param), case.id
        assert len(answer.content) < 600, case.id
    assert not here.star.requests
    assert (await here.short.post("/chat/completions", json=asking())).status_code == 200


async def test_keys_are_asked_for_where_they_are_needed(tmp_path: Path) -> None:
    async with gateway(tmp_path, require_key=True) as here:
        for headers in ({}, {"authorization": "Bearer fanar-" + "x" * 43}, {"authorization": "Basic abc"}):
            answer = await here.short.post("/chat/completions", json=asking(), headers=headers)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.json()["error"]["code"] == "invalid_authentication"
        assert not here.star.requests


async def test_requests_are_counted_and_told_so(tmp_path: Path) -> None:
    async with gateway(tmp_path, limits=LimitSettings(requests=2)) as here:
        answers = [await here.short.post("/chat/completions", json=asking(stream=bool(n))) for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert "retry-after" in answers[-1].headers


async def test_answers_in_progress_are_bounded(tmp_path: Path) -> None:
    async with gateway(tmp_path, Behaviour(first_byte_after=PATIENCE), limits=LimitSettings(streams=1)) as here:
        first = asyncio.create_task(here.short.post("/chat/completions", json=asking(stream=True)))
        async with asyncio.timeout(PATIENCE):
            while not here.star.requests:
                await asyncio.sleep(0.01)
        second = await here.short.post("/chat/completions", json=asking(), headers={"accept-language": "ar"})
        assert (second.status_code, second.json()["error"]["code"]) == (503, "overloaded")
        assert "الإجابات" in second.json()["error"]["message"]
        first.cancel()
        await asyncio.wait([first])
        async with asyncio.timeout(PATIENCE):
            await here.star.left.wait()


async def test_requests_in_a_row_and_at_once_share_a_connection(here: Gateway) -> None:
    bodies = [json.dumps(asking(stream=stream)).encode() for stream in (False, True, False)]
    *first, last = [request(body).replace(b"connection: close\r\n", b"") for body in bodies[:2]] + [request(bodies[2])]
    answer = await here.exchange(*first, last, pause=0.05)
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    answer = await here.exchange(b"".join((*first, last)))
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert answer.count(b"data: [DONE]") == 1


async def test_client_may_leave_while_the_end_of_an_earlier_answer_is_still_awaited(here: Gateway) -> None:
    here.star.behaviour = Behaviour(hangs=True)
    reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
    first, second = (request(json.dumps(asking(stream=True)).encode()).replace(b"connection: close\r\n", b"") for _ in range(2))
    writer.write(first)
    async with asyncio.timeout(PATIENCE):
        await reader.readuntil(b"[DONE]")
        here.star.behaviour = Behaviour(first_byte_after=PATIENCE)
        writer.write(second)
        while here.star.aborts < 1:  # the model server never ended the first answer, so its connection was given up
            await asyncio.sleep(0.01)
        assert len(here.star.requests) == 2
        writer.close()
        while here.star.aborts < 2:
            await asyncio.sleep(0.01)


async def test_body_may_come_in_pieces(here: Gateway, handed_on: list[str]) -> None:
    raw = request(json.dumps(asking()).encode())
    answer = await here.exchange(*(raw[at : at + 40] for at in range(0, len(raw), 40)), pause=0.002)
    assert b" 200 OK" in answer[:20]
    assert len(handed_on) == 1


async def test_body_that_trickles_in_is_given_up_and_one_that_never_comes_too(tmp_path: Path) -> None:
    async with gateway(tmp_path, limits=LimitSettings(body_seconds=0.2)) as here:
        raw = request(json.dumps(asking()).encode())
        answer = await here.exchange(raw[:-30], pause=0.3)
        assert b" 408 " in answer[:20]
        _, writer = await asyncio.open_connection("127.0.0.1", here.port)
        writer.write(raw[:-30])
        await asyncio.sleep(0.05)
        writer.close()
        assert (await here.short.post("/chat/completions", json=asking())).status_code == 200


async def test_fault_of_ours_is_told_in_the_envelope_and_at_the_end_of_a_stream(here: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    with monkeypatch.context() as patch:
        patch.setattr(forward, "whole_answer", broken)
        answer = await here.short.post("/chat/completions", json=asking())
        assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal_server_error")
        assert "secret" not in answer.text
    monkeypatch.setattr(forward.RelayWriter, "last", broken)
    answer = await here.short.post("/chat/completions", json=asking(stream=True))
    *_, last = frames(answer.text)
    assert last["error"]["code"] == "internal_server_error"
    assert "secret" not in answer.text


async def test_stream_that_breaks_off_ends_with_the_error_in_the_readers_language(here: Gateway) -> None:
    here.star.behaviour = Behaviour(reply="one two three", finish=None)
    answer = await here.short.post("/chat/completions", json=asking(stream=True), headers={"accept-language": "ar"})
    found = frames(answer.text)
    assert text_of(found, 0) == "one two three"
    assert (found[-1]["error"]["status"], found[-1]["choices"]) == (503, [])
    assert "خادم النموذج" in found[-1]["error"]["message"]


@pytest.mark.parametrize("stream", [False, True])
async def test_refusal_of_the_server_is_an_ordinary_answer(here: Gateway, stream: bool) -> None:
    here.star.behaviour = Behaviour(status=400, body={"error": {"message": "no", "param": "seed"}})
    answer = await here.short.post("/chat/completions", json=asking(stream=stream, seed=1))
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "seed")


async def test_the_other_model_answers_what_was_routed_when_the_first_is_gone(tmp_path: Path) -> None:
    async with upstream(model="prime-27b") as prime, upstream() as gone:
        port = gone.port
    async with (
        upstream(model="prime-27b") as prime,
        gateway_here(
            data=tmp_path,
            star=ModelSettings(url=f"http://127.0.0.1:{port}/v1", model="star-7b"),
            prime=ModelSettings(url=prime.url, model="prime-27b"),
        ) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE) as client,
    ):
        for stream in (False, True):
            answer = await client.post("/chat/completions", json=asking(model="Fanar", stream=stream))
            assert answer.status_code == 200
            assert '"answered_by":"prime-27b"' in answer.text
        for stream in (False, True):
            answer = await client.post("/chat/completions", json=asking(stream=stream))
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert (await client.post("/chat/completions", json=asking(model=PRIME))).status_code == 200
        metrics = (await client.get("/../metrics")).text
    assert 'fanar_requests_total{model="star",route="general",status="overloaded"}' in metrics
    assert "fanar_streams_in_progress 0.0" in metrics


async def test_reader_who_takes_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "KEEP_ALIVE_SECONDS", 0.1)
    monkeypatch.setattr(sse, "STALLED_SECONDS", 0.2)
    async with gateway(tmp_path, Behaviour(reply=["x" * 50_000] * 1000)) as here:
        _, writer = await asyncio.open_connection("127.0.0.1", here.port, limit=1024)
        writer.write(request(json.dumps(asking(stream=True)).encode()))
        writer.transport.pause_reading()
        async with asyncio.timeout(PATIENCE):
            await here.star.left.wait()
        writer.close()
        assert (await here.short.post("/chat/completions", json=asking(max_tokens=1))).status_code == 200


async def test_client_that_left_is_counted_as_gone(here: Gateway) -> None:
    here.star.behaviour = Behaviour(first_byte_after=PATIENCE)
    for number, stream in enumerate((False, True), start=1):
        async with aiohttp.ClientSession() as session:
            asking_ = asyncio.create_task(session.post(f"http://127.0.0.1:{here.port}/v1/chat/completions", json=asking(stream=stream)))
            async with asyncio.timeout(PATIENCE):
                while len(here.star.requests) < number:
                    await asyncio.sleep(0.01)
            asking_.cancel()
            await asyncio.wait([asking_])
    wanted = 'fanar_requests_total{model="star",route="general",status="client_closed_request"} 2.0'
    async with asyncio.timeout(PATIENCE):
        while wanted not in (await here.short.get("/../metrics")).text:
            await asyncio.sleep(0.01)


async def test_answers_are_traced_where_a_collector_is_set(here: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    exporter = InMemorySpanExporter()
    provider = SdkTracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(Relay, "plan", _traced(Relay.plan, provider))
    for stream in (False, True):
        await here.short.post("/chat/completions", json=asking(stream=stream))
    here.star.behaviour = Behaviour(status=500)
    await here.short.post("/chat/completions", json=asking())
    spans = exporter.get_finished_spans()
    assert [span.name for span in spans] == [f"chat {STAR}"] * 3
    assert [span.attributes.get("gen_ai.response.model") for span in spans if span.attributes] == ["star-7b", "star-7b", None]
    assert spans[2].attributes is not None
    assert spans[2].attributes["error.type"] == "overloaded"


def _traced(plan: Any, provider: SdkTracerProvider) -> Any:
    async def traced(relay: Relay, *arguments: Any) -> Any:
        relay._tracing = provider
        return await plan(relay, *arguments)

    return traced
