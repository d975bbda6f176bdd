"""Dates, times, money and measures in Arabic words. Knows nothing of where in a text they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fanar.arabic.agreement import form_after
from speech.reading.arabic_numbers import cardinal
from speech.reading.arabic_numbers import digits as digits
from speech.reading.arabic_numbers import ordinal as place

_MONTHS = ["يَنايِر", "فِبْرايِر", "مارِس", "أَبْرِيل", "مايُو", "يُونْيُو", "يُولْيُو", "أَغُسْطُس", "سِبْتَمْبِر", "أُكْتُوبَر", "نُوفَمْبِر", "دِيسَمْبِر"]
_HOURS = ("", "الواحِدَة", "الثانِيَة", "الثالِثَة", "الرابِعَة", "الخامِسَة", "السادِسَة", "السابِعَة", "الثامِنَة", "التاسِعَة", "العاشِرَة")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that is counted: one, two (nominative and oblique), three to ten, eleven and more."""

    one: str
    two: str
    two_oblique: str
    few: str
    many: str
    feminine: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DOLLAR = Noun("دُولار", "دُولاران", "دُولارَيْن", "دُولارات", "دُولار")
_RIYAL = Noun("رِيال", "رِيالان", "رِيالَيْن", "رِيالات", "رِيال")
_DINAR = Noun("دِينار", "دِيناران", "دِينارَيْن", "دَنانِير", "دِينار")
_DIRHAM = Noun("دِرْهَم", "دِرْهَمان", "دِرْهَمَيْن", "دَراهِم", "دِرْهَم")
_POUND = Noun("جُنَيْه", "جُنَيْهان", "جُنَيْهَيْن", "جُنَيْهات", "جُنَيْه")
_EURO = Noun("يُورو", "يُورو", "يُورو", "يُورو", "يُورو")
_YEN = Noun("يِنّ", "يِنّان", "يِنَّيْن", "يِنّات", "يِنّ")
_MONEY = {
    "$": (_DOLLAR, ""),
    "USD": (_DOLLAR, "أَمْرِيكِيّ"),
    "€": (_EURO, ""),
    "EUR": (_EURO, ""),
    "£": (_POUND, "إِسْتَرْلِينِيّ"),
    "GBP": (_POUND, "إِسْتَرْلِينِيّ"),
    "¥": (_YEN, ""),
    "JPY": (_YEN, ""),
    "QAR": (_RIYAL, "قَطَرِيّ"),
    "ر.ق": (_RIYAL, "قَطَرِيّ"),
    "SAR": (_RIYAL, "سُعُودِيّ"),
    "ر.س": (_RIYAL, "سُعُودِيّ"),
    "﷼": (_RIYAL, ""),
    "KWD": (_DINAR, "كُوَيْتِيّ"),
    "د.ك": (_DINAR, "كُوَيْتِيّ"),
    "JOD": (_DINAR, "أُرْدُنِّيّ"),
    "AED": (_DIRHAM, "إِماراتِيّ"),
    "د.إ": (_DIRHAM, "إِماراتِيّ"),
    "EGP": (_POUND, "مِصْرِيّ"),
    "ج.م": (_POUND, "مِصْرِيّ"),
}


def _metre(prefix: str) -> Noun:
    return Noun(f"{prefix}مِتْر", f"{prefix}مِتْران", f"{prefix}مِتْرَيْن", f"{prefix}مِتْرات", f"{prefix}مِتْر")


def _gram(prefix: str) -> Noun:
    return Noun(f"{prefix}غِرام", f"{prefix}غِرامان", f"{prefix}غِرامَيْن", f"{prefix}غِرامات", f"{prefix}غِرام")


