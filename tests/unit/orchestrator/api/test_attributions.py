"""POST /v1/attributions: claims beside sources, as one answer, as a stream, in batches; and what is refused."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from fanar.findings import AttributionReport, Check
from fanar.jobs import QueueBounds
from orchestrator.api.schemas.attributions import AttributionJob
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.checking import CheckDesk, TextChecks
from orchestrator.jobs.runner import JobRunner, Terms
from tests.fakes.jobs import InMemoryJobs
from tests.fakes.platform import FakePages, FakeVerifier, fake_attributions
from tests.unit.orchestrator.api.conftest import Connect


class NoQuotations(FakeVerifier):
    def verify(self, text: str, *, checks: frozenset[Check] = frozenset()) -> AttributionReport:
        return AttributionReport((), None)


@pytest.fixture
async def client(connect: Connect) -> httpx.AsyncClient:
    client = await connect()
    object.__setattr__(client.platform, "attributions", fake_attributions(NoQuotations()))  # type: ignore[attr-defined]
    return client


BRIDGE = {"id": "news", "text": "The bridge opened in 2015. It cost 230 million dollars."}
TEXT = "The bridge opened in 2015 [1]. It cost 300 million dollars."


async def test_every_example_of_the_document_runs_as_it_is_written(client: httpx.AsyncClient) -> None:
    schemas = (await client.get("/openapi.json")).json()["components"]["schemas"]
    examples = schemas["AttributionRequest"]["examples"]
    answers = [await client.post("/v1/attributions", json=example) for example in examples]
    assert [answer.status_code for answer in answers] == [200, 200]
    claims = answers[0].json()["claims"]
    assert [claim["verdict"] for claim in claims] == ["supported", "contradicted", "supported"]
    (batch,) = schemas["AttributionBatch"]["examples"]
    assert (await client.post("/v1/attributions/batch", json=batch)).status_code == 200


async def test_a_claim_comes_with_its_verdict_its_method_and_the_passage(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/attributions", json={"text": TEXT, "sources": [BRIDGE], "checks": ["claims"]})
    body = answer.json()
    assert body["id"] == answer.headers["x-id"]
    first, second = body["claims"]
    assert TEXT[first["start"] : first["end"]] == first["text"] == "The bridge opened in 2015"
    assert first["citations"] == [
        {"source_id": "news", "start": 0, "end": 26, "quote": "The bridge opened in 2015.", "title": "", "url": None}
    ]
    assert first["markers"] == [{"text": "[1]", "start": 26, "end": 29, "source_id": "news", "supported": True}]
    assert (second["verdict"], second["method"]) == ("contradicted", "numbers")
    assert body["support_score"] == 0.5
    assert body["quotes"] == []
    assert body["versions"]["claims"]
    assert body["versions"]["splitting"] == "rules"
    assert set(body["timings_ms"]) == {"sources", "claims"}
    assert len(body["warnings"]) == 1


async def test_a_stream_has_an_event_for_each_claim_and_the_report_at_its_end(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/attributions", json={"text": TEXT, "sources": [BRIDGE], "checks": ["claims"], "stream": True})
    assert answer.headers["content-type"].startswith("text/event-stream")
    *frames, done = [line.removeprefix("data: ") for line in answer.text.splitlines() if line]
    events = [json.loads(frame) for frame in frames]
    assert done == "[DONE]"
    assert [event["object"] for event in events] == ["attribution.claim", "attribution.claim", "attribution"]
    assert [event["claim"]["verdict"] for event in events[:2]] == ["supported", "contradicted"]
    assert events[2]["report"]["claims"] == [event["claim"] for event in events[:2]]


async def test_an_item_of_a_batch_fails_by_itself(client: httpx.AsyncClient) -> None:
    items = [{"text": "a", "sources": [BRIDGE]}, {"text": "The tower is tall.", "corpora": ["nothing"]}]
    body = (await client.post("/v1/attributions/batch", json={"items": items})).json()
    first, second = body["results"]
    assert first["report"]["id"] == f"{body['id']}-0"
    assert first["error"] is None
    assert (second["report"], second["error"]["status"]) == (None, 404)


async def test_sources_are_pages_and_corpora_too(client: httpx.AsyncClient) -> None:
    page = {"id": "page", "url": "https://example.org/bridge"}
    body = (await client.post("/v1/attributions", json={"text": "The bridge opened in 2015.", "sources": [page]})).json()
    assert body["claims"][0]["citations"][0]["source_id"] == "page"
    asked = {"text": "إن الله مع الصابرين في كل حين", "corpora": ["quran"], "checks": ["claims"]}
    assert (await client.post("/v1/attributions", json=asked)).json()["claims"]


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        ({"text": "a b", "sources": [{"id": "x"}]}, 422, "sources[0]"),
        ({"text": "a b", "sources": [{"id": "x", "text": "a", "url": "https://example.org"}]}, 422, "sources[0]"),
        ({"text": "a b", "sources": [{"id": "x", "text": "a"}, {"id": "x", "text": "b"}]}, 422, "sources"),
        ({"text": "a b", "sources": [{"id": str(at), "url": "https://example.org"} for at in range(11)]}, 422, "sources"),
        ({"text": "a b", "sources": [{"id": str(at), "text": "a"} for at in range(101)]}, 422, "sources"),
        ({"text": "a b", "citation_threshold": 1.5}, 422, "citation_threshold"),
        ({"text": "a b", "citation_threshold": True}, 422, "citation_threshold"),
        ({"text": "a b", "language": "fr"}, 422, "language"),
        ({"text": "The bridge is long.", "corpora": ["nothing"]}, 404, "corpora"),
        ({"text": "one two. " * 2001, "sources": [BRIDGE]}, 413, "text"),
    ],
)
async def test_what_cannot_be_checked_is_refused_by_name(
    client: httpx.AsyncClient, body: dict[str, object], status: int, param: str
) -> None:
    answer = await client.post("/v1/attributions", json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (status, param)


async def test_a_whole_number_is_a_threshold_too(client: httpx.AsyncClient) -> None:
    body = (await client.post("/v1/attributions", json={"text": TEXT, "sources": [BRIDGE], "citation_threshold": 1})).json()
    assert {claim["verdict"] for claim in body["claims"]} <= {"not_found", "contradicted", "supported"}
    assert body["support_score"] is not None


async def test_claims_that_were_asked_for_without_any_source_are_warned_of(client: httpx.AsyncClient) -> None:
    asked = {"text": "The bridge opened in 2015.", "checks": ["claims"], "language": "ar"}
    body = (await client.post("/v1/attributions", json=asked)).json()
    assert [claim["verdict"] for claim in body["claims"]] == ["not_found"]
    assert body["warnings"] == ["لا مصدر تُقابل به الادعاءات: أرسل مصادر أو سمِّ مدونات."]


async def test_a_check_in_the_background_is_a_job_that_is_read_and_cancelled(client: httpx.AsyncClient) -> None:
    desk = fake_attributions(NoQuotations())
    jobs, bells, checks = InMemoryJobs(), Bells(), TextChecks(attributions=desk, pages=FakePages())
    runner = JobRunner(jobs=jobs, work=checks.check, bells=bells, terms=Terms(beat=0.02, poll=0.02))  # type: ignore[arg-type]
    taking = CheckDesk(jobs=jobs, runner=runner, bells=bells, bounds=QueueBounds(9, 9))
    object.__setattr__(client.platform, "checks", taking)  # type: ignore[attr-defined]
    begun = await client.post("/v1/attributions", json={"text": TEXT, "sources": [BRIDGE], "background": True})
    waiting = await client.post("/v1/attributions", json={"text": TEXT, "background": True})
    assert (begun.json()["status"], begun.headers["x-id"]) == ("queued", begun.json()["id"])
    cancelled = await client.post(f"/v1/attributions/{waiting.json()['id']}/cancel")
    assert cancelled.json()["status"] == "cancelled"
    async with runner.running(), asyncio.timeout(5):
        while (job := (await client.get(f"/v1/attributions/{begun.json()['id']}")).json())["status"] in ("queued", "running"):
            await asyncio.sleep(0.01)
    AttributionJob.model_validate(job)
    assert [claim["verdict"] for claim in job["report"]["claims"]] == ["supported", "contradicted"]
    assert (await client.get(f"/v1/attributions/research-{1:032x}")).status_code == 404
