"""Answers from collections, installed and indexed as the platform does it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from fanar.errors import UnprocessableError
from fanar.messages import SourceFilter
from rag.islamic.collections import phrases
from rag.islamic.collections.bounds import Bound, Bounds
from rag.islamic.collections.finding import CollectionSearch
from rag.islamic.collections.library import Library
from rag.islamic.collections.sought import terms_of
from rag.islamic.collections.talk import CollectionReply, CollectionTalk
from rag.retrievers.hybrid import HybridRetriever
from tests.unit.rag.islamic.collections.records import BOUNDS, CAGE, HADITH, LAW, TRUSTED, asked
from tests.unit.rag.islamic.quran import reader
from tests.unit.rag.library import Library as Shelves
from tests.unit.rag.library import open_library, rules


def _talk(shelves: Shelves, bounds: Bounds = BOUNDS) -> CollectionTalk:
    source = HybridRetriever(catalog=shelves.catalog, store=shelves.store, passages=shelves.passages, reader=terms_of(reader()))
    return CollectionTalk(
        library=Library(repository=shelves.repository, indexed=shelves.catalog.names),
        search=CollectionSearch(source=source, repository=shelves.repository, bounds=bounds),
        reader=reader(),
        bounds=bounds,
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shelves(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shelves]:
    opened = open_library(Path(tmp_path_factory.mktemp("shelves")))
    await opened.add("sunnah", HADITH, kind="hadith")
    await opened.add("fiqh", (*LAW, *CAGE), kind="fiqh")
    await opened.add("rules", rules())
    yield opened


pytestmark = pytest.mark.asyncio(loop_scope="module")


def _cited(reply: CollectionReply | None) -> list[str]:
    return [] if reply is None else [passage.document.reference for passage in reply.passages]


async def _hadith(shelves: Shelves, *turns: str, sources: SourceFilter | None = None) -> CollectionReply | None:
    talk = _talk(shelves)
    return await talk.hadith(asked(*turns), await talk.scope(sources or SourceFilter()))


async def _rulings(shelves: Shelves, *turns: str, sources: SourceFilter | None = None) -> CollectionReply | None:
    talk = _talk(shelves)
    return await talk.rulings(asked(*turns), await talk.scope(sources or SourceFilter()))


async def test_a_hadith_is_found_by_its_words_by_its_subject_and_by_its_number(shelves: Shelves) -> None:
    assert _cited(await _hadith(shelves, "حديث القنفذ لا يطير في الهواء")) == ["bukhari:2"]
    assert _cited(await _hadith(shelves, "حديث عن الجار")) == ["bukhari:1"]
    assert _cited(await _hadith(shelves, "صحيح مسلم رقم 2")) == ["muslim:2"]
    assert _cited(await _hadith(shelves, "صحيح مسلم رقم 99")) == []


async def test_a_sound_hadith_stands_before_a_weak_one(shelves: Shelves) -> None:
    assert _cited(await _hadith(shelves, "حديث عن القنفذ")) == ["bukhari:2", "muslim:2"]


async def test_a_named_collection_alone_is_searched(shelves: Shelves) -> None:
    assert _cited(await _hadith(shelves, "حديث عن القنفذ في صحيح مسلم")) == ["muslim:2"]


async def test_what_is_called_fabricated_is_shown_to_who_quotes_it_alone(shelves: Shelves) -> None:
    assert _cited(await _hadith(shelves, "حديث عن الببغاء")) == []
    assert _cited(await _hadith(shelves, "حديث نص مخترع مكذوب في الببغاء")) == ["muslim:3"]


async def test_nothing_is_made_of_nothing(shelves: Shelves) -> None:
    assert await _hadith(shelves, "حديث عن الحوت") is None
    assert await _hadith(shelves, "حديث") is None


async def test_the_bound_behind_an_answer_goes_with_it(shelves: Shelves) -> None:
    reply = await _hadith(shelves, "حديث عن الجار")
    assert reply is not None
    assert reply.data["measured"] == {"right": 100, "shown": 100, "least": 0.963}


async def test_a_ground_that_was_not_proven_decides_nothing(shelves: Shelves) -> None:
    talk = _talk(shelves, {**BOUNDS, "hadith": {**TRUSTED, "headed": Bound(5, 10), "named": Bound(1, 1)}})
    assert await talk.hadith(asked("حديث عن القنفذ"), await talk.scope(SourceFilter())) is None


async def test_schools_that_differ_are_all_shown(shelves: Shelves) -> None:
    reply = await _rulings(shelves, "ما حكم مسح القبعة؟")
    assert _cited(reply) == ["1", "2"]
    assert reply is not None
    assert reply.data["schools"] == ["hanafi", "maliki"]


async def test_a_school_that_says_it_in_other_words_stands_beside_one_that_says_it_in_these(shelves: Shelves) -> None:
    assert _cited(await _rulings(shelves, "ما حكم الببغاء في القفص؟")) == ["5", "6"]


async def test_a_follow_up_asks_another_school(shelves: Shelves) -> None:
    assert _cited(await _rulings(shelves, "ما حكم مسح القبعة؟", "وعند المالكية؟")) == ["2"]
    assert _cited(await _rulings(shelves, "ما حكم مسح القبعة؟", "وعند الحنابلة؟")) == []


@pytest.mark.parametrize(
    ("sources", "cited"),
    [
        (SourceFilter(madhabs=("maliki",)), ["2"]),
        (SourceFilter(book_names=("كتاب الألف",)), ["1"]),
        (SourceFilter(excluded=("كتاب الألف",)), ["2"]),
        (SourceFilter(only=("sunnah",)), []),
        (SourceFilter(preferred=("fiqh",)), ["1", "2"]),
    ],
)
async def test_a_filter_narrows_what_is_found(shelves: Shelves, sources: SourceFilter, cited: list[str]) -> None:
    assert _cited(await _rulings(shelves, "ما حكم مسح القبعة؟", sources=sources)) == cited


async def test_a_filter_that_nothing_passes_is_refused(shelves: Shelves) -> None:
    with pytest.raises(UnprocessableError):
        await _talk(shelves).scope(SourceFilter(book_names=("كتاب لا وجود له",)))


async def test_a_general_corpus_is_none_of_the_collections(shelves: Shelves) -> None:
    scope = await _talk(shelves).scope(SourceFilter())
    assert {shelf.info.name for shelf in scope.shelves} == {"sunnah", "fiqh"}


async def test_what_is_installed_again_is_read_again(shelves: Shelves) -> None:
    library = Library(repository=shelves.repository, indexed=shelves.catalog.names)
    before = {each.info.name: each.facts for each in await library.volumes()}
    await shelves.add("fiqh", (*LAW, *CAGE), kind="fiqh")
    after = {each.info.name: each.facts for each in await library.volumes()}
    assert after == before
    assert before["fiqh"]["madhab"] == {"حنفي", "maliki", "شافعي"}
    assert before["sunnah"]["title"] == {"bukhari", "muslim"}
    assert "title" not in before["fiqh"]


async def test_who_asks_in_english_is_shown_what_stands_in_arabic_under_its_name_and_told_so(shelves: Shelves) -> None:
    reply = await _rulings(shelves, "What is the ruling on wearing socks?")
    assert _cited(reply) == ["3"]
    assert reply is not None
    assert reply.before.en.startswith(phrases.IN_ARABIC.en)
    assert reply.data["looked_up_as"].startswith("لبس")
    assert _cited(await _rulings(shelves, "What is the ruling on wearing socks on a zeppelin?")) == []
    assert _cited(await _rulings(shelves, "What is the ruling on wearing perfume?")) == []
