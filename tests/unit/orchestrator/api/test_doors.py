"""Keys, Host and Origin: who is let in."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.fakes.platform import SECRET

HELLO = {"model": "Fanar", "messages": [{"role": "user", "content": "hi"}]}


def bearer(secret: str) -> dict[str, str]:
    return {"authorization": f"Bearer {secret}"}


async def ask(client: httpx.AsyncClient, **headers: str) -> httpx.Response:
    return await client.post("/v1/chat/completions", json=HELLO, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Basic abc"},
        bearer(""),
        bearer("wrong"),
        bearer("fanar-" + "x" * 43),
        bearer("x" * 5000),
        {"authorization": "Bearer"},
    ],
)
async def test_beyond_loopback_only_a_key_of_ours_opens(connect: Any, headers: dict[str, str]) -> None:
    client = await connect(host="0.0.0.0")
    answer = await ask(client, **headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_authentication")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert (await ask(client, **bearer(SECRET))).status_code == 200


async def test_models_and_metrics_want_the_key_too_but_health_does_not(connect: Any) -> None:
    client = await connect(host="0.0.0.0")
    assert (await client.get("/v1/models")).status_code == 401
    assert (await client.get("/healthz")).json()["service"] == "fanar"


async def test_on_loopback_any_placeholder_key_will_do(client: httpx.AsyncClient) -> None:
    assert (await ask(client)).status_code == 200
    assert (await ask(client, **bearer("sk-none"))).status_code == 200


async def test_on_loopback_a_key_that_looks_like_ours_must_be_ours(client: httpx.AsyncClient) -> None:
    assert (await ask(client, **bearer(SECRET))).status_code == 200
    assert (await ask(client, **bearer("fanar-revoked"))).status_code == 401


async def test_key_can_be_required_on_loopback_as_well(connect: Any) -> None:
    assert (await ask(await connect(require_key=True))).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1:8000@evil.example", "[::1", "localhost.evil"])
async def test_on_loopback_a_foreign_host_name_is_refused(client: httpx.AsyncClient, host: str) -> None:
    answer = await ask(client, host=host)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "invalid_authorization")


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:8000", "[::1]:8000", "127.1.2.3", "app.localhost"])
async def test_on_loopback_this_machines_names_are_right(client: httpx.AsyncClient, host: str) -> None:
    assert (await ask(client, host=host)).status_code == 200


async def test_operator_may_add_host_names_and_origins(connect: Any) -> None:
    client = await connect(allowed_hosts=["fanar.example"], allowed_origins=["https://app.example"])
    assert (await ask(client, host="fanar.example")).status_code == 200
    allowed = await ask(client, origin="https://app.example")
    assert allowed.headers["access-control-allow-origin"] == "https://app.example"
    assert (await ask(client, origin="https://evil.example")).status_code == 403


async def test_beyond_loopback_hosts_are_checked_once_they_are_named(connect: Any) -> None:
    assert (await ask(await connect(host="0.0.0.0"), host="any.example", **bearer(SECRET))).status_code == 200
    strict = await connect(host="0.0.0.0", allowed_hosts=["fanar.example"])
    assert (await ask(strict, host="any.example", **bearer(SECRET))).status_code == 403


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://127.0.0.1:9999", "file://127.0.0.1:8000", "http://[bad"])
async def test_pages_of_other_origins_are_refused(client: httpx.AsyncClient, origin: str) -> None:
    answer = await ask(client, origin=origin)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "invalid_authorization")


async def test_the_platforms_own_page_is_let_in(client: httpx.AsyncClient) -> None:
    assert (await ask(client, origin="http://127.0.0.1:8000")).status_code == 200


@pytest.mark.parametrize(
    ("given", "arabic"),
    [
        ("ar", True),
        ("ar-EG,en;q=0.9", True),
        ("en,ar;q=0.9", False),
        ("fr", False),
        ("", False),
        ("en;q=0,ar;q=0.1", True),
        ("ar;q=x", False),
    ],
)
async def test_errors_speak_the_language_that_is_preferred(client: httpx.AsyncClient, given: str, arabic: bool) -> None:
    message = (await client.get("/nothing", headers={"accept-language": given})).json()["error"]["message"]
    assert (message == "لا توجد نقطة وصول بهذا العنوان.") == arabic
