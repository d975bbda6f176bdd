"""What our client does when answers of real vLLM are left or asked for side by side. How it dies stands in `test_gateway`."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from fanar.events import TextDelta
from fanar.llm.openai import OpenAIChatModel
from tests.vllm.asking import answered, asking, client, completed, text_of
from tests.vllm.servers import Server

RUNNING = "vllm:num_requests_running"
LONG = 450
PATIENCE = 20.0


async def _until(server: Server, metric: str, value: float) -> None:
    async with asyncio.timeout(PATIENCE):
        while await asyncio.to_thread(server.metric, metric) != value:
            await asyncio.sleep(0.05)


async def test_closing_the_stream_stops_the_work_of_the_server(servers: dict[str, Server], star: OpenAIChatModel) -> None:
    server = servers["star"]
    before = server.metric("vllm:generation_tokens_total")
    async with aclosing(star.stream(asking(max_tokens=LONG, extra={"ignore_eos": True}))) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                break
    await _until(server, RUNNING, 0)
    assert server.metric("vllm:generation_tokens_total") - before < LONG


async def test_many_streams_that_are_left_leave_nothing_running(servers: dict[str, Server]) -> None:
    async def leave(model: OpenAIChatModel) -> None:
        async with aclosing(model.stream(asking(max_tokens=LONG, extra={"ignore_eos": True}))) as events:
            await anext(events)

    async with client(servers["star"].url) as model:
        await asyncio.gather(*(leave(model) for _ in range(12)))
        await _until(servers["star"], RUNNING, 0)
        await _until(servers["star"], "vllm:num_requests_waiting{", 0)
        assert completed(await answered(model, asking())).usage.completion_tokens == 12


async def test_concurrent_answers_do_not_mix(star: OpenAIChatModel, prime: OpenAIChatModel) -> None:
    requests = [asking(seed=seed, temperature=1.0, max_tokens=20) for seed in range(6)]
    alone = [[await answered(model, request) for request in requests] for model in (star, prime)]
    together = [list(await asyncio.gather(*(answered(model, request) for request in requests))) for model in (star, prime)]
    for one, other in zip(alone, together, strict=True):
        assert [text_of(events) for events in one] == [text_of(events) for events in other]
