"""Reads for whom zakat al-fitr is given, and of what food. Knows nothing of how much it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from fanar.arabic.words import normal_words
from rag.islamic.zakat.amounts import DIGITS, value
from rag.islamic.zakat.case import Fitr, Staple

_FITR = re.compile(r"زكاه (?:ال)?فطر|(?<!\w)(?:ال)?فطره(?!\w)|صدقه الفطر|zakat ?(?:al|ul)?[- ]?fi?tr|fitr[ae]h?")
_ALL = re.compile(
    rf"(?<![\d.,])(?P<number>{DIGITS}) ?(?:اشخاص|شخصا?|افراد|فردا?|انفس|نفسا?|انفار|نفر|people|persons?|members?)(?!\w)|"
    rf"(?:عايل\w*|عيل\w*|اسر\w*|family|household)(?: (?:من|فيها|مكونه من|عددها|عددنا|of|with))* (?P<number2>{DIGITS})(?!\w)|"
    rf"(?<!\w)(?:عن|ل|for|of) ?(?P<number3>\d{{1,2}})(?= ?(?:$|[؟?،,.]|من |كم|in |of |ب))"
)
_SOME = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,2}) (?:اولاد|ولدا?|عيال|ابناء|بنات|بنتا?|اطفال|طفلا?|صغار|بزران|زوجات|اخوه|اخوات|خدم|"
    r"children|kids|sons?|daughters?|wives|"
    r"brothers|sisters|babies)(?!\w)"
)
_TWO = re.compile(r"(?<!\w)[وعن ]{0,4}(?:ولدين|ولداي|بنتين|ابنين|طفلين|زوجتين|ابنتين|اختين|اخوين)\w?(?!\w)")
_SELF = re.compile(r"(?<!\w)(?:[وف]?عني|[وف]?عن نفسي|[وف]?نفسي|انا|[وف]?لي|me|myself)(?!\w)")
_ONE = re.compile(
    r"(?<!\w)[وفل]?(?:زوجتي|زوجي|مرتي|مراتي|حرمتي|امي|ابوي|ابي|والدتي|والدي|ابني|ولدي|بنتي|ابنتي|خادمه|خادمتي|الخادمه|شغاله|الشغاله|"
    r"(?:my )?(?:wife|husband|mother|father|son|daughter|maid))(?!\w)"
)
_ONLY = re.compile(r"(?<!\w)(?:ل|عن |for )?(?:شخص|فرد|نفر|a person|1 person|one person)(?: 1| واحد)?(?!\w)")
_MANY = re.compile(
    r"(?<!\w)[وفل]?(?:اولادي|عيالي|بناتي|ابنايي|اطفالي|اهلي|عايلتي|عيلتي|اسرتي|my (?:kids|children|family|sons|daughters))(?!\w)"
)
_PER_KILO = re.compile(
    rf"(?:سعر )?(?:ال)?(?:كيلو\w*|كجم)(?: \w+){{0,2}}? (?:ب|بـ|هو|يساوي|=)? ?(?P<price>{DIGITS})|"
    rf"(?P<price2>{DIGITS}) ?(?:\w+ )?(?:للكيلو|per (?:kilo\w*|kg)|a kilo)"
)
_STAPLES: dict[str, Staple] = {
    "قمح": "wheat", "بر": "wheat", "wheat": "wheat", "شعير": "barley", "barley": "barley", "تمر": "dates", "dates": "dates",
    "زبيب": "raisins", "raisins": "raisins", "ارز": "rice", "رز": "rice", "rice": "rice", "ذره": "maize", "corn": "maize",
}  # fmt: skip


def asks_fitr(text: str) -> bool:
    """Whether a text in `search` form speaks of zakat al-fitr."""
    return _FITR.search(text) is not None


def read_fitr(text: str) -> Fitr | None:
    """Return for whom and of what it is given; None where how many they are is not told."""
    price = _PER_KILO.search(text)
    count = _people(_PER_KILO.sub(" ", text))
    default: Staple = "wheat"
    staple = next((staple for word in normal_words(text) for staple in _staple(word)), default)
    return Fitr(count, staple, value(price["price"] or price["price2"]) if price else None) if count else None


def _people(text: str) -> int:
    """Count them: a number of all, or one by one; what is added to a number of others with «و» counts beside it."""
    everybody = _ALL.search(text)
    rest = text[: everybody.start()] + " " + text[everybody.end() :] if everybody else text
    some = list(_SOME.finditer(rest))
    single = sum(int(match["number"]) for match in some) + 2 * len(_TWO.findall(rest)) + len(_ONE.findall(rest)) + bool(_SELF.search(rest))
    if everybody is None:
        return 0 if _MANY.search(_SOME.sub(" ", text)) else single or int(_ONLY.search(text) is not None)
    total = int(next(Fraction(number.replace(",", "")) for number in everybody.groups() if number))
    beside = text[: everybody.start()].rstrip().endswith((" و", " وعن", " and", " and for", "+"))
    return total + single if beside and not some else total


def _staple(word: str) -> Iterator[Staple]:
    for name in (word, word.removeprefix("ال"), word.removeprefix("بال")):
        if name in _STAPLES:
            yield _STAPLES[name]
