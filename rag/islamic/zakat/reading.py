"""Reads what somebody says they own into a case. Knows nothing of how it is reckoned; what is not said is not guessed.

What it reads it can say back (`understood`), so that a wrong reading is seen before its result is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fanar.arabic.normalization import normalize
from fanar.arabic.numerals import SCALES, read_numeral
from fanar.arabic.words import normal_words
from rag.islamic.zakat.case import Animal, Case, Crop, CropKind, Fitr, Goods, Herd, Irrigation, Metal, Piece, Staple, Use

_SCALES = {**SCALES, "k": 1_000}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = rf"(?: ?(?P<scale{{0}}>{'|'.join(_SCALES)})(?!\w))?"
_NUMBER, _ANOTHER = (rf"(?<![\d.,])(?P<number{at}>{_DIGITS}){_SCALE.format(at)}" for at in ("", "2"))
_GRAMS = r"(?:جرامات|غرامات|جراما|غراما|جرام|غرام|جم|غم|قرام|كرام|g|gm|grams?|gr)"
_GOLD, _SILVER = r"(?:ال)?(?:ذهب|دهب)\w?|gold", r"(?:ال)?فض[هة]|silver"
_CURRENCY = (
    r"(?:ريال\w*|دينار\w*|دنانير|درهم\w*|دراهم|جنيه\w*|دولار\w*|ليره|ليرات|يورو|روبيه|دراهم|"
    r"riyals?|rials?|dinars?|dirhams?|pounds?|dollars?|euros?|rupees?|qar|sar|aed|egp|usd|eur|gbp|kwd|\$|£|€)"
)
# «3 آلاف و500 ريال», «مليون و200 ألف ريال»: what is in digits on one side of the «و» or both is one sum of the currency behind it.
_SUM = re.compile(
    rf"(?<![\d.,])(?:(?P<digits>{_DIGITS}) )?(?<!\w)(?P<scale>{'|'.join(_SCALES)}) و ?"
    rf"(?P<more>{_DIGITS})(?: (?P<times>{'|'.join(_SCALES)}))?(?= ?{_CURRENCY}(?!\w))"
)
_MONEY = re.compile(rf"{_CURRENCY}(?!\w)")
_METAL = re.compile(
    rf"{_NUMBER} ?{_GRAMS} ?(?:من |of )?(?:(?P<gold>{_GOLD})|(?P<silver>{_SILVER}))(?!\w)|"
    rf"(?<!\w)(?:(?P<gold2>{_GOLD})|(?P<silver2>{_SILVER})) ?(?:وزنه?ا? |of |weighing )?{_ANOTHER} ?{_GRAMS}(?!\w)"
)
_KARAT = re.compile(r"(?:عيار|قيراط) ?(?P<before>\d{1,2})|(?P<after>\d{1,2}) ?(?:قيراط|عيار|karats?|carats?|kt?|ct)(?!\w)")
_PRICE = re.compile(
    rf"(?:سعر|بسعر|price)\D{{0,30}}?{_NUMBER}|"
    r"(?<!\d)(?<!\d )(?:جرام|غرام|gram)\D{0,14}?(?:(?<!\w)ب|is|costs?|=|يساوي) ?(?P<alone>\d+(?:,\d{3})*(?:\.\d+)?)|"
    rf"(?<!\d)(?<!\d )(?<!\w)[وف]?(?:ال)?(?:جرام|غرام)(?:ها|ه)?(?: (?:{_GOLD}|{_SILVER}))? "
    rf"(?P<its>\d+(?:,\d{{3}})*(?:\.\d+)?)(?= ?{_CURRENCY})|"
    r"(?P<per>\d+(?:,\d{3})*(?:\.\d+)?) ?(?:\w+ )?(?:per gram|a gram|للجرام|للغرام|/ ?g)(?!\w)"
)
_CASH = re.compile(rf"(?:(?P<sign>[$£€]) ?)?{_NUMBER} ?(?P<currency>{_CURRENCY})?(?!\w)")
_HERDS: tuple[tuple[Animal, str], ...] = (
    ("camels", r"ابل|الابل|جمال|جمل|ناقه|نوق|بعير|بعران|camels?"),
    ("cattle", r"بقر\w*|البقر|جاموس\w*|cows?|cattle|buffalo\w*"),
    ("sheep", r"غنم\w*|الغنم|شاه|شياه|نعجه|نعاج|خروف|خرفان|ماعز|معز\w*|ضان|sheep|goats?"),
)
_HERD = tuple((kind, re.compile(rf"{_NUMBER} ?(?:راسا?|رووس|heads?)? ?(?:من |of )?(?:ال)?(?:{names})(?!\w)")) for kind, names in _HERDS)
_GRAZING = re.compile(r"(?<!\w)(?:سايم\w*|ترعي|رعي|مرعي|graz\w*|pasture\w*)")
_FED = re.compile(r"(?<!\w)(?:معلوف\w*|نعلفها|اعلفها|علف|عامله|fodder|fed|feed\w*)")
_CROPS: dict[str, CropKind] = {
    "قمح": "wheat", "حنطه": "wheat", "بر": "wheat", "wheat": "wheat", "شعير": "barley", "barley": "barley", "ارز": "rice", "رز": "rice",
    "rice": "rice", "ذره": "maize", "maize": "maize", "corn": "maize", "دخن": "millet", "millet": "millet", "تمر": "dates", "تمور": "dates",
    "dates": "dates", "زبيب": "raisins", "raisins": "raisins", "عدس": "lentils", "lentils": "lentils", "حمص": "chickpeas",
    "chickpeas": "chickpeas", "فول": "beans", "beans": "beans", "سمسم": "sesame", "sesame": "sesame", "زيتون": "olives", "olives": "olives",
    "لوز": "almonds", "almonds": "almonds", "فستق": "pistachios", "pistachios": "pistachios", "خضروات": "vegetables", "خضار": "vegetables",
    "vegetables": "vegetables", "فواكه": "fruits", "fruits": "fruits", "قطن": "cotton", "cotton": "cotton",
}  # fmt: skip
_CROP = re.compile(
    rf"{_NUMBER} ?(?P<unit>كيلو\w*|كجم|كغم?|طنا?|اطنان|kgs?|kilos?|kilograms?|tons?|tonnes?) ?(?:من |of )?"
    rf"(?:ال)?(?P<kind>{'|'.join(_CROPS)})(?!\w)"
)
_TON = ("ط", "اط", "t")
_RAIN = re.compile(r"(?<!\w)(?:ب?(?:ال)?(?:مطر|امطار)|بعل\w*|ب?(?:ال)?عيون|rain\w*|springs?)")
_PAID = re.compile(r"(?<!\w)(?:ب?(?:ال)?(?:الات|مكاين|مضخ\w*|مكينه|ابار|بير|كلفه)|ري|نسقي\w*|مسقي\w*|irrigat\w*|pump\w*|wells?)")
_FITR = re.compile(r"زكاه (?:ال)?فطر|فطره|zakat ?(?:al|ul)?[- ]?fi?tr|fitr[ae]h?")
_PEOPLE = re.compile(rf"{_NUMBER} ?(?:اشخاص|شخصا?|افراد|فردا?|انفس|نفسا?|people|persons?|members?)|(?<!\w)(?:عن|for|of) {_ANOTHER}")
_STAPLES: dict[str, Staple] = {
    "قمح": "wheat", "بر": "wheat", "wheat": "wheat", "شعير": "barley", "barley": "barley", "تمر": "dates", "dates": "dates",
    "زبيب": "raisins", "raisins": "raisins", "ارز": "rice", "رز": "rice", "rice": "rice", "ذره": "maize", "corn": "maize",
}  # fmt: skip
_DEBT = re.compile(
    rf"(?<!\w)[وف]?(?:علي|عليا|عليه|مديون) (?:دين|ديون|قرض|بمبلغ)?\D{{0,6}}?{_NUMBER}|"
    rf"(?:i owe|debts?(?: of)?|loan of) \D{{0,4}}{_ANOTHER}"
)
_GOODS = re.compile(rf"(?:بضاع\w*|عروض|تجار\w*|سلع|goods|inventory|stock|merchandise)\D{{0,25}}{_NUMBER}")
_WORN = re.compile(r"(?<!\w)(?:حلي\w*|البسه\w*|تلبسه\w*|نلبسه|للزينه|زينه|للبس|jewel\w*|wear\w*|worn)")
_BY: tuple[tuple[Metal, re.Pattern[str]], ...] = (
    ("silver", re.compile(r"نصاب (?:ال)?فضه|silver nisab|nisab of silver")),
    ("gold", re.compile(r"نصاب (?:ال)?ذهب|gold nisab|nisab of gold")),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, and whether it was told: of gold its karat, of herds whether they graze, of crops their water, of fitr the people."""

    case: Case
    karat_said: bool = True
    grazing_said: bool = True
    water_said: bool = True
    people_said: bool = True


