"""Fetching from a real server on loopback, under names that only the tests' resolver knows."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from fanar.errors import ForbiddenAddressError, TooLargeError, UnprocessableError, UpstreamTimeoutError
from fanar.fetch.client import Fetcher

PACKED = {
    "zipped": ("gzip", gzip.compress(b"x" * 500)),
    "bomb": ("gzip", gzip.compress(b"\0" * 50_000_000)),
    "cut": ("deflate", zlib.compress(b"x" * 500)[:-4]),
    "false": ("gzip", b"not packed at all"),
    "foreign": ("br", b"not packed at all"),
}


BYTES = bytes(range(250)) * 8


class Names(AbstractResolver):
    """Resolves every name to the next of `answers`, the last one for ever."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers) or [("127.0.0.1",)]
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        self.asked.append(host)
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(hostname=host, host=a, port=port, family=socket.AF_INET, proto=0, flags=socket.AI_NUMERICHOST) for a in addresses
        ]

    async def close(self) -> None:
        pass


class Site:
    """A server with one page of each kind."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        app = web.Application()
        app.router.add_get("/{tail:.*}", self.answer)
        app.router.add_post("/{tail:.*}", self.answer)
        self.server = TestServer(app)

    def url(self, path: str, host: str = "site.test") -> str:
        return f"http://{host}:{self.server.port}{path}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request.path_qs)
        name = request.path.split("/")[1]
        if name in PACKED:
            encoding, content = PACKED[name]
            return web.Response(body=content, headers={"Content-Encoding": encoding})
        return await getattr(self, f"_{name}", self._missing)(request)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text="سلام", content_type="text/html")

    async def _to(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": request.query["url"]})

    async def _loop(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=301, headers={"Location": f"{request.path}/again"})

    async def _large(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * 2000)

    async def _headers(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(dict(request.headers))

    async def _echo(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=202, body=request.method.encode() + await request.read(), headers={"X-Kind": "echo"})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file of 2,000 bytes that can be asked for from anywhere."""
        wanted = request.http_range
        status = 206 if "Range" in request.headers else 200
        return web.Response(body=BYTES[wanted], status=status if BYTES[wanted] else 416)

    async def _missing(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=404, text="secret")

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(200):
            await response.write(b"x")
            await asyncio.sleep(0.05)
        return response


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with site.server:
        yield site


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(private_hosts=["site.test"], resolver=Names(), max_bytes=1000, seconds=5) as fetcher:
        yield fetcher


async def test_a_page_is_fetched_with_its_type_and_charset(fetcher: Fetcher, site: Site) -> None:
    page = await fetcher.fetch(site.url("/page"))
    assert (page.content.decode(), page.media_type, page.charset, page.url) == ("سلام", "text/html", "utf-8", site.url("/page"))


async def test_redirects_are_followed_to_the_page_and_its_url_told(fetcher: Fetcher, site: Site) -> None:
    page = await fetcher.fetch(site.url("/to?url=/to?url=page"))
    assert page.url == site.url("/page")


async def test_packed_content_is_unpacked(fetcher: Fetcher, site: Site) -> None:
    assert (await fetcher.fetch(site.url("/zipped"))).content == b"x" * 500


async def test_a_data_url_needs_no_network(fetcher: Fetcher) -> None:
    assert (await fetcher.fetch("data:,hello")).content == b"hello"


async def test_the_platform_sends_no_cookies_and_says_what_it_is(fetcher: Fetcher, site: Site) -> None:
    headers = (await fetcher.fetch(site.url("/headers"))).content.decode()
    assert '"User-Agent": "fanar"' in headers
    assert "Cookie" not in headers


@pytest.mark.parametrize("path", ["/large", "/bomb"])
async def test_content_beyond_the_bound_is_refused(fetcher: Fetcher, site: Site, path: str) -> None:
    with pytest.raises(TooLargeError):
        await fetcher.fetch(site.url(path))


async def test_a_caller_may_set_its_own_bound(fetcher: Fetcher, site: Site) -> None:
    assert len((await fetcher.fetch(site.url("/large"), max_bytes=2000)).content) == 2000
    with pytest.raises(TooLargeError):
        await fetcher.fetch(site.url("/drip"), max_bytes=2)


@pytest.mark.parametrize("path", ["/false", "/foreign", "/cut", "/none"])
async def test_broken_packings_and_refusals_are_unprocessable_and_not_repeated(fetcher: Fetcher, site: Site, path: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        await fetcher.fetch(site.url(path))
    assert "secret" not in str(refused.value)


async def test_endless_redirects_are_given_up(fetcher: Fetcher, site: Site) -> None:
    with pytest.raises(UnprocessableError):
        await fetcher.fetch(site.url("/loop"))
    assert len(site.seen) == 6


async def test_a_server_that_drips_is_given_up(site: Site) -> None:
    async with Fetcher(private_hosts=["site.test"], resolver=Names(), seconds=0.2) as fetcher:
        with pytest.raises(UpstreamTimeoutError):
            await fetcher.fetch(site.url("/drip"))


async def test_a_server_that_is_not_there_is_unprocessable(fetcher: Fetcher) -> None:
    with pytest.raises(UnprocessableError):
        await fetcher.fetch("http://site.test:1/")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "１２７.0.0.1", "2130706433", "localhost"])
