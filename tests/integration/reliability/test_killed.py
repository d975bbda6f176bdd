"""Kill -9 of a model server under load: who waits for a whole answer gets it, who reads a stream is told, and it is soon asked again."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from orchestrator.backends.breaker import PAUSE_SECONDS
from tests.integration.reliability.standing import PRIME, STAR, WORDS, Standing, model_process, standing
from tests.outage import Outage, Victim, outage

PATIENCE = 30.0
PROMISED_SECONDS = 2.0


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("reliability")
    with standing(folder, {seat: model_process(folder, seat) for seat in ("star", "prime")}) as found:
        yield found


def backend(both: Standing, name: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{both.gateway.url}/backends") as answer:
        return next(row for row in json.load(answer)["data"] if row["model"] == name)


@pytest.mark.parametrize(("killed", "other", "addressed"), [("star", "prime", STAR), ("prime", "star", PRIME)])
async def test_killed_model_costs_no_whole_answer_and_no_silent_stream(both: Standing, killed: str, other: str, addressed: str) -> None:
    async def is_soon_asked_again() -> None:
        row = await asyncio.to_thread(backend, both, killed)
        assert row["state"] in ("open", "half_open")
        assert row["retry_in"] <= PAUSE_SECONDS < PROMISED_SECONDS

    victim = Victim(both.servers[killed], killed, addressed, other)
    models = [STAR, PRIME, "Fanar"]
    found = await outage(both.gateway.url, victim, models=models, whole=12, streams=6, patience=PATIENCE, while_down=is_soon_asked_again)
    assert found.failed == []
    assert {outcome.text for outcome in found.whole} == {WORDS}
    _told_or_whole(found)


def _told_or_whole(found: Outage) -> None:
    """Each stream ends with its last word, or with the event that says why there is none."""
    assert found.broken, "some were under way"
    assert found.silent == []
    assert {stream.text for stream in found.streams if stream.whole} == {WORDS}
    for stream in found.broken:
        assert WORDS.startswith(stream.text)
        assert (stream.error or {})["code"] == "overloaded"
        assert [choice for frame in stream.frames for choice in frame["choices"] if choice["finish_reason"]] == []
