"""Numbers written out in Arabic or English words. Knows nothing of operators or units."""

from __future__ import annotations

from fanar.arabic.normalization import normalize

_ARABIC = {
    0: "صفر",
    1: "واحد واحدة",
    2: "اثنان اثنين اتنين ثنين زوج جوج",
    3: "ثلاثة ثلاث تلاتة تلات",
    4: "أربعة أربع",
    5: "خمسة خمس",
    6: "ستة ست",
    7: "سبعة سبع",
    8: "ثمانية ثماني ثمان تمانية تمنية",
    9: "تسعة تسع",
    10: "عشرة عشر",
    11: "حداشر احدعشر",
    12: "اتناشر اطناشر اثناعشر",
    15: "خمستاشر خمسطاشر",
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين تلاتين",
    40: "أربعون أربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين تمانين",
    90: "تسعون تسعين",
    100: "مئة مائة مية ميه",
    200: "مئتان مئتين مائتين ميتين",
    1000: "ألف",
}
_ENGLISH = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True),
    hundred=100,
    thousand=1000,
)
_WORDS = {form: value for value, forms in _ARABIC.items() for form in normalize(forms).split()} | _ENGLISH
_MULTIPLIERS = (100, 1000)


def read_numeral(words: list[str], start: int) -> tuple[int, int] | None:
    """Read the number that is written out from `words[start]` on; return it and the position after it, or None."""
    total, group, at = 0, 0, start
    while at < len(words):
        value = _value(words[at], inside=at > start)
        if value is None or not _fits(group, value, inside=at > start):
            break
        if value == 1000:
            total, group = total + max(group, 1) * 1000, 0
        else:
            group = max(group, 1) * 100 if value == 100 else group + value
        at += 1
    return (total + group, at) if at > start else None


def _value(word: str, *, inside: bool) -> int | None:
    value = _WORDS.get(word)
    if value is None and inside and word.startswith("و"):
        value = _WORDS.get(word[1:])
    return value


def _fits(group: int, value: int, *, inside: bool) -> bool:
    if not inside or value in _MULTIPLIERS:
        return True
    # "twenty five" and «خمسة وعشرين» go together; "five five" does not.
    last = group % 100
    return last == 0 or (last % 10 == 0 and 0 < value < 10) or (0 < last < 10 and value % 10 == 0 and value > 10)
