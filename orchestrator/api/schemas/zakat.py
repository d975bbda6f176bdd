"""The request and answer of the zakat calculator. Knows no rule of zakat."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from orchestrator.api.schemas.base import Answer, Strict
from orchestrator.api.schemas.calendar import DateText, day_of
from rag.islamic.calendar.hijri import HijriDate, to_gregorian
from rag.islamic.zakat.case import (
    Animal,
    Case,
    Crop,
    CropKind,
    Fitr,
    Goods,
    Herd,
    Irrigation,
    Metal,
    Piece,
    Receivable,
    Shares,
    Standards,
    Staple,
    Treasure,
    Use,
)
from rag.islamic.zakat.rules import SchoolName

_RICHEST = 1e13
_KARATS = 24

Number = Annotated[float, Field(ge=0, le=_RICHEST, allow_inf_nan=False)]
Price = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]
Karat = Annotated[float, Field(gt=0, le=_KARATS, allow_inf_nan=False)]
Finest = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]


class Prices(Strict):
    """What a gram of pure metal costs, in `currency`; never guessed."""

    gold: Price | None = None
    silver: Price | None = None


class Hawl(Strict):
    """Since when the nisab has been owned, in either calendar, and on which Gregorian day is reckoned (today if empty)."""

    since: DateText
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    on: DateText | None = None


class GoldItem(Strict):
    """Gold: its weight, its karat, and what it is for."""

    grams: Number
    karat: Karat = 24.0
    use: Use = "saved"


class SilverItem(Strict):
    """Silver: its weight, its fineness in thousandths, and what it is for."""

    grams: Number
    fineness: Finest = 1000.0
    use: Use = "saved"


class GoodsItem(Strict):
    """Goods to sell, at their market value."""

    value: Number
    waiting: bool = Field(default=False, description="Held for a rise in prices, not turned over; it matters to Malikis")


class SharesItem(Strict):
    """Shares at their market value, for trade or for income."""

    value: Number
    purpose: Literal["trade", "income"] = "trade"
    zakatable: Number | None = Field(default=None, description="Their part of the company's zakatable assets; needed for income")


class ReceivableItem(Strict):
    """What others owe you."""

    amount: Number
    kind: Literal["loan", "trade", "other"] = "loan"
    doubtful: bool = False


class RikazItem(Strict):
    """Buried treasure of earlier peoples."""

    value: Number
    kind: Literal["gold", "silver", "other"]


class CropItem(Strict):
    """A harvest, cleaned and dried."""

    kind: CropKind
    kg: Number
    irrigation: Irrigation
    rain_share: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = Field(
        default=None, description="Which part of the water cost nothing, for `mixed`; half where empty"
    )


class HerdItem(Strict):
    """Animals of one kind."""

    count: Count
    grazing: bool = Field(description="Whether they graze freely most of the year and do no work")


class Livestock(Strict):
    """Herds, by kind."""

    camels: HerdItem | None = None
    cattle: HerdItem | None = None
    sheep: HerdItem | None = None


class FitrItem(Strict):
    """Zakat al-fitr."""

    people: Count
    staple: Staple
    price_per_kg: Price | None = None


class Measures(Strict):
    """What classical measures are held to be today."""

    gold_grams: Price = 85.0
    silver_grams: Price = 595.0
    wasqs_kg: Price = 653.0
    sa_kg: Price | None = None


class ZakatRequest(Strict):
    """What is owned and owed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "madhab": "hanafi",
                    "nisab": "silver",
                    "currency": "QAR",
                    "prices": {"gold": 480.5, "silver": 5.6},
                    "cash": 25000,
                    "debts": 4000,
                },
                {"madhab": "shafii", "livestock": {"sheep": {"count": 130, "grazing": True}}},
            ]
        }
    )

    madhab: SchoolName
    nisab: Metal | None = Field(default=None, description="By which metal the nisab of money is reckoned")
    currency: Annotated[str, Field(max_length=16)] = ""
    prices: Prices = Field(default_factory=Prices)
    hawl: Hawl | None = None
    gold: Annotated[list[GoldItem], Field(max_length=50)] = Field(default=[])
    silver: Annotated[list[SilverItem], Field(max_length=50)] = Field(default=[])
    cash: Number = 0.0
    trade_goods: Annotated[list[GoodsItem], Field(max_length=50)] = Field(default=[])
    shares: Annotated[list[SharesItem], Field(max_length=50)] = Field(default=[])
    receivables: Annotated[list[ReceivableItem], Field(max_length=50)] = Field(default=[])
    debts: Number = 0.0
    property: Number = Field(default=0.0, description="Property beyond needs that could pay the debts; it matters to Malikis")
    rikaz: RikazItem | None = None
    crops: Annotated[list[CropItem], Field(max_length=50)] = Field(default=[])
    livestock: Livestock | None = None
    fitr: FitrItem | None = None
    standards: Measures = Field(default_factory=Measures)

    def case(self, today: datetime.date) -> Case:
        """Return what the calculator is asked. Raises UnprocessableError for dates that are none."""
        return Case(
            school=self.madhab,
            nisab=self.nisab,
            gold_price=_maybe(self.prices.gold),
            silver_price=_maybe(self.prices.silver),
            currency=self.currency,
            since=_since(self.hawl),
            on=day_of(self.hawl.on) if self.hawl and self.hawl.on else today,
            gold=[Piece(exact(item.grams), exact(item.karat) / _KARATS, item.use) for item in self.gold],
            silver=[Piece(exact(item.grams), exact(item.fineness) / 1000, item.use) for item in self.silver],
            cash=exact(self.cash),
            goods=[Goods(exact(item.value), item.waiting) for item in self.trade_goods],
            shares=[Shares(exact(item.value), item.purpose == "income", _maybe(item.zakatable)) for item in self.shares],
            receivables=[Receivable(exact(item.amount), item.kind, item.doubtful) for item in self.receivables],
            debts=exact(self.debts),
            property=exact(self.property),
            treasure=Treasure(exact(self.rikaz.value), self.rikaz.kind) if self.rikaz else None,
            crops=[Crop(item.kind, exact(item.kg), item.irrigation, _maybe(item.rain_share)) for item in self.crops],
            herds=_herds(self.livestock),
            fitr=Fitr(self.fitr.people, self.fitr.staple, _maybe(self.fitr.price_per_kg)) if self.fitr else None,
            standards=_standards(self.standards),
        )


