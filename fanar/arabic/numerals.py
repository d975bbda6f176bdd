"""Numbers written out in Arabic or English words, in every case ending. Knows nothing of operators or units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from fanar.arabic.normalization import normalize

_UNITS = {
    0: "صفر zero",
    1: "واحد واحدة one",
    2: "اثنان اثنين اثنتان اثنتين اتنين ثنين زوج جوج two",
    3: "ثلاثة ثلاث تلاتة تلات three",
    4: "أربعة أربع four",
    5: "خمسة خمس five",
    6: "ستة ست six",
    7: "سبعة سبع seven",
    8: "ثمانية ثماني ثمان تمانية تمنية eight",
    9: "تسعة تسع nine",
}
_TEENS = {
    10: "عشرة عشر ten",
    11: "حداشر احدعشر eleven",
    12: "اتناشر اطناشر اثناعشر twelve",
    13: "تلتاشر thirteen",
    14: "اربعتاشر fourteen",
    15: "خمستاشر خمسطاشر fifteen",
    16: "ستاشر sixteen",
    17: "سبعتاشر seventeen",
    18: "تمنتاشر eighteen",
    19: "تسعتاشر nineteen",
}
_TENS = {
    20: "عشرون عشرين twenty",
    30: "ثلاثون ثلاثين تلاتين thirty",
    40: "أربعون أربعين forty",
    50: "خمسون خمسين fifty",
    60: "ستون ستين sixty",
    70: "سبعون سبعين seventy",
    80: "ثمانون ثمانين تمانين eighty",
    90: "تسعون تسعين ninety",
}
HUNDREDS = {
    100: "مائة مئة ماية مية",
    200: "مائتان مائتين مائتا مائتي مئتان مئتين مئتا مئتي مايتان مايتين مايتا مايتي ميتان ميتين ميتا ميتي",
    300: "ثلاثمائة ثلاثمئة ثلاثماية ثلثمائة",
    400: "أربعمائة أربعمئة أربعماية",
    500: "خمسمائة خمسمئة خمسماية",
    600: "ستمائة ستمئة ستماية",
    700: "سبعمائة سبعمئة سبعماية",
    800: "ثمانمائة ثمانمئة ثمانماية ثمنمائة ثمانيمائة",
    900: "تسعمائة تسعمئة تسعماية",
}
"""Hundreds in one word, as they are spelled."""
_SCALES = {
    10**3: "ألف ألفا آلاف thousand",
    10**6: "مليون مليونا ملايين million",
    10**9: "مليار مليارا مليارات بليون بليونا بلايين billion",
    10**12: "تريليون تريليونا تريليونات trillion",
}
_TWO_OF = {10**3: "ألفان ألفين ألفي", 10**6: "مليونان مليونين مليوني", 10**9: "ملياران مليارين ملياري بليونان بليونين"}
# What stands only before «عشر»: «أحد» alone is somebody.
_BEFORE_TEN = {1: "أحد إحدى", 2: "اثنا اثني اثنتا اثنتي"}


def _table(rows: Mapping[int, str]) -> Mapping[str, int]:
    return {form: value for value, forms in rows.items() for form in normalize(forms).split()}


_UNIT, _TEEN, _TEN_MORE, _HUNDRED = map(_table, (_UNITS, _TEENS, _TENS, HUNDREDS))
SCALES = _table(_SCALES)
"""Word in `search` form → what it multiplies the number before it by."""
TWICE = _table(_TWO_OF)
"""Dual of a scale in `search` form → the scale: «ألفين» is two thousands."""
_OF_TEENS = {**_UNIT, **_table(_BEFORE_TEN)}
_TEN = frozenset(normalize("عشر عشرة").split())
_ONE_HUNDRED = frozenset((*(form for form, value in _HUNDRED.items() if value == 100), "hundred"))

_Read = tuple[int, int]  # a value, and the position after its words


def read_numeral(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """Read the number that is written out from `words[start]` on, in `search` form; return it and the position after it, or None."""
    # Most words begin no number, which one look tells.
    if _word(words, start) not in _FIRST:
        return None
    total, at, least = 0, start, inf
    while (group := _group(words, at, inside=at > start)) is not None:
        value, scale, after = group
        if scale >= least:
            break
        total, at, least = total + value * scale, after, scale
    return (total, at) if at > start else None


def _group(words: Sequence[str], at: int, *, inside: bool) -> tuple[int, int, int] | None:
    """Read (a number below 1,000, what it is thousands or millions of, the position after both)."""
    # "one thousand and two", and not "one thousand and two hundred", which are as often two numbers.
    if inside and _word(words, at) == "and" and (read := _below_hundred(words, at + 1, inside=False)) and _unscaled(words, read[1]):
        return read[0], 1, read[1]
    word = _said(words, at, inside=inside)
    if word in TWICE:
        return 2, TWICE[word], at + 1
    if word in SCALES:
        return 1, SCALES[word], at + 1
    read = _below_thousand(words, at, inside=inside)
    if read is None:
        return None
    value, after = read
    scale = SCALES.get(_word(words, after), 0)
    return (value, scale, after + 1) if scale and value else (value, 1, after)


def _below_thousand(words: Sequence[str], at: int, *, inside: bool) -> _Read | None:
    hundreds = _hundreds(words, at, inside=inside)
    if hundreds is None:
        return _below_hundred(words, at, inside=inside)
    value, after = hundreds
    joined = after + (_word(words, after) == "and")
    rest = _below_hundred(words, joined, inside=True)
    if rest is None or not rest[0] or _word(words, rest[1]) in _ONE_HUNDRED:
        return hundreds
    return value + rest[0], rest[1]


def _hundreds(words: Sequence[str], at: int, *, inside: bool) -> _Read | None:
    word, following = _said(words, at, inside=inside), _word(words, at + 1)
    value = _HUNDRED.get(word, 100 if word == "hundred" else 0)
    if value:
        return value, at + 1
    unit = _UNIT.get(word, 0)
    return (unit * 100, at + 2) if unit and following in _ONE_HUNDRED else None


def _below_hundred(words: Sequence[str], at: int, *, inside: bool) -> _Read | None:
    word, following = _said(words, at, inside=inside), _word(words, at + 1)
    if following in _TEN and _OF_TEENS.get(word, 0) > 0:
        return _OF_TEENS[word] + 10, at + 2
    if word in _TEEN:
        return _TEEN[word], at + 1
    if word in _TEN_MORE:
        unit = _UNIT.get(following, 0) if following.isascii() else 0
        return _TEN_MORE[word] + unit, at + 1 + bool(unit)
    if word not in _UNIT:
        return None
    tens = _TEN_MORE.get(_said(words, at + 1, inside=True), 0) if _UNIT[word] and not word.isascii() else 0
    return _UNIT[word] + tens, at + 1 + bool(tens)


def _unscaled(words: Sequence[str], at: int) -> bool:
    return _word(words, at) not in _ONE_HUNDRED and _word(words, at) not in SCALES


def _said(words: Sequence[str], at: int, *, inside: bool) -> str:
    """Return the word at a place, without the «و» that joins it to what stands before it within a number."""
    word = _word(words, at)
    if inside and word.startswith("و") and word[1:] in _KNOWN:
        return word[1:]
    return word


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


_KNOWN = frozenset((*_OF_TEENS, *_TEEN, *_TEN_MORE, *_HUNDRED, *SCALES, *TWICE))
_FIRST = _KNOWN | _ONE_HUNDRED
