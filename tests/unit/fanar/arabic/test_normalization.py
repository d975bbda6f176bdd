"""Normal forms make spellings of a word equal, and their offsets lead back to the original."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanar.arabic.normalization import Level, compact, normalize, normalize_with_offsets, skeleton

LEVELS: tuple[Level, ...] = ("search", "skeleton", "compact")
FORMS = {"search": normalize, "skeleton": skeleton, "compact": compact}
ARABIC = st.text(
    alphabet=st.sampled_from(list("ابتةهويىءآأؤئٱلصز ")) | st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=60
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("الصَّلَاةُ", "الصلاه"),
        ("أإآٱا", "ااااا"),
        ("مـــرحـــبا", "مرحبا"),
        ("هدى", "هدي"),
        ("مسؤول شيء شئ", "مسوول شي شي"),
        ("کتاب یک پگ", "كتاب يك بك"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("Qurʾān AL-Baqarah", "qur'an al-baqarah"),
        ("ﻻ ﷲ ﷺ", "لا الله صلي الله عليه وسلم"),
        ("بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ", "بسم الله الرحمن"),
        ("إِبْرَٰهِـۧمَ", "ابرهيم"),
        ("مر\u200fح\u202eبا\u2066\U000e0041", "مرحبا"),
        ("a\u00a0b", "a b"),
    ],
)
def test_spellings_of_a_word_become_one(written: str, normal: str) -> None:
    assert normalize(written) == normal


@pytest.mark.parametrize(
    ("uthmani", "everyday"),
    [
        ("ٱلصَّلَوٰةَ", "الصلاة"),
        ("ٱلصَّلَوٰةَ", "الصلوة"),
        ("ٱلرِّبَوٰا۟", "الربا"),
        ("ٱلرِّبَوٰا۟", "الربوا"),
        ("ٱلسَّمَـٰوَٰتِ", "السموات"),
        ("ٱلتَّوْرَىٰةَ", "التوراة"),
        ("دَاوُۥدَ", "داوود"),
        ("ٱلنَّبِيِّـۧنَ", "النبيين"),
        ("إِۦلَـٰفِهِمْ", "إيلافهم"),
        ("ٱلَّيْلِ", "الليل"),
        ("سَيِّـَٔاتِكُمْ", "سيئاتكم"),
        ("نُـۨجِى", "ننجي"),
        ("مَلَإِي۟هِۦ", "ملئه"),
        ("ضَلَـٰلٍ", "ضلال"),
    ],
)
def test_uthmani_and_everyday_spelling_share_a_skeleton(uthmani: str, everyday: str) -> None:
    assert skeleton(uthmani) == skeleton(everyday)


def test_words_that_the_spellings_divide_differently_share_a_compact_form() -> None:
    assert compact("يَـٰٓأَيُّهَا ٱلنَّاسُ") == compact("يا أيها الناس!")


@pytest.mark.parametrize("level", LEVELS)
@given(text=ARABIC)
def test_the_form_with_offsets_is_the_form_without(level: Level, text: str) -> None:
    assert normalize_with_offsets(text, level=level).text == FORMS[level](text)


@pytest.mark.parametrize("level", LEVELS)
@given(text=st.text(max_size=80))
def test_offsets_ascend_and_stay_within_the_text(level: Level, text: str) -> None:
    form = normalize_with_offsets(text, level=level)
    assert list(form.offsets) == sorted(form.offsets)
    assert len(form.offsets) == len(form.text)
    assert all(0 <= at < len(text) for at in form.offsets)


def test_a_span_covers_the_marks_of_its_last_letter() -> None:
    text = "قال ٱلْحَمْدُ، ثم"
    form = normalize_with_offsets(text)
    at = form.text.index("الحمد")
    start, end = form.original_span(at, at + 5)
    assert text[start:end] == "ٱلْحَمْدُ"


def test_a_span_begins_at_the_hamza_that_opens_its_word() -> None:
    text = "قل ءَامَنُوا۟ به"
    form = normalize_with_offsets(text, level="compact")
    at = form.text.index("من")
    start, end = form.original_span(at, at + 3)
    assert text[start:end].startswith("ءَامَنُوا۟")


def test_a_span_that_ends_within_a_ligature_covers_it() -> None:
    form = normalize_with_offsets("ﷲ أكبر")
    assert form.original_span(0, 2) == (0, 1)


def test_an_empty_span_is_a_place() -> None:
    form = normalize_with_offsets("أب")
    assert (form.original_span(1, 1), form.original_span(2, 2)) == ((1, 1), (2, 2))


@given(text=st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_becomes_encodable(text: str) -> None:
    normalize(text + "\ud800\udfff").encode()


@pytest.mark.parametrize("unit", ["ا\u064e\u0651", "e\u0301\u0301\u0301", "\udc00", "وو", "سورة ", "ـٰى", "ء"])
def test_time_is_linear_in_hostile_text(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            normalize_with_offsets(text, level="compact")
            best = min(best, time.process_time() - begun)
        return best

    assert cost(80_000) < 40 * cost(8_000) + 0.01
