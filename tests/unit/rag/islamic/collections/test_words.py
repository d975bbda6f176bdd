"""What a question names."""

from __future__ import annotations

import pytest

from rag.islamic.collections.words import collections_in, number_in, schools_in, without_names


@pytest.mark.parametrize(
    ("text", "collections"),
    [
        ("حديث في صحيح البخاري عن الصدق", ("bukhari",)),
        ("رواه مسلم", ("muslim",)),
        ("a hadith from Sahih Muslim", ("muslim",)),
        ("سنن الترمذي وابن ماجه", ("tirmidhi", "ibnmajah")),
        ("حديث عن مسلم يؤذي جاره", ()),
        ("a Muslim who hurts his neighbour", ()),
        ("how do I pray in Riyadh", ()),
        ("at what age does bulugh come", ()),
        ("riyadh al-salihin 52", ("riyadussalihin",)),
        ("bulugh 52", ("bulugh",)),
        ("حديث عن الصدق", ()),
    ],
)
def test_collections_are_named_and_everyday_words_are_none(text: str, collections: tuple[str, ...]) -> None:
    assert collections_in(text) == collections


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("حديث رقم ١٠ في صحيح البخاري", "10"),
        ("Sahih al-Bukhari 13", "13"),
        ("hadith number 5", "5"),
        ("صحيح البخاري 2/17", "2/17"),
        ("حديث رقم ٢/١٧ في صحيح البخاري", "2/17"),
        ("البخاري رقم 52", "52"),
        ("رقم الحديث 52 في صحيح البخاري", "52"),
        ("الحديث 52 من صحيح مسلم", "52"),
        ("hadith 52 of bukhari", "52"),
        ("bukhari hadith 52", "52"),
        ("البخاري ح 52", "52"),
        ("الحديث الثاني والخمسون من البخاري", "52"),
        ("مسلم 1599", "1599"),
        ("حديث 3 خصال في البخاري", None),
        ("الحديث القدسي في البخاري", None),
        ("صحيح مسلم", None),
        ("في 10 أحاديث", None),
    ],
)
def test_a_number_is_one_beside_its_word_or_its_collection(text: str, number: str | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "schools"),
    [
        ("وعند المالكية؟", ("maliki",)),
        ("and the Hanafis?", ("hanafi",)),
        ("عند الشافعية والحنابلة", ("shafii", "hanbali")),
        ("الحنابلة ثم الأحناف", ("hanbali", "hanafi")),
        ("حديث رواه مالك", ()),
        ("المال والملك", ()),
    ],
)
def test_schools_are_named_in_their_order(text: str, schools: tuple[str, ...]) -> None:
    assert schools_in(text) == schools


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("حكم القنوت في المذهب المالكي", "حكم القنوت"),
        ("حديث في صحيح البخاري رقم 10", "حديث في"),
        ("حكم التأخر عن المدرسة", "حكم التاخر عن المدرسه"),
    ],
)
def test_what_is_named_is_no_part_of_the_subject(text: str, rest: str) -> None:
    assert without_names(text) == rest
