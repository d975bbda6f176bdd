"""Reads gold and silver by weight, with karat and use, and what a gram of them costs. Knows nothing of money or herds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from rag.islamic.zakat.amounts import NUMBER, SCALES, value
from rag.islamic.zakat.case import Metal, Piece, Use
from rag.islamic.zakat.currencies import CURRENCY, Currency, currency_of

_Said = TypeVar("_Said")

_GRAMS = r"جرامات|غرامات|جراما|غراما|جرام|غرام|قرامات|قرام|كرام|جم|غم|gm|grams?|gr|g"
_KILOS = r"كيلوجرام\w*|كيلوغرام\w*|كيلو\w*|كجم|كغم?|kilograms?|kilos?|kgs?"
_OUNCES = r"اونص\w*|اوقيه|ounces?|oz|troy ounces?"
_TOLAS = r"توله|تولات|tolas?"
_WEIGHTS: tuple[tuple[str, Fraction], ...] = (
    (_GRAMS, Fraction(1)),
    (_KILOS, Fraction(1000)),
    (_OUNCES, Fraction("31.1034768")),
    (_TOLAS, Fraction("11.6638038")),
    (r"مثقال\w?|مثاقيل|mithqals?", Fraction("4.25")),
)
_UNIT = "|".join(names for names, _ in _WEIGHTS)
_GOLD, _SILVER = r"(?:ال)?(?:ذهب|دهب)\w{0,2}|gold", r"(?:ال)?فض[هة]|silver"
_METALS: tuple[Metal, Metal] = ("gold", "silver")
_NAMED: tuple[tuple[Metal, re.Pattern[str]], ...] = (
    ("gold", re.compile(rf"(?<!\w)[وفبل]?(?:{_GOLD})(?!\w)")),
    ("silver", re.compile(rf"(?<!\w)[وفبل]?(?:{_SILVER})(?!\w)")),
)
_WEIGHT = re.compile(rf"(?:{NUMBER} ?|(?<![\w.,])(?<!\d )(?<!سعر )(?P<one>(?:ال)?(?={_KILOS}|{_OUNCES})))(?P<unit>{_UNIT})(?!\w)")
# A karat stands as one letter from here on, so that its number is not taken for another.
_KARATS = 0xE000
_KARAT = re.compile(
    r"(?:عيار|قيراط) ?(?P<before>\d{1,2})(?![\d.,]*\d)|(?<!\w)gold,? (?P<behind>\d{1,2})k(?!\w)|"
    r"(?P<after>\d{1,2}) ?(?:قيراط|عيار|karats?|carats?|kt|ct|k(?= ?(?:gold|jewel)))(?!\w)"
)
_MARK = re.compile("[\ue000-\ue01f]")
_PURE, _LEAST_PURE = 24, 8
_FOR_ONE = r"للجرام|للغرام|للكرام|للقرام|لكل جرام|لكل غرام|per gram|a gram|/ ?g(?:ram)?|per ounce|an ounce|للاونصه|للكيلو|per kilo|per kg"
_MONEY = (
    rf"(?:[$£€] ?)?(?P<{{0}}>\d+(?:,\d{{{{3}}}})*(?:\.\d+)?)(?!\d|[.,]\d)"
    rf"(?: ?(?P<{{0}}_scale>{'|'.join(SCALES)})(?!\w))?(?: ?(?P<{{0}}_in>{CURRENCY})(?!\w))?"
)
# «200 جرام ذهب سعرها 50 ألفا» is what all of it costs.
_OF_ALL = rf"(?:ها|هم|ه)(?!\w)\D{{0,12}}(?:\d[\d,]*\d{{3}}|\d+ ?(?:{'|'.join(SCALES)}))"
_PRICE = re.compile(
    rf"(?:سعر|بسعر|price)(?!{_OF_ALL})\w*(?! (?:ال)?(?:صرف|(?![$£€]){CURRENCY}))\D{{0,30}}?{_MONEY.format('price')}|"
    rf"(?<!\d)(?<!\d )(?<!\w)[وف]?(?:ال)?(?:جرام|غرام|قرام|كرام|gram)\w{{0,2}}\D{{0,14}}?"
    rf"(?:(?<!\w)ب|is|costs?|=|يساوي|عليه) ?{_MONEY.format('alone')}|"
    rf"(?<!\d)(?<!\d )(?<!\w)[وف]?(?:ال)?(?:جرام|غرام|قرام|كرام)(?:ها|ه)?(?: (?:{_GOLD}|{_SILVER}))?(?: ?[\ue000-\ue01f])? "
    rf"{_MONEY.format('its')}"
    rf"(?! ?(?:{_UNIT})(?!\w))|"
    rf"(?<!\w)(?:gold|silver) (?:price )?is (?:at |now )?{_MONEY.format('now')}(?! ?(?:{_UNIT})(?!\w))|"
    rf"{_MONEY.format('per')} ?(?:\w+ )?(?:{_FOR_ONE})(?!\w)"
)
_BARE: dict[Metal, re.Pattern[str]] = {
    metal: re.compile(rf"(?<!\w)[وف]?(?:{names}) (?:ب ?|at |is )?{_MONEY.format('bare')}(?! ?(?:{_UNIT})(?!\w))")
    for metal, names in ((_METALS[0], _GOLD), (_METALS[1], _SILVER))
}
_EACH = re.compile(rf"(?<!\w)(?:[لب]?(?:ال)?)(?:(?P<kilo>{_KILOS})|(?P<ounce>{_OUNCES})|(?P<tola>{_TOLAS}))(?!\w)")
_WORN = r"(?<!\w)(?:[وفبل]?(?:ال)?(?:حلي\w*|البسه\w*|البسها|تلبسه\w*|نلبسه\w*|ملبوس\w*|زينه|لبس\w*|مستعمل\w*)|jewel\w*|wear\w*|worn)"
_SAVED = (
    r"(?<!\w)(?:[وفبل]?(?:ال)?(?:سباي?ك|سبيكه|ادخار\w*|مدخر\w*|مخزن\w*|استثمار|كنز)|bullion|bars?|ingots?|saved|saving|invest\w*|stored)"
)
_USE = re.compile(rf"(?P<worn>{_WORN})|(?P<saved>{_SAVED})(?!\w)")


@dataclass(frozen=True, slots=True)
class Price:
    """What a gram of pure metal costs, in which currency; `reckoned` from that of a lower karat."""

    each: Fraction
    currency: Currency
    shown: str
    reckoned: bool


@dataclass(frozen=True, slots=True)
class Metals:
    """The pieces and prices that a text tells. `karat_said`: of all the gold its karat."""

    pieces: tuple[tuple[Metal, Piece], ...] = ()
    prices: dict[Metal, Price] = field(default_factory=dict)
    karat_said: bool = True

    def of(self, metal: Metal) -> list[Piece]:
        """Return the pieces of a metal."""
        return [piece for each, piece in self.pieces if each == metal]


def read_metals(text: str) -> tuple[Metals, str]:
    """Return the metals that a text in `search` form with digits tells, and the rest of it."""
    text = _KARAT.sub(_as_mark, _MARK.sub(" ", text))
    prices, text = _prices(text)
    weights = [match for match in _WEIGHT.finditer(text) if _metal(match, text)]
    pieces, said = [], True
    for match in weights:
        metal = _metal(match, text) or "gold"
        karat = _nearest(_MARK.finditer(text), match, weights, lambda mark: ord(mark.group()) - _KARATS)
        said = said and (karat is not None or metal == "silver")
        purity = Fraction(karat, _PURE) if karat and metal == "gold" else Fraction(1)
        use: Use = _nearest(_USE.finditer(text), match, weights, _use) or "saved"
        pieces.append((metal, Piece(_grams(match), purity, use)))
    spans = {match.span() for match in weights}
    rest = _WEIGHT.sub(lambda match: " " if match.span() in spans else match.group(), text)
    return Metals(tuple(pieces), prices, said), _MARK.sub(" ", rest)


def _as_mark(match: re.Match[str]) -> str:
    karat = int(match["before"] or match["behind"] or match["after"])
    metal = "gold " if match["behind"] else ""
    return f"{metal} {chr(_KARATS + karat)} " if _LEAST_PURE <= karat <= _PURE else match.group()


def _use(match: re.Match[str]) -> Use:
    return "worn" if match["worn"] else "saved"


def _nearest(
    found: Iterator[re.Match[str]], weight: re.Match[str], weights: Sequence[re.Match[str]], read: Callable[[re.Match[str]], _Said]
) -> _Said | None:
    """Return what is said of a weight: all that is, where it is one thing; of several the one that is nearest to it."""
    marks = list(found)
    if len({read(mark) for mark in marks}) <= 1 or len(weights) == 1:
        return read(marks[0]) if marks else None
    own = [mark for mark in marks if min(weights, key=lambda each: _between(each, mark)) is weight]
    return read(min(own, key=lambda mark: _between(weight, mark))) if own else None


def _between(weight: re.Match[str], mark: re.Match[str]) -> int:
    """Return how far apart they stand; what follows a weight is said of it sooner than what stands before."""
    return mark.start() - weight.end() if mark.start() >= weight.end() else 2 * (weight.start() - mark.end()) + 1


def _grams(match: re.Match[str]) -> Fraction:
    size = next(size for names, size in _WEIGHTS if re.fullmatch(names, match["unit"]))
    return (Fraction(1) if match["number"] is None else value(match["number"], match["scale"])) * size


def _metal(match: re.Match[str], text: str) -> Metal | None:
    """Return the metal of a weight: the one behind it, else the one before, else the only one; gold where only a karat is told."""
    named = sorted((at.start(), metal) for metal, pattern in _NAMED for at in pattern.finditer(text))
    behind = next((metal for at, metal in named if 0 <= at - match.end() <= len(" من ال")), None)
    before = next((metal for at, metal in reversed(named) if at < match.start()), None)
    if behind or before or named:
        return behind or before or named[0][1]
    return "gold" if _MARK.search(text) else None


def _prices(text: str) -> tuple[dict[Metal, Price], str]:
    found: dict[Metal, Price] = {}
    for match in _PRICE.finditer(text):
        metal = _priced(match, text)
        name = next(name for name in ("price", "alone", "its", "now", "per") if match[name])
        each = _EACH.search(match.group())
        size = (
            Fraction(1)
            if each is None
            else next(size for names, size in _WEIGHTS if re.fullmatch(names, next(filter(None, each.groups()))))
        )
        karat = _MARK.search(match.group())
        purity = Fraction(ord(karat.group()) - _KARATS, _PURE) if karat and metal == "gold" else Fraction(1)
        price = value(match[name], match[f"{name}_scale"]) / size / purity
        if price:
            shown = _currency(match, name)
            found[metal] = Price(price, currency_of(shown), shown, purity != 1)
    rest = _PRICE.sub(" ", text)
    return (found, rest) if len(found) != 1 else _other_price(found, rest)


def _other_price(found: dict[Metal, Price], text: str) -> tuple[dict[Metal, Price], str]:
    """«سعر الذهب 250 والفضة 3»: beside the price of one metal a bare number behind the other one is its price."""
    other: Metal = "silver" if "gold" in found else "gold"
    match = _BARE[other].search(text)
    if match is None:
        return found, text
    shown = _currency(match, "bare")
    price = Price(value(match["bare"], match["bare_scale"]), currency_of(shown), shown, reckoned=False)
    return {**found, other: price}, f"{text[: match.start()]} {text[match.end() :]}"


def _currency(match: re.Match[str], name: str) -> str:
    sign = re.search(r"[$£€]", match.group())
    return match[f"{name}_in"] or (sign.group() if sign else "")


def _priced(match: re.Match[str], text: str) -> Metal:
    """Return whose price it is: the metal in it, else around it, else the only one that is spoken of."""
    for words in (match.group(), text[max(0, match.start() - 12) : match.end() + 16], text):
        named = [metal for metal, pattern in _NAMED if pattern.search(words)]
        if len(named) == 1:
            return named[0]
    return "gold"
