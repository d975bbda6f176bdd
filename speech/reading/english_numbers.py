"""Numbers in English words. Knows nothing of what is counted or of how dates are written."""

from __future__ import annotations

_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *_TEENS]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}
_ROUND_YEARS = range(2000, 2010)


def cardinal(number: int) -> str:
    """Return a number from 0 to 10¹⁵ - 1 in words."""
    parts = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            parts.append(f"{cardinal(count)} {name}")
    hundreds, rest = divmod(number, 100)
    if hundreds:
        parts.append(f"{_UNITS[hundreds]} hundred")
    if rest or not parts:
        parts.append(("and " if parts else "") + _below_hundred(rest))
    return " ".join(parts)


def ordinal(number: int) -> str:
    """Return an ordinal."""
    before, space, last = cardinal(number).rpartition(" ")
    tens, hyphen, unit = last.rpartition("-")
    if unit in _IRREGULAR:
        unit = _IRREGULAR[unit]
    elif unit.endswith("y"):
        unit = unit[:-1] + "ieth"
    else:
        unit += "th"
    return f"{before}{space}{tens}{hyphen}{unit}"


def year(number: int) -> str:
    """Return a year from 1 to 9999 as it is said."""
    century, rest = divmod(number, 100)
    if number < 1000 or number in _ROUND_YEARS or (century % 10 == 0 and rest < 10):
        return cardinal(number)
    if rest == 0:
        return f"{_below_hundred(century)} hundred"
    return f"{_below_hundred(century)} {'oh ' if rest < 10 else ''}{_below_hundred(rest)}"


def digits(text: str) -> str:
    """Return the digits of `text`, one after the other."""
    return " ".join(_UNITS[int(digit)] for digit in text)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens] + (f"-{_UNITS[unit]}" if unit else "")