_PLAIN_METRE = Noun("مِتْر", "مِتْران", "مِتْرَيْن", "أَمْتار", "مِتْر")
_MEASURES = {
    "م": _PLAIN_METRE,
    "m": _PLAIN_METRE,
    "كم": _metre("كِيلُو"),
    "سم": _metre("سَنْتِي"),
    "ملم": _metre("مِلِّي"),
    "غ": _gram(""),
    "كغ": _gram("كِيلُو"),
    "كجم": _gram("كِيلُو"),
}
_BESIDE = {"²": " مُرَبَّع", "/س": " في الساعَة", "/ساعة": " في الساعَة", "/h": " في الساعَة"}
_MEASURES |= {"km": _MEASURES["كم"], "cm": _MEASURES["سم"], "mm": _MEASURES["ملم"], "g": _MEASURES["غ"], "kg": _MEASURES["كغ"]}
_MILE = Noun("مِيل", "مِيلان", "مِيلَيْن", "أَمْيال", "مِيل")
_DEGREE = Noun("دَرَجَة", "دَرَجَتان", "دَرَجَتَيْن", "دَرَجات", "دَرَجَة", feminine=True)
_GOVERNING = _words(
    "في من إلى على عن منذ حتى بعد قبل خلال حوالي نحو عام سنة العام الأعوام السنوات عامي سنتي بين لمدة أكثر أقل كل مع "
    "بنسبة بقيمة بعدد مدة قرابة دون صفحة ب بـ ل لـ ك كـ"
)
_FEMININE_PLURALS = _words(
    "مدن دول ليال ليالي ثوان ثواني دقائق جرائد مدارس كتائب رسائل وسائل مسائل قصائد آيات سور صور غرف أمم فرق نسخ كليات نساء سنين"
)
_MASCULINE_PLURALS = _words(
    "ملايين مليارات تريليونات ريالات دولارات جنيهات كيلومترات سنتيمترات غرامات كيلوغرامات اجتماعات قرارات مطارات مجلدات خطابات اختبارات"
)
_YEARS = _words("عام سنة العام السنة عامي سنتي الأعوام السنوات")
_ORDERED = _words("الجزء الصف الفصل الباب الطابق المركز القرن")
_DUAL = re.compile(r"((?:مِئَت|أَلْف|مِلْيُون|مِلْيار)(?:ا|َيْ))ن\Z")
_FEMININE = _words("سنة ليلة نفس دار أرض شمس يد عين")
_SCALES = {
    "million": (10**6, "مِلْيُون"),
    "billion": (10**9, "مِلْيار"),
    "trillion": (10**12, "تِرِيلْيُون"),
    "thousand": (10**3, "أَلْف"),
    "مليون": (10**6, "مِلْيُون"),
    "مليار": (10**9, "مِلْيار"),
    "ألف": (10**3, "أَلْف"),
}
minus = "ناقِص"
_ERAS = {"هـ": "هِجْرِيَّة", "م": "مِيلادِيَّة"}


def counted(number: int, noun: Noun, *, oblique: bool) -> str:
    """Return so many of something."""
    if number == 1:
        return noun.one
    if number == 2:
        return noun.two_oblique if oblique else noun.two
    words = cardinal(number, feminine=noun.feminine, oblique=oblique)
    return f"{_before_noun(words)} {form_after(number, single=noun.one, few=noun.few, many=noun.many)}"


def date(day: int, month: int, year: int | None) -> str:
    """Return a date of the Gregorian calendar."""
    said = f"{place(day)} مِن {_MONTHS[month - 1]}"
    return f"{said} عام {cardinal(year, oblique=True)}" if year else said


def time(hour: int, minute: int, *, afternoon: bool | None) -> str:
    """Return a time of day; `afternoon` is None where it is told by the hour."""
    twelve = hour % 12 or 12
    said = _HOURS[twelve] if twelve <= 10 else {11: "الحادِيَة عَشْرَة", 12: "الثانِيَة عَشْرَة"}[twelve]
    match minute:
        case 0:
            pass
        case 15:
            said += " والرُبْع"
        case 30:
            said += " والنِصْف"
        case _:
            minutes = Noun("دَقِيقَة", "دَقِيقَتان", "دَقِيقَتَيْن", "دَقائِق", "دَقِيقَة", feminine=True)
            said += f" و{counted(minute, minutes, oblique=False)}"
    if afternoon is None and hour <= 12:
        return said
    return f"{said} {'مَساءً' if afternoon or hour > 12 else 'صَباحًا'}"


