"""An EntailmentModel that lives in an owner process. Knows nothing of what runs there."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.claims import Entailment
from fanar.workers.caller import Caller


class OwnedEntailment:
    """Asks the owner."""

    def __init__(self, *, owner: Caller, name: str) -> None:
        self._owner = owner
        self._name = name

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    async def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Judge pairs of (passage, claim). Raises NotConfiguredError, ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        rows = await self._owner.call("judge", list(pairs))
        return [Entailment(*map(float, row)) for row in rows]
