"""What searches the web, as the settings have it, and what reads its pages."""

from __future__ import annotations

import pytest

from fanar.errors import ConfigurationError, ForbiddenAddressError, NotFoundError, UnprocessableError
from fanar.settings import Settings
from orchestrator.bootstrap.news import open_web
from tests.unit.rag.recency.newsdesk import Site

TEXT = "افتتحت مكتبة قطر الوطنية فرعًا جديدًا في الدوحة يوم الأحد، وحضر الافتتاح عدد من المسؤولين والكتّاب."
PAGE = f'<html lang="ar"><head><title>العنوان</title></head><body><article><p>{TEXT}</p></article></body></html>'


def settings(**news: object) -> Settings:
    return Settings(_env_file=None, news=news, fetch_private_hosts=["127.0.0.1"])


async def test_nothing_searches_the_web_unless_it_is_set() -> None:
    async with open_web(settings()) as web:
        assert web is None


@pytest.mark.parametrize("half", [{"search": "searxng"}, {"search": "brave"}, {"search": "tavily", "search_url": "http://127.0.0.1"}])
async def test_half_a_setting_is_refused_with_the_other_half(half: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="FANAR_NEWS__SEARCH_"):
        async with open_web(settings(**half)):
            pass


@pytest.mark.parametrize("name", ["searxng", "brave", "tavily"])
async def test_the_engine_that_is_set_searches(name: str) -> None:
    async with open_web(settings(search=name, search_url="http://127.0.0.1:9", search_key="secret")) as web:
        assert web is not None
        assert web.search.name == name


async def test_pages_are_read_as_articles_of_their_host_where_they_may_be() -> None:
    site = Site()
    site.publish("1", "العنوان", "", page=PAGE)
    async with site.server, open_web(settings(search="brave", search_key="secret")) as web:
        assert web is not None
        article = await web.pages.read(site.url("/1"))
        assert (article.title, article.text, article.outlet, article.language) == ("العنوان", TEXT, "127.0.0.1", "ar")
        assert article.published == article.fetched
        with pytest.raises(NotFoundError):
            await web.pages.read(site.url("/2"))
        with pytest.raises(UnprocessableError):
            await web.pages.read(site.url("/feed"))
        with pytest.raises(ForbiddenAddressError):
            await web.pages.read("http://10.0.0.1/")