def money(whole: int, fraction: str, currency: str, *, oblique: bool, scale: str = "") -> str:
    """Return an amount; `fraction` are the digits behind the point, `scale` the word behind them: million."""
    noun, adjective = _MONEY[currency]
    if scale:
        return " ".join(filter(None, (scaled(whole, fraction, scale, oblique=oblique), noun.one, adjective)))
    if fraction.strip("0"):
        return " ".join(filter(None, (decimal(whole, fraction, oblique=oblique), noun.one, adjective)))
    if not adjective or 3 <= whole % 100 <= 10 or whole == 2:
        return counted(whole, noun, oblique=oblique)
    return f"{counted(whole, noun, oblique=oblique)} {adjective}"


def measure(whole: int, fraction: str, unit: str, *, oblique: bool) -> str:
    """Return a measure."""
    beside = next((sign for sign in _BESIDE if unit.endswith(sign)), "")
    noun = _DEGREE if unit.startswith("°") else _MILE if unit == "mph" else _MEASURES[unit.removesuffix(beside)]
    said = f"{decimal(whole, fraction, oblique=oblique)} {noun.one}" if fraction else counted(whole, noun, oblique=oblique)
    return said + (_BESIDE["/h"] if unit == "mph" else _BESIDE.get(beside, ""))


def scaled(whole: int, fraction: str, scale: str, *, oblique: bool) -> str:
    """Return a number of millions, or of another scale."""
    factor, name = _SCALES[scale]
    return f"{decimal(whole, fraction, oblique=oblique)} {name}" if fraction else cardinal(whole * factor, oblique=oblique)


def year(number: int, era: str) -> str:
    """Return a year with its era, as it stands after the word for year."""
    said = cardinal(number, oblique=True, feminine=False)
    return f"{said} {_ERAS[era]}" if era in _ERAS else said


def decade(number: int) -> str:
    """Return ten years, as Arabic writes them rarely: by their first."""
    return cardinal(number, oblique=True)


def percent(whole: int, fraction: str, *, oblique: bool) -> str:
    """Return a share of a hundred."""
    return f"{decimal(whole, fraction, oblique=oblique) if fraction else cardinal(whole, oblique=oblique)} في المِئَة"


def decimal(whole: int, fraction: str, *, oblique: bool) -> str:
    """Return a number with a fraction."""
    behind = digits(fraction) if fraction.startswith("0") or len(fraction) > 2 else cardinal(int(fraction), oblique=oblique)
    return f"{cardinal(whole, oblique=oblique)} فاصِلَة {behind}"


def ordinal(number: int) -> str:
    """Return a place in an order."""
    return place(number) if 1 <= number <= 99 else cardinal(number)


def plain(number: int, *, before: str, after: str) -> str:
    """Return a number between two words, the later of which it may count."""
    alone = not after or after in _GOVERNING
    if before in _ORDERED and 1 <= number <= 99 and (alone or before == "القرن"):
        return place(number)
    words = cardinal(number, feminine=_is_feminine(number, after), oblique=is_oblique(before))
    return words if alone or before in _YEARS else _before_noun(words)


def span(first: str, last: str) -> str:
    """Return a range."""
    return f"{first} إلى {last}"


def is_oblique(before: str) -> bool:
    """Whether a number behind this word stands in the oblique case: behind a preposition, or a noun that it describes."""
    return before in _GOVERNING


def _is_feminine(number: int, noun: str) -> bool:
    if 3 <= number % 100 <= 10:
        return noun in _FEMININE_PLURALS or (noun.endswith("ات") and noun not in _MASCULINE_PLURALS)
    return noun.endswith("ة") or noun in _FEMININE


def _before_noun(words: str) -> str:
    """Return a number as it stands before what it counts: a dual loses its ending, «مئتا بيت»."""
    return _DUAL.sub(r"\1", words)
