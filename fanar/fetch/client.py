"""Fetches foreign URLs: every address is checked when its name is resolved, and that very address is connected to.

Knows nothing of what is fetched. Redirects are followed by us, each checked as the first URL was.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ForbiddenAddressError, TooLargeError, UnprocessableError, UpstreamTimeoutError
from fanar.fetch.addresses import is_public
from fanar.fetch.content import BoundedBody, Fetched, Reply
from fanar.fetch.inline import read_data_url
from fanar.fetch.urls import Target, normal_host, read_url

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PIECE = 64 * 1024
_PARTIAL, _NOTHING_LEFT = 206, 416


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _nothing(_done: int, _total: int) -> None:
    """Report to nobody."""


class Fetcher:
    """The one client for URLs that users, pages or feeds name; hosts in `private_hosts` may have any address, as the operator decided.

    `max_bytes` bounds a content, packed and unpacked, `seconds` a fetch from its first lookup to its last byte.
    """

    def __init__(
        self,
        *,
        private_hosts: Collection[str] = (),
        max_bytes: int = 10_000_000,
        seconds: float = 20.0,
        redirects: int = 5,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._private = frozenset(normal_host(host) for host in private_hosts)
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._redirects = redirects
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def fetch(self, url: str, *, max_bytes: int | None = None) -> Fetched:
        """Return what an http, https or data URL holds.

        Raises ForbiddenAddressError, UnprocessableError (no such URL, no answer, a refusal), TooLargeError or UpstreamTimeoutError.
        """
        limit = self._max_bytes if max_bytes is None else max_bytes
        if url[:5].lower() == "data:":
            return read_data_url(url, max_bytes=limit)
        with _our_errors():
            async with asyncio.timeout(self._seconds):
                return await self._follow(read_url(url), limit)

    async def ask(
        self, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None, max_bytes: int | None = None
    ) -> Reply:
        """Return what the server of an http or https URL answers, refusals too: POST `body` where there is one, GET otherwise.

        What is posted follows no redirect. `headers` go only to the host that is named, not where it points. Raises what `fetch` does.
        """
        limit = self._max_bytes if max_bytes is None else max_bytes
        with _our_errors():
            async with asyncio.timeout(self._seconds):
                return await self._asked(read_url(url), headers or {}, body, limit)

    async def save(self, url: str, path: Path, *, max_bytes: int, heard: Callable[[int, int], None] = _nothing) -> None:
        """Write what an http or https URL holds to `path`, going on where an earlier call was interrupted; `heard` hears (done, total).

        `seconds` bounds the wait for each piece, not the whole. What comes packed is kept packed. Raises what `fetch` does.
        """
        part = path.with_name(f"{path.name}.part")
        with _our_errors():
            await self._resume(read_url(url), part, max_bytes, heard)
        part.replace(path)

    async def _resume(self, target: Target, part: Path, limit: int, heard: Callable[[int, int], None]) -> None:
        done = await asyncio.to_thread(_size, part)
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={done}-"} if done else {})
        waiting = aiohttp.ClientTimeout(total=None, sock_connect=self._seconds, sock_read=self._seconds)
        for _ in range(self._redirects + 1):
            self._require_allowed(target)
            async with self._open().get(target.url, allow_redirects=False, headers=headers, timeout=waiting) as response:
                if response.status in _REDIRECTS:
                    target = read_url(response.headers.get("Location", ""), base=target.url)
                    continue
                if response.status == _NOTHING_LEFT and done:
                    return
                await _write(response, part, done if response.status == _PARTIAL else 0, limit, heard)
                return
        raise UnprocessableError(Bilingual("The address redirects too often.", "العنوان يعيد التوجيه مرات كثيرة."))

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            await self._checked.close()
            self._session = None

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        await self.close()

    async def _follow(self, target: Target, limit: int) -> Fetched:
        for _ in range(self._redirects + 1):
            self._require_allowed(target)
            async with self._open().get(target.url, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await _read(response, limit)
                target = read_url(response.headers.get("Location", ""), base=target.url)
        raise UnprocessableError(Bilingual("The address redirects too often.", "العنوان يعيد التوجيه مرات كثيرة."))

    async def _asked(self, target: Target, headers: Mapping[str, str], body: bytes | None, limit: int) -> Reply:
        host = target.host
        for _ in range(self._redirects + 1):
            self._require_allowed(target)
            sent = headers if target.host == host else {}
            method = "GET" if body is None else "POST"
            async with self._open().request(method, target.url, data=body, headers=sent, allow_redirects=False) as response:
                if response.status not in _REDIRECTS or body is not None:
                    return await _replied(response, limit)
                target = read_url(response.headers.get("Location", ""), base=target.url)
        raise UnprocessableError(Bilingual("The address redirects too often.", "العنوان يعيد التوجيه مرات كثيرة."))

    def _require_allowed(self, target: Target) -> None:
        # aiohttp asks no resolver about an address, so those are judged here and names when they are resolved.
        if target.is_address and target.host not in self._private and not is_public(target.host):
            raise _forbidden()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._checked = _CheckedResolver(self._resolver or aiohttp.ThreadedResolver(), self._private)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=self._checked, use_dns_cache=False, limit_per_host=8),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers={"Accept-Encoding": "gzip", "User-Agent": "fanar"},
                timeout=aiohttp.ClientTimeout(total=None),
            )
        return self._session


class _CheckedResolver(AbstractResolver):
    def __init__(self, resolver: AbstractResolver, private: frozenset[str]) -> None:
        self._resolver = resolver
        self._private = private

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        # One private address among public ones is an attack or a mistake; both are refused whole.
        if normal_host(host) not in self._private and not all(is_public(each["host"]) for each in found):
            raise _forbidden()
        return found

    async def close(self) -> None:
        await self._resolver.close()


async def _replied(response: aiohttp.ClientResponse, limit: int) -> Reply:
    content = (await _read(response, limit)).content if response.ok else b""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(str(response.url), response.status, headers, response.content_type, content, response.charset)


async def _read(response: aiohttp.ClientResponse, limit: int) -> Fetched:
    if not response.ok:
        raise UnprocessableError(Bilingual("The address answered with an error.", "أجاب العنوان بخطأ."))
    if (response.content_length or 0) > limit:
        raise TooLargeError(Bilingual("The content is larger than allowed.", "المحتوى أكبر من المسموح به."))
    body = BoundedBody(limit=limit, encoding=response.headers.get("Content-Encoding", "").strip().lower())
    async for piece in response.content.iter_chunked(_PIECE):
        body.add(piece)
    return Fetched(url=str(response.url), media_type=response.content_type, content=body.complete(), charset=response.charset)


async def _write(response: aiohttp.ClientResponse, part: Path, done: int, limit: int, heard: Callable[[int, int], None]) -> None:
    if not response.ok:
        raise UnprocessableError(Bilingual("The address answered with an error.", "أجاب العنوان بخطأ."))
    total = done + (response.content_length or 0)
    with await asyncio.to_thread(part.open, "ab" if done else "wb") as file:
        async for piece in response.content.iter_chunked(_PIECE):
            done += len(piece)
            if max(done, total) > limit:
                raise TooLargeError(Bilingual("The content is larger than allowed.", "المحتوى أكبر من المسموح به."))
            await asyncio.to_thread(file.write, piece)
            heard(done, total)


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except TimeoutError as cause:
        raise UpstreamTimeoutError(Bilingual("The address did not answer in time.", "لم يُجب العنوان في الوقت المحدد.")) from cause
    except (aiohttp.ClientError, OSError, ValueError) as cause:
        raise UnprocessableError(Bilingual("The address could not be fetched.", "تعذّر الجلب من العنوان.")) from cause


def _forbidden() -> FanarError:
    return ForbiddenAddressError(
        Bilingual(
            "The platform does not fetch from this address; an operator can allow its host with FANAR_FETCH_PRIVATE_HOSTS.",
            "لا تجلب المنصة من هذا العنوان؛ يستطيع المشغّل السماح بالمضيف عبر FANAR_FETCH_PRIVATE_HOSTS.",
        )
    )
