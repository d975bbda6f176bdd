"""Pictures in conversations: fetched and looked at here, shown to the vision model, and to no other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from fanar.settings import LimitSettings, ModelSettings
from tests.fakes.upstream import Upstream, upstream
from tests.integration.platform.conftest import Connected, Opened
from tests.integration.platform.test_gateway import CHAT, gateway
from tests.pictures import data_url, gif, jpeg, png

PICTURE = png(16, 16)
VISION = "Fanar-Oryx-IVU-2"


def seeing(*urls: str, model: str = "Fanar", text: str = "What is this?", **fields: object) -> dict[str, Any]:
    parts = [{"type": "image_url", "image_url": {"url": url, "detail": "low"}} for url in urls]
    return {"model": model, "messages": [{"role": "user", "content": [{"type": "text", "text": text}, *parts]}], **fields}


def shown(server: Upstream) -> list[str]:
    """Return the URLs that the last request showed to a server."""
    parts = [part for message in server.requests[-1]["messages"] if isinstance(message["content"], list) for part in message["content"]]
    return [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]


@pytest.fixture
async def site() -> AsyncIterator[TestServer]:
    pages = {"/a.png": PICTURE, "/b.jpg": jpeg(8, 8), "/page": b"<html>", "/svg": b"<svg/>", "/bomb.png": png(13_000, 13_000)}
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        if request.path == "/inside":
            raise web.HTTPFound("http://169.254.169.254/latest/meta-data")
        if request.path == "/huge":
            return web.Response(body=PICTURE + b"\0" * 11_000_000, content_type="image/png")
        if request.path not in pages:
            raise web.HTTPNotFound
        return web.Response(body=pages[request.path], content_type="image/png")

    app = web.Application()
    app.router.add_get("/{tail:.*}", answer)
    async with TestServer(app) as server:
        server.asked = asked  # type: ignore[attr-defined]
        yield server


@pytest.fixture
async def eyes() -> AsyncIterator[Upstream]:
    async with upstream(model="qwen-vl") as server:
        yield server


@pytest.fixture
async def star() -> AsyncIterator[Upstream]:
    async with upstream(model="star-7b") as server:
        yield server


@pytest.fixture
async def client(eyes: Upstream, star: Upstream, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    servers = {"vision": ModelSettings(url=eyes.url, model="qwen-vl"), "star": ModelSettings(url=star.url, model="star-7b")}
    async with gateway(data=tmp_path, fetch_private_hosts=["127.0.0.1"], **servers) as client:
        yield client


@pytest.mark.parametrize("model", ["Fanar", VISION])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_picture_reaches_the_vision_model_as_what_it_is(
    client: httpx.AsyncClient, eyes: Upstream, star: Upstream, model: str, stream: bool
) -> None:
    # The client calls it a JPEG; it is a PNG.
    answer = await client.post(CHAT, json=seeing(data_url(PICTURE, "image/jpeg"), model=model, stream=stream))
    assert answer.status_code == 200
    assert shown(eyes) == [data_url(PICTURE)]
    assert star.requests == []
    assert '"model":"vision"' in answer.text


async def test_pictures_elsewhere_are_fetched_here_and_not_by_the_model_server(
    client: httpx.AsyncClient, eyes: Upstream, site: TestServer
) -> None:
    answer = await client.post(CHAT, json=seeing(str(site.make_url("/a.png")), str(site.make_url("/b.jpg"))))
    assert answer.status_code == 200
    assert shown(eyes) == [data_url(PICTURE), data_url(jpeg(8, 8), "image/jpeg")]
    assert site.asked == ["/a.png", "/b.jpg"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/a.png",
        "http://10.0.0.1/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/a.png",
        "http://[::ffff:127.0.0.1]/a.png",
        "http://2130706433/a.png",
        "http://0x7f.0.0.1/a.png",
        "http://good\\@127.0.0.1/a.png",
        "http://user:pw@127.0.0.1/a.png",
        "data:image/png;base64,%%%",
        "data:text/html,<html>",
        data_url(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        data_url(png(13_000, 13_000)),
        data_url(png(1, 65_535)),
        data_url(gif(frames=5000), "image/gif"),
        data_url(PICTURE[:-7]),
    ],
)
async def test_what_must_not_be_fetched_or_drawn_is_refused_without_an_echo(client: httpx.AsyncClient, eyes: Upstream, url: str) -> None:
    refused = await client.post(CHAT, json=seeing(url))
    assert refused.status_code in (413, 422)
    assert refused.json()["error"]["param"] == "messages"
    assert url[:30] not in refused.text
    assert eyes.requests == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b.png", "gopher://a/", "javascript:alert(1)", "//a/b.png"])
async def test_other_schemes_are_no_urls_of_pictures(client: httpx.AsyncClient, url: str) -> None:
    assert (await client.post(CHAT, json=seeing(url))).status_code == 422


@pytest.mark.parametrize(
    ("path", "status"), [("/page", 422), ("/svg", 422), ("/none", 422), ("/inside", 422), ("/huge", 413), ("/bomb.png", 413)]
)
async def test_what_a_site_sends_in_place_of_a_picture_is_refused(
    client: httpx.AsyncClient, eyes: Upstream, site: TestServer, path: str, status: int
) -> None:
    refused = await client.post(CHAT, json=seeing(str(site.make_url(path))))
    assert (refused.status_code, refused.json()["error"]["param"]) == (status, "messages")
    assert eyes.requests == []


async def test_too_many_pictures_and_other_media_are_refused(client: httpx.AsyncClient) -> None:
    many = await client.post(CHAT, json=seeing(*[data_url(PICTURE)] * 17))
    video = {"type": "video_url", "video_url": {"url": "https://example.com/a.mp4"}}
    clip = await client.post(CHAT, json={"model": VISION, "messages": [{"role": "user", "content": [video]}]})
    assert [answer.status_code for answer in (many, clip)] == [422, 422]


async def test_a_picture_may_be_longer_than_a_text_but_not_than_a_body(client: httpx.AsyncClient, eyes: Upstream) -> None:
    big = data_url(jpeg(8, 8)[:-2] + b"\0" * 600_000 + b"\xff\xd9", "image/jpeg")
    assert (await client.post(CHAT, json=seeing(big))).status_code == 200
    assert shown(eyes) == [big]
    assert (await client.post(CHAT, json=seeing(big, big, big))).status_code == 413
    assert (await client.post(CHAT, json=seeing(text="x" * 500_000))).status_code == 422


async def test_a_language_model_that_was_named_is_shown_no_picture(client: httpx.AsyncClient, star: Upstream) -> None:
    refused = await client.post(CHAT, json=seeing(data_url(PICTURE), model="Fanar-S-1-7B"))
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "messages")
    assert star.requests == []


async def test_an_earlier_picture_is_a_word_to_a_language_model(client: httpx.AsyncClient, star: Upstream) -> None:
    body = seeing("http://169.254.169.254/a.png")
    body["messages"] += [{"role": "assistant", "content": "A cat."}, {"role": "user", "content": "Thank you. What is 2+2 about?"}]
    assert (await client.post(CHAT, json=body)).status_code == 200
    assert "169.254" not in str(star.requests[-1])
    assert {"type": "text", "text": "[image]"} in star.requests[-1]["messages"][0]["content"]


async def test_the_vision_model_is_listed_and_watched_like_the_others(client: httpx.AsyncClient) -> None:
    listed = {model["id"]: model["served_by"] for model in (await client.get("/v1/models")).json()["data"]}
    assert listed[VISION] == "qwen-vl"
    watched = (await client.get("/v1/backends")).json()["data"]
    assert [row["seats"] for row in watched] == [["star"], ["vision"]]


async def test_without_a_vision_model_pictures_are_refused_with_the_setting_that_adds_one(star: Upstream, tmp_path: Path) -> None:
    async with gateway(data=tmp_path, star=ModelSettings(url=star.url, model="star-7b"), limits=LimitSettings()) as client:
        for model in ("Fanar", VISION):
            refused = await client.post(CHAT, json=seeing("http://169.254.169.254/", model=model))
            assert (refused.status_code, refused.json()["error"]["code"]) == (503, "model_not_configured")
            assert "FANAR_VISION__URL" in refused.json()["error"]["message"]


@pytest.mark.asyncio(loop_scope="session")
async def test_the_whole_platform_refuses_and_says_so(bare: Opened, connected: Connected) -> None:
    for opened in (bare, connected):
        refused = await opened.client.post(CHAT, json=seeing(data_url(PICTURE)))
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "model_not_configured")
    ready = (await bare.client.get("/readyz")).json()["capabilities"]
    (vision,) = [capability for capability in ready if capability["name"] == "vision"]
    assert vision["available"] is False
    assert vision["remedy"].startswith("FANAR_VISION__URL=")
