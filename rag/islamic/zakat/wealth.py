"""What is due of gold, silver, money, goods, shares and debts, together or apart as the school has it. Knows no herds or harvests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.zakat.case import ZERO, Case, Metal, Piece, Receivable
from rag.islamic.zakat.line import Amount, Line, Unit
from rag.islamic.zakat.thresholds import nisab_grams, nisab_value, price_of

RATE = Fraction(1, 40)
_NAMES = {
    "gold": Bilingual("Gold", "الذهب"),
    "silver": Bilingual("Silver", "الفضة"),
    "cash": Bilingual("Money", "النقود"),
    "trade_goods": Bilingual("Trade goods", "عروض التجارة"),
    "shares": Bilingual("Shares", "الأسهم"),
    "receivables": Bilingual("Owed to you", "ديون لك"),
    "debts": Bilingual("Owed by you", "ديون عليك"),
    "money": Bilingual("Money, goods, shares and debts", "النقود والعروض والأسهم والديون"),
}
_METALS: tuple[Metal, ...] = ("gold", "silver")
_UNIT: dict[Metal, Unit] = {"gold": "gold_g", "silver": "silver_g"}
_NO_PART = Bilingual(
    "For shares held for income their part of the company's zakatable assets is needed; the company's yearly "
    "report or the bourse's zakat list has it.",
    "تلزم في أسهم الاستثمار حصتها من موجودات الشركة الزكوية؛ وتجدها في التقرير السنوي للشركة.",
)
_DEBTS_BEYOND = Bilingual(
    "The debts exceed the money, and how the rest weighs on livestock and crops is disputed in this school: it is not computed here.",
    "الديون أكثر من الأموال، وفي أثر الباقي على الماشية والزروع تفصيل في المذهب، فلا يُحسب هنا.",
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What counts: grams of pure gold and silver, and money, debts taken off."""

    gold: Fraction
    silver: Fraction
    money: Fraction

    def grams(self, metal: Metal) -> Fraction:
        return self.gold if metal == "gold" else self.silver


def reckon_wealth(case: Case) -> list[Line]:
    """Return the lines of what is owned and owed, and of what is due of it. Raises UnprocessableError for a price that is missing."""
    lines = [*_metal(case.gold, "gold", case), *_metal(case.silver, "silver", case), *_money(case), *_receivables(case)]
    gross = _sum(lines)
    debts = list(_debts(case))
    net = _less(gross, sum((line.base.number for line in debts if line.status == "deducted"), ZERO), case)
    lines += debts
    return [*lines, *_due(net, case)] if lines else []


def _metal(pieces: Sequence[Piece], metal: Metal, case: Case) -> Iterator[Line]:
    for piece in pieces:
        exempt = piece.use == "worn" and case.school != "hanafi"
        worn = "jewellery_exempt" if exempt else "jewellery_due"
        rule = {"saved": str(metal), "worn": worn, "forbidden": "forbidden_use"}[piece.use]
        yield Line(metal, _NAMES[metal], "exempt" if exempt else "counted", rule, Amount(piece.pure, _UNIT[metal]))


def _money(case: Case) -> Iterator[Line]:
    if case.cash:
        yield Line("cash", _NAMES["cash"], "counted", "cash", Amount(case.cash, "money"))
    for goods in case.goods:
        later = goods.waiting and case.school == "maliki"
        rule = "goods_waiting" if later else "trade_goods"
        yield Line("trade_goods", _NAMES["trade_goods"], "later" if later else "counted", rule, Amount(goods.value, "money"))
    for share in case.shares:
        if share.for_income and share.part is None:
            raise UnprocessableError(_NO_PART, param="shares.zakatable")
        counted = share.part if share.for_income and share.part is not None else share.value
        yield Line("shares", _NAMES["shares"], "counted", "shares_income" if share.for_income else "shares_trade", Amount(counted, "money"))


def _receivables(case: Case) -> Iterator[Line]:
    for owed in case.receivables:
        rule = _rule_of(owed, case)
        counted = rule == "receivable_counted"
        yield Line("receivables", _NAMES["receivables"], "counted" if counted else "later", rule, Amount(owed.amount, "money"))


