"""The connections of a process to model servers. Knows nothing of what is sent over them.

Conversations go over `pool`, where speed matters; what is asked now and then (lists of models, counts of tokens) over `session`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from fanar.llm.pool import KEEP_ALIVE, ConnectionPool

USER_AGENT = "fanar"


@dataclass(frozen=True, slots=True)
class ModelConnections:
    """Both ways to model servers."""

    session: aiohttp.ClientSession
    pool: ConnectionPool


@asynccontextmanager
async def model_connections() -> AsyncIterator[ModelConnections]:
    """Open the connections; leaving closes every one. Time limits are each request's own, proxies and cookies are not used."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_ALIVE),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        # A compressed stream is a buffered stream.
        headers={"Accept-Encoding": "identity", "User-Agent": USER_AGENT},
        trust_env=False,
    )
    pool = ConnectionPool()
    async with session:
        try:
            yield ModelConnections(session, pool)
        finally:
            pool.close()
