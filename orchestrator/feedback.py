"""Takes in what people say of answers. Knows nothing of HTTP, nor of where it is kept or what is learned from it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.events import Route
from fanar.feedback import Feedback, Opinion
from fanar.protocols import DecisionRepository, FeedbackRepository

_NO_SUCH_ANSWER = Bilingual("There is no answer of this id.", "لا يوجد جواب بهذا المعرّف.")
_TWO_MINDS = Bilingual(
    "model chooses among the general models: route must be general, or absent.",
    "يختار model بين النماذج العامة: route إما general أو غائب.",
)


class FeedbackDesk:
    """Keeps feedback. `decisions` are those that were recorded: an answer that is known to be another key's is nobody else's to judge."""

    def __init__(
        self, *, feedback: FeedbackRepository, decisions: DecisionRepository, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._feedback = feedback
        self._decisions = decisions
        self._now = now

    async def take(self, opinion: Opinion, *, owner: str) -> Feedback:
        """Keep what `owner` says of an answer; when this returns, it survives a crash.

        Raises NotFoundError for another key's answer, UnprocessableError for corrections that contradict each other, StorageError.
        """
        if opinion.model is not None and opinion.route not in (None, Route.GENERAL):
            raise UnprocessableError(_TWO_MINDS, param="model")
        given = Feedback(id=f"feedback-{uuid.uuid4().hex}", owner=owner, created=self._now(), **asdict(opinion))
        await asyncio.to_thread(self._keep, given)
        return given

    def _keep(self, given: Feedback) -> None:
        try:
            recorded = self._decisions.find(given.answer)
        except NotFoundError:
            # Decisions are kept only where the operator asks for it, and not for ever: the answer may well have been given.
            pass
        else:
            if recorded.owner != given.owner:
                raise NotFoundError(_NO_SUCH_ANSWER, param="id")
        self._feedback.add(given)
