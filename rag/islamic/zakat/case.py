"""What somebody owns and owes, as far as zakat asks. Knows no rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from rag.islamic.zakat.rules import SchoolName

Metal = Literal["gold", "silver"]
Use = Literal["saved", "worn", "forbidden"]
CropKind = Literal[
    "wheat", "barley", "rice", "maize", "millet", "dates", "raisins", "lentils", "chickpeas", "beans", "sesame", "olives", "almonds",
    "pistachios", "cumin", "figs", "cotton", "vegetables", "fruits",
]  # fmt: skip
Irrigation = Literal["rain", "paid", "mixed"]
Staple = Literal["wheat", "barley", "dates", "raisins", "rice", "maize", "cheese"]
Animal = Literal["camels", "cattle", "sheep"]
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """Gold or silver: its weight in grams, how much of it is pure, and what it is for."""

    grams: Fraction
    purity: Fraction = Fraction(1)
    use: Use = "saved"

    @property
    def pure(self) -> Fraction:
        """The grams of pure metal in it."""
        return self.grams * self.purity


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods to sell at their market value; `waiting` for a rise in prices, or else turned over."""

    value: Fraction
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares at their market value. `part` is their part of the company's zakatable assets, needed where they are held for income."""

    value: Fraction
    for_income: bool = False
    part: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Receivable:
    """What others owe: lent, for goods sold, or otherwise (wages, dowry); and whether it can be hoped for."""

    amount: Fraction
    kind: Literal["loan", "trade", "other"] = "loan"
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Treasure:
    """Buried treasure of earlier peoples, and what it is of."""

    value: Fraction
    kind: Literal["gold", "silver", "other"]


@dataclass(frozen=True, slots=True)
class Crop:
    """A harvest after cleaning, in kilograms. `rain_share`: which part of the water cost nothing, where both were used."""

    kind: CropKind
    kg: Fraction
    irrigation: Irrigation
    rain_share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Herd:
    """Animals of one kind, and whether they graze freely most of the year and do no work."""

    kind: Animal
    count: int
    grazing: bool


@dataclass(frozen=True, slots=True)
class Fitr:
    """For how many people zakat al-fitr is given, of what, and what a kilogram of it costs."""

    people: int
    staple: Staple
    price_per_kg: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Standards:
    """What classical measures are today, in grams and kilograms; `sa_kg` None leaves the measure to the school."""

    gold_grams: Fraction = Fraction(85)
    silver_grams: Fraction = Fraction(595)
    wasqs_kg: Fraction = Fraction(653)
    sa_kg: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """All that is asked at once. Prices are of a gram of pure metal; `since` is when the nisab was reached, `on` the day of reckoning."""

    school: SchoolName
    nisab: Metal | None = None
    gold_price: Fraction | None = None
    silver_price: Fraction | None = None
    currency: str = ""
    since: date | None = None
    on: date | None = None
    gold: Sequence[Piece] = field(default=())
    silver: Sequence[Piece] = field(default=())
    cash: Fraction = ZERO
    goods: Sequence[Goods] = field(default=())
    shares: Sequence[Shares] = field(default=())
    receivables: Sequence[Receivable] = field(default=())
    debts: Fraction = ZERO
    property: Fraction = ZERO
    treasure: Treasure | None = None
    crops: Sequence[Crop] = field(default=())
    herds: Sequence[Herd] = field(default=())
    fitr: Fitr | None = None
    standards: Standards = field(default_factory=Standards)
