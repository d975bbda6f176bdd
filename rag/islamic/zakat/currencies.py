"""Names of currencies, which of them are one, and what one is in another where somebody says so. Knows no rate of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

_NOUNS = {
    "riyal": r"ريالات|ريالا|ريال|riyals?|rials?",
    "dinar": r"دينارات|دينارا|دنانير|دينار|dinars?",
    "dirham": r"دراهم|درهما|درهم|dirhams?",
    "pound": r"جنيهات|جنيها|جنيه|pounds?|£",
    "lira": r"ليرات|ليره|liras?",
    "dollar": r"دولارات|دولارا|دولار|dollars?|\$",
    "euro": r"يوروهات|يورو|اورو|euros?|€",
    "rupee": r"روبيات|روبيه|rupees?",
    "franc": r"فرنكات|فرنكا|فرنك|francs?",
    "shekel": r"شواكل|شيكلات|شيكل|shekels?",
}
_NATIONS = {
    "qa": r"قطري|qatari", "sa": r"سعودي|saudi", "om": r"عماني|omani", "ye": r"يمني|yemeni",
    "kw": r"كويتي|kuwaiti", "bh": r"بحريني|bahraini",
    "iq": r"عراقي|iraqi", "jo": r"اردني|jordanian", "tn": r"تونسي|tunisian", "dz": r"جزائري|algerian", "ly": r"ليبي|libyan",
    "ae": r"اماراتي|emirati", "ma": r"مغربي|moroccan", "eg": r"مصري|egyptian", "sd": r"سوداني|sudanese", "gb": r"استرليني|british|sterling",
    "us": r"امريكي|american|us", "ca": r"كندي|canadian", "au": r"استرالي|australian", "tr": r"تركي|turkish", "sy": r"سوري|syrian",
    "lb": r"لبناني|lebanese", "in": r"هندي|indian", "pk": r"باكستاني|pakistani",
}  # fmt: skip
_CODES = {
    "qar": "riyal qa", "sar": "riyal sa", "omr": "riyal om", "aed": "dirham ae", "mad": "dirham ma", "kwd": "dinar kw", "bhd": "dinar bh",
    "jod": "dinar jo", "iqd": "dinar iq", "tnd": "dinar tn", "dzd": "dinar dz", "egp": "pound eg", "gbp": "pound gb", "usd": "dollar us",
    "eur": "euro", "try": "lira tr", "inr": "rupee in", "pkr": "rupee pk",
}  # fmt: skip
_NOUN, _NATION = "|".join(_NOUNS.values()), "|".join(_NATIONS.values())
_ONE_NOUN = tuple((noun, re.compile(forms)) for noun, forms in _NOUNS.items())
_ONE_NATION = tuple((nation, re.compile(rf"(?:ال)?(?:{forms})[ها]?")) for nation, forms in _NATIONS.items())
CURRENCY = rf"(?:(?:(?:{_NATION}) )?(?:{_NOUN})(?: (?:ال)?(?:{_NATION})(?:ه|ا)?(?!\w))?|{'|'.join(_CODES)})"
"""A currency in `search` form, with what tells whose it is; it has no groups."""
_IS = r"ب|هو|=|يساوي|تساوي|بيساوي|يعادل|is|equals|costs|to|at"
_ONE = rf"(?:ال)?(?P<of{{0}}>{CURRENCY})(?: (?:ال)?واحد| ?1)?"
# «الدولار بـ 3.75 ريال», "1 dollar = 3.75 riyals"; what has another number before it is owned.
_RATE = re.compile(
    rf"(?:(?<!\w)(?:سعر (?:صرف )?|(?<![\d.,])1 ?|[وف]?ال){_ONE.format(1)} ?(?:{_IS})?|"
    rf"(?<![\w.,])(?<!\d )(?:the |a |an |one )?{_ONE.format(2)} ?(?:{_IS}))"
    rf" ?(?P<sign>[$£€])?(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)(?: ?(?P<to>{CURRENCY})(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: its noun, and whose it is where that is said. Empty where none is said."""

    noun: str = ""
    nation: str = ""

    def may_be(self, other: Currency) -> bool:
        """Whether both can be one: a «ريال» may be a «ريال قطري», which is no «ريال سعودي»."""
        if not (self.noun and other.noun):
            return True
        return self.noun == other.noun and (not (self.nation and other.nation) or self.nation == other.nation)


@dataclass(frozen=True, slots=True)
class Rates:
    """What somebody says that one currency is in another."""

    told: Mapping[tuple[Currency, Currency], Fraction]

    def between(self, given: Currency, wanted: Currency) -> Fraction | None:
        """Return what one of `given` is in `wanted`; None where that is not told."""
        if given.may_be(wanted):
            return Fraction(1)
        for (one, other), rate in self.told.items():
            if given.may_be(one) and wanted.may_be(other):
                return rate
            if given.may_be(other) and wanted.may_be(one):
                return 1 / rate
        return None


def currency_of(name: str | None) -> Currency:
    """Return the currency of a name that `CURRENCY` finds."""
    noun, _, nation = _CODES.get(name or "", "").partition(" ")
    if noun or not name:
        return Currency(noun, nation)
    words = name.split()
    nouns = (key for key, forms in _ONE_NOUN for word in words if forms.fullmatch(word))
    nations = (key for key, forms in _ONE_NATION for word in words if forms.fullmatch(word))
    return Currency(next(nouns, ""), next(nations, ""))


def rates_in(text: str) -> tuple[Rates, str]:
    """Return the rates that a text in `search` form with digits tells, and the rest of it."""
    found: dict[tuple[Currency, Currency], Fraction] = {}
    rest: list[str] = []
    after = 0
    for match in _RATE.finditer(text):
        of, to = currency_of(match["of1"] or match["of2"]), currency_of(match["to"] or match["sign"])
        number = Fraction(match["number"].replace(",", ""))
        if number and not of.may_be(to):
            found[of, to] = number
            rest += [text[after : match.start()], " "]
            after = match.end()
    return Rates(found), "".join(rest) + text[after:]