def _rule_of(owed: Receivable, case: Case) -> str:
    if case.school == "maliki":
        return "receivable_counted" if owed.kind == "trade" and not owed.doubtful else "receivable_one_year"
    if case.school == "hanafi":
        return "receivable_later" if owed.doubtful or owed.kind == "other" else "receivable_counted"
    return "receivable_past_years" if owed.doubtful else "receivable_counted"


def _debts(case: Case) -> Iterator[Line]:
    if not case.debts:
        return
    if case.school == "shafii":
        yield Line("debts", _NAMES["debts"], "exempt", "debts_not_deducted", Amount(case.debts, "money"))
        return
    maliki = case.school == "maliki"
    taken = max(case.debts - case.property, ZERO) if maliki else case.debts
    yield Line("debts", _NAMES["debts"], "deducted", "debts_after_property" if maliki else "debts_deducted", Amount(taken, "money"))


def _sum(lines: Sequence[Line]) -> _Counted:
    total: dict[Unit, Fraction] = {"gold_g": ZERO, "silver_g": ZERO, "money": ZERO}
    for line in lines:
        if line.status == "counted":
            total[line.base.unit] += line.base.number
    return _Counted(total["gold_g"], total["silver_g"], total["money"])


def _less(gross: _Counted, debts: Fraction, case: Case) -> _Counted:
    """Take debts off, from money first, then from gold, then from silver at their prices."""
    money, rest = max(gross.money - debts, ZERO), max(debts - gross.money, ZERO)
    left = {"gold": gross.gold, "silver": gross.silver}
    for metal in _METALS:
        if rest and left[metal]:
            taken = min(left[metal], rest / price_of(case, metal))
            left[metal] -= taken
            rest -= taken * price_of(case, metal)
    if rest and case.school != "maliki" and (case.herds or (case.crops and case.school == "hanbali")):
        raise UnprocessableError(_DEBTS_BEYOND, param="debts")
    return _Counted(left["gold"], left["silver"], money)


def _due(net: _Counted, case: Case) -> Iterator[Line]:
    for metal in _METALS:
        if grams := net.grams(metal):
            price = case.gold_price if metal == "gold" else case.silver_price
            yield _share(metal, Amount(grams, _UNIT[metal]), reached=_reached(net, case, own=metal), price=price)
    if net.money:
        yield _share("money", Amount(net.money, "money"), reached=_reached(net, case, own=None), price=Fraction(1))


def _share(item: str, base: Amount, *, reached: bool, price: Fraction | None) -> Line:
    item, name = f"due.{item}", _NAMES[item]
    if not reached:
        return Line(item, name, "below_nisab", "below_nisab", base)
    due = base.number * RATE
    worth = None if price is None else due * price
    return Line(item, name, "due", "quarter_of_tenth", base, rate=RATE, due=[(Amount(due, base.unit),)], worth=worth)


def _reached(net: _Counted, case: Case, *, own: Metal | None) -> bool:
    """Whether what is owned reaches the nisab: a metal by its own weight, or what the school adds up."""
    if own is not None and net.grams(own) >= nisab_grams(case, own):
        return True
    if case.school == "shafii":
        return own is None and net.money >= nisab_value(case)
    return _parts(net, case) >= 1


def _parts(net: _Counted, case: Case) -> Fraction:
    """Return all that is owned as a part of the nisab, by value with Hanafis, metal by metal with Malikis and Hanbalis."""
    alone = [metal for metal in _METALS if net.grams(metal)]
    if not net.money and len(alone) == 1:
        return net.grams(alone[0]) / nisab_grams(case, alone[0])
    if case.school == "hanafi":
        value = net.money + sum((net.grams(metal) * price_of(case, metal) for metal in alone), ZERO)
        return max(value / nisab_value(case), *(net.grams(metal) / nisab_grams(case, metal) for metal in alone), ZERO)
    parts = sum((net.grams(metal) / nisab_grams(case, metal) for metal in alone), ZERO)
    return parts + (net.money / nisab_value(case) if net.money and parts < 1 else ZERO)
