"""POST /v1/sadiq/deep-research and what follows it, as clients see it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from fanar.bilingual import Bilingual
from fanar.errors import UpstreamTimeoutError
from fanar.jobs import QueueBounds
from fanar.settings import LimitSettings, Settings
from orchestrator.api.app import create_app
from orchestrator.api.schemas.research import ResearchChunk, ResearchJob
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.research import ResearchDesk
from orchestrator.jobs.runner import JobRunner, Terms
from tests.fakes.jobs import REPORT, CountingResearcher, InMemoryJobs
from tests.fakes.platform import SECRET, fake_platform, opener
from tests.unit.orchestrator.api.conftest import Connect

PATH = "/v1/sadiq/deep-research"
BOUNDS = QueueBounds(jobs=9, per_owner=9)
ASKED = {"model": "Fanar-Sadiq-2", "input": "ما الصبر؟", "depth": "quick"}


@asynccontextmanager
async def researching(researcher: CountingResearcher, *, bounds: QueueBounds = BOUNDS) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None)
    jobs, bells = InMemoryJobs(), Bells()
    runner = JobRunner(jobs=jobs, work=researcher.research, bells=bells, terms=Terms(running=1, beat=0.02, poll=0.02))
    desk = ResearchDesk(jobs=jobs, runner=runner, bells=bells, bounds=bounds)
    app = create_app(opener(replace(fake_platform(settings), research=desk)), settings=settings)
    async with runner.running(), app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            client.jobs = jobs  # type: ignore[attr-defined]
            yield client


async def ended(client: httpx.AsyncClient, job_id: str) -> dict[str, Any]:
    async with asyncio.timeout(5):
        while (job := (await client.get(f"{PATH}/{job_id}")).json())["status"] in ("queued", "running"):
            await asyncio.sleep(0.01)
    return dict(job)


async def test_a_background_job_is_answered_at_once_and_read_later() -> None:
    async with researching(CountingResearcher()) as client:
        begun = await client.post(PATH, json={**ASKED, "background": True, "web_search": False})
        job = begun.json()
        assert (begun.status_code, job["status"]) == (200, "queued")
        assert begun.headers["x-id"] == job["id"]
        done = await ended(client, job["id"])
    ResearchJob.model_validate(done)
    assert done["status"] == "completed"
    assert done["report"]["question"] == "ما الصبر؟"
    assert done["progress"]["steps"][0] == {"en": "Counting 1", "ar": "عدّ 1"}
    assert (done["progress"]["done"], done["progress"]["total"]) == (3, 3)
    assert {name: done["metadata"][name] for name in ("depth", "total_sources", "web_search_used")} == {
        "depth": "quick",
        "total_sources": 0,
        "web_search_used": False,
    }


async def test_a_stream_is_progress_text_the_report_and_the_metadata() -> None:
    async with researching(CountingResearcher()) as client:
        answer = await client.post(PATH, json=ASKED)
    frames = [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: ")]
    assert frames.pop() == "[DONE]"
    chunks = [ResearchChunk.model_validate(json.loads(frame)) for frame in frames]
    assert {chunk.id for chunk in chunks} == {answer.headers["x-id"]}
    assert all(chunk.choices == [] for chunk in chunks if chunk.progress or chunk.report)
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert [delta.role for delta in deltas][:2] == ["assistant", None]
    assert "".join(delta.content or "" for delta in deltas) == "1 2 3 "
    *_, report, last = chunks
    assert report.report is not None
    assert last.metadata is not None
    assert last.metadata["depth"] == "quick"
    assert last.choices[0].finish_reason == "stop"
    assert last.choices[0].delta.references == REPORT["references"]


async def test_without_streaming_the_answer_is_the_finished_job() -> None:
    async with researching(CountingResearcher()) as client:
        answer = await client.post(PATH, json={**ASKED, "stream": False})
    assert answer.json()["status"] == "completed"
    assert answer.json()["report"]["content"] == "1 2 3 "


@pytest.mark.parametrize("stream", [True, False])
async def test_a_research_that_fails_says_why(stream: bool) -> None:
    slow = UpstreamTimeoutError(Bilingual("Too slow.", "بطيء."))
    async with researching(CountingResearcher(breaks=1, error=slow)) as client:
        answer = await client.post(PATH, json={**ASKED, "stream": stream}, headers={"accept-language": "ar"})
        assert "بطيء." in answer.text
        assert '"timeout"' in answer.text.replace('": "', '":"')
        failed = await ended(client, (await client.post(PATH, json={**ASKED, "background": True})).json()["id"])
    assert (failed["status"], failed["error"]["code"]) == ("failed", "timeout")
    if not stream:
        assert answer.status_code == 504


async def test_a_job_is_cancelled_and_stays_so() -> None:
    researcher = CountingResearcher()
    researcher.may_go.clear()
    async with researching(researcher) as client:
        job = (await client.post(PATH, json={**ASKED, "background": True})).json()
        assert (await client.post(f"{PATH}/{job['id']}/cancel")).status_code == 200
        assert (await ended(client, job["id"]))["status"] == "cancelled"
        assert (await client.post(f"{PATH}/{job['id']}/cancel")).json()["status"] == "cancelled"


async def test_a_finished_job_is_a_conflict_to_cancel() -> None:
    async with researching(CountingResearcher()) as client:
        job = (await client.post(PATH, json={**ASKED, "stream": False})).json()
        refused = await client.post(f"{PATH}/{job['id']}/cancel")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")


async def test_a_stream_of_a_job_that_is_cancelled_ends_with_the_error() -> None:
    researcher = CountingResearcher()
    researcher.may_go.clear()
    async with researching(researcher) as client:
        waiting = asyncio.create_task(client.post(PATH, json={**ASKED, "stream": False}))
        streaming = asyncio.create_task(client.post(PATH, json=ASKED))
        jobs = client.jobs  # type: ignore[attr-defined]
        async with asyncio.timeout(5):
            while len(jobs.ids) < 2:
                await asyncio.sleep(0.01)
        for job_id in jobs.ids:
            await client.post(f"{PATH}/{job_id}/cancel")
        assert (await waiting).status_code == 409
        assert "client_closed_request" in (await streaming).text


async def test_another_keys_job_is_not_found() -> None:
    async with researching(CountingResearcher()) as client:
        mine = (await client.post(PATH, json={**ASKED, "background": True}, headers={"authorization": f"Bearer {SECRET}"})).json()
        for answer in (await client.get(f"{PATH}/{mine['id']}"), await client.post(f"{PATH}/{mine['id']}/cancel")):
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "Not found")
        seen = await client.get(f"{PATH}/{mine['id']}", headers={"authorization": f"Bearer {SECRET}"})
        assert seen.status_code == 200


async def test_too_many_jobs_are_refused_with_the_time_to_come_back() -> None:
    researcher = CountingResearcher()
    researcher.may_go.clear()
    async with researching(researcher, bounds=QueueBounds(jobs=2, per_owner=1)) as client:
        body = {**ASKED, "background": True}
        await client.post(PATH, json=body)
        own = await client.post(PATH, json=body)
        await client.post(PATH, json=body, headers={"authorization": f"Bearer {SECRET}"})
        assert (own.status_code, own.json()["error"]["code"]) == (429, "rate_limit_reached")
        assert int(own.headers["retry-after"]) >= 1
    async with researching(researcher, bounds=QueueBounds(jobs=1, per_owner=5)) as client:
        await client.post(PATH, json=body)
        full = await client.post(PATH, json=body)
        assert (full.status_code, full.json()["error"]["code"]) == (503, "overloaded")
        assert int(full.headers["retry-after"]) >= 1


@pytest.mark.parametrize("model", ["Fanar-Sadiq", "Fanar-Sadiq-2", "Islamic-RAG"])
async def test_the_ids_of_the_islamic_service_research(model: str) -> None:
    async with researching(CountingResearcher()) as client:
        assert (await client.post(PATH, json={**ASKED, "model": model, "stream": False})).json()["model"] == model


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"depth": "deepest"}, "depth"),
        ({"input": ""}, "input"),
        ({"input": "س" * 4001}, "input"),
        ({"input": "؟؟"}, "input"),
        ({"background": "yes"}, "background"),
        ({"web_search": 1}, "web_search"),
        ({"api_base": "http://127.0.0.1"}, "api_base"),
        ({"model": None}, "model"),
    ],
)
async def test_what_is_wrong_is_named(client: httpx.AsyncClient, changed: dict[str, Any], param: str) -> None:
    answer = await client.post(PATH, json={**ASKED, **changed})
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, param)


async def test_other_models_do_not_research(client: httpx.AsyncClient) -> None:
    answer = await client.post(PATH, json={**ASKED, "model": "Fanar-C-2-27B"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (404, "model")


@pytest.mark.parametrize("job_id", ["research-1", "..%2f..%2fetc", "' OR 1=1 --", "research-*"])
async def test_guessed_ids_are_not_found(client: httpx.AsyncClient, job_id: str) -> None:
    assert (await client.get(f"{PATH}/{job_id}")).status_code == 404


async def test_requests_are_counted_for_the_model(connect: Connect) -> None:
    client = await connect(limits=LimitSettings(requests=1))
    first = await client.post(PATH, json={**ASKED, "background": True})
    assert first.headers["x-ratelimit-remaining"] == "0"
    assert (await client.post(PATH, json={**ASKED, "background": True})).status_code == 429


def test_the_description_has_examples_and_every_answer(client_document: dict[str, Any]) -> None:
    paths = client_document["paths"]
    assert {PATH, f"{PATH}/{{id}}", f"{PATH}/{{id}}/cancel"} <= set(paths)
    assert client_document["components"]["schemas"]["ResearchRequest"]["examples"]
    assert "Report" in client_document["components"]["schemas"]
    assert set(paths[PATH]["post"]["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}


@pytest.fixture
def client_document() -> dict[str, Any]:
    settings = Settings(_env_file=None)
    return dict(create_app(opener(fake_platform(settings)), settings=settings).openapi())
