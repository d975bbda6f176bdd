"""The sockets of what judges texts; those of everything else are in `fanar.protocols`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fanar.moderation.verdict import Verdict


class Moderator(Protocol):
    """Says how safe a prompt is, or a prompt and its response."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    @property
    def supported(self) -> Sequence[str]:
        """The categories that it tells apart; it says nothing of the others."""
        ...

    async def judge(self, prompt: str, response: str = "") -> Verdict:
        """Judge both texts; the worse counts. Raises ModelUnavailableError, UpstreamTimeoutError, OverloadedError."""
        ...
