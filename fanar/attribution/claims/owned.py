"""An EntailmentModel and a SpanModel that live in owner processes. Knows nothing of what runs there."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.claims import Entailment, Marking, Stretch
from fanar.workers.caller import Caller


class _Owned:
    """A model by its name, and who is asked for it."""

    def __init__(self, *, owner: Caller, name: str) -> None:
        self._owner = owner
        self._name = name

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name


class OwnedEntailment(_Owned):
    """Asks the owner."""

    async def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Judge pairs of (passage, claim). Raises NotConfiguredError, ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        rows = await self._owner.call("judge", list(pairs))
        return [Entailment(*map(float, row)) for row in rows]


class OwnedSpans(_Owned):
    """Asks the owner."""

    async def mark(self, pairs: Sequence[tuple[str, str]]) -> list[Marking]:
        """Mark pairs of (passage, claim). Raises NotConfiguredError, ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        told = await self._owner.call("mark", list(pairs))
        return [Marking(float(unsaid), tuple(Stretch(*stretch) for stretch in stretches)) for unsaid, stretches in told]
