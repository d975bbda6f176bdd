"""The spellings of a word agree; another letter or vowel does not."""

from __future__ import annotations

import pytest

from fanar.attribution.spelling import Agreement, agreement
from fanar.attribution.written import bare, is_vocalised


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("الصلاة", "ٱلصَّلَوٰةَ"),
        ("الصَّلَاةَ", "ٱلصَّلَوٰةَ"),
        ("الصلوة", "ٱلصَّلَوٰةَ"),
        ("الصلاه", "ٱلصَّلَوٰةَ"),
        ("الرِّبَا", "ٱلرِّبَوٰا۟"),
        ("السموات", "ٱلسَّمَـٰوَٰتِ"),
        ("آمنوا", "ءَامَنُوا۟"),
        ("آمَنُوا", "ءَامَنُوا۟"),
        ("ءامنوا", "ءَامَنُوا۟"),
        ("امنوا", "ءَامَنُوا۟"),
        ("ياأيها", "يَـٰٓأَيُّهَا"),
        ("يأيها", "يَـٰٓأَيُّهَا"),
        ("داوود", "دَاوُۥدُ"),
        ("شيء", "شَىْءٍ"),
        ("شئ", "شَىْءٍ"),
        ("الليل", "ٱلَّيْلِ"),
        ("أولو", "أُو۟لُوا۟"),
        ("أَسْأَلُكُمْ", "أَسْـَٔلُكُمْ"),
        ("يُحْيِي", "يُحْىِۦ"),
        ("جاءوا", "جَآءُو"),
        ("سيئات", "سَيِّـَٔاتِ"),
        ("جَآءَ", "جَا\u0653ءَ"),
        ("يَـ\u064e\u0654ودُ", "يَـ\u0654\u064eودُ"),
        ("بسطة", "بَصْۜطَةً"),
        ("رحمة", "رَحْمَتَ"),
        ("هُدىً", "هُدًى"),
        ("كتاباً", "كِتَـٰبًا"),
        ("أَلاَّ", "أَلَّا"),
        ("وَجَدْتُمْ", "وَجَدتُّمْ"),
        ("لَهُ", "لَهُۥ"),
        ("العالمينْ", "ٱلْعَـٰلَمِينَ"),
        ("الملائكة", "ٱلْمَلَـٰٓئِكَةِ"),
        ("الملايكة", "ٱلْمَلَـٰٓئِكَةِ"),
        ("فَاسْأَلُوا", "فَسْـَٔلُوا۟"),
        ("وَمَلَئِهِ", "وَمَلَإِي۟هِۦ"),
        ("عوجًا", "عِوَجَا"),
        ("ان", "إِنَّ"),
        ("أآلهتنا", "ءَأَـٰلِهَتُنَا"),
        ("الرحمان", "ٱلرَّحْمَـٰنِ"),
        ("ا\u0654ن", "أَنْ"),
        ("ا\u0655ن", "إِنْ"),
        ("يو\u0654منون", "يُؤْمِنُونَ"),
    ],
)
def test_spellings_of_a_word_agree(written: str, canonical: str) -> None:
    assert agreement(written, canonical) is Agreement.SAME


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("حُرِّمَ", "حَرَّمَ"),
        ("حَرَمَ", "حَرَّمَ"),
        ("إن", "أَنَّ"),
        ("أمن", "ءَامَنَ"),
        ("كتابٍ", "كِتَـٰبٌ"),
        ("قَتَّلَ", "قَتَلَ"),
        ("شَيْءٌ", "شَىْءٍ"),
        ("سَيِّئُات", "سَيِّـَٔات"),
    ],
)
def test_a_vowel_that_contradicts_is_a_conflict(written: str, canonical: str) -> None:
    assert agreement(written, canonical) is Agreement.VOWELS_CONFLICT


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("واحد", "أَحَدٌ"),
        ("الصابرون", "ٱلصَّـٰبِرِينَ"),
        ("لهو", "لَهُۥ"),
        ("قال", "قُلْ"),
        ("قل", "قَالَ"),
        ("إللا", "إِلَّا"),
        ("ربي", "رَبِّ"),
        ("سأل", "سَآئِلٌ"),
        ("قال", "قَآئِلٌ"),
        ("فيها", "فِيهِ"),
        ("نعمة", "نَعْمَلَ"),
        ("", "قُلْ"),
        ("قل" * 100, "قُلْ"),
        ("\u064b", "قُلْ"),
    ],
)
def test_another_word_is_different(written: str, canonical: str) -> None:
    assert agreement(written, canonical) is Agreement.DIFFERENT


def test_bare_letters_keep_hamza_and_dots() -> None:
    assert bare("ٱلسَّمَا\u0653ءِ") == "السماء"
    assert bare("أُمَّةٌ") == "أمة"


def test_a_vocalised_word_is_known() -> None:
    assert is_vocalised("قُل")
    assert not is_vocalised("قل")
