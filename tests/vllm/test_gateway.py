"""The gateway before two real vLLM servers: what a client notices of streams, of leaving, and of kill -9 under load."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing

import aiohttp
import pytest

from fanar.errors import ModelUnavailableError
from fanar.events import TextDelta
from fanar.llm.openai import OpenAIChatModel
from tests.clients.serving import Served
from tests.integration.reliability import standing
from tests.integration.reliability.standing import PRIME, STAR
from tests.load import Outcome, ask
from tests.outage import Victim, outage
from tests.vllm.asking import answered, asking, client, completed
from tests.vllm.servers import CONTEXT, Server

IDS = {"star": STAR, "prime": PRIME}
RUNNING = "vllm:num_requests_running"
WRITTEN = "vllm:generation_tokens_total"
LONG = 450
PATIENCE = 240.0  # a start may take a minute, more beside other work
# Noise never says that it is done, so every answer is as long as it was asked to be.
ENDLESS = {"ignore_eos": True, "temperature": 0.0}


@pytest.fixture(scope="module")
def gateway(servers: dict[str, Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with standing.gateway(tmp_path_factory.mktemp("gateway"), servers, context_tokens=CONTEXT) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("seat", IDS)
async def test_streamed_and_whole_answers_of_both_say_the_same(gateway: Served, session: aiohttp.ClientSession, seat: str) -> None:
    fields = {"max_tokens": 40, **ENDLESS}
    streamed = await ask(session, gateway.url, IDS[seat], stream=True, **fields)
    whole = await ask(session, gateway.url, IDS[seat], **fields)
    assert streamed.whole
    assert whole.whole
    assert streamed.text == whole.text != ""
    assert streamed.served_by == whole.served_by == seat
    assert streamed.frames[-1]["usage"]["completion_tokens"] == 40


async def test_reader_who_leaves_the_gateway_stops_the_work_of_vllm(
    gateway: Served, servers: dict[str, Server], session: aiohttp.ClientSession
) -> None:
    server = servers["star"]
    before = server.metric(WRITTEN)

    def leave(_outcome: Outcome) -> None:
        reading.cancel()

    reading = asyncio.create_task(ask(session, gateway.url, STAR, stream=True, hear=leave, max_tokens=LONG, **ENDLESS))
    await asyncio.wait([reading])
    assert reading.cancelled()
    async with asyncio.timeout(PATIENCE):
        while await asyncio.to_thread(server.metric, RUNNING):
            await asyncio.sleep(0.05)
    assert server.metric(WRITTEN) - before < LONG


async def test_more_streams_than_vllm_runs_at_once_all_end_whole(gateway: Served, session: aiohttp.ClientSession) -> None:
    asked = [ask(session, gateway.url, STAR, stream=True, prompt=f"سؤال {n}", max_tokens=8, **ENDLESS) for n in range(48)]
    outcomes = await asyncio.gather(*asked)
    assert all(outcome.whole for outcome in outcomes)
    assert {outcome.frames[-1]["usage"]["completion_tokens"] for outcome in outcomes} == {8}


@pytest.mark.parametrize(("killed", "other"), [("prime", "star"), ("star", "prime")])
async def test_killed_vllm_costs_no_whole_answer_and_no_silent_stream_and_answers_again_after_its_return(
    gateway: Served, servers: dict[str, Server], killed: str, other: str
) -> None:
    victim = Victim(servers[killed], killed, IDS[killed], other)
    async with client(servers[killed].url) as model:
        direct = asyncio.create_task(_read_to_the_end(model))

        async def nobody_is_there() -> None:
            with pytest.raises(ModelUnavailableError):
                await direct
            assert not await model.available()

        fields = {"max_tokens": 96, "streamed": {"max_tokens": LONG}, **ENDLESS}
        found = await outage(
            gateway.url, victim, models=[STAR, PRIME], whole=6, streams=4, patience=PATIENCE, while_down=nobody_is_there, **fields
        )
        assert completed(await answered(model, asking())).model == killed
    assert found.failed == []
    assert found.broken, "some were under way"
    assert found.silent == []
    assert {(stream.error or {})["code"] for stream in found.broken} == {"overloaded"}
    assert {stream.frames[-1]["usage"]["completion_tokens"] for stream in found.streams if stream.whole} == {LONG}


async def _read_to_the_end(model: OpenAIChatModel) -> None:
    """Ask the server itself, without the gateway, again and again."""
    while True:
        async with aclosing(model.stream(asking(max_tokens=LONG, extra={"ignore_eos": True}))) as events:
            async for event in events:
                assert not isinstance(event, TextDelta) or event.choice == 0
