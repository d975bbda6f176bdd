"""Names of surahs are recognised in the spellings people use."""

from __future__ import annotations

import pytest

from fanar.errors import NotFoundError
from fanar.scripture.names import is_everyday_word, name_key, surah_number
from fanar.scripture.surahs import SURAHS, surah


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (2, "Al-Baqara|Baqarah|Albaqarah|al bakara|البقره|بقرة|البَقَرَة"),
        (3, "Aal-e-Imran|Al-Imran|Ali Imran|Aal Imraan|آل عمران|ال عِمران"),
        (4, "Annisa|An Nisaa|An-Nisa'"),
        (36, "Yaseen|Yasin|Ya Seen|يس|ياسين"),
        (93, "Ad-Dhuha|Adh-Dhuha|Ad Duhaa|الضحي"),
        (108, "Al Kauthar|Kowthar|Kausar"),
        (9, "Taubah|Tauba|At-Tawba|براءة|براءه"),
        (23, "Al-Mu’minoon|Muminun|المؤمنين"),
        (17, "الاسراء|بني اسرائيل|Bani Israil|al-Israa"),
        (40, "المؤمن|غافر|Ghaafir"),
    ],
)
def test_spellings_of_a_name_fall_together(number: int, names: str) -> None:
    assert {surah_number(name, introduced=True) for name in names.split("|")} == {number}


def test_each_surah_is_found_by_each_of_its_usual_names() -> None:
    assert all(surah_number(name, introduced=False) == s.number for s in SURAHS for name in (s.name, s.transliteration))


def test_other_names_count_only_where_a_surah_is_announced() -> None:
    assert surah_number("الدين", introduced=False) is None
    assert surah_number("الدين", introduced=True) == 107


def test_no_name_no_surah() -> None:
    assert surah_number("", introduced=True) is None
    assert surah_number("الغضب", introduced=True) is None
    assert name_key("…") == ""


def test_everyday_words_are_known() -> None:
    assert is_everyday_word(12)
    assert not is_everyday_word(2)


def test_numbers_agree_with_the_kufan_count() -> None:
    assert [s.number for s in SURAHS] == list(range(1, 115))
    assert sum(s.verses for s in SURAHS) == 6236
    assert sum(s.place == "madani" for s in SURAHS) == 28


def test_there_is_no_surah_beyond_the_last() -> None:
    assert surah(114).name == "الناس"
    for number in (0, 115):
        with pytest.raises(NotFoundError):
            surah(number)
