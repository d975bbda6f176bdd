"""Dates, times, money and measures in English words. Knows nothing of where in a text they stand."""

from __future__ import annotations

from speech.reading.english_numbers import cardinal
from speech.reading.english_numbers import digits as digits
from speech.reading.english_numbers import ordinal as ordinal
from speech.reading.english_numbers import year as said_year

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_MONEY = {
    "$": ("dollar", "dollars"),
    "USD": ("US dollar", "US dollars"),
    "€": ("euro", "euros"),
    "EUR": ("euro", "euros"),
    "£": ("pound", "pounds"),
    "GBP": ("pound", "pounds"),
    "¥": ("yen", "yen"),
    "JPY": ("yen", "yen"),
    "QAR": ("Qatari riyal", "Qatari riyals"),
    "ر.ق": ("Qatari riyal", "Qatari riyals"),
    "SAR": ("Saudi riyal", "Saudi riyals"),
    "ر.س": ("Saudi riyal", "Saudi riyals"),
    "﷼": ("riyal", "riyals"),
    "KWD": ("Kuwaiti dinar", "Kuwaiti dinars"),
    "د.ك": ("Kuwaiti dinar", "Kuwaiti dinars"),
    "JOD": ("Jordanian dinar", "Jordanian dinars"),
    "AED": ("dirham", "dirhams"),
    "د.إ": ("dirham", "dirhams"),
    "EGP": ("Egyptian pound", "Egyptian pounds"),
    "ج.م": ("Egyptian pound", "Egyptian pounds"),
}
_CENTS = {"$": ("cent", "cents"), "USD": ("cent", "cents"), "€": ("cent", "cents"), "EUR": ("cent", "cents"), "£": ("penny", "pence")}
_MEASURES = {
    "km": ("kilometre", "kilometres"),
    "m": ("metre", "metres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
}
_MEASURES |= {
    "km/h": ("kilometre per hour", "kilometres per hour"),
    "mph": ("mile per hour", "miles per hour"),
    "m²": ("square metre", "square metres"),
    "km²": ("square kilometre", "square kilometres"),
}
minus = "minus"
_DEGREES = {"°": ("degree", "degrees"), "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit")}
_YEARS = range(1100, 2100)
_BEFORE_YEARS = frozenset(
    ["in", "since", "year", "until", "till", "by", "from", "before", "after", "early", "late", "mid", *map(str.lower, _MONTHS)]
)
_ERAS = {"هـ": " after the Hijra", "AH": " after the Hijra", "م": "", "CE": " C E", "AD": " A D"}


def date(day: int, month: int, year: int | None) -> str:
    """Return a date of the Gregorian calendar."""
    said = f"the {ordinal(day)} of {_MONTHS[month - 1]}"
    return f"{said} {said_year(year)}" if year else said


def time(hour: int, minute: int, *, afternoon: bool | None) -> str:
    """Return a time of day; `afternoon` is None where it is told by the hour."""
    shown = hour if afternoon is None else hour % 12 or 12
    half = "" if afternoon is None else " P M" if afternoon else " A M"
    if minute == 0:
        return cardinal(shown) + (half or (" o'clock" if 1 <= shown <= 12 else " hundred hours"))
    return f"{cardinal(shown)} {'oh ' if minute < 10 else ''}{cardinal(minute)}{half}"


def money(whole: int, fraction: str, currency: str, *, oblique: bool, scale: str = "") -> str:
    """Return an amount; `fraction` are the digits behind the point, `scale` the word behind them: million."""
    one, many = _MONEY[currency]
    if scale:
        return f"{decimal(whole, fraction, oblique=False) if fraction else cardinal(whole)} {scale} {many}"
    if not fraction.strip("0"):
        return f"{cardinal(whole)} {one if whole == 1 else many}"
    cents = _CENTS.get(currency)
    if cents is None or len(fraction) != 2:
        return f"{decimal(whole, fraction, oblique=False)} {many}"
    small = int(fraction)
    return f"{cardinal(whole)} {one if whole == 1 else many} and {cardinal(small)} {cents[small != 1]}"


def measure(whole: int, fraction: str, unit: str, *, oblique: bool) -> str:
    """Return a measure."""
    one, many = _DEGREES.get(unit) or _MEASURES[unit]
    number = decimal(whole, fraction, oblique=False) if fraction else cardinal(whole)
    return f"{number} {one if whole == 1 and not fraction else many}"


def year(number: int, era: str) -> str:
    """Return a year with its era."""
    return said_year(number) + _ERAS.get(era, "")


def decade(number: int) -> str:
    """Return ten years as they are spoken of."""
    said = said_year(number)
    return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"


def percent(whole: int, fraction: str, *, oblique: bool) -> str:
    """Return a share of a hundred."""
    return f"{decimal(whole, fraction, oblique=False) if fraction else cardinal(whole)} percent"


def decimal(whole: int, fraction: str, *, oblique: bool) -> str:
    """Return a number with a fraction."""
    return f"{cardinal(whole)} point {digits(fraction)}"


def plain(number: int, *, before: str, after: str) -> str:
    """Return a number; behind the words that years stand behind it is one, and where it counts nothing."""
    if number in _YEARS and (before.lower() in _BEFORE_YEARS or (number >= 1900 and not after)):
        return said_year(number)
    return cardinal(number)


def span(first: str, last: str) -> str:
    """Return a range."""
    return f"{first} to {last}"


def is_oblique(before: str) -> bool:
    """Whether a number behind this word stands in another case than it would by itself: never."""
    return False