def read_case(turns: Sequence[str]) -> Read | None:
    """Return the case that the user's turns tell; None where they tell none."""
    text = with_digits(" ".join(turns))
    prices, rest = _prices(text)
    use: Use = "worn" if _WORN.search(rest) else "saved"
    karat = _KARAT.search(rest)
    purity = Fraction(int(karat["before"] or karat["after"]), 24) if karat else Fraction(1)
    rest = _KARAT.sub(" ", rest)
    metals, rest = _metals(rest, purity, use)
    crops, rest = _crops(rest)
    herds, rest = _herds(rest)
    fitr, rest = _fitr(rest)
    debts, rest = _taken(_DEBT, rest)
    goods, rest = _taken(_GOODS, rest)
    cash, currency = (Fraction(0), _currency(rest)) if fitr else _cash(rest)
    case = Case(
        "shafii", nisab=next((basis for basis, pattern in _BY if pattern.search(text)), None),
        gold_price=prices.get("gold"), silver_price=prices.get("silver"), currency=currency,
        gold=[piece for metal, piece in metals if metal == "gold"], silver=[piece for metal, piece in metals if metal == "silver"],
        cash=cash, goods=[Goods(goods)] if goods else [], debts=debts, crops=crops, herds=herds, fitr=fitr,
    )  # fmt: skip
    if not (metals or crops or herds or fitr or cash or goods or _FITR.search(text)):
        return None
    case = replace(case, nisab=case.nisab or _implied(prices))
    grazing = bool(_GRAZING.search(text) or _FED.search(text))
    water = bool(_RAIN.search(text) or _PAID.search(text))
    people = fitr is not None or not _FITR.search(text)
    return Read(case, karat is not None or not case.gold, grazing or not herds, water or not crops, people)


