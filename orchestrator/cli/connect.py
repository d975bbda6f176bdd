"""Finds the platform to ask: the server that was named, one that runs on this machine, or one within this process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.settings import Settings
from orchestrator.cli.service import Service
from orchestrator.cli.terminal import Terminal
from orchestrator.cli.transports import HttpTransport, InProcessTransport

# One that is gone refuses at once, and one that is busy answers late: beside it no second platform is to start on the same data.
_PROBE = aiohttp.ClientTimeout(total=5.0, sock_connect=1.0)
_PROBE_BYTES = 10_000
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  (compared with, not listened on)
_BAD_ADDRESS = Bilingual(
    "The server's address must begin with http:// or https://, e.g. FANAR_BASE_URL=http://127.0.0.1:8000.",
    "يجب أن يبدأ عنوان الخادم بـ http:// أو https://، مثل FANAR_BASE_URL=http://127.0.0.1:8000.",
)
_STARTING = Bilingual("No server runs here: starting the platform in this process.", "لا يعمل خادم هنا: تبدأ المنصة داخل هذه العملية.")


def address_file(settings: Settings) -> Path:
    """Return where a running server leaves its address for the commands that use the same data."""
    return settings.data / "server.url"


def local_url(host: str, port: int) -> str:
    """Return the address under which a server that listens on `host` is reached from this machine."""
    name = _ANYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


@asynccontextmanager
async def connected(settings: Settings, terminal: Terminal, *, server: str | None = None) -> AsyncIterator[Service]:
    """Yield the platform to ask. `server`, or else FANAR_BASE_URL, names one; it is then that one or none.

    Raises ConfigurationError for an address that cannot be one, and what the start of a platform raises.
    """
    named = server or settings.base_url
    async with aiohttp.ClientSession() as session:
        url = _bare(named) if named else await running_server(session, settings)
        if url:
            key = settings.api_key.get_secret_value() if settings.api_key else None
            yield Service(HttpTransport(session, url=url, language=terminal.language, key=key))
            return
    async with _in_process(settings, terminal) as service:
        yield service


async def running_server(session: aiohttp.ClientSession, settings: Settings) -> str | None:
    """Return the address of the platform that runs on this machine, if one does."""
    for url in dict.fromkeys([*_left_behind(settings), local_url(settings.host, settings.port)]):
        if await _is_ours(session, url):
            return url
    return None


@asynccontextmanager
async def _in_process(settings: Settings, terminal: Terminal) -> AsyncIterator[Service]:
    from orchestrator.api.app import create_app
    from orchestrator.cli.platforms import opener

    # Who runs this command owns the data: there is nobody to show a key to.
    ours = settings.model_copy(update={"host": "127.0.0.1", "require_key": False, "log_level": "error"})
    if terminal.messages.is_terminal:
        terminal.note(_STARTING)
    app = create_app(opener(ours, terminal), settings=ours)
    async with app.router.lifespan_context(app):
        yield Service(InProcessTransport(app, language=terminal.language))


def _left_behind(settings: Settings) -> Sequence[str]:
    try:
        return [_bare(address_file(settings).read_text(encoding="ascii").strip())]
    except (OSError, UnicodeDecodeError, ConfigurationError):
        return []


async def _is_ours(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/healthz", timeout=_PROBE, allow_redirects=False) as response:
            told = json.loads(await response.content.read(_PROBE_BYTES))
    except (TimeoutError, aiohttp.ClientError, ValueError):
        return False
    return isinstance(told, dict) and told.get("service") == "fanar"


def _bare(url: str) -> str:
    """Return the address without a trailing /v1, which some clients want and others add."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as cause:
        raise ConfigurationError(_BAD_ADDRESS) from cause
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ConfigurationError(_BAD_ADDRESS)
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/").removesuffix("/v1")
