"""Prompts that name verses."""

from __future__ import annotations

import pytest

from rag.islamic.lexicon import load_lexicon
from rag.islamic.lookup import Lookup, VerseLookup
from tests.unit.rag.islamic.quran import documents, scripture


@pytest.fixture(scope="module")
def lookup() -> VerseLookup:
    return VerseLookup(scripture=scripture(), lexicon=load_lexicon())


def _references(found: Lookup | None) -> list[str]:
    assert found is not None
    return [str(each.reference) for each in found.found]


@pytest.mark.parametrize(
    ("prompt", "reference"),
    [
        ("2:255", "2:255"),
        ("البقرة ٢٥٥", "2:255"),
        ("اقرأ آية الكرسي", "2:255"),
        ("Al-Baqarah 255", "2:255"),
        ("Show me Ayat al-Kursi please", "2:255"),
        ("الآية 5 من سورة المائدة", "5:5"),
        ("Quran 2:184-185", "2:184-185"),
        ("سورة الإخلاص", "112:1-4"),
        ("Al-Fatihah", "1:1-7"),
        ("الكوثر", "108:1-3"),
        ("اقرالي سورة الفيل كاملة", "105:1-5"),
        ("اكتب لي سورة الإخلاص", "112:1-4"),
        ("ما تفسير الآية 2:255؟", "2:255"),
    ],
)
def test_a_verse_is_found_in_all_usual_spellings(lookup: VerseLookup, prompt: str, reference: str) -> None:
    assert _references(lookup.read(prompt)) == [reference]


@pytest.mark.parametrize("spelling", ["{s}:{a}", "[{s}:{a}]", "سورة {s} آية {a}"])
def test_every_verse_round_trips(lookup: VerseLookup, spelling: str) -> None:
    for document in documents()[::23]:
        surah, ayah = document.metadata["surah"], document.metadata["ayah"]
        found = lookup.read(spelling.format(s=surah, a=ayah))
        assert found is not None
        assert [verse.text for each in found.found for verse in each.verses] == [document.text]


def test_surahs_that_go_by_one_name_are_shown_together(lookup: VerseLookup) -> None:
    assert _references(lookup.read("اقرأ لي المعوذتين")) == ["113:1-5", "114:1-6"]
    assert _references(lookup.read("المعوذات")) == ["112:1-4", "113:1-5", "114:1-6"]
    assert lookup.read("ما فضل المعوذتين قبل النوم؟") is None


def test_a_verse_that_does_not_exist_is_said_so(lookup: VerseLookup) -> None:
    found = lookup.read("اقرأ 2:300")
    assert found is not None
    assert (found.found, found.unknown) == ((), ("2:300",))


@pytest.mark.parametrize(
    "prompt", ["ما حكم صيام المسافر؟", "عمّ تتحدث سورة يوسف وما عبرتها؟", "why was surah Yusuf revealed?", "يوسف", "النور", ""]
)
def test_a_question_is_no_lookup(lookup: VerseLookup, prompt: str) -> None:
    assert lookup.read(prompt) is None


def test_a_long_surah_is_bounded_and_a_short_one_is_whole(lookup: VerseLookup) -> None:
    long, short = lookup.read("سورة البقرة"), lookup.read("سورة الملك")
    assert long is not None
    assert short is not None
    assert (len(long.found[0].verses), long.found[0].complete, long.found[0].opens) == (10, False, True)
    assert (len(short.found[0].verses), short.found[0].complete) == (30, True)


def test_the_basmala_opens_whole_surahs_but_the_first_and_the_ninth(lookup: VerseLookup) -> None:
    for prompt, opens in (("سورة الإخلاص", True), ("سورة الفاتحة", False), ("سورة التوبة", False), ("112:1", False)):
        found = lookup.read(prompt)
        assert found is not None
        assert found.found[0].opens is opens


def test_many_references_are_bounded_and_each_is_there_once(lookup: VerseLookup) -> None:
    found = lookup.read("2:1 2:1 2:2 2:3 2:4 2:5 2:6 2:7")
    assert len(_references(found)) == len(set(_references(found))) <= 5
