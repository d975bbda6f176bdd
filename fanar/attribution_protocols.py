"""The sockets of what holds claims against sources; the one for quotations is in `fanar.protocols`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from fanar.claims import ClaimFinding, ClaimOptions, Entailment, Marking, SourceText


class EntailmentModel(Protocol):
    """Reads a passage and a claim together and says whether the one says the other."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    async def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Judge pairs of (passage, claim), in their order. Raises ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        ...


class SpanModel(Protocol):
    """Reads a passage and a claim together and marks the words of the claim that the passage does not say."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    async def mark(self, pairs: Sequence[tuple[str, str]]) -> list[Marking]:
        """Mark pairs of (passage, claim), in their order. Raises ModelUnavailableError, OverloadedError, UpstreamTimeoutError."""
        ...


class ClaimVerifier(Protocol):
    """Says which claims of a text are in its sources."""

    def check(self, text: str, sources: Sequence[SourceText], *, options: ClaimOptions = ...) -> AsyncIterator[ClaimFinding]:
        """Yield a finding for each claim of `text`, in order, as it is judged. Raises TooLargeError for more than is judged at once."""
        ...