def _implied(prices: dict[Metal, Fraction]) -> Metal | None:
    """One price that is told says by which metal the nisab is meant."""
    return next(iter(prices)) if len(prices) == 1 else None


def with_digits(text: str) -> str:
    """Return the normal form with numbers written out as digits."""
    words = normalize(text).replace("٫", ".").split()
    found, at = [], 0
    while at < len(words):
        numeral = read_numeral(words, at)
        if numeral and words[at] in _SCALES and not _a_sum(words, at, numeral[1]):
            numeral = None
        found.append(words[at] if numeral is None else str(numeral[0]))
        at = at + 1 if numeral is None else numeral[1]
    return _SUM.sub(_summed, " ".join(found))


def _summed(match: re.Match[str]) -> str:
    """Return both parts as one number; what stands there where the second is too large to be the rest of the first."""
    more = _value(match["more"], match["times"])
    if more >= _SCALES[match["scale"]]:
        return match.group()
    whole = _value(match["digits"] or "1", match["scale"]) + more
    return str(whole) if whole.denominator == 1 else match.group()


def _a_sum(words: Sequence[str], at: int, after: int) -> bool:
    """Whether a number that begins with a scale stands by itself: «مليون ريال», and neither «25 ألفا» nor «ألف شكر»."""
    multiplies = at > 0 and words[at - 1][-1].isdigit()
    return not multiplies and after < len(words) and _MONEY.match(words[after]) is not None


