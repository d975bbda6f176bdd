"""What stands in a gateway where a whole platform has retrieval, scripture and feedback: refusals that name what offers them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from fanar.claims import ClaimFinding, TextInquiry
from fanar.documents import ScoredDocument
from fanar.events import Event, RoutingDecision
from fanar.feedback import Feedback, Opinion
from fanar.findings import AttributionReport, Check, MarkedText
from fanar.jobs import Asked, Job
from fanar.messages import ChatMessage
from fanar.protocols import Filters
from orchestrator.attributions import Checked
from orchestrator.routing.tiers import not_here


class AbsentRetriever:
    """Finds nothing."""

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        """Raise NotConfiguredError."""
        raise not_here()


class AbsentVerifier:
    """Judges nothing."""

    def verify(self, text: str, *, checks: frozenset[Check] = frozenset()) -> AttributionReport:
        """Raise NotConfiguredError."""
        raise not_here()

    def mark(self, text: str) -> MarkedText:
        """Raise NotConfiguredError."""
        raise not_here()


class AbsentAttributions:
    """Checks nothing."""

    def check(self, inquiry: TextInquiry) -> AsyncIterator[ClaimFinding | Checked]:
        """Raise NotConfiguredError."""
        raise not_here()


class AbsentFeedback:
    """Keeps nothing."""

    async def take(self, opinion: Opinion, *, owner: str) -> Feedback:
        """Raise NotConfiguredError."""
        raise not_here()


class AbsentJobs:
    """Takes no work in."""

    async def submit(self, inquiry: Asked, *, id: str, owner: str) -> Job:  # noqa: A002
        """Raise NotConfiguredError."""
        raise not_here()

    async def find(self, job_id: str, *, owner: str) -> Job:
        """Raise NotConfiguredError."""
        raise not_here()

    async def cancel(self, job_id: str, *, owner: str) -> Job:
        """Raise NotConfiguredError."""
        raise not_here()

    def attended(self, job: Job) -> AsyncIterator[Job]:
        """Raise NotConfiguredError."""
        raise not_here()


class UnrecordedDecisions:
    """Notes nothing: where every prompt is general there is nothing to learn."""

    async def note(self, messages: Sequence[ChatMessage], decision: RoutingDecision, *, answer: str, owner: str, model: str) -> None:
        """Do nothing."""

    def noted(
        self, events: AsyncIterator[Event], messages: Sequence[ChatMessage], *, answer: str, owner: str, model: str
    ) -> AsyncIterator[Event]:
        """Return the events as they are."""
        return events
