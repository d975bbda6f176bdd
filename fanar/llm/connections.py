"""The one pool of connections to model servers in a process. Knows nothing of what is sent over them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

# uvicorn, and so vLLM, drops an idle connection after 5 s; one that is reused later than that may break under the request.
KEEP_ALIVE = 4.0
MAX_CONNECTIONS = 1024


@asynccontextmanager
async def model_connections(*, limit: int = MAX_CONNECTIONS) -> AsyncIterator[aiohttp.ClientSession]:
    """Open the pool; leaving closes every connection. Time limits are each request's own, proxies and cookies are not used."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=limit, keepalive_timeout=KEEP_ALIVE),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        # A compressed stream is a buffered stream.
        headers={"Accept-Encoding": "identity", "User-Agent": "fanar"},
        trust_env=False,
    )
    async with session:
        yield session
