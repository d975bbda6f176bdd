"""Finds figures in a text and has them written out: dates, times, money, measures, numbers. Knows nothing of any language's words."""

from __future__ import annotations

import re
from collections.abc import Callable

from speech.reading.language import Language

_ENGLISH_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_ARABIC_MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
_LEVANTINE_MONTHS = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
_MONTHS = {
    name: number
    for names in (_ENGLISH_MONTHS, [name[:3] for name in _ENGLISH_MONTHS], _ARABIC_MONTHS, _LEVANTINE_MONTHS)
    for number, name in enumerate(names, 1)
} | {"إبريل": 4, "ابريل": 4, "اغسطس": 8, "اكتوبر": 10}
_MONTH = "|".join(map(re.escape, sorted(_MONTHS, key=len, reverse=True)))
_LATIN_MONTH = "|".join(name for name in sorted(_MONTHS, key=len, reverse=True) if name.isascii())
_SURE_YEAR = 1000  # «300 م» may be metres, «1990 م» is a year
_LONG = 15  # digits; longer ones are told one by one
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
LATIN_CODES = "USD|EUR|GBP|JPY|QAR|SAR|KWD|JOD|AED|EGP"
_CODES = rf"{LATIN_CODES}|ر\.ق|ر\.س|د\.ك|د\.إ|ج\.م|[$€£¥﷼]"
_SCALE = r"million|billion|trillion|thousand|مليون|مليار|ألف"
UNITS = r"km/h|mph|km²|m²|km|cm|mm|kg|m|g"
_UNITS = rf"{UNITS}|كم/ساعة|كم/س|كم²|م²|كم|سم|ملم|كغ|كجم|غ|م|°[CF]?"
# By what a figure is, the kinds that say more of it first. Groups of the same meaning are numbered: y1 and y2 are years.
_FIGURE = re.compile(
    rf"""
    # 2026-03-05
    (?P<iso>\b(?P<y1>\d{{4}})[-/](?P<m1>\d{{1,2}})[-/](?P<d1>\d{{1,2}})\b)
    # 5/3/2026: the day first, unless only the other order is a date
  | (?P<dmy>\b(?P<d2>\d{{1,2}})[-/](?P<m2>\d{{1,2}})[-/](?P<y2>\d{{4}})\b)
    # 5 March 2026, «5 مارس عام 2026»
  | (?P<named>\b(?P<d3>\d{{1,2}})\s(?P<n3>{_MONTH})\b(?:,?\s(?:عام\s|سنة\s)?(?P<y3>\d{{4}})\b)?)
    # March 5, 2026
  | (?P<american>\b(?P<n4>{_LATIN_MONTH})\b\.?\s(?P<d4>\d{{1,2}})\b(?!:)(?:,?\s(?P<y4>\d{{4}})\b)?)
    # 14:30, 2:30 pm, «2:30 مساءً»
  | (?P<time>\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b(?!:)(?:\s?(?P<half>[ap]\.?m\b\.?|صباح\w*|مساء\w*|[صم]\b))?)
    # +974 4454 0000, 0551234567: told digit by digit
  | (?P<told>\+\d[\d\ -]{{6,18}}\d\b|\b0\d{{7,}}\b|\b\d{{{_LONG + 1},}}\b)
    # $5 million, «QAR 5», «5 ر.ق»
  | (?P<money>(?P<sign>[$€£¥﷼]|\b(?:{LATIN_CODES})(?=\s?\d))\s?(?P<a1>{_NUMBER})(?:\s(?P<scale>{_SCALE})\b)?
      |(?P<a2>{_NUMBER})\s?(?P<code>{_CODES})(?!\w))
    # 5.5 %
  | (?P<percent>(?P<a3>{_NUMBER})\s?[%٪])
    # «1447 هـ», 622 CE, «1990 م»
  | (?P<year>\b(?P<y5>\d{{1,4}})\s?(?P<era>هـ|AH\b|CE\b|AD\b)|\b(?P<y6>\d{{3,4}})\s?(?P<common>م\b))
    # 120 km/h, «50 كم²», 37 °C
  | (?P<measure>(?P<a4>{_NUMBER})\s?(?P<unit>{_UNITS})(?![\w²]))
    # 1990s
  | (?P<decade>\b(?P<tens>\d{{1,3}}0)s\b)
    # 3rd
  | (?P<ordinal>\b(?P<o>\d{{1,6}})(?:st|nd|rd|th)\b)
    # 10-12
  | (?P<span>(?<![\d./-])(?P<s1>\d{{1,6}})\s?[-–]\s?(?P<s2>\d{{1,6}})\b(?![-–/.]\d))
    # 1,250.5
  | (?P<number>{_NUMBER})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_BEFORE = re.compile(r"(\w+)\W{0,2}\Z")
_AFTER = re.compile(r"\s?(\w+)")
_BELOW_ZERO = re.compile(r"(?<![\w)\]-])[-−](?=\d)")
_STRETCH = re.compile(r"(?<=[بلك])ـ+(?=\d)")
_JOINED = re.compile(r"(?<!\w)(?:و|[وف]?[بلك])\Z")  # what Arabic writes in one word with the next
_PREFIX = 4  # characters before a figure in which such a prefix is looked for
_NEAR = 30  # characters in which the words around a figure are looked for


def write_figures(text: str, language: Language) -> str:
    """Return `text` with every figure in the words of `language`."""
    plain = _BELOW_ZERO.sub(f"{language.minus} ", _STRETCH.sub("", text.translate(_DIGITS)))
    return _FIGURE.sub(lambda found: _written(found, language), plain)


def _written(found: re.Match[str], language: Language) -> str:
    kind = found.lastgroup or ""
    kind = next(name for name in _KINDS if found[name] is not None) if kind not in _KINDS else kind
    said = _KINDS[kind](found, language)
    # "x5" is told apart; «بـ50» and «و50» are one word.
    glued = found.start() > 0 and found.string[found.start() - 1].isalpha()
    joined = glued and _JOINED.search(found.string, max(0, found.start() - _PREFIX), found.start())
    return f" {said}" if glued and not joined else said


def _date(found: re.Match[str], language: Language) -> str:
    year, month, day = (found["y1"] or found["y2"], found["m1"] or found["m2"], found["d1"] or found["d2"])
    numbers = (int(year), int(month), int(day))
    if numbers[1] > 12 >= numbers[2] >= 1:
        numbers = (numbers[0], numbers[2], numbers[1])
    if not (1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31):
        return re.sub(r"\d+", lambda part: language.digits(part[0]), found[0]).replace("/", " ").replace("-", " ")
    return language.date(numbers[2], numbers[1], numbers[0])


def _named_date(found: re.Match[str], language: Language) -> str:
    day, name, year = int(found["d3"] or found["d4"]), found["n3"] or found["n4"], found["y3"] or found["y4"]
    if not 1 <= day <= 31:
        return f"{language.plain(day, before='', after='')} {name}" + (f" {language.year(int(year), '')}" if year else "")
    return language.date(day, _MONTHS[name.lower()], int(year) if year else None)


def _time(found: re.Match[str], language: Language) -> str:
    half = (found["half"] or "").lower()
    afternoon = None if not half else half[0] in "pم"
    return language.time(int(found["hour"]), int(found["minute"]), afternoon=afternoon)


def _told(found: re.Match[str], language: Language) -> str:
    return language.digits("".join(character for character in found[0] if character.isdigit()))


def _money(found: re.Match[str], language: Language) -> str:
    whole, fraction = _amount(found["a1"] or found["a2"])
    return language.money(
        whole, fraction, (found["sign"] or found["code"]).upper(), oblique=_oblique(found, language), scale=(found["scale"] or "").lower()
    )


def _percent(found: re.Match[str], language: Language) -> str:
    return language.percent(*_amount(found["a3"]), oblique=_oblique(found, language))


def _measure(found: re.Match[str], language: Language) -> str:
    unit = found["unit"] if found["unit"].startswith("°") else found["unit"].lower()
    return language.measure(*_amount(found["a4"]), unit, oblique=_oblique(found, language))


def _decade(found: re.Match[str], language: Language) -> str:
    return language.decade(int(found["tens"]))


def _year(found: re.Match[str], language: Language) -> str:
    if found["common"] and int(found["y6"]) < _SURE_YEAR and _before(found) not in ("عام", "سنة", "العام", "السنة"):
        # «300 م» is a length as long as nothing says that it is a year.
        return language.measure(int(found["y6"]), "", found["common"], oblique=_oblique(found, language))
    return language.year(int(found["y5"] or found["y6"]), found["era"] or found["common"])


def _ordinal(found: re.Match[str], language: Language) -> str:
    return language.ordinal(int(found["o"]))


def _span(found: re.Match[str], language: Language) -> str:
    first, last = (language.plain(int(found[name]), before=_before(found), after=_after(found)) for name in ("s1", "s2"))
    return language.span(first, last)


def _number(found: re.Match[str], language: Language) -> str:
    whole, fraction = _amount(found[0])
    if fraction:
        return language.decimal(whole, fraction, oblique=_oblique(found, language))
    return language.plain(whole, before=_before(found), after=_after(found))


_KINDS: dict[str, Callable[[re.Match[str], Language], str]] = {
    "iso": _date,
    "dmy": _date,
    "named": _named_date,
    "american": _named_date,
    "time": _time,
    "told": _told,
    "money": _money,
    "percent": _percent,
    "measure": _measure,
    "year": _year,
    "decade": _decade,
    "ordinal": _ordinal,
    "span": _span,
    "number": _number,
}


def _amount(text: str) -> tuple[int, str]:
    whole, _, fraction = text.replace(",", "").partition(".")
    return int(whole[:_LONG]), fraction[:_LONG]


def _before(found: re.Match[str]) -> str:
    near = _BEFORE.search(found.string[max(0, found.start() - _NEAR) : found.start()])
    return near[1] if near else ""


def _after(found: re.Match[str]) -> str:
    near = _AFTER.match(found.string, found.end())
    return near[1] if near else ""


def _oblique(found: re.Match[str], language: Language) -> bool:
    return language.is_oblique(_before(found))
