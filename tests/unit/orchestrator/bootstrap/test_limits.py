"""Limits from settings."""

from __future__ import annotations

import logging
import sys

import pytest

from fanar.errors import ConfigurationError
from fanar.limits.memory import MemoryRequestCounter
from fanar.llm.catalog import BUILT_IN
from fanar.settings import LimitSettings, Settings
from fanar.telemetry.metrics import Metrics
from orchestrator.bootstrap.limits import build_limits, open_limits


def test_a_limit_for_a_model_that_is_not_there_is_refused_at_start() -> None:
    settings = Settings(_env_file=None, limits=LimitSettings(models={"Fanra": "1/60"}))
    with pytest.raises(ConfigurationError, match="FANAR_LIMITS__MODELS"):
        build_limits(settings, BUILT_IN, counter=MemoryRequestCounter())


def test_a_limit_that_cannot_be_read_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="50/60"):
        LimitSettings(models={"Fanar": "many"})


@pytest.mark.parametrize(("requests", "warned"), [(5, True), (0, False)])
def test_workers_that_count_apart_are_told_of(requests: int, warned: bool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        settings = Settings(_env_file=None, workers=2, limits=LimitSettings(requests=requests))
        build_limits(settings, BUILT_IN, counter=MemoryRequestCounter())
    assert ("FANAR_REDIS_URL" in caplog.text) is warned


async def test_redis_without_its_extra_is_refused_with_the_command_that_adds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fanar.limits.redis", None)
    with pytest.raises(ConfigurationError, match="cluster"):
        async with open_limits(Settings(_env_file=None, redis_url="redis://127.0.0.1"), BUILT_IN, Metrics()):
            pass
