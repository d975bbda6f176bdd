"""Sources of news in the database. Knows nothing of feeds or of how they are read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, delete, func, insert, literal, select, update

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError
from fanar.news import Look, Source, SourceRecord, Subscription
from fanar.storage.engine import reading, writing
from fanar.storage.models import NewsArticleRow, NewsChangeRow, NewsSourceRow, NewsVersionRow

_TABLE = NewsSourceRow
_KNOWN = Bilingual("This source is there already.", "هذا المصدر مضاف من قبل.")
_UNKNOWN = Bilingual(
    "There is no such source: fanar feeds list shows those that are.", "لا يوجد هذا المصدر: يعرض fanar feeds list المصادر."
)


class SqlSourceRepository:
    """A SourceRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def add(self, source: Source, *, now: datetime) -> None:
        """Keep a new source. Raises ConflictError."""
        look = Look(due=now)
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(_TABLE).values(asdict(source) | _look_row(look)))
        except ConflictError as cause:
            raise ConflictError(_KNOWN, param="url") from cause

    def remove(self, url: str, *, now: datetime) -> None:
        """Remove a source and what came from it. Raises NotFoundError."""
        article = NewsArticleRow
        with writing(self._engine) as connection:
            own = select(article.id).where(article.source == url)
            connection.execute(delete(NewsChangeRow).where(NewsChangeRow.article.in_(own)))
            told = select(article.id, literal(now, NewsChangeRow.moment.type)).where(article.source == url)
            connection.execute(insert(NewsChangeRow).from_select(["article", "moment"], told))
            connection.execute(delete(NewsVersionRow).where(NewsVersionRow.id.in_(own)))
            connection.execute(delete(article).where(article.source == url))
            if not connection.execute(delete(_TABLE).where(_TABLE.url == url)).rowcount:
                raise NotFoundError(_UNKNOWN, param="url")

    def sources(self) -> list[SourceRecord]:
        """Return all sources, by URL."""
        with reading(self._engine) as connection:
            return [_record(row) for row in connection.execute(select(_TABLE.__table__).order_by(_TABLE.url))]

    def looked(self, url: str, look: Look) -> None:
        """Note how a look went."""
        with writing(self._engine) as connection:
            connection.execute(update(_TABLE).where(_TABLE.url == url).values(_look_row(look)))

    def subscribe(self, url: str, subscription: Subscription | None) -> None:
        """Note the subscription of a source."""
        with writing(self._engine) as connection:
            connection.execute(
                update(_TABLE).where(_TABLE.url == url).values(subscription=subscription and _subscription_row(subscription))
            )

    def counts(self) -> dict[str, tuple[int, datetime]]:
        """Return how many articles each source has that has any, and when its newest was published."""
        article = NewsArticleRow
        with reading(self._engine) as connection:
            found = connection.execute(select(article.source, func.count(), func.max(article.published)).group_by(article.source))
            return {source: (int(number), newest) for source, number, newest in found}


def _look_row(look: Look) -> dict[str, Any]:
    return asdict(look)


def _subscription_row(subscription: Subscription) -> dict[str, Any]:
    times = {name: time and time.isoformat() for name in ("asked", "until") if (time := getattr(subscription, name)) or True}
    return asdict(subscription) | times


def _record(row: Row[Any]) -> SourceRecord:
    facts = dict(row._mapping)
    source = Source(**{name: facts[name] for name in Source.__dataclass_fields__})
    look = Look(**{name: facts[name] for name in Look.__dataclass_fields__} | {"error": facts["error"] and Bilingual(**facts["error"])})
    return SourceRecord(source, look, facts["subscription"] and _subscription(facts["subscription"]))


def _subscription(facts: dict[str, Any]) -> Subscription:
    times = {name: facts[name] and datetime.fromisoformat(facts[name]) for name in ("asked", "until")}
    return Subscription(**facts | times)
