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
    "(ع)": "عليه السلام",
    "ص": "صفحة",
    "ج": "الجزء",
    "#": "رقم ",
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
    "Co.": "Company",
    "Inc.": "Incorporated",
    "Ltd.": "Limited",
    "Jr.": "Junior",
    "Sr.": "Senior",
    "Ave.": "Avenue",
    "Blvd.": "Boulevard",
    "Rd.": "Road",
    "Gen.": "General",
    "Gov.": "Governor",
    "Capt.": "Captain",
    "Mt.": "Mount",
    "Mon.": "Monday",
    "Tue.": "Tuesday",
    "Wed.": "Wednesday",
    "Thu.": "Thursday",
    "Fri.": "Friday",
    "#": "number ",
    "PBUH": "peace be upon him",
    "&": " and ",
    "+": " plus ",
    "=": " equals ",
    "@": " at ",
}
# What stands before or behind it, where that decides whether it is meant.
_BEFORE = {"ص": r"(?<!\w)(?<!\d\s)", "ج": r"(?<!\w)(?<!\d\s)"}
_AFTER = {
    "ص": r"(?=\.?\s?\d)",
    "ج": r"(?=\.?\s?\d)",
    "#": r"(?=\d)",
    # Before a figure it belongs to a telephone number, between two it adds them.
    "+": r"(?:(?!\d)|(?<=\d\+))",
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
        before = _BEFORE.get(short, r"(?<!\w)" if short[0].isalpha() else "")
        after = _AFTER.get(short) or (r"(?=\s?[^\W\d_]{2})(?<!\d)" if short in _TITLES else r"(?!\w)" if short[-1].isalpha() else "")
        words.append(before + re.escape(short) + after)
    return re.compile("|".join(words))


_AR, _EN = _pattern(_ARABIC), _pattern(_ENGLISH)
