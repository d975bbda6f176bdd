"""An EntailmentModel and a SpanModel that live in owner processes. Knows nothing of what runs there."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.claims import Entailment, Marking, Stretch
from fanar.workers.owned import OwnedModel


class OwnedEntailment(OwnedModel):
    """Asks the owner."""

    async def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Judge pairs of (passage, claim). Raises NotConfiguredError, ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        rows = await self._owner.call("judge", list(pairs))
        return [Entailment(*map(float, row)) for row in rows]


class OwnedSpans(OwnedModel):
    """Asks the owner."""

    async def mark(self, pairs: Sequence[tuple[str, str]]) -> list[Marking]:
        """Mark pairs of (passage, claim). Raises NotConfiguredError, ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        told = await self._owner.call("mark", list(pairs))
        return [Marking(float(unsaid), tuple(Stretch(*stretch) for stretch in stretches)) for unsaid, stretches in told]
