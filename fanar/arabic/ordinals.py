"""Numbers from 1 to 99 as people say and order them: «الثلاثون», "twenty-first", "30th". Knows nothing of what is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fanar.arabic.words import normal_forms

_DIGITS = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?")

_UNITS = (
    "أول الأول الأولى أولى الحادي الحادية واحد واحدة first one",
    "ثاني الثاني الثانية ثانية اثنان اثنين اثنتين second two",
    "ثالث الثالث الثالثة التالت التالتة ثلاث ثلاثة تلاتة third three",
    "رابع الرابع الرابعة أربع أربعة fourth four",
    "خامس الخامس الخامسة خمس خمسة fifth five",
    "سادس السادس السادسة ست ستة sixth six",
    "سابع السابع السابعة سبع سبعة seventh seven",
    "ثامن الثامن الثامنة التامن التامنة ثمان ثماني ثمانية eighth eight",
    "تاسع التاسع التاسعة تسع تسعة ninth nine",
    "عاشر العاشر العاشرة عشر عشرة tenth ten",
)
_TEENS = "eleventh eleven|twelfth twelve|thirteenth thirteen|fourteenth fourteen|fifteenth fifteen|sixteenth sixteen"
_LATER_TEENS = "seventeenth seventeen|eighteenth eighteen|nineteenth nineteen"
_TENS = (
    "عشرون عشرين twentieth twenty|ثلاثون ثلاثين تلاتين thirtieth thirty|أربعون أربعين fortieth forty|خمسون خمسين fiftieth fifty|"
    "ستون ستين sixtieth sixty|سبعون سبعين seventieth seventy|ثمانون ثمانين eightieth eighty|تسعون تسعين ninetieth ninety"
)
_TEN = normal_forms("عشر عشرة")


def _table(groups: Sequence[str], values: Sequence[int]) -> Mapping[str, int]:
    return {form: value for value, forms in zip(values, groups, strict=True) for form in normal_forms(forms)}


_UNIT = _table(_UNITS, range(1, 11))
_TEEN = _table([*_TEENS.split("|"), *_LATER_TEENS.split("|")], range(11, 20))
_TWENTY = _table(_TENS.split("|"), range(20, 100, 10))


def number_said(words: Sequence[str], at: int) -> tuple[int, int]:
    """Return (value, words used) of the number, in digits or words, that begins at `at`; (0, 0) for none. Words are in `search` form."""
    word = _word(words, at)
    digits = _DIGITS.fullmatch(word)
    if digits:
        return int(digits[1]), 1
    if word in _TEEN:
        return _TEEN[word], 1
    if tens := _tens(word):
        unit = _UNIT.get(_word(words, at + 1), 0) if word.isascii() else 0
        return (tens + unit, 2) if 0 < unit < 10 else (tens, 1)
    unit = _UNIT.get(word, 0)
    following = _word(words, at + 1)
    if 0 < unit < 10 and following in _TEN and not word.isascii():
        return unit + 10, 2
    if 0 < unit < 10 and following.startswith("و") and _tens(following[1:]):
        return unit + _tens(following[1:]), 2
    return (unit, 1) if unit else (0, 0)


def _tens(word: str) -> int:
    return _TWENTY.get(word, 0) or _TWENTY.get(word.removeprefix("ال"), 0)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
