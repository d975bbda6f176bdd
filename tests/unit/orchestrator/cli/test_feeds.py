"""`fanar feeds`, on a real database and a site on loopback; what polls it has tests of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fanar.settings import load_settings
from orchestrator.bootstrap.storage import open_storage
from orchestrator.cli import feeds
from orchestrator.cli.exits import Exit
from rag.recency.opml import read_opml, sample
from tests.unit.orchestrator.cli.conftest import Fanar
from tests.unit.rag.recency.newsdesk import Site


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    monkeypatch.setenv("FANAR_FETCH_PRIVATE_HOSTS", '["127.0.0.1"]')
    site = Site()
    async with site.server:
        yield site


async def test_a_feed_is_added_by_its_own_name_read_listed_and_removed(fanar: Fanar, site: Site) -> None:
    site.publish("1", "افتتاح المكتبة", "افتتحت المكتبة اليوم في الدوحة بحضور جمع من الناس.")
    added = await asyncio.to_thread(fanar, "feeds", "add", site.url(), "--authority", "0.8", "--no-pages")
    assert "صحيفة" in added.err
    polled = (await asyncio.to_thread(fanar, "feeds", "poll", "--json")).json
    assert (polled["articles"], polled["sources"][0]["state"], polled["sources"][0]["authority"]) == (1, "working", 0.8)
    assert polled["known_until"]
    listed = await asyncio.to_thread(fanar, "feeds", "list", language="ar")
    assert "يعمل" in listed.out
    assert (await asyncio.to_thread(fanar, "feeds", "remove", site.url())).code == Exit.OK
    assert (await asyncio.to_thread(fanar, "feeds", "status", "--json")).json["articles"] == 0


async def test_a_page_that_names_its_feed_is_added_as_that_feed(fanar: Fanar, site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.publish("home", "ا", "ب", page=f"<html><head>{link}</head><body></body></html>")
    await asyncio.to_thread(fanar, "feeds", "add", site.url("/home"))
    (source,) = (await asyncio.to_thread(fanar, "feeds", "list", "--json")).json
    assert (source["url"], source["kind"]) == (site.url(), "feed")


async def test_an_address_without_news_is_refused(fanar: Fanar, site: Site) -> None:
    site.body = b"nothing"
    refused = await asyncio.to_thread(fanar, "feeds", "add", site.url())
    assert refused.code != Exit.OK
    assert "no feed, sitemap or article" in refused.err


def test_lists_of_other_readers_come_in_and_go_out(fanar: Fanar, tmp_path: Path) -> None:
    file = tmp_path / "list.opml"
    file.write_text(
        '<opml><body><outline text="أ"><outline text="ب" xmlUrl="https://b.example/feed" language="ar"/></outline>'
        '<outline text="javascript" xmlUrl="javascript:alert(1)"/><outline text="ب" xmlUrl="https://b.example/feed"/></body></opml>',
        encoding="utf-8",
    )
    assert "Added 1 sources; 0" in fanar("feeds", "import", str(file)).err
    assert "Added 0 sources; 1" in fanar("feeds", "import", str(file)).err
    (source,) = read_opml(fanar("feeds", "export").out.encode())
    assert (source.url, source.outlet, source.language) == ("https://b.example/feed", "ب", "ar")


@pytest.mark.parametrize("content", [b"", b"<rss/>", b"<!DOCTYPE a [<!ENTITY a 'b'>]><opml>&a;", b"\0"])
def test_what_is_no_list_is_refused(fanar: Fanar, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.opml").write_bytes(content)
    assert fanar("feeds", "import", str(tmp_path / "list.opml")).code != Exit.OK


def test_a_list_must_be_named_or_the_sample_asked_for(fanar: Fanar) -> None:
    assert "--sample" in fanar("feeds", "import").err
    assert "feeds add" in fanar("feeds", "list").err


async def test_nothing_of_the_sample_is_read_unasked(fanar: Fanar) -> None:
    assert {source.language for source in sample()} == {"ar", "en"}
    async with open_storage(load_settings()) as storage:
        assert storage.sources.sources() == []


def test_the_group_is_in_the_help(fanar: Fanar) -> None:
    assert feeds.HELP.summary.en in fanar("--help").out
