"""Numbers in words, as they stand before or after kin: fusha, dialects, English. Knows nothing of kin."""

from __future__ import annotations

from collections.abc import Sequence

from rag.islamic.inheritance.reading.tokens import Token

_WORDS = {
    1: "واحد واحدة وحدة وحيد وحيدة احد احدي one a an single only sole lone",
    2: "اثنان اثنين اثنتان اثنتين اتنين اثنا اثني اثنتا اثنتي تنين تنتين ثنتين جوج زوز two both couple",
    3: "ثلاث ثلاثة تلات تلاتة ثلث تلت three ثلاثه تلاته",
    4: "اربع اربعة ربعة ربع اربعه four",
    5: "خمس خمسة خمسه five",
    6: "ست ستة سته six",
    7: "سبع سبعة سبعه seven",
    8: "ثمان ثماني ثمانية تمان تمانية تمنية تمن ثمانيه eight",
    9: "تسع تسعة تسعه nine",
    10: "عشر عشرة عشره ten",
    11: "حداشر احدعش حداش eleven",
    12: "اتناشر اطناشر طناش اثنعش twelve",
    13: "تلتاشر ثلطعش thirteen",
    14: "اربعتاشر fourteen",
    15: "خمستاشر خمسطعش fifteen",
    16: "sixteen",
    17: "seventeen",
    18: "eighteen",
    19: "nineteen",
    20: "عشرون عشرين twenty",
    30: "ثلاثون ثلاثين تلاتين thirty",
    40: "اربعون اربعين forty",
    50: "خمسون خمسين fifty",
    60: "ستون ستين sixty",
    70: "سبعون سبعين seventy",
    80: "ثمانون ثمانين تمانين eighty",
    90: "تسعون تسعين ninety",
    100: "مية ماية مائة مئة",
}
VALUES = {word: value for value, words in _WORDS.items() for word in words.split()}
_TEN = frozenset(("عشر", "عشرة", "عشره"))


def value_of(token: Token) -> int | None:
    """Return what one token counts."""
    form = token.form
    return token.number if token.number is not None else VALUES.get(form) or VALUES.get(form.removeprefix("ال"))


def number_at(found: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the number that is written from `at` on, and the position after it."""
    value = value_of(found[at]) if at < len(found) else None
    if value is None and at < len(found) and found[at].form[:1] in ("و", "ل", "ب") and len(found[at].form) > 2:
        value = VALUES.get(found[at].form[1:]) or VALUES.get(found[at].form[1:].removeprefix("ال"))
    if value is None:
        return None
    following = found[at + 1].form if at + 1 < len(found) else ""
    if value < 10 and following in _TEN:
        return value + 10, at + 2
    if found[at].number is None and value < 10 and following.startswith("و"):
        tens = VALUES.get(following[1:])
        if tens and tens >= 20 and tens % 10 == 0:
            return value + tens, at + 2
    if value >= 20 and following in VALUES and found[at].form.isascii() and 0 < VALUES[following] < 10:
        return value + VALUES[following], at + 2
    return value, at + 1
