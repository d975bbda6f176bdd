"""Numbers and fractions as options write them: «أربعة وعشرون سهما», «الثلثان», «1/6», «ربع سهم». Knows nothing of shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from rag.islamic.inheritance.reading.numerals import VALUES
from rag.islamic.inheritance.reading.tokens import Token

_FRACTIONS = {
    "نصف": (1, 2),
    "نصفان": (1, 1),
    "ثلث": (1, 3),
    "ثلثان": (2, 3),
    "ثلثين": (2, 3),
    "ثلثا": (2, 3),
    "ثلثي": (2, 3),
    "ربع": (1, 4),
    "خمس": (1, 5),
    "خمسان": (2, 5),
    "سدس": (1, 6),
    "سدسان": (1, 3),
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
_HUNDREDS = {
    word: 100 * value
    for value, stems in {
        1: "مائة ماية مئة مية مايه",
        2: "مائتان مائتين مايتان مايتين مئتان مئتين ميتان ميتين",
        3: "ثلاثمائة ثلاثماية ثلاثمئة ثلثمائة",
        4: "اربعمائة اربعماية اربعمئة",
        5: "خمسمائة خمسماية خمسمئة",
        6: "ستمائة ستماية ستمئة",
        7: "سبعمائة سبعماية سبعمئة",
        8: "ثمانمائة ثمانماية ثمانمئة ثمنمائة",
        9: "تسعمائة تسعماية تسعمئة",
    }.items()
    for word in stems.split()
}
_TEENS = frozenset(("عشر", "عشرة"))
_LOTS = {"سهم": 1, "سهما": 1, "سهمان": 2, "سهمين": 2}
_SLASHED = re.compile(r"(?<![\d.,])(\d+)\s*[/÷\\]\s*(\d+)(?![\d.,])")
_DECIMAL = re.compile(r"\d[\d,٬]*(?:[.٫]\d+)?")


def slashed(text: str) -> list[Fraction]:
    """Return the fractions that are written with a stroke."""
    return [Fraction(int(top), int(bottom)) for top, bottom in _SLASHED.findall(text) if int(bottom)]


def decimals(text: str) -> list[Fraction]:
    """Return the numbers that are written in digits, with their decimals."""
    plain = _SLASHED.sub(" ", text)
    return [Fraction(each.replace(",", "").replace("٬", "").replace("٫", ".")) for each in _DECIMAL.findall(plain)]


def named_fractions(found: Sequence[Token]) -> list[Fraction]:
    """Return the fractions that have names, in order; «ثلاثة أرباع» too."""
    fractions = []
    for at, token in enumerate(found):
        word = token.form.removeprefix("و").removeprefix("ب").removeprefix("ال").removeprefix("لل")
        if word in _FRACTIONS and not (word in ("خمس", "سبع", "تسع", "عشر", "ثمن") and not _article(token.form)):
            top, bottom = _FRACTIONS[word]
            fractions.append(Fraction(top, bottom) * (2 if word == "thirds" else 1))
        elif word in ("ارباع", "اخماس", "اسداس", "اثمان") and at:
            bottom = {"ارباع": 4, "اخماس": 5, "اسداس": 6, "اثمان": 8}[word]
            fractions.append(Fraction(VALUES.get(found[at - 1].form.removeprefix("ال"), 1), bottom))
    return fractions


def _article(form: str) -> bool:
    return form.startswith(("ال", "وال", "بال", "لل")) or form in ("ثمن", "خمس")


def number_in(found: Sequence[Token]) -> Fraction | None:
    """Return the one number that words or digits of an option write; «سهمان» is two, «ربع سهم» a quarter."""
    digits = [token.number for token in found if token.number is not None]
    if digits:
        return Fraction(digits[0])
    total, seen = 0, False
    for token in found:
        word = token.form if token.form in VALUES else token.form.removeprefix("و").removeprefix("ب" if token.form[1:] in VALUES else "")
        value = _HUNDREDS.get(word) or VALUES.get(word)
        if value is None and word in _TEENS:
            value = 10
        if word in ("الف", "الاف"):
            total, seen = max(total, 1) * 1000, True
        elif value is not None:
            total, seen = total + value, True
    lots = next((_LOTS[token.form] for token in found if token.form in _LOTS), None)
    if seen:
        return Fraction(total)
    parts = named_fractions(found)
    if lots == 1 and parts:
        return parts[0] if "و" not in found[-1].form[:1] else 1 + parts[0]
    return Fraction(lots) if lots else None
