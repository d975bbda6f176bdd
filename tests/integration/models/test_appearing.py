"""A model that is served while the platform runs answers its next question, and is named as what it is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fanar.errors import NotConfiguredError, OverloadedError, UnprocessableError
from fanar.events import Event, TextDelta
from fanar.messages import ChatMessage, ChatRequest, Sampling
from fanar.settings import Settings
from orchestrator.bootstrap.models import Models, open_models
from orchestrator.serving.processes import identify
from orchestrator.serving.state import RunningModel, forget, write
from tests.fakes.upstream import Behaviour, upstream


def small(url: str) -> RunningModel:
    me = identify(os.getpid())
    return RunningModel("small", "Qwen3 0.6B", ("star", "prime"), "transformers", url, "tiny", 4096, ("n",), "ready", me, me)


async def until(fact: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not fact():
            await asyncio.sleep(0.05)


async def answer(models: Models, **sampling: int) -> str:
    request = ChatRequest((ChatMessage("user", "?"),), sampling=Sampling(**sampling))
    events: list[Event] = [event async for event in models.language.stream(request, preferred="star")]
    return "".join(event.text for event in events if isinstance(event, TextDelta))


async def test_a_model_that_appears_answers_and_one_that_goes_does_not(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, discover=False, _env_file=None)
    async with open_models(settings) as models, upstream(Behaviour(reply="أهلا")) as server:
        with pytest.raises(NotConfiguredError):
            await answer(models)
        write(tmp_path, small(server.url))
        await until(lambda: models.language)
        assert await answer(models) == "أهلا"
        assert {model.name for model in models.seats.values()} == {"tiny"}
        with pytest.raises(UnprocessableError):
            await answer(models, n=2)
        write(tmp_path, replace(small(server.url), state="restarting"))
        await until(lambda: not models.language)
        with pytest.raises(OverloadedError) as soon:
            await answer(models)
        assert soon.value.retry_after
        forget(tmp_path, "small")
        with pytest.raises(NotConfiguredError):
            await answer(models)