async def test_private_addresses_are_refused_before_any_connection(site: Site, host: str) -> None:
    async with Fetcher(resolver=Names()) as fetcher:
        with pytest.raises(ForbiddenAddressError):
            await fetcher.fetch(site.url("/page", host))
    assert site.seen == []


async def test_a_name_with_one_private_address_among_public_ones_is_refused(site: Site) -> None:
    async with Fetcher(resolver=Names(("8.8.8.8", "127.0.0.1"))) as fetcher:
        with pytest.raises(ForbiddenAddressError):
            await fetcher.fetch(site.url("/page"))
    assert site.seen == []


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:{port}/page", "//127.0.0.1:{port}/page", "http://evil.test:{port}/page", "http://0x7f.1/"]
)
async def test_a_redirect_to_a_private_address_is_refused(fetcher: Fetcher, site: Site, place: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        await fetcher.fetch(site.url("/to?url=" + place.format(port=site.server.port)))
    assert len(site.seen) == 1


async def test_a_name_is_looked_up_once_for_a_connection_so_it_cannot_change_its_address_after_the_check(site: Site) -> None:
    names = Names(("127.0.0.1",), ("10.0.0.1",))
    async with Fetcher(private_hosts=["site.test"], resolver=names) as fetcher:
        await fetcher.fetch(site.url("/page"))
    assert names.asked == ["site.test"]


async def test_an_address_the_operator_allowed_is_fetched_from(site: Site) -> None:
    async with Fetcher(private_hosts=["127.0.0.1"]) as fetcher:
        assert (await fetcher.fetch(site.url("/page", "127.0.0.1"))).media_type == "text/html"


async def test_a_file_is_saved_and_what_came_is_told(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    await fetcher.save(site.url("/to?url=/file"), tmp_path / "f", max_bytes=5000, heard=lambda done, total: heard.append((done, total)))
    assert (tmp_path / "f").read_bytes() == BYTES
    assert heard[-1] == (2000, 2000)
    assert not (tmp_path / "f.part").exists()


@pytest.mark.parametrize("done", [700, 2000])
async def test_an_interrupted_file_goes_on_where_it_stopped(fetcher: Fetcher, site: Site, tmp_path: Path, done: int) -> None:
    (tmp_path / "f.part").write_bytes(BYTES[:done])
    await fetcher.save(site.url("/file"), tmp_path / "f", max_bytes=5000)
    assert (tmp_path / "f").read_bytes() == BYTES


async def test_a_server_that_cannot_go_on_begins_anew(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(b"old")
    await fetcher.save(site.url("/page"), tmp_path / "f", max_bytes=5000)
    assert (tmp_path / "f").read_text(encoding="utf-8") == "سلام"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/file", TooLargeError),
        ("/missing", UnprocessableError),
        ("/loop", UnprocessableError),
        ("/to?url=http://10.0.0.1/", ForbiddenAddressError),
    ],
)
async def test_a_file_that_may_not_be_saved_is_refused(fetcher: Fetcher, site: Site, tmp_path: Path, path: str, error: type) -> None:
    with pytest.raises(error):
        await fetcher.save(site.url(path), tmp_path / "f", max_bytes=1000)
    assert not (tmp_path / "f").exists()


async def test_a_refusal_is_an_answer_where_answers_are_asked_for(fetcher: Fetcher, site: Site) -> None:
    reply = await fetcher.ask(site.url("/missing"))
    assert (reply.status, reply.content) == (404, b"")


async def test_what_is_posted_arrives_and_the_headers_of_the_answer_are_told(fetcher: Fetcher, site: Site) -> None:
    reply = await fetcher.ask(site.url("/echo"), body="سلام".encode())
    assert (reply.status, reply.headers["x-kind"], reply.content.decode()) == (202, "echo", "POSTسلام")


async def test_what_is_posted_follows_no_redirect(fetcher: Fetcher, site: Site) -> None:
    assert (await fetcher.ask(site.url("/to?url=/echo"), body=b"secret")).status == 302
    assert len(site.seen) == 1


@pytest.mark.parametrize(("host", "told"), [("site.test", True), ("other.test", False)])
async def test_headers_for_one_host_are_not_told_to_another(site: Site, host: str, told: bool) -> None:
    async with Fetcher(private_hosts=["site.test", "other.test"], resolver=Names()) as fetcher:
        reply = await fetcher.ask(site.url(f"/to?url={site.url('/headers', host)}"), headers={"X-Token": "secret"})
    assert (b"secret" in reply.content) is told


@pytest.mark.parametrize(
    ("path", "error"), [("/large", TooLargeError), ("/loop", UnprocessableError), ("/to?url=http://10.0.0.1/", ForbiddenAddressError)]
)
async def test_what_is_asked_for_has_the_same_bounds(fetcher: Fetcher, site: Site, path: str, error: type) -> None:
    with pytest.raises(error):
        await fetcher.ask(site.url(path))
