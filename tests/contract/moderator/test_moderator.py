"""What every Moderator keeps to: the one that ships, guard models on a server in both their forms, and the double."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from fanar.judging_protocols import Moderator
from fanar.moderation.embedded import EmbeddedModerator
from fanar.moderation.linear import load_models
from fanar.moderation.served import GuardServer
from fanar.moderation.settings import ModerationSettings
from fanar.moderation.verdict import BEST, CATEGORIES
from orchestrator.bootstrap.moderation import LateModerator
from tests.fakes.guard import guard_server
from tests.fakes.platform import WordModerator

HARSH = "you are an awful stupid idiot"
KIND = "thank you for your kind help"


@pytest.fixture(params=["embedded", "late", "words", "scores", "double"])
async def moderator(request: pytest.FixtureRequest) -> AsyncIterator[Moderator]:
    if request.param == "embedded":
        yield EmbeddedModerator(load_models())
    elif request.param == "late":
        yield LateModerator()
    elif request.param == "double":
        yield WordModerator()
    else:
        async with guard_server(bad="awful") as server, aiohttp.ClientSession() as session:
            settings = ModerationSettings(url=server.url, model="guard", form=request.param)
            yield GuardServer(session=session, settings=settings)


async def test_harsh_words_are_less_safe_than_kind_ones(moderator: Moderator) -> None:
    harsh, kind = await moderator.judge(HARSH), await moderator.judge(KIND)
    assert harsh.is_flagged
    assert not kind.is_flagged
    assert harsh.safety < kind.safety


async def test_response_counts_as_the_prompt_does(moderator: Moderator) -> None:
    assert (await moderator.judge(KIND, HARSH)).is_flagged
    assert not (await moderator.judge(KIND, KIND)).is_flagged


@pytest.mark.parametrize("text", ["", " \n", "\ud800", "\u200b" * 50, "ا" * 20_000, "😀", "\x00"])
async def test_any_text_gets_a_verdict_within_the_scales(moderator: Moderator, text: str) -> None:
    verdict = await moderator.judge(text)
    assert 0 <= verdict.safety <= BEST
    assert 0 <= verdict.cultural_awareness <= BEST
    assert all(0 <= score <= 1 for score in verdict.scores.values())


async def test_only_supported_categories_are_scored_and_flagged(moderator: Moderator) -> None:
    verdict = await moderator.judge(HARSH)
    assert set(moderator.supported) <= set(CATEGORIES)
    assert set(verdict.scores) == set(moderator.supported)
    assert verdict.flagged <= set(moderator.supported)
    assert verdict.model == moderator.name
