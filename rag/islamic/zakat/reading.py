"""Reads what somebody says they own into a case. Knows nothing of how it is reckoned; what is not said is not guessed.

What it reads it can say back (`understood`), so that a wrong reading is seen before its result is believed. A number that no reader takes
is named, and nothing is reckoned past it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rag.islamic.zakat.amounts import ENDLESS, with_digits
from rag.islamic.zakat.case import Case, Goods, Metal, Receivable, Shares, Treasure
from rag.islamic.zakat.currencies import CURRENCY, Currency, Rates, rates_in
from rag.islamic.zakat.household import asks_fitr, read_fitr
from rag.islamic.zakat.metals import Metals, Price, read_metals
from rag.islamic.zakat.money import UNHOPED, Money, Sum, read_money
from rag.islamic.zakat.produce import for_sale, read_crops, read_herds

_ZERO = Fraction(0)
_BY: tuple[tuple[Metal, re.Pattern[str]], ...] = (
    ("silver", re.compile(r"نصاب (?:ال)?فضه|بالفضه|silver nisab|nisab of silver|by silver|(?:^|\. )(?:ال)?(?:فضه|silver) ?(?:\.|$)")),
    ("gold", re.compile(r"نصاب (?:ال)?ذهب|بالذهب|gold nisab|nisab of gold|by gold|(?:^|\. )(?:ال)?(?:ذهب|gold) ?(?:\.|$)")),
)
_OF_METAL: tuple[tuple[Metal, re.Pattern[str]], ...] = (
    ("gold", re.compile(r"(?:كنز\w*|ركاز\w*|دفين\w*|treasure)\b.{0,30}(?:ذهب|gold)|gold(?:en)? treasure")),
    ("silver", re.compile(r"(?:كنز\w*|ركاز\w*|دفين\w*|treasure)\b.{0,30}(?:فضه|فضي|silver)|silver treasure")),
)
_GREAT = 1_000
_KIN = r"(?:زوجتي|زوجي|مرتي|مراتي|حرمتي|امي|ابوي|ابي|والدتي|والدي|بنتي|ابنتي|ابني|اختي|اخوي|اخي|اولادي|عيالي|بناتي)"
_OTHER = re.compile(
    rf"{_KIN} (?:عندها|عنده|لها|له|معها|معه|تملك|يملك)|(?:ذهب|دهب|حلي|مال|فلوس) {_KIN}|(?:نصف|ثلث|ربع)(?:ها|ه|هم) (?:ل|حق |ملك )\w|"
    rf"(?:{CURRENCY}|ذهب|دهب|فضه) ل{_KIN}|\b(?:half|third|quarter) of (?:it|them|which|that) (?:is|are|belongs?)\b|"
    r"\bmy (?:wife|husband|mother|father|sister|brother|daughter|son)(?:'s (?:gold|silver|jewel\w*|savings|money)| has| owns)"
)
_METAL_OWNED = re.compile(
    r"(?:عندي|معي|معاي|معايا|املك|لدي|\bhave|\bown)(?: \w+){0,2}? [وب]?(?:(?P<gold>(?:ال)?[ذد]هب|gold)|(?P<silver>(?:ال)?فضه|silver))(?!\w)"
)
# Zakat of several years is not that of one as often: each lessens what the next is reckoned of, with some schools.
_YEARS = re.compile(
    r"(?<!\w)(?:لم|ما|مو|مش|ماني|عمري ما) (?:\w+ )?(?:ا|ن)?(?:زك|خرج|دفع|ادفع|طلع)\w*(?: \w+){0,3}? (?:منذ |من |لمده |\d+ )?"
    r"(?:سنتين|عامين|حولين|سنوات|سنين|اعوام)(?!\w)|"
    r"(?<!\w)(?:سنتين|عامين|حولين|سنوات|سنين|اعوام)(?: \w+){0,2}? (?:لم|ما) (?:\w+ )?(?:ا|ن)?(?:زك|خرج|دفع|ادفع|طلع)\w*|"
    r"\b(?:not|never|n't|haven't|didn't|unpaid|missed)\b(?: \w+){0,6}? years\b"
)
_OWN = re.compile(
    r"(?<!\w)[وف]?(?:عندي|معي|معاي|املك|لدي|ذهبي|مدخراتي)(?!\w)|\b(?:i (?:have|own|also have)|my (?:savings|money|cash|gold))\b"
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read. `needs` names what decides and was not told; `unplaced` are numbers of which nothing says what they are.

    `currencies` are those that stand beside one another with no rate between them. `own_use`: something is owned to be used, which is not
    counted. `karat_said`: of gold its karat; `price_reckoned`: the price of pure gold comes from that of another karat.
    """

    case: Case
    needs: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    own_use: bool = False
    karat_said: bool = True
    price_reckoned: bool = False


