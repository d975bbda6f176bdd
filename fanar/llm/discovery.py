"""Finds a language model server that runs on this machine. Knows nothing of what it will be used for.

Only loopback is asked, all ports at once and briefly. What is found is somebody's own model and is never presented as Fanar's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import aiohttp
import orjson

from fanar.errors import ModelUnavailableError
from fanar.llm.catalog import OWNER
from fanar.llm.faults import TRANSPORT_ERRORS
from fanar.llm.served import ServedModel, served_models

SECONDS = 0.25
MAX_BYTES = 1_000_000
_OK = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A port on which a kind of server usually listens."""

    kind: str
    port: int


CANDIDATES = (
    Candidate("ollama", 11434),
    Candidate("lmstudio", 1234),
    Candidate("llama.cpp", 8080),
    Candidate("vllm", 8000),
    Candidate("vllm", 8001),
    Candidate("vllm", 8002),
    Candidate("vllm", 8003),
)
# Ports can be changed; what a server writes as its models' owner tells its kind more surely.
_KIND_BY_OWNER = {"library": "ollama", "organization_owner": "lmstudio", "llamacpp": "llama.cpp", "vllm": "vllm"}


@dataclass(frozen=True, slots=True)
class FoundServer:
    """A running server, the base URL to configure, and its chat models in its own order."""

    kind: str
    url: str
    models: tuple[str, ...]


async def discover(
    session: aiohttp.ClientSession,
    *,
    own_ports: Collection[int] = (),
    candidates: Sequence[Candidate] = CANDIDATES,
    seconds: float = SECONDS,
) -> list[FoundServer]:
    """Return the servers that answer within `seconds`, in the candidates' order; never this platform, nor one without a chat model."""
    asked = [candidate for candidate in candidates if candidate.port not in own_ports]
    found = await asyncio.gather(*(_ask(session, candidate, seconds) for candidate in asked))
    return [server for server in found if server is not None]


async def _ask(session: aiohttp.ClientSession, candidate: Candidate, seconds: float) -> FoundServer | None:
    origin = f"http://127.0.0.1:{candidate.port}"
    try:
        async with asyncio.timeout(seconds):
            listed, health = await asyncio.gather(_fetch(session, f"{origin}/v1/models"), _fetch(session, f"{origin}/healthz"))
        models = served_models(listed)
    except TRANSPORT_ERRORS:
        return None
    except ModelUnavailableError:
        return None
    chats = tuple(model.id for model in models if model.chats)
    if not chats or _is_ours(models, health):
        return None
    kind = next((_KIND_BY_OWNER[model.owned_by] for model in models if model.owned_by in _KIND_BY_OWNER), candidate.kind)
    return FoundServer(kind, f"{origin}/v1", chats)


async def _fetch(session: aiohttp.ClientSession, url: str) -> bytes:
    """Return the body, empty when there is none to be had; another service's answer may be anything, so it is bounded."""
    async with session.get(url, allow_redirects=False) as response:
        if response.status != _OK:
            return b""
        body = bytearray()
        async for piece in response.content.iter_any():
            body += piece
            if len(body) > MAX_BYTES:
                return b""
        return bytes(body)


def _is_ours(models: Sequence[ServedModel], health: bytes) -> bool:
    """Whether this is a Fanar platform: another instance of it would send its questions back here."""
    if any(model.owned_by == OWNER for model in models):
        return True
    try:
        told = orjson.loads(health)
    except orjson.JSONDecodeError:
        return False
    return isinstance(told, dict) and OWNER in (told.get("service"), told.get("name"), told.get("platform"))
