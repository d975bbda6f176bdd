"""What a search finds when the index and the database do not agree."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fanar.news import Kept, Source
from tests.fakes.articles import an_article
from tests.unit.rag.recency.newsdesk import NOON, Desk, open_desk

URL = "https://news.example/feed"
WHEAT = an_article("wheat", title="ارتفاع أسعار القمح", text="ارتفعت أسعار القمح في الأسواق العالمية.")
RAIN = an_article("rain", title="أمطار في الدوحة", text="هطلت أمطار غزيرة على مدينة الدوحة.")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as desk:
        desk.sources.add(Source(URL, "feed", "news.example"), now=NOON)
        desk.repository.write(URL, articles=[Kept(each, URL, each.id, "digest") for each in (WHEAT, RAIN)], now=NOON)
        yield desk


async def found(desk: Desk) -> list[str]:
    return [each.article.id for each in await desk.store.search("القمح")]


async def test_an_index_that_cannot_be_read_leaves_what_came_lately(desk: Desk, tmp_path: Path) -> None:
    for path in tmp_path.glob("lexical-*/*.json"):
        path.write_text("{", encoding="utf-8")
    assert await found(desk) == ["wheat"]


async def test_what_the_index_still_holds_of_a_withdrawn_article_is_not_shown(desk: Desk) -> None:
    await desk.settle()
    assert await found(desk) == ["wheat"]
    desk.repository.write(URL, withdrawn=["wheat"], now=NOON)
    assert await found(desk) == []
