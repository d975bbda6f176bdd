"""The smaller endpoints, and the document that describes them all."""

from __future__ import annotations

import logging

import httpx
import pytest

from fanar import errors as ours
from fanar.bilingual import Bilingual
from orchestrator.api.errors import CLIENT_CLOSED, STATUSES, status_of

MESSAGE = Bilingual("a", "ب")


async def test_models_are_listed_in_both_forms(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/models")
    body = answer.json()
    assert body["id"] == answer.headers["x-id"]
    assert body["object"] == "list"
    assert body["models"] == body["data"]
    assert body["data"][0] == {"id": "Fanar", "object": "model", "created": 1, "owned_by": "fanar", "served_by": "router"}


async def test_one_model_is_told_of_and_what_nobody_may_name_is_not_found(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/v1/models")).json()["data"]
    assert [(await client.get(f"/v1/models/{item['id']}")).json() for item in listed] == listed
    for unknown in ("nobody", "hub/nobody"):
        answer = await client.get(f"/v1/models/{unknown}")
        assert (answer.status_code, answer.json()["error"]["param"]) == (404, "model")


async def test_route_says_where_and_why(client: httpx.AsyncClient) -> None:
    body = (await client.post("/v1/route", json={"messages": [{"role": "user", "content": "hi"}]})).json()
    assert body == {
        "route": "greeting",
        "model": "greeting",
        "confidence": 0.99,
        "reasons": ["rule: a greeting"],
        "alternatives": [{"route": "general", "confidence": 0.01}],
    }


async def test_reasons_are_in_the_language_of_the_reader(client: httpx.AsyncClient) -> None:
    asked = {"messages": [{"role": "user", "content": "hi"}]}
    answer = await client.post("/v1/route", json=asked, headers={"accept-language": "ar-QA, en;q=0.5"})
    assert answer.json()["reasons"] == ["قاعدة: تحية"]


async def test_search_returns_passages_with_their_references(client: httpx.AsyncClient) -> None:
    (found,) = (await client.post("/v1/search", json={"query": "الصبر", "corpora": ["quran"], "top_k": 1})).json()["results"]
    assert (found["id"], found["reference"], found["confident"]) == ("2:153", "2:153", True)


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        ({"query": ""}, 422, "query"),
        ({"query": "a", "top_k": 0}, 422, "top_k"),
        ({"query": "a", "top_k": True}, 422, "top_k"),
        ({"query": "a", "filters": {"a": []}}, 422, "filters.a"),
        ({"query": "a", "filters": {"$or": 1}}, 422, "filters.$or"),
        ({"query": "a", "corpora": ["hadith"]}, 404, "corpora"),
    ],
)
async def test_search_refuses_by_name(client: httpx.AsyncClient, body: dict[str, object], status: int, param: str) -> None:
    answer = await client.post("/v1/search", json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (status, param)


async def test_attributions_report_every_quotation(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/attributions", json={"text": "إن الله مع الصابرين"})
    body = answer.json()
    assert body["id"] == answer.headers["x-id"]
    assert body["support_score"] == 1.0
    assert body["quotes"][0]["status"] == "exact"
    assert body["quotes"][0]["end"] == 19
    assert body["claims"] == []


async def test_validation_answers_in_the_hosted_form_with_findings_besides(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/sadiq/validate", json={"model": "Fanar-Sadiq-2", "text": "إن الله مع الصابرين"})
    body = answer.json()
    assert body["id"] == answer.headers["x-id"]
    assert body["text"] == "<quran_start>إن الله مع الصابرين<quran_end> [2:153](https://quran.com/2/153)"
    (finding,) = body["findings"]
    assert (finding["start"], finding["end"], finding["status"], finding["sources"]) == (0, 19, "exact", [])


@pytest.mark.parametrize("model", ["Fanar", "Fanar-X"])
async def test_validation_is_asked_of_sadiq_alone(client: httpx.AsyncClient, model: str) -> None:
    answer = await client.post("/v1/sadiq/validate", json={"model": model, "text": "إن الله مع الصابرين"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (404, "model")


async def test_attributions_refuse_checks_that_are_not_here(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/attributions", json={"text": "a", "checks": ["poems"]})
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "checks[0]")


async def test_readiness_names_what_is_missing_and_what_adds_it(client: httpx.AsyncClient) -> None:
    (capability,) = (await client.get("/readyz")).json()["capabilities"]
    assert capability == {"name": "star", "available": False, "detail": {"en": "None.", "ar": "لا شيء."}, "remedy": "FANAR_STAR__URL"}


async def test_metrics_are_in_the_form_that_prometheus_reads(client: httpx.AsyncClient) -> None:
    answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "fanar_streams_in_progress" in answer.text


async def test_log_tells_of_a_request_but_not_what_it_says(client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        body = {"model": "Fanar", "messages": [{"role": "user", "content": "a secret question"}]}
        answer = await client.post("/v1/chat/completions", json=body)
        await client.get("/a/secret/path")
    served = [vars(record) for record in caplog.records if record.message == "served"]
    assert [(line["endpoint"], line["status"]) for line in served] == [("/v1/chat/completions", 200), ("-", 404)]
    assert served[0]["answer"] == answer.json()["id"]
    assert "secret" not in str([{name: value for name, value in line.items() if name != "args"} for line in served])


async def test_openapi_allows_no_keys_that_are_refused(client: httpx.AsyncClient) -> None:
    schemas = (await client.get("/openapi.json")).json()["components"]["schemas"]
    heirs = schemas["InheritanceRequest"]["properties"]["heirs"]
    assert heirs["patternProperties"]
    assert heirs["additionalProperties"] is False


async def test_openapi_resolves_and_shows_examples(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    schemas = document["components"]["schemas"]
    assert schemas["ChatCompletionRequest"]["examples"]
    for path in ("/v1/chat/completions", "/v1/route", "/v1/search", "/v1/attributions"):
        reference = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        assert reference.rpartition("/")[2] in schemas
    missing = [name for name in _references(document) if name not in schemas]
    assert not missing


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"].rpartition("/")[2]] if isinstance(node.get("$ref"), str) else []
        return own + [name for value in node.values() for name in _references(value)]
    return [name for value in node for name in _references(value)] if isinstance(node, list) else []


def _classes(base: type[ours.FanarError]) -> list[type[ours.FanarError]]:
    return [base, *(found for child in base.__subclasses__() for found in _classes(child))]


@pytest.mark.parametrize("kind", [kind for kind in _classes(ours.FanarError) if kind.__module__ == "fanar.errors"])
def test_every_error_class_has_one_status(kind: type[ours.FanarError]) -> None:
    assert kind in STATUSES or kind is ours.ClientClosedError


def test_client_that_left_has_nginx_s_status() -> None:
    assert status_of(ours.ClientClosedError(MESSAGE)) == CLIENT_CLOSED
