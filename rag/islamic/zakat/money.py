"""Reads sums of money and what each of them is: owned, owed, lent, earned, goods or shares. Knows nothing of metals, herds or crops.

What a sum is stands before it in its clause, or behind it up to the next «و» or "and"; a sum that no word places is owned. One that
may be a part of another, or another reading of it, is left to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from rag.islamic.zakat.amounts import NUMBER, value
from rag.islamic.zakat.currencies import CURRENCY, Currency, currency_of

Role = Literal["cash", "debt", "lent", "bad", "claim", "income", "shares", "goods", "own", "metal", "spent", "found"]
_SUM = re.compile(rf"(?:(?P<sign>[$£€]) ?)?{NUMBER} ?(?P<currency>{CURRENCY})?(?!\w)")
_ENDS = re.compile(r"[،؛;؟?!]|[.,](?!\d)")
_NEXT = re.compile(r" (?:و|and |but )|[،؛;؟?!]|[.,](?!\d)")
_OWNED = r"وفرت\w*|اوفر\w*|مدخر\w*|ادخر\w*|ادخار|جمعت|حوش\w*|تبقي|باقي|رصيد\w*|كاش|نقد\w*|saved?|savings?|left|cash|balance"
_SAID: dict[Role, str] = {
    "cash": _OWNED,
    "bad": r"معسر|مماطل|جاحد|معدوم\w*|ميووس|bad debts?|doubtful",
    "claim": r"مهر\w*|صداق\w*|موخر\w*|dowry|mahr",
    "lent": r"لي (?:عند|علي|دين|ديون)|عند \w+ لي|(?:دين|ديون|قرض|مديون|مدين|يدين) لي|سلفت\w*|مسلف\w*|اقرضت\w*|مقرض\w*|"
    r"عند (?:زوج\w*|ا?خو\w+|اخت\w+|صديق\w*|صاحب\w*|جار\w*|قريب\w*|الناس|ناس|شخص|واحد|رجل|زبون|الزباين|العملاء|عميل)|"
    r"lent|loaned|ow(?:es?|ed|ing) (?:to )?me",
    "debt": r"دين\w{0,2}|ديون\w*|قرض\w{0,2}|قروض|اقساط\w*|قسط|مديون\w*|متسلف\w*|تسلفت|استلفت|استدنت|اقترضت|موردين|"
    r"ow(?:e|ing)|debts?|loans?|mortgage|liabilit\w+|borrowed",
    "income": r"راتب\w*|مرتب\w*|معاش\w*|رواتب|شهريا|في الشهر|كل شهر|بالشهر|شهريه|ايجار\w*|اجار\w*|موجر\w*|"
    r"باجر\w*|ماجر\w*|كراء|كاري\w*|دخل\w{0,2}|salar\w+|wages?|incomes?|rent\w*|per month|monthly|a month|every month|pension|earn\w*",
    "own": r"بيت\w*|منزل\w*|شقت\w*|شقه|فيلا|سيار\w*|اثاث\w*|عقار\w*|ارض\w{0,2}|مزرعه|"
    r"houses?|home|apartment|flat|villa|cars?|furniture|lands?|property",
    "shares": r"صندوق|صناديق|funds?|اسهم\w*|سهم|بورصه|shares?|stocks|equit\w+",
    "goods": r"بضاع\w*|بضايع\w*|عروض|تجار\w*|سلع\w*|للبيع|بيعها|goods|inventory|stock|merchandise|for sale|to sell",
    "found": r"(?:لقي\w*|لقا\w*|وجد\w*|عثر\w*|اكتشف\w*)(?: \w+){0,2} كنز\w*|كنز\w* مدفون\w*|ركاز\w*|دفين\w*|rikaz|"
    r"(?:found|dug up|discovered|unearthed|buried)(?: \w+){0,3} treasure",
    "spent": r"(?:احتاج\w*|محتاج\w*|need)(?= *(?:الي |مبلغ |to pay )?[$£€]? *$)|"
    r"اشتريت\w*|شريت\w*|صرفت\w*|انفقت\w*|دفعت\w*|bought|spent|paid",
    "metal": r"(?:ذهب\w?|دهب\w?|فضه|حلي\w*|سباي?ك|سبيكه|gold|silver|jewel\w*)"
    r"(?: (?:\w+ ){0,2}(?:ب|بقيمه|قيمت\w*|سعر\w*|ثمن\w*|بمبلغ|بحدود|worth|valued at)|\W*$)",
}
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?<!\w)(?:لل|[وفبل]?(?:ال)?)(?:{words})(?!\w)")) for role, words in _SAID.items()
)
# «وعلي 20 ألف»; without «و» it is as often «على», which places nothing, but where it opens a clause behind what is owned.
_ON_ME = re.compile(r"(?<!\w)(?:[وف]علي(?:ا|نا|ها|ه)?|عليا|علينا|عليها|عليه)(?!\w)")
_OPENS = re.compile(r"^\W*علي(?:ا)? (?:مبلغ )?$")
_TRADED = re.compile(r"(?<!\w)(?:لل|[لوب]?(?:ال)?)(?:مضارب\w*|متاجر\w*|تجار\w*|بيع\w*|تداول\w*|trad\w+|speculat\w+|sell)(?!\w)")
_KEPT = re.compile(r"(?<!\w)(?:لل|[لوب]?(?:ال)?)(?:استثمار\w*|ارباح\w*|عوايد\w*|طويل\w*|dividends?|long[- ]term|invest\w*|income)(?!\w)")
# Numbers that count no money: years and their like, parts of a hundred, and what jewellery and kin are counted by.
_OF_NONE = re.compile(
    r"(?<![\d.,])(?:(?:سنه|عام|منذ|من|في|since|in|year|from) )?(?:19|20|14)\d\d (?:هـ?|م)(?!\w)|"
    r"(?<!\w)(?:سنه|عام|منذ|since|in|year|from) (?:19|20|14)\d\d(?![\d.,])|"
    r"(?<!\w)(?:401 ?k|403 ?b)(?!\w)|"
    r"(?<![\d.,])\d+(?:\.\d+)? ?(?:%|٪|بالميه|بالمايه|في الميه|في المايه|percent|per cent)|"
    r"(?<![\d.,])\d+ ?(?:سنه|سنين|سنوات|سنتين|عاما?|اعوام|شهرا?|اشهر|شهور|يوما?|ايام|اسبوع\w*|حول|years?|months?|days?|weeks?)(?!\w)|"
    r"(?<![\d.,])\d{1,2} (?:خاتم|خواتم|اساور|اسوره|اسواره|غوايش|غويشه|بناجر|سلاسل|سلسله|عقد|عقود|حلق|قطع|قطعه|محلات|محل|شقق|شقه|بيوت|"
    r"اولاد|بنات|ابناء|اطفال|زوجات|(?:gold |silver )?(?:rings?|bangles?|bracelets?|chains?|necklaces?|earrings?|pieces)|"
    r"(?:\w+ )?(?:kids|children|sons|daughters|shops?|flats?|apartments?|houses?))(?!\w)"
)
_LEAST = 1000
# «عندي شقة وعندي 60 ألف»: what is owned is told anew.
_OWNS = re.compile(r"(?<!\w)و?(?:عندي|معي|معاي|معايا|املك|لدي)(?!\w)|\b(?:i|and|but) (?:also )?(?:have|own)\b")
# «60 ألفا منها 20 ألفا وديعة», «بين 10 و20 ألفا», «50 أو 60», «50 ألفا إلا ألفا»: a number that adds nothing to the one before it.
_NO_MORE = re.compile(
    r"(?<!\w)(?:منها|منه|منهم|الا|ناقص|او|(?<!اضافه )الي|حتي|including|of (?:it|which|them)|or|minus|less|"
    r"(?<!addition )(?<!amount )(?<!amounts )(?<!come )(?<!comes )(?<!up )to)(?: \w+)? ?$|^ ?[-–] ?$"
)
# «منها 5 آلاف إيجار», "5000 of which is rent": a part of what was told before, whatever it is; what is owed lessens it all the same.
_PART = re.compile(r"(?<!\w)(?:منها|منه|منهم|من ضمنها|بينها|including|of (?:it|which|them))(?: \w+)? ?$")
_PART_BEHIND = re.compile(r"^ (?:منها|منه|منهم|of (?:it|which|them|that))(?!\w)")
_MAY_BE_PART = frozenset(("debt", "spent"))
# «ولن يعيدها», «مستحيل يرجعها», "who will never pay it back": a loan that is not hoped for.
_BACK = r"(?:[اينت]عيد|[اينت]رجع|[ينت]رد|[ينت]سدد|[ينت]دفع|ارد|[ينت]وفي)\w*"
_DENIED = r"(?:لن|ما|مش|مو|لا|مستحيل|صعب|استحاله|ماراح|عمره ما|بعيد)"
_WOULD = r"(?: (?:راح|رح|حي?|اظن\w*|اعتقد\w*|اتوقع\w*|يقدر|يستطيع|يبي|هو|انه?|ان))"
UNHOPED = re.compile(
    rf"(?<!\w)[وف]?(?:{_DENIED}{_WOULD}{{0,3}} (?:ه|ح|ب)?{_BACK}|"
    r"(?<!غير )(?<!ليس )(?:ميووس|(?:لا|ما في|مافي|بلا) امل|مشكوك|مفلس\w*|افلس|هرب|هارب|منكر|ينكر|معسر|مماطل|جاحد|معدوم\w*))(?!\w)|"
    r"\b(?:never|will not|won't|can't|cannot|could not|not going to|unlikely to|(?<!no )doubt (?:\w+ ){1,2}will|refus\w+ to)"
    r"(?: (?:ever|be|able|to)){0,3} "
    r"(?:(?:pay|repay|return|paid|repaid|returned)(?! (?:\w+ )?zaka)|(?:give|get|see) (?:\w+ ){1,3}(?:back|again))\b|"
    r"\b(?:bankrupt|insolvent|written off|bad debt|doubtful|no hope)\b"
)
_BETWEEN = re.compile(r"(?<!\w)(?:بين|between) ?$")
# «100.000 يورو» is a hundred thousand to some and a hundred to others.
_TWO_WAYS = re.compile(r"\d{1,3}\.\d{3}")
# Where money is kept is nothing that is owned besides.
_AT_HOME = re.compile(r"(?<!\w)(?:في (?:ال)?(?:بيت|منزل|شقه|سياره)\w?|at (?:my |the )?(?:home|house))(?!\w)")
_PIECES = re.compile(r" (?:سبايك|سبيكه|عملات|قطع|ذهب|فضه|gold|silver|coins?|bars?|ingots?)(?!\w)")
_SOLD = re.compile(r"(?<!\w)[وف]?(?:بعت\w*|بعنا\w*)(?!\w)|\bsold\b")
_FOR_SALE = re.compile(r"^(?: \w+){0,2}? (?:للبيع|للتجاره|معروض\w* للبيع|for sale|to sell)(?!\w)")
_JOINING = re.compile(r" (?:و|and)(?: an?| my| also)? ?$")


@dataclass(frozen=True, slots=True)
class Sum:
    """So much money, in which currency, and what it is; `traded` of shares: held to be sold, for income, or not told."""

    amount: Fraction
    currency: Currency
    shown: str
    role: Role
    traded: bool | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """The sums that a text tells, and the numbers in it that nothing places."""

    sums: tuple[Sum, ...]
    unplaced: tuple[str, ...]

    def of(self, *roles: Role) -> Iterator[Sum]:
        """Yield the sums that are one of `roles`."""
        return (each for each in self.sums if each.role in roles)


def read_money(text: str) -> Money:
    """Return the money that a text in `search` form with digits tells, of which everything else that is counted was taken out."""
    found = list(_SUM.finditer(_OF_NONE.sub(" ", _AT_HOME.sub(" ", text))))
    sums: list[Sum] = []
    unplaced: list[str] = []
    for at, match in enumerate(found):
        before, behind = _around(found, at)
        role = _role(before, behind, first=not sums)
        named = match["currency"] or match["sign"]
        amount = value(match["number"], match["scale"])
        # «عندي 10 آلاف دينار و500»: what is left of a sum has its currency.
        rest = (
            bool(sums)
            and not named
            and _PIECES.match(behind) is None
            and before in (" و", " و ", " and ")
            and not sums[-1].amount % _LEAST
            and amount < _LEAST
        )
        placed = named or rest or amount >= _LEAST or (amount and _placed(before, behind))
        no_more = role == "cash" and (_BETWEEN.search(before) or (bool(sums) and _NO_MORE.search(before)))
        part = role not in _MAY_BE_PART and bool(sums) and (_PART.search(before) or _PART_BEHIND.match(behind))
        if not placed or no_more or part or _TWO_WAYS.fullmatch(match["number"]):
            unplaced += [match.group().strip()] if amount else []
            continue
        sums.append(Sum(amount, currency_of(named), named or "", sums[-1].role if rest else role, _traded(before + behind)))
    return Money(tuple(_hoped(sums, text)), tuple(unplaced))


def _hoped(sums: Sequence[Sum], text: str) -> Iterator[Sum]:
    """Yield the sums, the one loan as doubtful where it is told that it will not come back; of several nobody says which."""
    lone = sum(each.role == "lent" for each in sums) == 1 and UNHOPED.search(text) is not None
    yield from (replace(each, role="bad") if lone and each.role == "lent" else each for each in sums)


def _around(found: Sequence[re.Match[str]], at: int) -> tuple[str, str]:
    """Return what stands in its clause before a number, and behind it what still belongs to it."""
    match = found[at]
    start = found[at - 1].end() if at else 0
    end = found[at + 1].start() if at + 1 < len(found) else len(match.string)
    behind = match.string[match.end() : end]
    cut = _NEXT.search(behind)
    before = _OWNS.split(_ENDS.split(match.string[start : match.start()])[-1])[-1]
    # «عندي بيوت مؤجرة و40 ألف»: a number that follows «و» at once is another thing.
    joined = _JOINING.search(before)
    return joined.group() if joined else before, behind[: cut.start()] if cut else behind


def _role(before: str, behind: str, *, first: bool) -> Role:
    if behind.startswith((" ذهب", " دهب", " gold", " فضه", " silver")):
        return "metal"
    if _ON_ME.search(before) or (not first and _OPENS.search(before)):
        return "debt" if _nearest(before) != "lent" else "lent"
    said = _nearest(before)
    if said == "own" and (_SOLD.search(before) or _FOR_SALE.search(behind)):
        return "spent" if _SOLD.search(before) else "goods"
    return said or _nearest(behind) or "cash"


def _nearest(words: str) -> Role | None:
    """Return the role whose word stands last."""
    ends = [(match.end(), -at, role) for at, (role, pattern) in enumerate(_ROLES) for match in pattern.finditer(words)]
    nearest = max(ends)[2] if ends else None
    if any(role == "found" for *_, role in ends):
        # «كنز من الذهب قيمته».
        return "found"
    # «أسهم للتجارة» are shares that are traded.
    return "shares" if nearest == "goods" and any(role == "shares" for *_, role in ends) else nearest


def _placed(before: str, behind: str) -> bool:
    """Whether a small number without a currency is money all the same: «وعلي دين 500», "savings of 800"."""
    said = _nearest(before)
    return (said is not None and said not in ("metal", "spent")) or _ON_ME.search(before) is not None


def _traded(words: str) -> bool | None:
    if _TRADED.search(words):
        return True
    return False if _KEPT.search(words) else None
