"""Grades of hadith: the words that collections use for them, and which of five they amount to. Knows nothing of any hadith."""

from __future__ import annotations

import re
from typing import Literal

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual

Grade = Literal["sahih", "hasan", "daif", "mawdu", "unstated"]

GRADES: dict[Grade, Bilingual] = {
    "sahih": Bilingual("authentic (sahih)", "صحيح"),
    "hasan": Bilingual("good (hasan)", "حسن"),
    "daif": Bilingual("weak (da`if)", "ضعيف"),
    "mawdu": Bilingual("fabricated (mawdu`)", "موضوع"),
    "unstated": Bilingual("no grade stated in the source", "لم تُذكر درجته في المصدر"),
}
"""What each is called."""

# The gravest word counts: «صحيح الإسناد» and «حسن صحيح» stay sound, «ضعيف جدا» and «منكر» are weak.
_WORDS: tuple[tuple[Grade, re.Pattern[str]], ...] = (
    ("mawdu", re.compile(r"موضوع|باطل|لا اصل|maudu|mawdu|fabricat")),
    ("daif", re.compile(r"ضعيف|منكر|شاذ|مرسل|da'?if|weak|munkar|shadh")),
    ("sahih", re.compile(r"صحيح|sahih|authentic")),
    ("hasan", re.compile(r"حسن|hasan|good")),
)


def grade_of(text: str) -> Grade:
    """Return the grade that these words state, in Arabic or English."""
    normal = normalize(text).lower()
    return next((grade for grade, words in _WORDS if words.search(normal)), "unstated")


def stated(grade: str) -> Bilingual:
    """Return what a grade is called."""
    return GRADES.get(grade, GRADES["unstated"])  # type: ignore[call-overload, no-any-return]
