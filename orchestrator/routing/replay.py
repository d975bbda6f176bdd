"""Sends recorded conversations through the present router and tells what would change. Knows nothing of where they were kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from fanar.errors import NotFoundError, UnprocessableError
from fanar.events import RoutingDecision
from fanar.feedback import RecordedDecision
from fanar.protocols import Router


@dataclass(frozen=True, slots=True)
class Replayed:
    """A recorded decision and what would be decided `now`: nothing where the model that was named is not there any more."""

    recorded: RecordedDecision
    now: RoutingDecision | None

    @property
    def changed(self) -> bool:
        """Whether another route or another model would answer."""
        before = self.recorded.decision
        return self.now is None or (self.now.route, self.now.model) != (before.route, before.model)


async def replay(decisions: Iterable[RecordedDecision], router: Router) -> AsyncIterator[Replayed]:
    """Yield each decision with the present one."""
    for recorded in decisions:
        try:
            now = await router.route(recorded.messages, model=recorded.model)
        except (NotFoundError, UnprocessableError):
            yield Replayed(recorded, None)
        else:
            yield Replayed(recorded, now)
