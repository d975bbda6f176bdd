"""Fractions as options write them: «الثلثان», «ثلاثة أرباع», «1/6», and decimals. Knows nothing of shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from rag.islamic.inheritance.choice.figures import is_number, written
from rag.islamic.inheritance.reading.numerals import VALUES
from rag.islamic.inheritance.reading.tokens import LONGEST_NUMBER, Token

_FRACTIONS = {
    "نصف": (1, 2),
    "ثلث": (1, 3),
    "ربع": (1, 4),
    "خمس": (1, 5),
    "سدس": (1, 6),
    "سبع": (1, 7),
    "ثمن": (1, 8),
    "تسع": (1, 9),
    "عشر": (1, 10),
    "half": (1, 2),
    "third": (1, 3),
    "thirds": (1, 3),
    "quarter": (1, 4),
    "fourth": (1, 4),
    "fifth": (1, 5),
    "sixth": (1, 6),
    "eighth": (1, 8),
}
_TENTH = 10
_FRACTIONS |= {
    word + dual: (2, bottom)
    for word, (_, bottom) in tuple(_FRACTIONS.items())
    if not word.isascii() and bottom < _TENTH and word not in ("نصف", "ربع")
    for dual in ("ان", "ين", "ا", "ي")
}
# Without the article these are five, seven, nine, ten and fifty.
_NUMBERS_TOO = frozenset(
    ("خمس", "سبع", "تسع", "عشر", "ثمن", "خمسين", "سبعين", "تسعين", "ثمني", "سبعا", "تسعا", "خمسا", "ربعا", "نصفا", "ثلثا")
)
_PLURALS = {"اثلاث": 3, "ارباع": 4, "اخماس": 5, "اسداس": 6, "اسباع": 7, "اثمان": 8, "اتساع": 9, "اعشار": 10}
_SLASHED = re.compile(rf"(?<![\d.,])(\d{{1,{LONGEST_NUMBER}}})\s*[/÷\\]\s*(\d{{1,{LONGEST_NUMBER}}})(?![\d.,])")
_DECIMAL = re.compile(r"\d[\d,٬]*(?:[.٫]\d+)*")
_PERCENT = re.compile(
    rf"(?<![\d.,])(\d{{1,{LONGEST_NUMBER}}})(?:[.,٫](\d{{1,{LONGEST_NUMBER}}}))?\s*(?:[%٪]|ب(?:ال)?م[ايئ]+[ةه]|في الم[ايئ]+[ةه]|per ?cent)"
)
_PLAINEST = 20
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def slashed(text: str) -> list[Fraction]:
    """Return the fractions that are written with a stroke."""
    return [Fraction(int(top), int(bottom)) for top, bottom in _SLASHED.findall(text) if int(bottom)]


def percentages(text: str) -> list[Fraction]:
    """Return what is told in per cent: «15%» as it stands, «17%» and «16.67%» as the sixth that they round."""
    found = []
    for whole, places in _PERCENT.findall(text.translate(_DIGITS)):
        told, rounding = Fraction(f"{whole}.{places or 0}") / 100, Fraction(1, 200 * 10 ** len(places))
        found.append(told if told.denominator <= _PLAINEST else _simplest(told - rounding, told + rounding))
    return found


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """Return the fraction from `low` to `high` that has the smallest denominator."""
    whole = ceil(low)
    return Fraction(whole) if whole <= high else whole - 1 + 1 / _simplest(1 / (high - whole + 1), 1 / (low - whole + 1))


def decimals(text: str) -> list[Fraction]:
    """Return the numbers that are written in digits, with their decimals."""
    plain = _SLASHED.sub(" ", text)
    return [written(each, scaled=True) for each in _DECIMAL.findall(plain.translate(_DIGITS)) if is_number(each)]


def named_fractions(found: Sequence[Token]) -> list[Fraction]:
    """Return the fractions that have names, in order; «ثلاثة أرباع» too, and «نصف السدس» as one."""
    fractions: list[Fraction] = []
    construct = False
    for at, token in enumerate(found):
        value = _fraction(token.form) or _several(token.form, found[at - 1].form if at else "")
        if value is not None and construct and token.form.startswith("ال"):
            fractions[-1] *= value
        elif value is not None:
            fractions.append(value)
        construct = value is not None and not token.form.startswith(("ال", "وال", "بال", "لل"))
    return fractions


def _fraction(form: str) -> Fraction | None:
    word = form.removeprefix("و").removeprefix("ب").removeprefix("ال").removeprefix("لل")
    for suffix in ("", "ها", "ه"):
        core = word.removesuffix(suffix)
        named = _FRACTIONS.get(core)
        if named and word.endswith(suffix) and not (core in _NUMBERS_TOO and not suffix and not _article(form)):
            return Fraction(*named) * (2 if core == "thirds" else 1)
    return None


def _several(form: str, before: str) -> Fraction | None:
    """Return «three quarters»."""
    bottom = _PLURALS.get(form.removeprefix("و").removeprefix("ال"))
    number = VALUES.get(before.removeprefix("ب").removeprefix("ال")) or VALUES.get(before.removeprefix("وال").removeprefix("و"))
    return Fraction(number or 1, bottom) if bottom and before else None


def _article(form: str) -> bool:
    return form.startswith(("ال", "وال", "بال", "لل")) or form in ("ثمن", "خمس")
