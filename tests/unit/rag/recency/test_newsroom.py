"""A newsroom that reads a site on loopback, from its feed to what a search finds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fanar.errors import NotFoundError
from fanar.news import Source
from tests.unit.rag.recency.newsdesk import NOON, Desk, Site, open_desk

TITLE = "افتتاح فرع جديد لمكتبة قطر الوطنية"
TEXT = "افتتحت مكتبة قطر الوطنية فرعًا جديدًا في الدوحة يوم الأحد بحضور خمسين ضيفًا من المهتمين بالكتب والمكتبات."
CORRECTED = TEXT.replace("الأحد", "الاثنين")
QUESTION = "متى افتتحت مكتبة قطر الوطنية فرعها؟"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with site.server:
        yield site


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path) as desk:
        yield desk


@pytest.mark.parametrize("settled", [False, True], ids=["at once", "once the index on disk has followed"])
async def test_a_story_is_found_then_its_correction_then_nothing(desk: Desk, site: Site, settled: bool) -> None:
    await desk.add(site)
    site.publish("other", "ارتفاع أسعار القمح", "ارتفعت أسعار القمح في الأسواق العالمية هذا الأسبوع.", published=NOON - timedelta(days=1))
    texts = []
    for step in (lambda: site.publish("1", TITLE, TEXT), lambda: site.publish("1", TITLE, CORRECTED), lambda: site.withdraw("1")):
        step()
        await desk.room.poll()
        if settled:
            await desk.settle()
        texts.append([(each.article.text, each.article.version) for each in await desk.store.search(QUESTION)])
    assert texts == [[(TEXT, 1)], [(CORRECTED, 2)], []]


PAGE = (
    "<html><head><title>ع</title></head><body><article><p>{text}</p>"
    "<p>وفي الفرع قاعات للقراءة ومختبرات وركن للأطفال.</p></article></body></html>"
)


async def look_of(desk: Desk) -> tuple[str, int, float]:
    await desk.room.poll()
    (record,) = desk.sources.sources()
    return record.look.state, record.look.failures, record.look.interval


async def known(desk: Desk) -> list[str]:
    return sorted(article.title for article in await desk.store.latest())


async def test_what_rolls_off_the_end_of_a_feed_stays_known(desk: Desk, site: Site) -> None:
    await desk.add(site)
    for number in range(4):
        site.publish(str(number), f"خبر {number}", f"نص {number}", published=NOON + number * timedelta(hours=1))
    await desk.room.poll()
    site.publish("4", "خبر 4", "نص 4", published=NOON + timedelta(hours=5))
    site.withdraw("0")
    await desk.room.poll()
    assert await known(desk) == [f"خبر {number}" for number in range(5)]


async def test_an_article_that_its_feed_drops_is_gone_only_when_its_page_is(desk: Desk, site: Site) -> None:
    await desk.add(site)
    for number, page in enumerate(("old", "there", None)):
        site.publish(str(number), f"خبر {number}", f"نص {number}", published=NOON + number * timedelta(hours=1), page=page)
    await desk.room.poll()
    site.body = site.feed(site.stories[2:])
    await desk.room.poll()
    assert await known(desk) == ["خبر 0", "خبر 1"]


async def test_a_broken_feed_withdraws_nothing(desk: Desk, site: Site) -> None:
    await desk.add(site)
    site.publish("1", TITLE, TEXT)
    await desk.room.poll()
    site.body = site.feed([])[:-12]
    await desk.room.poll()
    assert await known(desk) == [TITLE]


async def test_an_unchanged_feed_is_asked_for_by_its_mark_and_ever_less_often(desk: Desk, site: Site) -> None:
    await desk.add(site)
    site.publish("1", TITLE, TEXT)
    looks = [await look_of(desk) for _ in range(3)]
    assert looks == [("working", 0, 150.0), ("working", 0, 225.0), ("working", 0, 300.0)]


@pytest.mark.parametrize(("status", "state"), [(500, "failing"), (404, "failing"), (410, "gone")])
async def test_a_source_that_refuses_says_so_and_keeps_its_articles(desk: Desk, site: Site, status: int, state: str) -> None:
    await desk.add(site)
    site.publish("1", TITLE, TEXT)
    await desk.room.poll()
    site.status, site.body = status, b"changed"
    assert (await look_of(desk))[0] == state
    (source,) = (await desk.store.status()).sources
    assert str(status) in str(source.error)
    assert (source.next is None) is (state == "gone")
    assert await known(desk) == [TITLE]


async def test_a_server_that_wants_to_be_left_in_peace_is(desk: Desk, site: Site) -> None:
    await desk.add(site)
    site.status, site.headers = 429, {"Retry-After": "7200"}
    await desk.room.poll()
    assert (await desk.store.status()).sources[0].next == NOON + timedelta(hours=2)


async def test_a_hostile_source_changes_nothing_but_its_own_status(desk: Desk, site: Site) -> None:
    hostile = Site(body=b"<rss><channel><item><title>" + b"x" * 5_000_000)
    async with hostile.server:
        await desk.add(hostile)
        await desk.add(site)
        site.publish("1", TITLE, TEXT)
        await desk.room.poll()
        states = {source.url: source.state for source in (await desk.store.status()).sources}
        assert states == {hostile.url(): "failing", site.url(): "working"}
    assert await known(desk) == [TITLE]


async def test_an_address_that_nobody_allowed_is_not_asked(desk: Desk) -> None:
    desk.sources.add(Source("http://10.0.0.1/feed", "feed", "hidden"), now=NOON)
    await desk.room.poll()
    assert "FANAR_FETCH_PRIVATE_HOSTS" in str((await desk.store.status()).sources[0].error)


async def test_the_page_of_a_short_entry_is_read_then_its_correction_then_its_end(desk: Desk, site: Site) -> None:
    await desk.add(site, pages=True)
    site.publish("1", TITLE, "ملخص قصير", page=PAGE.format(text=TEXT))
    await desk.room.poll()
    seen = []
    for page in (PAGE.format(text=TEXT), PAGE.format(text=CORRECTED), None):
        site.stories = [replace(story, page=page) for story in site.stories]
        await asyncio.gather(*(desk.poller.page(kept) for kept in desk.repository.unread(now=desk.clock(), limit=9)))
        seen += [(TEXT in each.text, CORRECTED in each.text, each.version) for each in await desk.store.latest()] or [()]
        desk.clock.forward(hours=8)
    assert seen == [(True, False, 1), (False, True, 2), ()]


async def test_a_page_that_robots_forbid_is_not_read(desk: Desk, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /"
    await desk.add(site, pages=True)
    site.publish("1", TITLE, "ملخص قصير", page=PAGE.format(text=TEXT))
    await desk.room.poll()
    for kept in desk.repository.unread(now=desk.clock(), limit=9):
        await desk.poller.page(kept)
    assert [each.text for each in await desk.store.latest()] == ["ملخص قصير"]
    assert "/1" not in site.asked


async def test_polling_what_is_no_source_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        await desk.room.poll(["https://news.example/none"])


async def test_at_work_it_reads_what_is_due_and_stops_when_told(desk: Desk, site: Site) -> None:
    await desk.add(site, pages=True)
    site.publish("1", TITLE, "ملخص قصير", page=PAGE.format(text=TEXT))
    working = asyncio.create_task(desk.room.run())
    async with asyncio.timeout(20):
        while not [each for each in await desk.store.latest() if TEXT in each.text] or not desk.index.followed:
            await asyncio.sleep(0.02)
    working.cancel()
    await asyncio.wait([working])
    assert working.cancelled()


async def test_who_goes_on_after_it_was_killed_loses_and_doubles_nothing(tmp_path: Path, site: Site) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.add(site)
        site.publish("1", TITLE, TEXT)
        (record,) = desk.sources.sources()
        # Killed after the articles were kept, before the look was noted and before the index followed.
        reading = await desk.poller._read(record.source, await desk.poller._ask(record))
        await desk.poller.take(record.source, reading)
    async with open_desk(tmp_path) as desk:
        assert len(await desk.store.search(QUESTION)) == 1
        await desk.room.poll()
        await desk.settle()
        found = await desk.store.search(QUESTION)
    assert [(each.article.version, each.article.text) for each in found] == [(1, TEXT)]


async def test_an_index_that_was_lost_is_made_again_from_the_database(tmp_path: Path, site: Site) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.add(site)
        site.publish("1", TITLE, TEXT)
        await desk.room.poll()
        await desk.settle()
    for path in sorted(tmp_path.glob("lexical-*/*")) + sorted(tmp_path.glob("lexical-*.followed")):
        path.unlink()
    async with open_desk(tmp_path) as desk:
        await desk.settle()
        assert desk.index.followed
        assert len(await desk.store.search(QUESTION)) == 1
