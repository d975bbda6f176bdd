"""Kill -9 of a model server under load: who waits for a whole answer gets it, who reads a stream is told, and it is soon asked again."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from orchestrator.backends.breaker import PAUSE_SECONDS
from tests.integration.reliability.standing import PRIME, STAR, WORDS, Standing, model_process, standing
from tests.load import Outcome, load

PATIENCE = 30.0


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("reliability")
    with standing(folder, {seat: model_process(folder, seat) for seat in ("star", "prime")}) as found:
        yield found


def backends(both: Standing) -> dict[str, dict[str, Any]]:
    with urllib.request.urlopen(f"{both.gateway.url}/backends") as answer:
        return {row["model"]: row for row in json.load(answer)["data"]}


@pytest.mark.parametrize(("killed", "other", "addressed"), [("star", "prime", STAR), ("prime", "star", PRIME)])
async def test_killed_model_costs_no_whole_answer_and_no_silent_stream(both: Standing, killed: str, other: str, addressed: str) -> None:
    server = both.servers[killed]

    async with load(both.gateway.url, [STAR, PRIME, "Fanar"], whole=12, streams=6) as running:

        def answered_by(name: str, *, since: int = 0) -> bool:
            return sum(outcome.served_by == name and outcome.asked == addressed for outcome in running.outcomes[since:]) > 5

        def is_read() -> bool:
            return any(outcome.asked == addressed and outcome.begun for outcome in running.reading)

        await running.until(lambda: answered_by(killed) and is_read(), seconds=PATIENCE)
        server.kill()
        died = len(running.outcomes)
        await running.until(lambda: answered_by(other, since=died), seconds=PATIENCE)
        row = (await asyncio.to_thread(backends, both))[killed]
        server.start()
        await asyncio.to_thread(server.await_ready)
        back = len(running.outcomes)
        await running.until(lambda: answered_by(killed, since=back), seconds=PATIENCE)

    assert [outcome for outcome in running.whole_answers() if not outcome.whole] == []
    assert {outcome.text for outcome in running.whole_answers()} == {WORDS}
    # What is open when nothing has come back yet is tried again before the promised two seconds are over.
    assert row["state"] in ("open", "half_open")
    assert row["retry_in"] <= PAUSE_SECONDS < 2
    _told_or_whole(running.streams())


def _told_or_whole(streams: Sequence[Outcome]) -> None:
    """Each stream ends with `[DONE]`, after its last word or after the event that says why there is none."""
    assert [stream for stream in streams if not stream.done or stream.broken] == []
    broken = [stream for stream in streams if stream.error is not None]
    assert {stream.text for stream in streams if stream not in broken} == {WORDS}
    assert broken, "some were under way"
    for stream in broken:
        assert stream.begun
        assert WORDS.startswith(stream.text)
        assert (stream.error or {})["code"] == "overloaded"
        assert "error" in stream.frames[-1]
        assert [choice for frame in stream.frames for choice in frame["choices"] if choice["finish_reason"]] == []
