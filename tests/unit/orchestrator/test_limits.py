"""Whose words hold for a request, and what it is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fanar.errors import QuotaExceededError, RateLimitedError
from fanar.keys import ApiKey
from fanar.limits.allowance import Allowance, Rate, read_allowance
from fanar.limits.memory import MemoryRequestCounter
from orchestrator.limits import FREE, RequestLimits

NAMES = {"Fanar": "Fanar", "Prime": "Prime", "Old-Prime": "Prime"}


def limits(default: str = "", **models: str) -> RequestLimits:
    said = {model: read_allowance(text) for model, text in models.items()}
    return RequestLimits(counter=MemoryRequestCounter(), default=read_allowance(default), models=said, known=NAMES.get)


def key(allowance: str = "", *, name: str = "key-1") -> ApiKey:
    return ApiKey(name, "test", "0", "0000", datetime(2026, 1, 1, tzinfo=UTC), allowance=read_allowance(allowance))


@pytest.mark.parametrize(
    ("given", "models", "default", "rate"),
    [
        ("", {}, "5/60", Rate(5, 60)),
        ("", {"Prime": "2/10"}, "5/60", Rate(2, 10)),
        ("9/60", {"Prime": "2/10"}, "5/60", Rate(9, 60)),
        ("", {"Old-Prime": "2/10"}, "", Rate(2, 10)),
        ("9/60", {}, "", Rate(9, 60)),
    ],
)
async def test_a_keys_words_go_before_a_models_and_these_before_everybodys(
    given: str, models: dict[str, str], default: str, rate: Rate
) -> None:
    met = limits(default, **models)
    assert (await met.admit(key(given), "Prime")).rate == rate
    at_once = met.admit_at_once(key(given), "Prime")
    assert at_once is not None
    assert (at_once.rate, at_once.remaining) == (rate, rate.requests - 2)


@pytest.mark.parametrize(("given", "default"), [("", ""), ("0", "5/60")])
def test_without_a_limit_nothing_is_counted_or_said(given: str, default: str) -> None:
    assert limits(default).admit_at_once(key(given), "Fanar") is FREE


def test_what_is_no_model_is_not_counted() -> None:
    assert limits("1/60").admit_at_once(None, "no-such-model") is FREE


def test_an_alias_shares_the_window_of_the_model_it_means() -> None:
    met = limits("1/60")
    assert met.admit_at_once(key(), "Prime").refusal is None
    assert isinstance(met.admit_at_once(key(), "Old-Prime").refusal, RateLimitedError)


def test_keys_and_models_are_counted_apart() -> None:
    met = limits("1/60")
    for owner, model in ((key(), "Prime"), (key(), "Fanar"), (key(name="key-2"), "Prime"), (None, "Prime")):
        assert met.admit_at_once(owner, model).refusal is None


def test_a_quota_that_is_used_up_is_an_error_of_its_own() -> None:
    met = limits("5/60 1/day")
    met.admit_at_once(None, "Fanar")
    refused = met.admit_at_once(None, "Fanar")
    assert isinstance(refused.refusal, QuotaExceededError)
    assert 0 < refused.refusal.retry_after <= 86_400
    assert (refused.rate, refused.remaining) == (Rate(5, 60), 4)


async def test_a_counter_elsewhere_must_be_awaited() -> None:
    class Elsewhere:
        count = MemoryRequestCounter().count

    met = RequestLimits(counter=Elsewhere(), default=Allowance(Rate(1, 60)))
    assert met.admit_at_once(None, "Fanar") is None
    assert (await met.admit(None, "Fanar")).remaining == 0