def read_case(turns: Sequence[str]) -> Read | None:
    """Return the case that the user's turns tell; None where they tell none."""
    if any(ENDLESS.search(turn) for turn in turns):
        return None
    text = with_digits(" . ".join(turns))
    if asks_fitr(text):
        return _of_fitr(text)
    rates, rest = rates_in(text)
    crops, water_said, rest = read_crops(rest)
    grazing, grazing_said, rest = read_herds(rest)
    sold = bool(grazing) and for_sale(text)
    herds = [] if sold else grazing
    metals, rest = read_metals(rest)
    money = read_money(rest)
    owned = tuple(money.of("cash", "lent", "bad", "claim", "shares", "goods", "found"))
    if not (metals.pieces or crops or grazing or owned or any(money.of("income", "metal"))):
        return None
    into = _into(money, metals, rates)
    case = Case(
        "shafii",
        nisab=_basis(text, metals),
        gold_price=_price(metals, "gold", into, rates),
        silver_price=_price(metals, "silver", into, rates),
        currency=next((name for one, name in _currencies(money, metals) if one.may_be(into)), ""),
        gold=metals.of("gold"),
        silver=metals.of("silver"),
        cash=_total(money.of("cash"), into, rates),
        debts=_total(money.of("debt"), into, rates),
        goods=[Goods(_total([each], into, rates)) for each in money.of("goods")],
        shares=[Shares(_total([each], into, rates), for_income=each.traded is False) for each in money.of("shares")],
        receivables=[
            Receivable(_total([each], into, rates), "other" if each.role == "claim" else "loan", doubtful=each.role == "bad")
            for each in money.of("lent", "bad", "claim")
        ],
        treasure=_treasure(money, text, into, rates),
        crops=crops,
        herds=herds,
    )
    # Beside a weight it is the worth of what was weighed, or of more.
    unclear = tuple(money.of("spent", *(("metal",) if metals.pieces else ())))
    needs = {
        "grazing": not grazing_said and not sold,
        "water": not water_said,
        "worth": sold and not owned,
        "kept": any(money.of("income")) and not any(money.of("cash")),
        "weight": (any(money.of("metal")) and not metals.pieces) or _weightless(text, metals),
        "shares": any(each.traded is None for each in money.of("shares")),
        "owner": _OTHER.search(text) is not None and _OWN.search(text) is not None,
        "years": _YEARS.search(text) is not None,
        "sum": bool(money.unplaced) or bool(unclear),
        "hope": sum(each.role == "lent" for each in money.sums) > 1 and UNHOPED.search(text) is not None,
    }
    mixed = _apart(money, metals, rates)
    unplaced = (*money.unplaced, *(f"{each.amount} {each.shown}".strip() for each in unclear))
    asked = (*(name for name, open_ in needs.items() if open_), *(("rate",) if mixed else ()))
    own_use = any(money.of("own"))
    return Read(case, asked, unplaced, mixed, own_use, metals.karat_said, any(price.reckoned for price in metals.prices.values()))


def _treasure(money: Money, text: str, into: Currency, rates: Rates) -> Treasure | None:
    """Return the treasure that was found, and of which metal it is said to be."""
    found = tuple(money.of("found"))
    kind: Literal["gold", "silver", "other"] = next((metal for metal, named in _OF_METAL if named.search(text)), "other")
    return Treasure(_total(found, into, rates), kind) if found else None


def _weightless(text: str, metals: Metals) -> bool:
    """Whether gold or silver is owned of which no weight was read."""
    names = {match.lastgroup for match in _METAL_OWNED.finditer(text)}
    return bool(names - {metal for metal, _ in metals.pieces})


def _of_fitr(text: str) -> Read:
    """Zakat al-fitr is reckoned by itself: what is owned beside it has rules of its own."""
    metals, rest = read_metals(text)
    money = read_money(read_herds(rest)[2])
    if metals.pieces or any(each.currency.noun and each.amount >= _GREAT for each in money.sums):
        return Read(Case("shafii"), ("apart",))
    fitr = read_fitr(text)
    return Read(Case("shafii", currency=next((name for _, name in _currencies(money, metals)), ""), fitr=fitr), () if fitr else ("people",))


def _basis(text: str, metals: Metals) -> Metal | None:
    """Return the metal by which the nisab is meant: the one that is named, or of which alone a price is told."""
    named = next((basis for basis, pattern in _BY if pattern.search(text)), None)
    return named or (next(iter(metals.prices)) if len(metals.prices) == 1 else None)


def _currencies(money: Money, metals: Metals) -> Iterator[tuple[Currency, str]]:
    yield from ((each.currency, each.shown) for each in money.sums if each.currency.noun)
    yield from ((price.currency, price.shown) for price in metals.prices.values() if price.currency.noun)


def _into(money: Money, metals: Metals, rates: Rates) -> Currency:
    """Return the currency in which all is reckoned: that of a rate, or the first; of its forms the one that says whose it is."""
    told = [*(to for _, to in rates.told), *(currency for currency, _ in _currencies(money, metals))]
    return Currency() if not told else max((each for each in told if each.may_be(told[0])), key=lambda each: bool(each.nation))


def _apart(money: Money, metals: Metals, rates: Rates) -> tuple[str, ...]:
    """Return the names of currencies between which a rate is needed and none is told."""
    told = list(_currencies(money, metals))
    if all(rates.between(one, other) is not None for one, _ in told for other, _ in told):
        return ()
    names: dict[Currency, str] = {}
    for one, name in told:
        names.setdefault(one, name)
    return tuple(names.values())


def _total(sums: Sequence[Sum] | Iterator[Sum], into: Currency, rates: Rates) -> Fraction:
    return sum((each.amount * (rates.between(each.currency, into) or 1) for each in sums), _ZERO)


def _price(metals: Metals, metal: Metal, into: Currency, rates: Rates) -> Fraction | None:
    price: Price | None = metals.prices.get(metal)
    return None if price is None else price.each * (rates.between(price.currency, into) or 1)
