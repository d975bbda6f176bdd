"""Which article comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from fanar.news import Article
from rag.recency.articles import ScoredArticle
from rag.recency.dates.periods import Interval
from rag.recency.freshness import Decay, timeliness
from rag.recency.inquiry import read_inquiry
from rag.recency.ranking import rank
from tests.fakes.articles import an_article

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LONG = "كلام لا صلة له بالسؤال عن أمور أخرى كثيرة. " * 60


def first(question: str, *articles: Article) -> str:
    inquiry = read_inquiry([question], now=NOW, zone=ZoneInfo("UTC"))
    return rank([ScoredArticle(article, 0.5) for article in articles], inquiry)[0].article.id


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_newer_of_two_equal_articles_comes_first() -> None:
    assert first("مكتبة قطر", an_article("old", published=ago(9)), an_article("new", published=ago(1))) == "new"


def test_old_article_that_says_what_is_asked_outlasts_a_new_one_that_does_not() -> None:
    new = an_article("new", published=ago(0.1), title="طقس الدوحة", text="أمطار في الدوحة اليوم.")
    assert first("افتتاح مكتبة قطر الوطنية في الدوحة", an_article("old", published=ago(60)), new) == "old"


def test_words_near_each_other_say_more_than_words_far_apart() -> None:
    near = an_article("near", title="خبر", text=f"{LONG} ارتفعت أسعار القمح في الأسواق العالمية. {LONG}")
    far = an_article("far", title="خبر", text=f"أسعار {LONG} القمح {LONG} الأسواق {LONG} العالمية")
    assert first("أسعار القمح في الأسواق العالمية", far, near) == "near"


def test_article_of_the_day_that_is_asked_about_comes_before_a_newer_one() -> None:
    assert first("ما أخبار مكتبة قطر أمس؟", an_article("today", published=ago(0.1)), an_article("asked", published=ago(1.2))) == "asked"


def test_time_that_is_asked_about_is_no_hard_window() -> None:
    other = an_article("within", published=ago(1.2), title="القمح", text="ارتفعت أسعار القمح.")
    assert first("متى افتتحت مكتبة قطر الوطنية أمس؟", other, an_article("without", published=ago(4))) == "without"


def test_more_trusted_outlet_comes_first() -> None:
    assert first("مكتبة قطر", an_article("plain"), an_article("trusted", authority=0.9)) == "trusted"


def test_story_that_several_outlets_tell_comes_first() -> None:
    alone = an_article("a", title="افتتاح مكتبة قطر")
    told = [an_article(id_, title="افتتاح مكتبة قطر", story="same", outlet=f"{id_}.example") for id_ in "bcd"]
    assert first("افتتاح مكتبة قطر", alone, *told) == "b"


def test_what_was_published_later_is_not_known_as_of_a_day() -> None:
    articles = [an_article("1", published=ago(20)), an_article("2", published=ago(1))]
    inquiry = read_inquiry(["As of 1 March, مكتبة قطر"], now=NOW, zone=ZoneInfo("UTC"))
    assert [each.article.id for each in rank([ScoredArticle(article, 0.5) for article in articles], inquiry)] == ["1"]


def test_weight_of_time_falls_with_age_to_a_floor() -> None:
    weights = [timeliness(ago(days), moment=NOW, intervals=[]) for days in (0, 1, 7, 30, 3000)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1
    assert weights[3] == Decay().of_age(timedelta(days=30)) == 0.75
    assert weights[-1] > 0.49


def test_report_after_a_time_counts_more_than_one_from_before_it() -> None:
    asked = [Interval(ago(4), ago(3))]
    early, within, late = (timeliness(ago(days), moment=NOW, intervals=asked) for days in (5, 3.5, 2))
    assert early < late < within == 1


def test_week_that_goes_on_says_no_more_than_of_late() -> None:
    this_week = [Interval(ago(3), NOW + timedelta(days=4))]
    assert timeliness(ago(5), moment=NOW, intervals=this_week) == timeliness(ago(5), moment=NOW, intervals=[])
