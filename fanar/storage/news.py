"""Articles in the database: current versions, older ones, and what changed. Knows nothing of feeds, search, or how stories are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, delete, func, insert, select, update

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError
from fanar.news import Article, Change, Kept, Totals
from fanar.storage.engine import reading, writing
from fanar.storage.models import ArticleFacts, NewsArticleRow, NewsChangeRow, NewsSourceRow, NewsVersionRow

_TABLE = NewsArticleRow
_FACTS = tuple(ArticleFacts.__annotations__)
_KEPT = ("source", "key", "digest", "signature", "listed", "page_due", "page_tries")
_NONE: Mapping[str, str] = MappingProxyType({})
_MANY = 500
"""Values in one statement: SQLite takes no more than a few thousand."""

_GONE = Bilingual("The source was removed meanwhile.", "أُزيل المصدر في هذه الأثناء.")
_RACED = Bilingual("Another process wrote this article meanwhile.", "كتبت عملية أخرى هذا المقال في هذه الأثناء.")


class SqlNewsRepository:
    """A NewsRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def kept(self, url: str, keys: Sequence[str]) -> list[Kept]:
        """Return a source's articles of these keys, in no order."""
        return [_kept(row) for row in self._rows(_kept_rows().where(_TABLE.source == url), _TABLE.key, keys)]

    def listed(self, url: str) -> list[Kept]:
        """Return a source's articles that its last look named, newest first."""
        wanted = _kept_rows().where(_TABLE.source == url, _TABLE.listed)
        with reading(self._engine) as connection:
            return [_kept(row) for row in connection.execute(wanted.order_by(_TABLE.published.desc(), _TABLE.id))]

    def write(
        self,
        url: str,
        *,
        articles: Sequence[Kept] = (),
        withdrawn: Sequence[str] = (),
        unlisted: Sequence[str] = (),
        joined: Mapping[str, str] = _NONE,
        now: datetime,
    ) -> None:
        """Keep, forget and mark articles in one transaction. Raises NotFoundError, ConflictError."""
        with writing(self._engine) as connection:
            if connection.execute(select(NewsSourceRow.url).where(NewsSourceRow.url == url)).one_or_none() is None:
                raise NotFoundError(_GONE)
            before = {
                row.id: row for row in _in_parts(connection, select(_TABLE.__table__), _TABLE.id, [each.article.id for each in articles])
            }
            told = _keep(connection, articles, before)
            for part in _parts(unlisted):
                connection.execute(update(_TABLE).where(_TABLE.id.in_(part)).values(listed=False))
            for story, other in joined.items():
                connection.execute(update(_TABLE).where(_TABLE.story == story).values(story=other))
            _forget(connection, withdrawn)
            _tell(connection, [*told, *withdrawn], now)

    def find(self, ids: Sequence[str]) -> list[Article]:
        """Return the articles of these ids, in this order; unknown ones are left out."""
        found = {row.id: _article(row) for row in self._rows(_articles(), _TABLE.id, ids)}
        return [found[id_] for id_ in ids if id_ in found]

    def versions(self, article: str) -> list[Article]:
        """Return the versions before the current one, oldest first."""
        older = NewsVersionRow
        wanted = [older.version, *(getattr(older, name) for name in _FACTS), NewsSourceRow.outlet, NewsSourceRow.authority]
        joined = select(*wanted).join(_TABLE, _TABLE.id == older.id).join(NewsSourceRow, NewsSourceRow.url == _TABLE.source)
        with reading(self._engine) as connection:
            return [_article(row) for row in connection.execute(joined.where(older.id == article).order_by(older.version))]

    def story(self, story: str) -> list[Article]:
        """Return the articles of a story, oldest first."""
        with reading(self._engine) as connection:
            found = connection.execute(_articles().where(_TABLE.story == story).order_by(_TABLE.published, _TABLE.id))
            return [_article(row) for row in found]

    def latest(
        self, *, top_k: int, since: datetime | None = None, until: datetime | None = None, language: str | None = None
    ) -> list[Article]:
        """Return the articles published in time, newest first."""
        wanted: list[ColumnElement[bool]] = [_TABLE.title != ""]
        wanted += [_TABLE.published >= since] if since else []
        wanted += [_TABLE.published < until] if until else []
        wanted += [_TABLE.language == language] if language else []
        with reading(self._engine) as connection:
            found = _articles().where(*wanted).order_by(_TABLE.published.desc(), _TABLE.id.desc()).limit(top_k)
            return [_article(row) for row in connection.execute(found)]

    def signatures(self, *, since: datetime) -> Iterator[tuple[str, str, bytes, datetime]]:
        """Yield (id, story, signature, time of publication) of the articles published since then, oldest first."""
        wanted = select(_TABLE.id, _TABLE.story, _TABLE.signature, _TABLE.published).where(_TABLE.published >= since)
        with reading(self._engine) as connection:
            for row in connection.execute(wanted.order_by(_TABLE.published, _TABLE.id)).yield_per(_MANY):
                yield row.id, row.story, row.signature, row.published

    def unread(self, *, now: datetime, limit: int) -> list[Kept]:
        """Return the articles whose pages are due, longest waiting first."""
        with reading(self._engine) as connection:
            due = _kept_rows().where(_TABLE.page_due <= now).order_by(_TABLE.page_due).limit(limit)
            return [_kept(row) for row in connection.execute(due)]

    def changes(self, *, after: int, limit: int) -> list[Change]:
        """Return what changed after a position, in order; of several changes of one article the last."""
        change = NewsChangeRow
        with reading(self._engine) as connection:
            wanted = select(change.position, change.article).where(change.position > after).order_by(change.position).limit(limit)
            told = list(connection.execute(wanted))
            rows = _in_parts(connection, _articles(), _TABLE.id, [row.article for row in told])
            found = {row.id: _article(row) for row in rows}
        return [Change(row.position, row.article, found.get(row.article)) for row in told]

    def totals(self) -> Totals:
        """Return how much is kept."""
        with reading(self._engine) as connection:
            counted = select(func.count(), func.count(func.distinct(_TABLE.story)), func.max(_TABLE.published)).where(_TABLE.title != "")
            return Totals(*connection.execute(counted).one())

    def retain(self, *, before: datetime, most: int, now: datetime) -> int:
        """Forget what was published before this, and the oldest beyond `most`; return how many articles."""
        beyond = select(_TABLE.id).order_by(_TABLE.published.desc(), _TABLE.id.desc()).offset(most)
        with reading(self._engine) as connection:
            ids = set(connection.execute(select(_TABLE.id).where(_TABLE.published < before)).scalars())
            ids |= set(connection.execute(beyond.limit(-1 if connection.dialect.name == "sqlite" else None)).scalars())
        with writing(self._engine) as connection:
            _forget(connection, sorted(ids))
            _tell(connection, sorted(ids), now)
            live = select(_TABLE.id)
            connection.execute(delete(NewsChangeRow).where(NewsChangeRow.moment < before, NewsChangeRow.article.not_in(live)))
        return len(ids)

    def _rows(self, wanted: Select[Any], column: Any, values: Sequence[str]) -> list[Row[Any]]:  # noqa: ANN401 - a column of any table
        with reading(self._engine) as connection:
            return _in_parts(connection, wanted, column, values)


