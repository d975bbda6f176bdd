"""POST /v1/feedback, and the decisions that are recorded behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from fanar.events import Route
from fanar.feedback import Feedback, RecordedDecision
from fanar.settings import LimitSettings
from tests.fakes.platform import DECISION, SECRET
from tests.unit.orchestrator.api.conftest import Connect

ANSWER = "chatcmpl-" + "0" * 32
QUESTION = {"model": "Fanar", "messages": [{"role": "user", "content": "ما حكم صيام المسافر؟"}]}


def kept(client: httpx.AsyncClient) -> list[Feedback]:
    found: list[Feedback] = client.platform.feedback._feedback.feedback()  # type: ignore[attr-defined]
    return found


def recorded(client: httpx.AsyncClient) -> list[RecordedDecision]:
    return list(client.platform.decisions._repository.decisions())  # type: ignore[attr-defined]


@pytest.fixture
async def recording(connect: Connect) -> AsyncIterator[httpx.AsyncClient]:
    client = await connect(record_decisions=True)
    async with client.platform.decisions.writing():  # type: ignore[attr-defined]
        yield client


async def test_a_correction_is_kept_under_the_answers_id(client: httpx.AsyncClient) -> None:
    answered = await client.post("/v1/chat/completions", json=QUESTION)
    answer_id = answered.headers["x-id"]
    body = {"id": answer_id, "rating": "down", "route": "islamic", "comment": "خطأ", "prompt": "ما حكم صيام المسافر؟"}
    told = await client.post("/v1/feedback", json=body)
    (said,) = kept(client)
    assert (said.answer, said.owner, said.rating, said.route, said.prompt) == (
        answered.json()["id"],
        "anonymous",
        "down",
        Route.ISLAMIC,
        "ما حكم صيام المسافر؟",
    )
    assert told.json() == {
        "id": told.headers["x-id"],
        "object": "feedback",
        "answer": answer_id,
        "created": int(said.created.timestamp()),
        "rating": "down",
    }
    assert said.id == told.headers["x-id"]


async def test_nothing_of_a_prompt_is_kept_unless_it_is_sent(client: httpx.AsyncClient) -> None:
    answered = await client.post("/v1/chat/completions", json=QUESTION)
    await client.post("/v1/feedback", json={"id": answered.headers["x-id"], "rating": "up"})
    assert "صيام" not in repr(kept(client))
    assert recorded(client) == []


async def test_feedback_belongs_to_the_key_that_gives_it(connect: Connect) -> None:
    client = await connect(require_key=True)
    body = {"id": ANSWER, "rating": "up"}
    assert (await client.post("/v1/feedback", json=body)).status_code == 401
    assert (await client.post("/v1/feedback", json=body, headers={"authorization": f"Bearer {SECRET}"})).status_code == 200
    assert [said.owner for said in kept(client)] == ["key-1"]


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"rating": "up"}, "id"),
        ({"id": "../../etc/passwd", "rating": "up"}, "id"),
        ({"id": ANSWER + "0", "rating": "up"}, "id"),
        ({"id": ANSWER}, "rating"),
        ({"id": ANSWER, "rating": 1}, "rating"),
        ({"id": ANSWER, "rating": "up", "route": "weather"}, "route"),
        ({"id": ANSWER, "rating": "up", "model": "gpt"}, "model"),
        ({"id": ANSWER, "rating": "up", "route": "islamic", "model": "star"}, "model"),
        ({"id": ANSWER, "rating": "up", "comment": "a" * 2001}, "comment"),
        ({"id": ANSWER, "rating": "up", "prompt": "a" * 8001}, "prompt"),
        ({"id": ANSWER, "rating": "up", "owner": "key-2"}, "owner"),
    ],
)
async def test_what_cannot_be_kept_is_refused_by_name(client: httpx.AsyncClient, body: dict[str, object], param: str) -> None:
    answer = await client.post("/v1/feedback", json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, param)
    assert kept(client) == []


async def test_feedback_is_counted_in_a_window_of_its_own(connect: Connect) -> None:
    client = await connect(limits=LimitSettings(requests=1))
    await client.post("/v1/chat/completions", json=QUESTION)
    statuses = [(await client.post("/v1/feedback", json={"id": ANSWER, "rating": "up"})).status_code for _ in range(2)]
    assert statuses == [200, 429]


@pytest.mark.parametrize("stream", [True, False])
async def test_every_decision_is_recorded_when_the_operator_asks_for_it(recording: httpx.AsyncClient, stream: bool) -> None:
    answered = await recording.post("/v1/chat/completions", json={**QUESTION, "stream": stream})
    await recording.platform.decisions._waiting.join()  # type: ignore[attr-defined]
    (decision,) = recorded(recording)
    assert (decision.answer, decision.owner, decision.model) == (answered.headers["x-id"], "anonymous", "Fanar")
    assert decision.messages[0].text == "ما حكم صيام المسافر؟"
    assert decision.decision == DECISION


async def test_a_route_that_was_only_asked_for_is_recorded_and_may_be_corrected(recording: httpx.AsyncClient) -> None:
    asked = await recording.post("/v1/route", json={"messages": QUESTION["messages"]})
    told = await recording.post("/v1/feedback", json={"id": asked.headers["x-id"], "rating": "down", "route": "islamic"})
    await recording.platform.decisions._waiting.join()  # type: ignore[attr-defined]
    assert told.status_code == 200
    assert [each.answer for each in recorded(recording)] == [kept(recording)[0].answer]


async def test_another_keys_answer_is_nobody_elses_to_judge(connect: Connect) -> None:
    client = await connect(record_decisions=True)
    async with client.platform.decisions.writing():  # type: ignore[attr-defined]
        asked = await client.post("/v1/chat/completions", json=QUESTION, headers={"authorization": f"Bearer {SECRET}"})
        await client.platform.decisions._waiting.join()  # type: ignore[attr-defined]
        told = await client.post("/v1/feedback", json={"id": asked.headers["x-id"], "rating": "up"})
    assert (told.status_code, told.json()["error"]["code"]) == (404, "Not found")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (f'{{"id": "{ANSWER}", "rating": "up", "rating": "down"}}'.encode(), 400),
        (f'{{"id": "{ANSWER}", "rating": "up", "comment": "\\ud800"}}'.encode(), 400),
        (f'{{"id": "{ANSWER}", "rating": "up", "comment": "a\\u0000b"}}'.encode(), 422),
        (f'{{"id": "{ANSWER}", "rating": "up", "comment": "a\\u202eb"}}'.encode(), 422),
    ],
)
async def test_hostile_bodies_are_refused_and_nothing_is_kept(client: httpx.AsyncClient, body: bytes, status: int) -> None:
    answer = await client.post("/v1/feedback", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    assert kept(client) == []
