"""What every SourceRepository and NewsRepository promise, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError
from fanar.news import Kept, Look, Source, SourceRecord, Subscription
from fanar.news_protocols import NewsRepository, SourceRepository
from fanar.storage.news import SqlNewsRepository
from fanar.storage.news_sources import SqlSourceRepository
from tests.fakes.articles import an_article

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source("https://news.example/feed", "feed", "news.example", language="ar", authority=0.5, pages=False)
OTHER = replace(SOURCE, url="https://other.example/feed")


@pytest.fixture
def sources(engine: Engine) -> SourceRepository:
    repository = SqlSourceRepository(engine=engine)
    repository.add(SOURCE, now=NOW)
    return repository


@pytest.fixture
def news(engine: Engine, sources: SourceRepository) -> NewsRepository:
    return SqlNewsRepository(engine=engine)


def kept(id_: str = "1", *, digest: str = "a", **facts: object) -> Kept:
    return Kept(an_article(id_, published=NOW, **facts), SOURCE.url, f"key-{id_}", digest, b"signature")


def test_a_source_is_kept_with_its_last_look_and_its_subscription(sources: SourceRepository) -> None:
    look = Look("failing", NOW, None, NOW + DAY, 30.5, 2, '"etag"', "Sunday", Bilingual("No.", "لا."))
    subscription = Subscription("https://hub.example", SOURCE.url, "token", "secret", asked=NOW, until=None)
    sources.looked(SOURCE.url, look)
    sources.subscribe(SOURCE.url, subscription)
    assert sources.sources() == [SourceRecord(SOURCE, look, subscription)]
    sources.subscribe(SOURCE.url, None)
    assert sources.sources() == [SourceRecord(SOURCE, look, None)]


def test_a_source_is_there_once_and_removed_once(sources: SourceRepository) -> None:
    with pytest.raises(ConflictError):
        sources.add(SOURCE, now=NOW)
    sources.remove(SOURCE.url, now=NOW)
    with pytest.raises(NotFoundError, match="feeds list"):
        sources.remove(SOURCE.url, now=NOW)


def test_an_article_is_found_as_it_was_written(news: NewsRepository) -> None:
    news.write(SOURCE.url, articles=[kept("1"), kept("2")], now=NOW)
    assert news.find(["2", "no", "1"]) == [kept("2").article, kept("1").article]
    assert sorted(news.kept(SOURCE.url, ["key-1", "key-2", "no"]), key=lambda each: each.key) == [kept("1"), kept("2")]
    assert news.kept(OTHER.url, ["key-1"]) == []


def test_a_correction_takes_the_place_of_what_is_kept_as_an_older_version(news: NewsRepository) -> None:
    corrected = kept(digest="b", text="غير ذلك", version=2)
    news.write(SOURCE.url, articles=[kept()], now=NOW)
    news.write(SOURCE.url, articles=[corrected], now=NOW)
    assert news.find(["1"]) == [corrected.article]
    assert news.versions("1") == [kept().article]


@pytest.mark.parametrize("version", [1, 4])
def test_a_version_that_does_not_follow_is_refused_and_nothing_of_it_kept(news: NewsRepository, version: int) -> None:
    news.write(SOURCE.url, articles=[kept()], now=NOW)
    news.write(SOURCE.url, articles=[kept(version=2)], now=NOW)
    with pytest.raises(ConflictError):
        news.write(SOURCE.url, articles=[kept("2"), kept(version=version)], now=NOW)
    assert news.find(["2"]) == []


def test_what_is_withdrawn_is_gone_with_all_its_versions(news: NewsRepository) -> None:
    news.write(SOURCE.url, articles=[kept(), kept("2")], now=NOW)
    news.write(SOURCE.url, articles=[kept(version=2)], now=NOW)
    news.write(SOURCE.url, withdrawn=["1"], unlisted=["2"], now=NOW)
    assert (news.find(["1"]), news.versions("1")) == ([], [])
    assert news.listed(SOURCE.url) == []


def test_changes_tell_of_each_article_once_and_last_what_it_is_now(news: NewsRepository, sources: SourceRepository) -> None:
    news.write(SOURCE.url, articles=[kept("1"), kept("2"), kept("3")], now=NOW)
    before = news.changes(after=0, limit=9)
    news.write(SOURCE.url, articles=[kept("1", text="غير ذلك", version=2)], withdrawn=["2"], now=NOW)
    after = news.changes(after=before[-1].position, limit=9)
    assert [change.id for change in before] == ["1", "2", "3"]
    assert [(change.id, change.article and change.article.version) for change in after] == [("1", 2), ("2", None)]
    assert [change.id for change in news.changes(after=0, limit=2)] == ["3", "1"]
    sources.remove(SOURCE.url, now=NOW)
    assert {(change.id, change.article) for change in news.changes(after=after[-1].position, limit=9)} == {("1", None), ("3", None)}


def test_stories_that_are_one_are_told_together(news: NewsRepository) -> None:
    news.write(SOURCE.url, articles=[kept("1", story="a"), kept("2", story="b")], now=NOW)
    news.write(SOURCE.url, articles=[kept("3", story="a")], joined={"b": "a"}, now=NOW)
    assert [each.id for each in news.story("a")] == ["1", "2", "3"]
    assert news.story("b") == []


def test_writing_the_same_again_is_no_change(news: NewsRepository) -> None:
    news.write(SOURCE.url, articles=[kept()], now=NOW)
    position = news.changes(after=0, limit=9)[-1].position
    news.write(SOURCE.url, articles=[kept()], now=NOW)
    assert news.changes(after=position, limit=9) == []


def test_nothing_is_written_for_a_source_that_was_removed(news: NewsRepository) -> None:
    with pytest.raises(NotFoundError):
        news.write(OTHER.url, articles=[kept()], now=NOW)


def test_pages_are_read_when_they_are_due_the_longest_waiting_first(news: NewsRepository) -> None:
    due = [replace(kept(str(n)), page_due=NOW - n * DAY) for n in range(3)]
    news.write(SOURCE.url, articles=[*due, kept("9"), replace(kept("8"), page_due=NOW + DAY)], now=NOW)
    assert [each.article.id for each in news.unread(now=NOW, limit=2)] == ["2", "1"]


def test_what_has_no_title_yet_is_neither_shown_nor_counted(news: NewsRepository, sources: SourceRepository) -> None:
    news.write(SOURCE.url, articles=[kept("1", title=""), kept("2")], now=NOW)
    assert [each.id for each in news.latest(top_k=9)] == ["2"]
    assert (news.totals().articles, news.totals().stories, news.totals().newest) == (1, 1, NOW)


def test_old_articles_and_those_beyond_the_most_are_forgotten(news: NewsRepository, sources: SourceRepository) -> None:
    articles = [replace(kept(str(n)), article=an_article(str(n), published=NOW - n * DAY)) for n in range(5)]
    news.write(SOURCE.url, articles=articles, now=NOW)
    assert news.retain(before=NOW - 3.5 * DAY, most=3, now=NOW) == 2
    assert [each.id for each in news.latest(top_k=9)] == ["0", "1", "2"]
    assert [(id_, published) for id_, _, _, published in news.signatures(since=NOW - DAY)] == [("1", NOW - DAY), ("0", NOW)]
    assert sources.counts() == {SOURCE.url: (3, NOW)}
