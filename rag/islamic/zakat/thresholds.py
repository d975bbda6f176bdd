"""What the nisab is worth in money, by the metal that the caller chose. Knows nothing of what is owned; a price is given, never guessed."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.zakat.case import Case, Metal

_NO_BASIS = Bilingual("Choose by which metal the nisab is reckoned: gold or silver.", "اختر ما يُقدَّر به النصاب: الذهب أم الفضة.")
_NO_PRICE: dict[Metal, Bilingual] = {
    "gold": Bilingual(
        "The price of a gram of pure gold is needed; prices are never guessed.",
        "يلزم سعر جرام الذهب الخالص (عيار ٢٤)؛ فالأسعار لا تُخمَّن.",
    ),
    "silver": Bilingual(
        "The price of a gram of pure silver is needed; prices are never guessed.",
        "يلزم سعر جرام الفضة الخالصة؛ فالأسعار لا تُخمَّن.",
    ),
}


def nisab_value(case: Case, *, basis: Literal["gold", "silver"] | None = None) -> Fraction:
    """Return the nisab in money. Raises UnprocessableError for a basis that was not chosen and a price that was not given."""
    chosen = basis or case.nisab
    if chosen is None:
        raise UnprocessableError(_NO_BASIS, param="nisab")
    return price_of(case, chosen) * nisab_grams(case, chosen)


def nisab_grams(case: Case, metal: Metal) -> Fraction:
    """Return the nisab of a metal in grams."""
    return case.standards.gold_grams if metal == "gold" else case.standards.silver_grams


def price_of(case: Case, metal: Metal) -> Fraction:
    """Return what a gram of a metal costs. Raises UnprocessableError where that was not given."""
    price = case.gold_price if metal == "gold" else case.silver_price
    if price is None:
        raise UnprocessableError(_NO_PRICE[metal], param=f"prices.{metal}")
    return price
