"""Reads the body of a model server's answer, as far as one is willing to. Knows nothing of what it says."""

from __future__ import annotations

import aiohttp


async def bounded(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Return the body, or its first `limit` bytes and a little more."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) >= limit:
            break
    return bytes(body)
