"""Where outlets differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fanar.news import Article
from rag.recency.conflicts import conflicts_in, shown_counts
from rag.recency.grouping import Story
from tests.fakes.articles import an_article

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def says(outlet: str, text: str, *, hours: int = 0) -> Article:
    return an_article(f"{outlet}{hours}", outlet=outlet, title="حادث", text=text, published=NOW - timedelta(hours=hours))


def counted(*articles: Article) -> list[list[tuple[str, int]]]:
    return shown_counts(conflicts_in(Story("s", articles)))


def test_different_numbers_of_one_thing_are_shown_newest_first() -> None:
    assert counted(says("a", "قُتل 12 شخصًا في الحادث.", hours=2), says("b", "قتل 15 شخصا.")) == [[("b", 15), ("a", 12)]]


def test_numbers_in_words_of_english_outlets_are_compared_too() -> None:
    assert counted(says("a", "The blast killed 1,200 people."), says("b", "About 900 people died.")) == [[("a", 1200), ("b", 900)]]


def test_same_numbers_and_numbers_of_other_things_are_no_conflict() -> None:
    assert counted(says("a", "قتل 12 شخصًا."), says("b", "قتل 12 شخصا وجرح 30 طفلا.")) == []


def test_outlet_that_corrected_itself_does_not_differ_from_itself() -> None:
    assert counted(says("a", "قتل 12 شخصًا.", hours=3), says("a", "قتل 15 شخصًا.")) == []


def test_outlet_that_gives_several_numbers_of_a_thing_is_not_compared() -> None:
    assert counted(says("a", "قتل 12 شخصًا وجرح 30 شخصًا."), says("b", "قتل 15 شخصا.")) == []


def test_dates_years_and_shares_are_no_counts() -> None:
    texts = ("في 9 مارس ارتفع 5% من الأسعار عام 2025.", "في 10 مارس ارتفع 7 % من الأسعار عام 2026.")
    assert counted(says("a", texts[0]), says("b", texts[1])) == []
