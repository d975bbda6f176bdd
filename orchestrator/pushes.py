"""Takes what hubs tell us of news (WebSub), and nobody else. Knows nothing of HTTP, or of what is done with it."""

from __future__ import annotations

import asyncio
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from fanar.news import Subscription
from fanar.news_protocols import SourceRepository
from rag.recency.websub import Verification, is_signed

_UNKNOWN = Bilingual("There is no such subscription.", "لا يوجد هذا الاشتراك.")


class Newsroom(Protocol):
    """Where pushes are taken in."""

    async def confirm(self, token: str, asked: Verification) -> str:
        """Return what a hub is to hear that asks whether we subscribed. Raises NotFoundError when we did not."""
        ...

    async def pushed(self, token: str, body: bytes, *, signature: str, media_type: str) -> bool:
        """Take in what a hub sent, durably; return whether it was the hub. Raises NotFoundError for an unknown token."""
        ...


class PushTaking(Protocol):
    """Takes what hubs send."""

    async def confirm(self, token: str, asked: Verification) -> str:
        """Return what a hub is to hear that asks whether we subscribed. Raises NotFoundError when we did not."""
        ...

    async def take(self, token: str, body: bytes, *, signature: str, media_type: str) -> None:
        """Take in what a hub sent; when this returns, it survives a crash. What no hub signed changes nothing. Raises NotFoundError."""
        ...


class PushDesk:
    """A PushTaking before the newsroom: strangers are turned away without its hearing of them."""

    def __init__(self, *, sources: SourceRepository, newsroom: Newsroom) -> None:
        self._sources = sources
        self._newsroom = newsroom

    async def confirm(self, token: str, asked: Verification) -> str:
        """Return what a hub is to hear. Raises NotFoundError."""
        await self._subscription(token)
        return await self._newsroom.confirm(token, asked)

    async def take(self, token: str, body: bytes, *, signature: str, media_type: str) -> None:
        """Take in what a hub sent. Raises NotFoundError."""
        subscription = await self._subscription(token)
        if is_signed(subscription, body, signature):
            await self._newsroom.pushed(token, body, signature=signature, media_type=media_type)

    async def _subscription(self, token: str) -> Subscription:
        for record in await asyncio.to_thread(self._sources.sources):
            if record.subscription is not None and record.subscription.token == token:
                return record.subscription
        raise NotFoundError(_UNKNOWN)


class NoPushes:
    """Knows of no subscription."""

    async def confirm(self, token: str, asked: Verification) -> str:
        """Raise NotFoundError."""
        raise NotFoundError(_UNKNOWN)

    async def take(self, token: str, body: bytes, *, signature: str, media_type: str) -> None:
        """Raise NotFoundError."""
        raise NotFoundError(_UNKNOWN)
