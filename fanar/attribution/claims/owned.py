"""An EntailmentModel that lives in an owner process. Knows nothing of what runs there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from fanar.claims import Entailment
from fanar.workers.client import WorkerClient


class OwnedEntailment:
    """Asks the owner; `ready` returns once it answers, or raises why there is none."""

    def __init__(self, *, owner: WorkerClient, name: str, ready: Callable[[], Awaitable[None]]) -> None:
        self._owner = owner
        self._name = name
        self._ready = ready

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    async def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Judge pairs of (passage, claim). Raises what `ready` raises, ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        await self._ready()
        rows = await self._owner.call("judge", list(pairs))
        return [Entailment(*map(float, row)) for row in rows]
