"""Articles found by their meaning, with a server of embeddings that knows three things in two languages, and a real Chroma."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from fanar.llm.embeddings import EmbeddingServer
from fanar.news import Kept, Source
from fanar.settings import EmbeddingSettings
from rag.recency.finding import Finder
from rag.recency.gathering import Gatherer
from rag.recency.inquiry import read_inquiry
from rag.recency.lexical import LexicalReader
from rag.recency.store import NewsStore
from rag.recency.vectors import ArticleVectors, VectorFollower
from rag.stores.chroma import open_chroma
from rag.stores.owned import OwnedStore
from tests.fakes.articles import an_article
from tests.unit.rag.library import WiredCaller
from tests.unit.rag.recency.newsdesk import NOON, Desk, open_desk

URL = "https://news.example/feed"
WHEAT = an_article("wheat", title="ارتفاع أسعار القمح", text="ارتفعت أسعار القمح في الأسواق العالمية.")
RAIN = an_article("rain", title="أمطار في الدوحة", text="هطلت أمطار غزيرة على مدينة الدوحة.")
KNOWN = (("قمح", "wheat"), ("أمطار", "rain"), ("مكتبة", "library"))


class Encoder:
    """A server of embeddings: a number for each thing it knows that a text names. Away, it answers 503."""

    def __init__(self) -> None:
        self.away = False
        self.embedded = 0
        app = web.Application()
        app.router.add_post("/v1/embeddings", self._answer)
        self.server = TestServer(app)

    async def _answer(self, request: web.Request) -> web.Response:
        texts = (await request.json())["input"]
        if self.away:
            return web.Response(status=503)
        self.embedded += len(texts)
        rows = [[float(any(name in text for name in names)) for names in KNOWN] for text in texts]
        return web.json_response({"data": [{"index": place, "embedding": row} for place, row in enumerate(rows)]})


@pytest.fixture
async def encoder() -> AsyncIterator[Encoder]:
    encoder = Encoder()
    async with encoder.server:
        yield encoder


@pytest.fixture
def vector_store(tmp_path: Path) -> OwnedStore:
    return OwnedStore(owner=WiredCaller(open_chroma(folder=str(tmp_path / "chroma"))))


@pytest.fixture
async def vectors(encoder: Encoder, vector_store: OwnedStore) -> AsyncIterator[ArticleVectors]:
    settings = EmbeddingSettings(url=str(encoder.server.make_url("/v1")), model="several-languages")
    async with aiohttp.ClientSession() as session:
        yield ArticleVectors(store=vector_store, server=EmbeddingServer(session=session, settings=settings))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as desk:
        desk.sources.add(Source(URL, "feed", "news.example"), now=NOON)
        desk.repository.write(URL, articles=[Kept(each, URL, each.id, "digest") for each in (WHEAT, RAIN)], now=NOON)
        yield desk


async def settled(desk: Desk, follower: VectorFollower) -> None:
    while await desk.room.catch_up(follower):
        pass


async def found(desk: Desk, vectors: ArticleVectors, folder: Path, question: str) -> list[str]:
    store = NewsStore(repository=desk.repository, sources=desk.sources, lexical=LexicalReader(folder=folder), meaning=vectors)
    return [each.article.id for each in await store.search(question)]


async def test_what_is_said_in_another_language_is_found(desk: Desk, vectors: ArticleVectors, tmp_path: Path) -> None:
    assert await found(desk, vectors, tmp_path, "price of wheat") == []
    await settled(desk, VectorFollower(vectors=vectors, folder=tmp_path))
    assert await found(desk, vectors, tmp_path, "price of wheat") == ["wheat"]
    assert await found(desk, vectors, tmp_path, "أمطار and wheat") == ["rain", "wheat"]


async def test_what_shares_no_word_with_a_question_is_for_those_who_can_tell(desk: Desk, vectors: ArticleVectors, tmp_path: Path) -> None:
    await settled(desk, VectorFollower(vectors=vectors, folder=tmp_path))
    store = NewsStore(repository=desk.repository, sources=desk.sources, lexical=LexicalReader(folder=tmp_path), meaning=vectors)
    finder = Finder(gatherer=Gatherer(store=store, web=None))
    inquiry = read_inquiry(["What became of wheat?"], now=NOON + timedelta(hours=1), zone=ZoneInfo("UTC"))
    assert [article.id for article in (await finder.known(inquiry, meant=True)).articles] == ["wheat"]
    assert (await finder.known(inquiry)).articles == []


async def test_what_is_withdrawn_is_forgotten_and_what_was_followed_is_not_embedded_again(
    desk: Desk, vectors: ArticleVectors, encoder: Encoder, tmp_path: Path
) -> None:
    await settled(desk, VectorFollower(vectors=vectors, folder=tmp_path))
    desk.repository.write(URL, withdrawn=["wheat"], now=NOON)
    await settled(desk, VectorFollower(vectors=vectors, folder=tmp_path))
    assert await vectors.nearest("wheat", depth=5) == pytest.approx({"rain": 0.0}, abs=1e-6)
    assert encoder.embedded == len(("wheat", "rain", "the question"))


async def test_a_store_that_was_emptied_is_filled_again(
    desk: Desk, vectors: ArticleVectors, vector_store: OwnedStore, tmp_path: Path
) -> None:
    follower = VectorFollower(vectors=vectors, folder=tmp_path)
    await settled(desk, follower)
    await vector_store.delete(vectors.collection)
    desk.repository.write(URL, withdrawn=["rain"], now=NOON)
    await settled(desk, follower)
    assert list(await vectors.nearest("wheat", depth=5)) == ["wheat"]


async def test_words_alone_are_looked_for_while_the_encoder_is_away(
    desk: Desk, vectors: ArticleVectors, encoder: Encoder, tmp_path: Path
) -> None:
    await settled(desk, VectorFollower(vectors=vectors, folder=tmp_path))
    encoder.away = True
    assert await found(desk, vectors, tmp_path, "أسعار القمح wheat") == ["wheat"]
    assert await found(desk, vectors, tmp_path, "price of wheat") == []
