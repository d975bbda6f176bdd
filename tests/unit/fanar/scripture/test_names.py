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


def _transliterations(name: str) -> set[str]:
    """Return `name` as people write it who leave marks and hyphens out, double vowels, or hear other letters."""
    article, _, stem = name.rpartition("-") if name[:1] == "A" and "-" in name[:4] else ("", "", name)
    stems = {stem, stem.replace("'", ""), stem.replace("'", "’")}
    stems |= {each[:-2] + ending for each in stems if each.endswith("ah") for ending in ("a", "at", "eh")}
    for old, new in (("i", "ee"), ("u", "oo"), ("u", "ou"), ("q", "k"), ("aw", "au"), ("ay", "ai"), ("dh", "z")):
        stems |= {each.replace(old, new) for each in list(stems) if len(stems) < 200}
    articles = (f"{article}-", f"{article} ", "Al-", "al ", "El-", "") if article else ("",)
    return {f"{each}{stem}" for each in articles for stem in stems}


def test_transliterations_of_every_kind_find_their_surah_and_hardly_ever_another() -> None:
    spelt = [(s.number, spelling) for s in SURAHS for spelling in _transliterations(s.transliteration)]
    found = [(number, surah_number(spelling, introduced=True)) for number, spelling in spelt]
    assert len(spelt) > 2_000
    assert sum(number == hit for number, hit in found) >= 0.99 * len(found)
    assert sum(hit not in (None, number) for number, hit in found) <= 0.001 * len(found)


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (74, "المدتر|Mudathir|al-Muddathir|El Mudassir"),
        (108, "الكوتر|Al-Kowsar|el kawthar"),
        (51, "الداريات|Az-Zariyat|Dhariyaat"),
        (87, "الاعلا|El-A'la|al aala"),
        (5, "Al-Maeda|El Maidah|Maaidah"),
        (112, "Al-Ikhlaas|El-Ikhlas|ikhlas"),
    ],
)
def test_unusual_spellings_count_behind_the_word_surah(number: int, names: str) -> None:
    assert {surah_number(name, introduced=True) for name in names.split("|")} == {number}


@pytest.mark.parametrize(
    "word",
    [
        "after",
        "before",
        "number",
        "called",
        "which",
        "that",
        "first",
        "in",
        "revealed",
        "story",
        "more",
        "like",
        "short",
        "long",
        "not",
        "all",
        "and",
        "please",
        "نزلت",
        "كاملة",
        "مدنية",
    ],
)
def test_words_that_follow_the_word_surah_are_no_names(word: str) -> None:
    assert surah_number(word, introduced=True) is None
