"""A newsroom that reads a site on loopback, from its feed to what a search finds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.rag.recency.newsdesk import NOON, Clock, Desk, Site, open_desk

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