def _value(number: str | None, scale: str | None = None) -> Fraction:
    return Fraction((number or "0").replace(",", "")) * _SCALES.get(scale or "", 1)


def _told(match: re.Match[str]) -> Fraction:
    """Return the number of a pattern that knows it in one of two places."""
    found = match.groupdict()
    second = found.get("number2")
    return _value(second, found.get("scale2")) if second else _value(found["number"], found["scale"])


def _prices(text: str) -> tuple[dict[Metal, Fraction], str]:
    found: dict[Metal, Fraction] = {}
    for match in _PRICE.finditer(text):
        around = text[max(0, match.start() - 12) : match.end() + 16]
        metal: Metal = (
            "silver" if re.search(_SILVER, match.group()) or (re.search(_SILVER, around) and not re.search(_GOLD, around)) else "gold"
        )
        found[metal] = _value(match["number"] or match["alone"] or match["its"] or match["per"], match["scale"])
    return {metal: price for metal, price in found.items() if price}, _PRICE.sub(" ", text)


def _metals(text: str, purity: Fraction, use: Use) -> tuple[list[tuple[Metal, Piece]], str]:
    found: list[tuple[Metal, Piece]] = []
    for match in _METAL.finditer(text):
        metal: Metal = "gold" if match["gold"] or match["gold2"] else "silver"
        found.append((metal, Piece(_told(match), purity if metal == "gold" else Fraction(1), use)))
    return found, _METAL.sub(" ", text)


def _crops(text: str) -> tuple[list[Crop], str]:
    water: Irrigation = "rain" if _RAIN.search(text) else "paid"
    if _RAIN.search(text) and _PAID.search(text):
        water = "mixed"
    found = []
    for match in _CROP.finditer(text):
        kg = _value(match["number"], match["scale"]) * (1000 if match["unit"].startswith(_TON) else 1)
        found.append(Crop(_CROPS[match["kind"]], kg, water))
    return found, _CROP.sub(" ", text)


def _herds(text: str) -> tuple[list[Herd], str]:
    grazing = _FED.search(text) is None
    found = []
    for kind, pattern in _HERD:
        match = pattern.search(text)
        if match and (count := int(_value(match["number"], match["scale"]))):
            found.append(Herd(kind, count, grazing))
            text = pattern.sub(" ", text)
    return found, text


def _fitr(text: str) -> tuple[Fitr | None, str]:
    if not _FITR.search(text):
        return None, text
    people = _PEOPLE.search(text)
    count = int(_told(people)) if people else 0
    default: Staple = "wheat"
    staple = next((staple for word in normal_words(text) for staple in _staple(word)), default)
    return (Fitr(count, staple) if count else None), _FITR.sub(" ", text)


def _staple(word: str) -> Iterator[Staple]:
    for name in (word, word.removeprefix("ال"), word.removeprefix("بال")):
        if name in _STAPLES:
            yield _STAPLES[name]


def _taken(pattern: re.Pattern[str], text: str) -> tuple[Fraction, str]:
    match = pattern.search(text)
    if match is None:
        return Fraction(0), text
    return _told(match), text[: match.start()] + " " + text[match.end() :]


def _cash(text: str) -> tuple[Fraction, str]:
    """Return the money that is told, and its currency: a number with one, or the only great number there is."""
    told = [match for match in _CASH.finditer(text) if match["currency"] or match["sign"]]
    plain = [match for match in _CASH.finditer(text) if _value(match["number"], match["scale"]) >= 1000]
    used = told or (plain if len(plain) == 1 else [])
    return sum((_value(match["number"], match["scale"]) for match in used), Fraction(0)), _currency(text)


def _currency(text: str) -> str:
    return next((match["currency"] or match["sign"] for match in _CASH.finditer(text) if match["currency"] or match["sign"]), "")
