"""The newsroom in a process of its own, as all others see it. Knows nothing of sockets or feeds, and loads none of what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from fanar.workers.caller import Caller
from rag.recency.websub import Verification

METHODS = ("poll", "confirm", "pushed")
"""What a caller in another process may call."""


class OwnedNewsroom:
    """The newsroom, as who does not own it sees it. All methods raise ModelUnavailableError while there is no owner."""

    def __init__(self, *, owner: Caller) -> None:
        self._owner = owner

    async def poll(self, urls: Sequence[str] = ()) -> None:
        """Look at sources now; all of them without `urls`. Raises NotFoundError, StorageError."""
        await self._owner.call("poll", list(urls))

    async def confirm(self, token: str, asked: Verification) -> str:
        """Return what a hub is to hear that asks whether we subscribed. Raises NotFoundError when we did not."""
        return str(await self._owner.call("confirm", token, asdict(asked)))

    async def pushed(self, token: str, body: bytes, *, signature: str, media_type: str) -> bool:
        """Take in what a hub sent, durably; return whether it was the hub. Raises NotFoundError for an unknown token."""
        return bool(await self._owner.call("pushed", token, body, signature, media_type))
