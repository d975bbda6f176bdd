"""What a search finds when words and meaning, or an index and the database, do not agree."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.news import Kept, Source
from rag.recency.lexical import LexicalReader
from rag.recency.store import NewsStore
from tests.fakes.articles import an_article
from tests.unit.rag.recency.newsdesk import NOON, Desk, open_desk

URL = "https://news.example/feed"
WHEAT = an_article("wheat", title="ارتفاع أسعار القمح", text="ارتفعت أسعار القمح في الأسواق العالمية.")
RAIN = an_article("rain", title="أمطار في الدوحة", text="هطلت أمطار غزيرة على مدينة الدوحة.")


class Meaning:
    """Finds what it is told to; an error is raised."""

    def __init__(self, found: dict[str, float] | ModelUnavailableError) -> None:
        self._found = found

    async def nearest(self, query: str, *, depth: int) -> dict[str, float]:
        if isinstance(self._found, ModelUnavailableError):
            raise self._found
        return self._found


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as desk:
        desk.sources.add(Source(URL, "feed", "news.example"), now=NOON)
        desk.repository.write(URL, articles=[Kept(each, URL, each.id, "digest") for each in (WHEAT, RAIN)], now=NOON)
        yield desk


async def found(desk: Desk, folder: Path, meaning: dict[str, float] | ModelUnavailableError) -> list[str]:
    lexical = LexicalReader(folder=folder)
    store = NewsStore(repository=desk.repository, sources=desk.sources, lexical=lexical, vectors=Meaning(meaning))
    return [each.article.id for each in await store.search("القمح")]


async def test_what_is_near_enough_is_found_behind_what_has_the_words(desk: Desk, tmp_path: Path) -> None:
    assert await found(desk, tmp_path, {"rain": 0.9, "wheat": 0.8, "gone": 0.9}) == ["wheat", "rain"]
    assert await found(desk, tmp_path, {"rain": 0.4}) == ["wheat"]


async def test_words_alone_are_asked_while_the_vectors_are_away(desk: Desk, tmp_path: Path) -> None:
    assert await found(desk, tmp_path, ModelUnavailableError(Bilingual("Away.", "غائب."))) == ["wheat"]


async def test_an_index_that_cannot_be_read_leaves_what_came_lately(desk: Desk, tmp_path: Path) -> None:
    for path in tmp_path.glob("lexical-*/*.json"):
        path.write_text("{", encoding="utf-8")
    assert await found(desk, tmp_path, {}) == ["wheat"]


async def test_what_the_index_still_holds_of_a_withdrawn_article_is_not_shown(desk: Desk, tmp_path: Path) -> None:
    await desk.settle()
    assert await found(desk, tmp_path, {}) == ["wheat"]
    desk.repository.write(URL, withdrawn=["wheat"], now=NOON)
    assert await found(desk, tmp_path, {}) == []
