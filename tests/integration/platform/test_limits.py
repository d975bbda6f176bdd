"""Keys with limits of their own, on a gateway as it is built from settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fanar.errors import ConfigurationError
from fanar.limits.allowance import read_allowance
from fanar.settings import LimitSettings, ModelSettings, Settings, load_settings
from orchestrator.bootstrap.storage import open_storage
from tests.fakes.upstream import Upstream, upstream
from tests.integration.platform.test_gateway import CHAT, asking, gateway

MODELS = '{"Fanar-S-1-7B": "7/60 100/day"}'


@pytest.fixture
async def star() -> AsyncIterator[Upstream]:
    async with upstream(model="star-7b") as server:
        yield server


async def made(data: Path, allowance: str) -> dict[str, str]:
    async with open_storage(Settings(_env_file=None, data=data)) as storage:
        secret = storage.accounts.create("test", allowance=read_allowance(allowance)).secret
    return {"authorization": f"Bearer {secret}"}


async def test_a_keys_own_limit_goes_before_the_models_and_the_default(star: Upstream, tmp_path: Path) -> None:
    own, plain = await made(tmp_path, "1/60"), await made(tmp_path, "")
    free = await made(tmp_path, "0 0/day")
    limits = LimitSettings(requests=50, models={"Fanar-S-1-7B": "7/60 100/day"})
    server = ModelSettings(url=star.url, model="star-7b")
    async with gateway(data=tmp_path, require_key=True, star=server, limits=limits) as client:
        met = [await client.post(CHAT, json=asking("Fanar-S-1-7B"), headers=key) for key in (own, own, plain, free)]
        assert [answer.status_code for answer in met] == [200, 429, 200, 200]
        assert [answer.headers.get("ratelimit-policy") for answer in met] == ["1;w=60", "1;w=60", "7;w=60", None]
        assert (await client.post(CHAT, json=asking("Fanar"), headers=plain)).headers["ratelimit-policy"] == "50;w=60"
        assert (await client.post(CHAT, json=asking("Fanar"), headers=own)).headers["x-ratelimit-remaining"] == "0"


async def test_a_keys_quota_is_used_up_for_the_day(star: Upstream, tmp_path: Path) -> None:
    key = await made(tmp_path, "0 2/day")
    server = ModelSettings(url=star.url, model="star-7b")
    async with gateway(data=tmp_path, require_key=True, star=server) as client:
        met = [await client.post(CHAT, json=asking("Fanar-S-1-7B", stream=stream), headers=key) for stream in (False, True, True)]
    assert [answer.status_code for answer in met] == [200, 200, 429]
    assert met[2].json()["error"]["code"] == "exceeded_quota"


def test_limits_are_set_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FANAR_LIMITS__MODELS", MODELS)
    monkeypatch.setenv("FANAR_LIMITS__DAILY", "1000")
    limits = load_settings().limits
    assert (limits.models, limits.daily, limits.requests) == ({"Fanar-S-1-7B": "7/60 100/day"}, 1000, None)
    monkeypatch.setenv("FANAR_LIMITS__MODELS", '{"Fanar": "often"}')
    with pytest.raises(ConfigurationError, match="FANAR_LIMITS__MODELS"):
        load_settings()
