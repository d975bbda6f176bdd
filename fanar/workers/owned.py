"""What every model that lies with an owner process has in common. Knows nothing of what the models do, nor of sockets."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from fanar.errors import FanarError
from fanar.workers.caller import Caller


class OwnedModel:
    """A model by its name, and the owner that is asked for it."""

    def __init__(self, *, owner: Caller, name: str) -> None:
        self._owner = owner
        self._name = name

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    async def _answers(self, method: str) -> bool:
        try:
            await self._owner.call(method)
        except FanarError:
            return False
        return True

    async def _end(self, session: str) -> None:
        # The owner is told even when the reader of the session was cancelled.
        await asyncio.shield(asyncio.ensure_future(self._tell_end(session)))

    async def _tell_end(self, session: str) -> None:
        # One that is gone has forgotten by itself.
        with suppress(FanarError):
            await self._owner.call("end", session)
