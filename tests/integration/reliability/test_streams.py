"""What a model server streams, and what a client reads through the gateway: nothing lost, merged, cut or withheld."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fanar.settings import ModelSettings
from orchestrator.api import sse
from tests.fakes.upstream import Behaviour, Upstream, upstream
from tests.integration.reliability.standing import STAR, gateway_here
from tests.load import ask

MANY = 200
PATIENCE = 30.0
# A model that was named is relayed, what was routed is read: both ways must say the same.
BOTH_WAYS = pytest.mark.parametrize("model", [STAR, "Fanar"])
LETTERS = st.text(st.sampled_from('سلام ـَُّ،٣ aé€𝄞👩\u200d🦰"\\/\n\t\u2028\x01\x7f>&'), min_size=1, max_size=6)
LINE_ENDS = st.sampled_from((b"\n", b"\r\n", b"\r"))


class Here:
    """The gateway's address, the model server behind it, and a session to ask with."""

    def __init__(self, url: str, star: Upstream, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.star = star
        self.session = session


class Crowd(Upstream):
    """Answers nobody before everybody has asked, and then each with their own words."""

    def __init__(self, behaviour: Behaviour | None = None, *, model: str = "tiny") -> None:
        super().__init__(behaviour, model=model)
        self._everybody = asyncio.Barrier(MANY)

    def behaviour_for(self, body: dict[str, Any]) -> Behaviour:
        return Behaviour(reply=f"أجيب {body['messages'][-1]['content']} كلمة بعد كلمة")

    async def _answer(self, request: web.Request, body: dict[str, Any], behaviour: Behaviour) -> web.StreamResponse:
        async with asyncio.timeout(PATIENCE):
            await self._everybody.wait()
        return await super()._answer(request, body, behaviour)


@pytest.fixture
async def here(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Here]:
    kind = getattr(request, "param", Upstream)
    async with (
        upstream(model="star-7b", kind=kind) as star,
        gateway_here(data=tmp_path, star=ModelSettings(url=star.url, model="star-7b")) as url,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
    ):
        yield Here(url, star, session)


def chunk(text: str, end: bytes, *, escaped: bool) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "logprobs": None, "finish_reason": None}
    whole = {"id": "theirs", "object": "chat.completion.chunk", "created": 5, "model": "star-7b", "choices": [choice]}
    return b"data: " + json.dumps(whole, ensure_ascii=escaped).encode() + end * 2


def ending(end: bytes) -> bytes:
    last = {"id": "theirs", "model": "star-7b", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    return b"data: " + json.dumps(last).encode() + end * 2 + b"data: [DONE]" + end * 2


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    at = [0, *sorted({place % len(stream) for place in places}), len(stream)]
    return [stream[begin:end] for begin, end in pairwise(at) if begin < end]


@BOTH_WAYS
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(LETTERS, max_size=8),
    end=LINE_ENDS,
    escaped=st.booleans(),
    comment=st.booleans(),
    places=st.lists(st.integers(0, 100_000), max_size=12),
)
async def test_every_event_arrives_once_whole_and_in_order_however_it_was_cut(
    here: Here, model: str, texts: list[str], end: bytes, escaped: bool, comment: bool, places: list[int]
) -> None:
    said = ["كلمة", *texts]
    between = b": ping" + end * 2 if comment else b""
    stream = between + between.join(chunk(text, end, escaped=escaped) for text in said) + ending(end)
    here.star.behaviour = Behaviour(frames=cut(stream, places))
    outcome = await ask(here.session, here.url, model, stream=True)
    assert outcome.whole, outcome
    deltas = [choice["delta"].get("content") for frame in outcome.frames for choice in frame["choices"]]
    assert [text for text in deltas if text] == said


@BOTH_WAYS
async def test_every_word_is_passed_on_before_the_next_one_is_said(here: Here, model: str) -> None:
    here.star.behaviour = Behaviour(reply=["كلمة ", "بعد ", "كلمة"], hangs=True, finish=None, done=False)
    heard: asyncio.Queue[str] = asyncio.Queue()
    asking = asyncio.create_task(ask(here.session, here.url, model, stream=True, hear=lambda outcome: heard.put_nowait(outcome.text)))
    async with asyncio.timeout(PATIENCE):
        while await heard.get() != "كلمة بعد كلمة":
            pass
    assert not asking.done()
    asking.cancel()
    await asyncio.wait([asking])


@BOTH_WAYS
async def test_reader_who_leaves_stops_the_model_long_before_its_end(here: Here, model: str) -> None:
    here.star.behaviour = Behaviour(reply="word " * 4000, between=0.005)
    asking = asyncio.create_task(ask(here.session, here.url, model, stream=True, hear=lambda outcome: left(outcome.text)))

    def left(text: str) -> None:
        if text.count("word") >= 3:
            asking.cancel()

    await asyncio.wait([asking])
    before = here.star.sent
    async with asyncio.timeout(PATIENCE):
        await here.star.left.wait()
    # 300 ms are sixty words at this pace; the machine may be busy, but the model had four thousand to say.
    assert here.star.sent - before < 400 * len(chunk("word ", b"\n", escaped=False))
    assert here.star.aborts == 1


@BOTH_WAYS
async def test_client_who_does_not_wait_for_a_whole_answer_stops_the_model_before_its_first_word(here: Here, model: str) -> None:
    here.star.behaviour = Behaviour(first_byte_after=10 * PATIENCE)
    asking = asyncio.create_task(ask(here.session, here.url, model))
    async with asyncio.timeout(PATIENCE):
        while not here.star.requests:
            await asyncio.sleep(0.01)
        asking.cancel()
        await here.star.left.wait()
    assert here.star.aborts == 1


@BOTH_WAYS
async def test_silence_before_the_first_word_is_filled_with_comments(here: Here, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sse.KEEP_ALIVE_SECONDS <= 10
    monkeypatch.setattr(sse, "KEEP_ALIVE_SECONDS", 0.05)
    here.star.behaviour = Behaviour(first_byte_after=0.5)
    body = {"model": model, "stream": True, "messages": [{"role": "user", "content": "hi"}]}
    async with here.session.post(f"{here.url}/chat/completions", json=body) as response:
        told = await response.read()
    silence, _, answer = told.partition(b"data: ")
    assert silence.count(b": keep-alive\n\n") >= 2
    assert silence.replace(b": keep-alive\n\n", b"") == b""
    assert answer.endswith(b"data: [DONE]\n\n")


@BOTH_WAYS
@pytest.mark.parametrize("here", [Crowd], indirect=True)
async def test_two_hundred_streams_at_once_each_get_their_own_words(here: Here, model: str) -> None:
    outcomes = await asyncio.gather(*(ask(here.session, here.url, model, stream=True, prompt=f"سؤال-{n}") for n in range(MANY)))
    assert [outcome.text for outcome in outcomes] == [f"أجيب سؤال-{n} كلمة بعد كلمة" for n in range(MANY)]
    assert all(outcome.whole for outcome in outcomes)
