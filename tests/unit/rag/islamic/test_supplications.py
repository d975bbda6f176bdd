"""Supplications of installed collections, word for word."""

from __future__ import annotations

import pytest

from fanar.documents import Document, ScoredDocument
from rag.ingest.expansion import Expansion, Heading
from rag.islamic.lexicon import load_lexicon
from rag.islamic.supplications import Supplication, SupplicationTalk, asks_for_supplication
from tests.unit.rag.islamic.quran import FixedRetriever, conversation

TRAVEL = Document(
    "1", "adhkar", "207", "نص دعاء المسافر كما هو في المجموعة", "Its translation", metadata={"title": "دعاء السفر", "source": "Collection"}
)
SLEEP = Document("2", "adhkar", "99", "نص آخر كما هو", expansion=Expansion("", (Heading("ar", "أذكار النوم"),)).encoded())


def _talk(*documents: Document, names: tuple[str, ...] = ("adhkar",)) -> SupplicationTalk:
    retriever = FixedRetriever([ScoredDocument(document, 0.5) for document in documents])
    return SupplicationTalk(retriever=retriever, names=lambda: names, lexicon=load_lexicon())


@pytest.mark.parametrize(
    ("prompt", "document"),
    [("دعاء السفر", TRAVEL), ("ايش دعاء السفر؟", TRAVEL), ("اعطيني أذكار النوم", SLEEP), ("ما الدعاء عند السفر", TRAVEL)],
)
async def test_a_supplication_is_shown_word_for_word_with_its_source(prompt: str, document: Document) -> None:
    reply = await _talk(TRAVEL, SLEEP).answer(conversation(prompt))
    assert reply is not None
    assert [each.document for each in reply.passages] == [document]
    assert document.text in reply.passages[0].shown("ar")


def test_who_reads_english_sees_the_translation_too() -> None:
    assert Supplication(TRAVEL).shown("en") == (
        "دعاء السفر\nنص دعاء المسافر كما هو في المجموعة\n“Its translation”\nadhkar · 207 · Collection"
    )
    assert "Its translation" not in Supplication(TRAVEL).shown("ar")


@pytest.mark.parametrize(
    "prompt", ["دعاء دخول الحمام", "أعطني دعاء السفر", "ما هو دعاء الكرب؟", "dua for entering home", "give me the dua before sleep"]
)
def test_who_wants_a_supplication_is_told_from_who_asks_about_supplications(prompt: str) -> None:
    assert asks_for_supplication(prompt)


@pytest.mark.parametrize("prompt", ["ما فضل الدعاء؟", "هل يستجاب الدعاء؟", "هل ذكر الله النمل؟", "Does dua change destiny?", "الدعاء"])
def test_who_asks_about_supplications_wants_none(prompt: str) -> None:
    assert not asks_for_supplication(prompt)


@pytest.mark.parametrize("prompt", ["دعاء المطر", "ما حكم السفر", "أدعية", "", "دعاء السفر " * 60])
async def test_what_no_collection_has_is_not_made_up(prompt: str) -> None:
    assert await _talk(TRAVEL, SLEEP).answer(conversation(prompt)) is None


async def test_without_a_collection_nothing_is_searched() -> None:
    assert await _talk(TRAVEL, names=()).answer(conversation("دعاء السفر")) is None


async def test_who_asks_in_english_finds_what_stands_under_the_arabic_name() -> None:
    waking = Document("3", "adhkar", "1", "نص ثالث كما هو", metadata={"title": "دعاء الاستيقاظ من النوم"})
    talk = _talk(TRAVEL, SLEEP, waking)
    found = {prompt: await talk.answer(conversation(prompt)) for prompt in ("dua when waking up", "dua for riding a zeppelin")}
    assert [reply and [each.document for each in reply.passages] for reply in found.values()] == [[waking], None]


@pytest.mark.parametrize("prompt", ["شو بقول لما ينزل المطر؟", "ماذا أقول إذا نزل المطر", "What should I say when it rains?"])
async def test_who_asks_what_to_say_on_an_occasion_asks_for_its_supplication(prompt: str) -> None:
    rain = Document("4", "adhkar", "1", "نص رابع كما هو", metadata={"title": "الدعاء إذا نزل المطر"})
    reply = await _talk(TRAVEL, rain).answer(conversation(prompt))
    assert asks_for_supplication(prompt)
    assert reply is not None
    assert [each.document for each in reply.passages] == [rain]


@pytest.mark.parametrize("prompt", ["ماذا يقول القرآن عن المطر", "what does the Quran say on rain", "ماذا قال يوسف لإخوته"])
def test_who_asks_what_somebody_says_asks_for_none(prompt: str) -> None:
    assert not asks_for_supplication(prompt)
