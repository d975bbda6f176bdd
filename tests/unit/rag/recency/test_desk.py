"""The news without a question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fanar.errors import NotConfiguredError
from rag.recency.desk import EditionQuery, NewsDesk
from rag.recency.telling import state_text, zone_text
from tests.fakes.articles import MemoryArticleStore, an_article

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def desk(*numbers: int) -> NewsDesk:
    articles = [an_article(str(n), published=NOW - timedelta(hours=n), story=f"s{n % 2}", outlet=f"{n}.example") for n in numbers]
    return NewsDesk(store=MemoryArticleStore(articles), zone=ZoneInfo("UTC"), clock=lambda: NOW)


async def test_stories_come_newest_first_with_all_who_tell_them() -> None:
    edition = await desk(1, 2, 3).edition(EditionQuery())
    assert [(story.id, story.outlets) for story in edition.stories] == [("s1", ("1.example", "3.example")), ("s0", ("2.example",))]


async def test_topic_and_number_bound_the_stories() -> None:
    assert len((await desk(1, 2, 3).edition(EditionQuery("مكتبة قطر", top_k=1))).stories) == 1
    assert (await desk(1, 2, 3).edition(EditionQuery("أسعار القمح"))).stories == ()


async def test_without_any_source_the_command_is_named() -> None:
    with pytest.raises(NotConfiguredError, match="fanar feeds add URL"):
        await desk().edition(EditionQuery())


async def test_state_tells_how_much_is_known_in_both_languages() -> None:
    said = state_text(await desk(1, 2).status())
    assert said.en.startswith("2 articles, 2 stories")
    assert "10 مارس 2026، 11:00" in said.ar


@pytest.mark.parametrize(
    ("zone", "said"), [("UTC", "UTC"), ("Asia/Qatar", "UTC+3"), ("Asia/Kolkata", "UTC+5:30"), ("America/New_York", "UTC-4")]
)
def test_zone_is_told_by_its_distance_from_utc(zone: str, said: str) -> None:
    assert zone_text(NOW, ZoneInfo(zone)) == said
