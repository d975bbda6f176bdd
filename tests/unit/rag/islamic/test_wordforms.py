"""Words without what is written onto them."""

from __future__ import annotations

import pytest

from rag.islamic.wordforms import bare_forms, possessed, verb_forms


@pytest.mark.parametrize(
    ("word", "noun"),
    [("والصلاه", "صلاه"), ("صلاته", "صلاه"), ("عالحج", "حج"), ("بالبنك", "بنك"), ("مرتو", "مرت"), ("كتاب", "كتاب")],
)
def test_article_prepositions_and_pronouns_come_off(word: str, noun: str) -> None:
    if len(noun) < 3:
        assert noun not in bare_forms(word)
    else:
        assert noun in bare_forms(word)


@pytest.mark.parametrize(("word", "other"), [("الغيبه", "الغيب"), ("والغيبه", "غيب"), ("للامه", "ام")])
def test_what_has_the_article_has_no_pronoun(word: str, other: str) -> None:
    assert other not in bare_forms(word)


@pytest.mark.parametrize(("word", "other"), [("كتاب", "تاب"), ("حساب", "ساب"), ("سميت", "ميت"), ("سكره", "كره"), ("جماعه", "جماع")])
def test_letters_of_the_word_itself_stay_on_it(word: str, other: str) -> None:
    assert other not in bare_forms(word)


@pytest.mark.parametrize(("word", "form"), [("كتصلي", "تصلي"), ("هيقول", "يقول"), ("كالصبر", "صبر")])
def test_what_is_written_onto_spoken_verbs_and_behind_it_an_article_comes_off(word: str, form: str) -> None:
    assert form in bare_forms(word)


@pytest.mark.parametrize(("word", "noun"), [("اموالهم", "اموال"), ("صلاتكم", "صلاه"), ("الهتهم", "الهه"), ("ذنوبنا", "ذنوب")])
def test_a_noun_is_known_behind_its_pronoun(word: str, noun: str) -> None:
    assert possessed(word)[0] == noun


@pytest.mark.parametrize("word", ["صبر", "منهم", "كتابه", "لكم"])
def test_a_word_without_such_a_pronoun_or_too_short_for_one_has_no_noun(word: str) -> None:
    assert possessed(word) == ()


@pytest.mark.parametrize(("word", "verb"), [("كيكتبو", "كتب"), ("هتدخل", "دخل"), ("بيحفظ", "حفظ"), ("منتوضا", "منتوض"), ("نشاور", "شاور")])
def test_persons_and_endings_of_spoken_verbs_come_off(word: str, verb: str) -> None:
    assert verb in verb_forms(word)


def test_the_least_cut_form_comes_first() -> None:
    forms = verb_forms("بيكتبوها")
    assert list(forms) == sorted(forms, key=lambda form: -len(form)) or len(forms[0]) >= len(forms[-1])
    assert "بيكتبوها" not in forms


def test_at_least_three_letters_remain() -> None:
    assert all(len(form) >= 3 for form in (*verb_forms("والبيت"), *bare_forms("والبيت")))


def test_a_word_too_short_to_be_cut_has_no_other_form() -> None:
    assert verb_forms("من") == ()