class ZakatAnswer(Answer):
    """A reckoning, line by line."""

    id: str
    madhab: SchoolName
    currency: str | None
    nisab: dict[str, Any]
    hawl: dict[str, Any] | None
    lines: list[dict[str, Any]]
    total: list[dict[str, Any]]
    total_money: dict[str, str] | None
    notes: list[dict[str, str]]
    text: dict[str, str]


def exact(number: float) -> Fraction:
    """Return the number that was written, not the binary one nearest to it."""
    return Fraction(repr(number))


def _maybe(number: float | None) -> Fraction | None:
    return None if number is None else exact(number)


def _since(hawl: Hawl | None) -> datetime.date | None:
    if hawl is None:
        return None
    return to_gregorian(HijriDate(*map(int, hawl.since.split("-")))) if hawl.calendar == "hijri" else day_of(hawl.since)


def _herds(livestock: Livestock | None) -> list[Herd]:
    if livestock is None:
        return []
    given: tuple[tuple[Animal, HerdItem | None], ...] = (
        ("camels", livestock.camels),
        ("cattle", livestock.cattle),
        ("sheep", livestock.sheep),
    )
    return [Herd(kind, item.count, item.grazing) for kind, item in given if item]


def _standards(measures: Measures) -> Standards:
    return Standards(exact(measures.gold_grams), exact(measures.silver_grams), exact(measures.wasqs_kg), _maybe(measures.sa_kg))
