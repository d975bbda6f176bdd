"""What counts as evidence for a question, and what does not."""

from __future__ import annotations

from typing import Any

from fanar.documents import ScoredDocument
from rag.islamic.research.gathering import Gatherer
from rag.islamic.research.plan import SubQuestion
from rag.islamic.research.scope import SCOPES
from rag.islamic.research.sources import Found, Kind
from rag.retrievers.signals import Candidate
from tests.unit.rag.islamic.quran import found as verses
from tests.unit.rag.islamic.quran import verse
from tests.unit.rag.islamic.research.sources import COMMENTARY, SAYINGS, TRAVELLING, FixedPassages, gatherer

QUESTION = SubQuestion("ما حكم صيام المسافر", "ما حكم صيام المسافر", "asked")


async def gathered(source: Gatherer, question: SubQuestion = QUESTION) -> list[Found]:
    return await source.gather(question, installed=await source.installed(), scope=SCOPES["standard"], language="ar")


def of(kind: Kind, found: list[Found]) -> list[str]:
    return [each.document.id for each in found if each.kind == kind]


async def test_verses_above_the_threshold_are_evidence_and_neighbours_stand_together() -> None:
    sure, unsure = verses("2:184", "2:185"), verses("16:8", confident=False)
    assert of("quran", await gathered(gatherer(verses=[*sure, *unsure]))) == ["2:184-185"]


async def test_a_verse_that_the_question_names_is_evidence_whatever_is_found() -> None:
    found = await gathered(gatherer(), SubQuestion("فسر 2:255 في السفر", "فسر 2:255 في السفر", "asked"))
    assert of("quran", found) == ["2:255"]


async def test_commentary_is_taken_by_its_place_also_where_it_treats_verses_together() -> None:
    found = await gathered(gatherer(verses=verses("2:184")))
    assert of("tafsir", found) == ["2:183"]
    assert found[1].document.text == COMMENTARY[0].text
    assert of("tafsir", await gathered(gatherer(verses=verses("2:186")))) == []


async def test_hadith_come_with_sound_ones_first_each_once_and_without_fabricated_ones() -> None:
    assert of("hadith", await gathered(gatherer())) == ["nasai:2", "nasai:1"]


async def test_each_school_speaks() -> None:
    assert of("fiqh", await gathered(gatherer())) == ["1", "2", "3"]


async def test_a_question_of_one_school_is_answered_from_it_and_what_states_none() -> None:
    asked = "ما حكم صيام المسافر عند الحنفية"
    source = gatherer()
    assert of("fiqh", await gathered(source, SubQuestion(asked, asked, "asked"))) == ["1", "3"]


async def test_the_schools_that_are_asked_are_no_part_of_what_a_passage_must_say() -> None:
    passages = FixedPassages(*TRAVELLING)
    asked = "ما حكم صيام المسافر عند المذاهب الأربعة"
    found = await gathered(gatherer(passages=passages), SubQuestion(asked, asked, "asked"))
    assert (of("fiqh", found), {query for query, _ in passages.asked}) == (["1", "2", "3"], {"ما حكم صيام المسافر"})


async def test_an_english_question_is_looked_up_under_arabic_names_where_nothing_else_is_found() -> None:
    class Arabic(FixedPassages):
        async def candidates(self, query: str, **named: Any) -> list[Candidate]:
            return [] if query.isascii() else await super().candidates(query, **named)

    for asked, ids in (("ruling on fasting while travelling", ["1", "2", "3"]), ("ruling on fasting in a zeppelin", [])):
        found = await gathered(gatherer(passages=Arabic(*TRAVELLING)), SubQuestion(asked, asked, "asked"))
        assert of("fiqh", found) == ids
    thing = await gathered(gatherer(passages=Arabic(*TRAVELLING)), SubQuestion("fasting", "fasting", "thing"))
    assert of("fiqh", thing) == []


async def test_a_passage_that_shares_too_little_with_the_question_is_no_evidence() -> None:
    assert {each.kind for each in await gathered(gatherer(verses=verses("2:184"), held=0.6))} == {"quran", "tafsir"}


async def test_a_question_that_leans_on_another_wants_both_in_one_place() -> None:
    leaning = SubQuestion("ثواب الصيام", "ثواب الصيام", "aspect", "الصيام")
    assert await gathered(gatherer(held=0.8), leaning) == []

    class Apart:
        async def retrieve(self, query: str, **_: object) -> list[ScoredDocument]:
            return verses("2:183") if query == "الصيام" else verses("2:183", "3:1")

    assert of("quran", await gathered(gatherer(verses=Apart(), documents=()), leaning)) == ["2:183"]


async def test_a_word_of_a_question_finds_verses_alone_and_no_further_than_the_question_goes() -> None:
    word = SubQuestion("المسافر", "المسافر", "thing", "ما حكم صيام المسافر")

    class Within:
        async def retrieve(self, query: str, **_: object) -> list[ScoredDocument]:
            return verses("2:185", "4:101") if query == "المسافر" else [*verses("2:184", "2:185"), *verses("4:101", score=0.3)]

    found = await gathered(gatherer(verses=Within()), word)
    assert of("quran", found) == ["2:185"]
    assert {each.kind for each in found} == {"quran", "tafsir"}


async def test_only_what_is_installed_and_indexed_is_looked_into() -> None:
    source = gatherer(indexed=("sunnah", "handbook"), verses=verses("2:184"))
    installed = await source.installed()
    assert installed.kinds == ["hadith"]
    assert {each.kind for each in await gathered(source)} == {"hadith"}


async def test_what_may_not_be_shown_is_left_out() -> None:
    source = gatherer(allowed=lambda text: "ثان" not in text)
    assert of("hadith", await gathered(source)) == ["nasai:1"]


async def test_texts_are_those_of_their_sources() -> None:
    found = await gathered(gatherer(verses=verses("2:185")))
    assert found[0].document.text == verse("2:185").text
    assert next(each.document for each in found if each.kind == "hadith") in SAYINGS
