"""Feedback in the database. Knows nothing of who may give it or what it is used for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select

from fanar.events import Route
from fanar.feedback import Feedback
from fanar.storage.engine import reading, writing
from fanar.storage.models import FeedbackRow

_COLUMNS = [getattr(FeedbackRow, name) for name in Feedback.__dataclass_fields__]


class SqlFeedbackRepository:
    """A FeedbackRepository over SQLite or Postgres that keeps at most `per_owner` of each owner."""

    def __init__(self, *, engine: Engine, per_owner: int) -> None:
        self._engine = engine
        self._per_owner = per_owner

    def add(self, feedback: Feedback) -> None:
        """Keep it; when it returns it survives a crash. It replaces what its owner said of the same answer before."""
        same = (FeedbackRow.owner == feedback.owner, FeedbackRow.answer == feedback.answer)
        with writing(self._engine) as connection:
            connection.execute(delete(FeedbackRow).where(*same))
            connection.execute(insert(FeedbackRow).values(asdict(feedback)))
            self._forget_oldest(connection, feedback.owner)

    def feedback(self) -> list[Feedback]:
        """Return all that is kept, oldest first."""
        with reading(self._engine) as connection:
            return [_feedback(row) for row in connection.execute(select(*_COLUMNS).order_by(FeedbackRow.position))]

    def _forget_oldest(self, connection: Connection, owner: str) -> None:
        own = select(FeedbackRow.position).where(FeedbackRow.owner == owner).order_by(FeedbackRow.position.desc())
        last = connection.execute(own.offset(self._per_owner).limit(1)).scalar_one_or_none()
        if last is not None:
            connection.execute(delete(FeedbackRow).where(FeedbackRow.owner == owner, FeedbackRow.position <= last))


def _feedback(row: Row[Any]) -> Feedback:
    facts = dict(row._mapping)
    return Feedback(**facts | {"route": facts["route"] and Route(facts["route"])})
