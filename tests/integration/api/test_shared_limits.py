"""Two platforms that count together, on a real Redis server that then goes away."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from fanar.llm.catalog import BUILT_IN
from fanar.settings import LimitSettings, Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.bootstrap.limits import open_limits
from tests.servers import REDIS, redis_server


@pytest.mark.skipif(REDIS is None, reason="no Redis server here: apt-get install redis-server")
async def test_two_platforms_share_a_window_and_part_when_redis_is_gone(tmp_path: Path) -> None:
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        with redis_server(tmp_path) as url:
            settings = Settings(_env_file=None, redis_url=url, limits=LimitSettings(requests=2))
            one, other = [await stack.enter_async_context(open_limits(settings, BUILT_IN, metrics)) for _ in range(2)]
            met = [await limits.admit(None, "Fanar") for limits in (one, other, one)]
            assert [(admission.remaining, admission.refusal is None) for admission in met] == [(1, True), (0, True), (0, False)]
            assert one.admit_at_once(None, "Fanar") is None
            assert b"fanar_limits_not_shared_total 0.0" in metrics.expose()
        met = [await one.admit(None, "Fanar") for _ in range(3)]
    assert [admission.refusal is None for admission in met] == [True, True, False]
    assert b"fanar_limits_not_shared_total 3.0" in metrics.expose()
