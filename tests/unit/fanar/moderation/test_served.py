"""Guard models on a server: their words and scores read, their faults told with the setting that remedies them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from fanar.errors import ConfigurationError, ModelUnavailableError, OverloadedError
from fanar.moderation.served import GuardServer
from fanar.moderation.settings import ModerationSettings
from tests.fakes.guard import Guard, guard_server


@pytest.fixture
async def guard() -> AsyncIterator[Guard]:
    async with guard_server(bad="bad", hazards="S4,S13") as server:
        yield server


async def judged(guard: Guard, *texts: str, form: str = "words") -> object:
    async with aiohttp.ClientSession() as session:
        settings = ModerationSettings(url=guard.url, model="guard", form=form, api_key="k")  # type: ignore[arg-type]
        return await GuardServer(session=session, settings=settings).judge(*texts)


async def test_hazards_become_categories_and_those_without_one_still_count(guard: Guard) -> None:
    verdict = await judged(guard, "hello", "bad")
    assert verdict.flagged == {"sexual/minors", "sexual"}  # type: ignore[attr-defined]
    assert verdict.safety == 0  # type: ignore[attr-defined]
    assert [message["role"] for message in guard.asked[0]["messages"]] == ["user", "assistant"]


async def test_unsafe_without_a_category_that_clients_know_blocks_all_the_same() -> None:
    async with guard_server(bad="bad", hazards="S6") as guard:
        verdict = await judged(guard, "bad")
    assert verdict.is_flagged  # type: ignore[attr-defined]
    assert not verdict.flagged  # type: ignore[attr-defined]
    assert verdict.blocks(["hate"])  # type: ignore[attr-defined]


async def test_scores_stay_within_the_scales(guard: Guard) -> None:
    verdict = await judged(guard, "good", form="scores")
    assert (verdict.safety, verdict.cultural_awareness) == (4.8, 5.0)  # type: ignore[attr-defined]
    assert guard.asked[0]["use_activation"] is False


@pytest.mark.parametrize(
    "body",
    [
        b"nothing",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": "maybe"}}]}',
    ],
)
async def test_answer_that_is_no_verdict_is_a_fault_of_the_server(guard: Guard, body: bytes) -> None:
    guard.says = web.Response(body=body, content_type="application/json")
    with pytest.raises(ModelUnavailableError):
        await judged(guard, "a")


@pytest.mark.parametrize("probs", ["[1]", "[1, 2, 3]", '["a", 1]', "[NaN, 1]", "null"])
async def test_scores_that_are_not_two_numbers_are_a_fault_of_the_server(guard: Guard, probs: str) -> None:
    guard.says = web.Response(text=f'{{"data": [{{"probs": {probs}}}]}}', content_type="application/json")
    with pytest.raises(ModelUnavailableError):
        await judged(guard, "a", form="scores")


async def test_refusal_names_the_settings(guard: Guard) -> None:
    guard.says = web.Response(status=404)
    with pytest.raises(ModelUnavailableError, match="FANAR_MODERATION__MODEL"):
        await judged(guard, "a")


async def test_full_server_is_told_as_such(guard: Guard) -> None:
    guard.says = web.Response(status=503, headers={"Retry-After": "3"})
    with pytest.raises((OverloadedError, ModelUnavailableError)):
        await judged(guard, "a")


async def test_server_named_by_half_is_refused_at_start() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(ConfigurationError, match="FANAR_MODERATION__URL"):
            GuardServer(session=session, settings=ModerationSettings(url="http://127.0.0.1:1/v1"))


def test_category_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no category rudeness"):
        ModerationSettings(categories=["rudeness"])
