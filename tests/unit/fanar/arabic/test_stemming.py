"""Stems bring the forms of a word together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from fanar.arabic.normalization import normalize
from fanar.arabic.stemming import light10, root, snowball


@pytest.mark.parametrize(("word", "stem"), [("والمسلمون", "مسلم"), ("المكتبات", "مكتب"), ("لله", "لل"), ("كتابها", "كتاب"), ("في", "في")])
def test_light10_cuts_article_waw_and_endings(word: str, stem: str) -> None:
    assert light10(normalize(word)) == stem


@pytest.mark.parametrize(
    ("forms", "consonants"),
    [(("اجتماعات", "المجتمع", "يجتمعون"), "جمع"), (("يستخدمون", "الاستخدام", "مستخدم"), "خدم"), (("كتاب", "مكتوب", "المكتبة"), "كتب")],
)
def test_root_brings_derived_forms_together(forms: tuple[str, ...], consonants: str) -> None:
    assert {root(normalize(form)) for form in forms} == {consonants}


def test_snowball_stems_both_languages() -> None:
    assert snowball("running") == "run"
    assert snowball("المسلمون") == snowball("مسلمون")


def test_snowball_may_be_used_by_many_threads() -> None:
    words = [f"{stem}{ending}" for stem in ("يكتب", "معلم", "مدرس", "connect", "walk") for ending in ("ون", "ات", "ing", "s", "ها")] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(snowball, words)) == [snowball(word) for word in words]


@pytest.mark.parametrize("stemmer", [light10, root, snowball])
def test_what_is_no_word_stays_as_it_is(stemmer: object) -> None:
    monster = "ال" * 5_000
    assert callable(stemmer)
    assert stemmer(monster) == monster
    assert stemmer("") == ""
