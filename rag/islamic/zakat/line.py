"""A line of a reckoning: what was looked at, what came of it, by which rule. Knows no rule itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from fanar.bilingual import Bilingual

Status = Literal["due", "counted", "deducted", "exempt", "below_nisab", "later"]
Unit = Literal[
    "money", "gold_g", "silver_g", "kg", "camels", "cattle", "sheep",
    "sheep_due", "bint_makhad", "bint_labun", "hiqqa", "jadhaa", "tabi", "musinna",
]  # fmt: skip

_PLACES = 3
UNITS: dict[Unit, Bilingual] = {
    "money": Bilingual("", ""),
    "gold_g": Bilingual("g of pure gold", "جم ذهبًا خالصًا"),
    "silver_g": Bilingual("g of pure silver", "جم فضة خالصة"),
    "kg": Bilingual("kg", "كجم"),
    "camels": Bilingual("camels", "من الإبل"),
    "cattle": Bilingual("cattle", "من البقر"),
    "sheep": Bilingual("sheep or goats", "من الغنم"),
    "sheep_due": Bilingual("sheep", "شاة"),
    "bint_makhad": Bilingual("bint makhad (she-camel in her 2nd year)", "بنت مخاض"),
    "bint_labun": Bilingual("bint labun (she-camel in her 3rd year)", "بنت لبون"),
    "hiqqa": Bilingual("hiqqa (she-camel in her 4th year)", "حقة"),
    "jadhaa": Bilingual("jadhaa (she-camel in her 5th year)", "جذعة"),
    "tabi": Bilingual("tabi (calf in its 2nd year)", "تبيع"),
    "musinna": Bilingual("musinna (cow in her 3rd year)", "مسنة"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of something."""

    number: Fraction
    unit: Unit


Choice = tuple[Amount, ...]
"""What is given together."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `due` holds what may be given, any one of the choices; `worth` is its price in money, where prices are known."""

    item: str
    name: Bilingual
    status: Status
    rule: str
    base: Amount
    rate: Fraction | None = None
    due: Sequence[Choice] = field(default=())
    worth: Fraction | None = None


def exact(number: Fraction) -> str:
    """Return a number as a decimal that ends, or else as a fraction."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    places = max(twos, fives)
    digits = f"{abs(number.numerator) * 10**places // number.denominator:0{places + 1}d}"
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def rounded(number: Fraction) -> str:
    """Return a number with two decimals, halves up."""
    hundredths = (number * 100 + Fraction(1, 2)).__floor__()
    sign, hundredths = ("-", -hundredths) if hundredths < 0 else ("", hundredths)
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


def readable(number: Fraction) -> str:
    """Return a number for people: exact where it ends within three decimals, else rounded to two."""
    text = exact(number)
    if "/" not in text and len(text.partition(".")[2]) <= _PLACES:
        return text
    return f"≈ {rounded(number)}"
