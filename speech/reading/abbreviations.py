"""Abbreviations and signs, and what is said for them. Knows nothing of figures."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ARABIC = {
    "أ.د.": "الأستاذ الدكتور",
    "أ. د.": "الأستاذ الدكتور",
    "د.": "الدكتور",
    "أ.": "الأستاذ",
    "م.": "المهندس",
    "ص.ب": "صندوق بريد",
    "ص.ب.": "صندوق بريد",
    "إلخ": "إلى آخره",
    "الخ": "إلى آخره",
    "ق.م": "قبل الميلاد",
    "ق.هـ": "قبل الهجرة",
    "ﷺ": "صلى الله عليه وسلم",
    "(ص)": "صلى الله عليه وسلم",
    "ﷻ": "جل جلاله",
    "﵀": "رحمه الله",
    "﵁": "رضي الله عنه",
    "﵂": "رضي الله عنها",
    "﵃": "رضي الله عنهم",
    "﵇": "عليه السلام",
    "&": " و ",
    "+": " زائد ",
    "=": " يساوي ",
    "@": " آت ",
}
_ENGLISH = {
    "Dr.": "Doctor",
    "Mr.": "Mister",
    "Mrs.": "Missus",
    "Ms.": "Miz",
    "Prof.": "Professor",
    "St.": "Saint",
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "vs.": "versus",
    "approx.": "approximately",
    "No.": "number",
    "PBUH": "peace be upon him",
    "&": " and ",
    "+": " plus ",
    "=": " equals ",
    "@": " at ",
}
# Of a single letter with a point only a title before a name is meant: not the end of a list's line, nor a year's «م.».
_TITLES = frozenset(("د.", "أ.", "م."))


def write_arabic(text: str) -> str:
    """Return `text` with the abbreviations of Arabic written out."""
    return _AR.sub(lambda found: _ARABIC[found[0]], text)


def write_english(text: str) -> str:
    """Return `text` with the abbreviations of English written out."""
    return _EN.sub(lambda found: _ENGLISH[found[0]], text)


def _pattern(table: Mapping[str, str]) -> re.Pattern[str]:
    words = []
    for short in sorted(table, key=len, reverse=True):
        before = r"(?<!\w)" if short[0].isalpha() else ""
        after = r"(?=\s?[^\W\d_]{2})(?<!\d)" if short in _TITLES else r"(?!\w)" if short[-1].isalpha() else ""
        words.append(before + re.escape(short) + after)
    return re.compile("|".join(words))


_AR, _EN = _pattern(_ARABIC), _pattern(_ENGLISH)
