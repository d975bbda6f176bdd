"""Juz, hizb, quarters and pages in conversations, in Arabic, its dialects and English."""

from __future__ import annotations

import pytest

from rag.islamic.divisions.table import load_divisions
from rag.islamic.divisions.talk import DivisionsTalk, asks_for_division
from rag.islamic.exact import ExactReply
from tests.unit.rag.islamic.quran import conversation, scripture


@pytest.fixture(scope="module")
def talk() -> DivisionsTalk:
    return DivisionsTalk(scripture=scripture(), divisions=load_divisions())


async def _said(talk: DivisionsTalk, prompt: str) -> ExactReply:
    reply = await talk.answer(conversation(prompt))
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("prompt", "first", "last"),
    [
        ("الجزء الثلاثون", "78:1", "114:6"),
        ("اقرأ جزء عمّ", "78:1", "114:6"),
        ("juz amma", "78:1", "114:6"),
        ("Juz' 'Amma please", "78:1", "114:6"),
        ("show me the last juz", "78:1", "114:6"),
        ("عايز جزء تبارك", "67:1", "77:50"),
        ("ابغى جزء قد سمع", "58:1", "66:12"),
        ("the 1st juz of the Quran", "1:1", "2:141"),
        ("Juz 2", "2:142", "2:252"),
        ("وريني الحزب ٦٠", "87:1", "114:6"),
        ("الحزب التاسع والخمسون", "78:1", "86:17"),
        ("hizb 1", "1:1", "2:74"),
        ("الربع الثاني من الحزب الأول", "2:26", "2:43"),
        ("ربع الحزب الأول", "1:1", "2:25"),
        ("quarter 4 of hizb 60", "100:9", "114:6"),
        ("صفحة ٥٨٢ من المصحف", "78:1", "78:30"),
        ("page 1 of the Quran", "1:1", "1:7"),
        ("آخر صفحة في المصحف", "112:1", "114:6"),
        ("where does juz 15 start", "17:1", "18:74"),
        ("فين يبدأ الجزء الحادي والعشرين", "29:46", "33:30"),
    ],
)
async def test_a_part_is_found_however_it_is_named(talk: DivisionsTalk, prompt: str, first: str, last: str) -> None:
    reply = await _said(talk, prompt)
    told = reply.data["divisions"][0]
    assert (told["first"], told["last"]) == (first, last)
    assert asks_for_division(prompt)


async def test_a_short_part_is_shown_whole_and_a_long_one_says_how_much_is_left_and_where(talk: DivisionsTalk) -> None:
    short, long_ = await _said(talk, "page 604 of the mushaf"), await _said(talk, "جزء عم")
    assert [str(passage.reference) for passage in short.passages] == ["112:1-4", "113:1-5", "114:1-6"]
    assert short.after is None
    assert [str(passage.reference) for passage in long_.passages] == ["78:1-10"]
    assert long_.after is not None
    assert "564" in long_.after.ar
    assert "https://quran.com/juz/30" in long_.after.en
    assert "78:11-20" in long_.after.en


async def test_several_parts_are_shown_each_by_its_first_verses(talk: DivisionsTalk) -> None:
    reply = await _said(talk, "الجزء ٢٩ والجزء ٣٠")
    assert [str(passage.reference) for passage in reply.passages] == ["67:1-10", "78:1-10"]


@pytest.mark.parametrize(
    ("prompt", "verses"),
    [
        ("آخر آية في الجزء السابع", ["6:110"]),
        ("أول آية من الجزء الثلاثين", ["78:1"]),
        ("آخر آيتين في الحزب ٦٠", ["114:5-6"]),
        ("أول ثلاث آيات من جزء تبارك", ["67:1-3"]),
        ("hizb 10 first verse", ["4:88"]),
        ("last verse of juz 5", ["4:147"]),
        ("the last 8 verses of the last juz", ["113:4-5", "114:1-6"]),
        ("first ayah of page 50 of the quran", ["3:1"]),
    ],
)
async def test_the_first_and_the_last_verses_of_a_part_are_shown_alone(talk: DivisionsTalk, prompt: str, verses: list[str]) -> None:
    reply = await _said(talk, prompt)
    assert [str(passage.reference) for passage in reply.passages] == verses
    assert reply.after is None


@pytest.mark.parametrize(
    ("prompt", "kind", "numbers"),
    [
        ("في أي جزء سورة الملك؟", "juz", [29, 29]),
        ("سورة الكهف في أنهي صفحة", "page", [293, 304]),
        ("what page is ayat al-kursi on", "page", [42, 42]),
        ("which juz is surah Al-Baqarah in?", "juz", [1, 3]),
        ("in which hizb is 2:255", "hizb", [5, 5]),
        ("which juz contains surah yasin", "juz", [22, 23]),
        ("وين موجودة سورة يس، أي جزء", "juz", [22, 23]),
    ],
)
async def test_where_verses_stand_is_told(talk: DivisionsTalk, prompt: str, kind: str, numbers: list[int]) -> None:
    assert (await _said(talk, prompt)).data["divisions"][kind] == numbers


@pytest.mark.parametrize("prompt", ["الجزء 31", "hizb 61", "page 605 of the quran", "الربع الخامس من الحزب الثاني"])
async def test_a_part_that_there_is_not_is_said_so(talk: DivisionsTalk, prompt: str) -> None:
    reply = await _said(talk, prompt)
    assert not reply.answered
    assert "604" in reply.text.en


@pytest.mark.parametrize(
    "prompt",
    [
        "ما فضل جزء عم؟",
        "ما تفسير جزء عم",
        "الحزب الأول في الانتخابات",
        "page 50 of my book",
        "صفحة 50",
        "read part 2 of the story",
        "في أي جزء من العالم تقع قطر",
        "كم آية في الجزء الثلاثين",
        "which juz is the story of Joseph in and why",
        "",
        "جزء " * 200,
    ],
)
async def test_what_asks_more_or_something_else_is_left_to_others(talk: DivisionsTalk, prompt: str) -> None:
    assert await talk.answer(conversation(prompt)) is None