def _articles() -> Select[Any]:
    facts = [getattr(_TABLE, name) for name in _FACTS]
    joined = select(*facts, _TABLE.version, NewsSourceRow.outlet, NewsSourceRow.authority)
    return joined.join(NewsSourceRow, NewsSourceRow.url == _TABLE.source)


def _kept_rows() -> Select[Any]:
    return _articles().add_columns(*(getattr(_TABLE, name) for name in _KEPT))


def _article(row: Row[Any]) -> Article:
    facts = row._mapping
    return Article(**{name: facts[name] for name in Article.__dataclass_fields__})


def _kept(row: Row[Any]) -> Kept:
    return Kept(article=_article(row), **{name: row._mapping[name] for name in _KEPT})


def _keep(connection: Connection, articles: Sequence[Kept], before: dict[str, Row[Any]]) -> list[str]:
    """Write articles and the versions they take the place of; return the ids of those that read otherwise now."""
    older, told, added = [], [], []
    for each in articles:
        row = _row(each)
        known = before.get(each.article.id)
        if each.article.version not in ((1,) if known is None else (known.version, known.version + 1)):
            raise ConflictError(_RACED)
        if known is None:
            added.append(row)
        else:
            connection.execute(update(_TABLE).where(_TABLE.id == each.article.id).values(row))
        if known is not None and row["version"] != known.version:
            older.append({name: known._mapping[name] for name in (*_FACTS, "version")})
        if known is None or any(row[name] != known._mapping[name] for name in (*_FACTS, "version")):
            told.append(each.article.id)
    for table, rows in ((_TABLE, added), (NewsVersionRow, older)):
        if rows:
            connection.execute(insert(table), rows)
    return told


def _row(kept: Kept) -> dict[str, Any]:
    facts = {name: getattr(kept.article, name) for name in (*_FACTS, "version")}
    return facts | {name: getattr(kept, name) for name in _KEPT}


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    for part in _parts(ids):
        connection.execute(delete(NewsVersionRow).where(NewsVersionRow.id.in_(part)))
        connection.execute(delete(_TABLE).where(_TABLE.id.in_(part)))


def _tell(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    for part in _parts(ids):
        connection.execute(delete(NewsChangeRow).where(NewsChangeRow.article.in_(part)))
    if ids:
        connection.execute(insert(NewsChangeRow), [{"article": each, "moment": now} for each in ids])


def _in_parts(connection: Connection, wanted: Select[Any], column: Any, values: Sequence[str]) -> list[Row[Any]]:  # noqa: ANN401
    return [row for part in _parts(values) for row in connection.execute(wanted.where(column.in_(part)))]


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[at : at + _MANY] for at in range(0, len(values), _MANY))
