"""What an estate is worth and what the deceased owed, where a text says so. Knows nothing of shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from rag.islamic.inheritance.choice.figures import number_in, sum_in
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.reading.tokens import Token, tokens

_CUE, _OWED = matching("estate", folded_too=False), matching("owed", folded_too=False)
_LOTS = re.compile(r"سهم|اسهم|سهام|جزء|اجزاء|قيراط|نصيب|وارث|ورثة")
_CURRENCY = matching("currency")
_LONGEST = 4_000
# Smaller numbers without a currency count heirs or houses.
_LEAST = 100


def estate_in(text: str) -> Fraction | None:
    """Return the value of the estate that a text tells, if it tells one."""
    return _told(_CUE, text, unless=_OWED)


def debts_in(text: str) -> Fraction | None:
    """Return the deceased's debts that a text tells, if it tells any."""
    return _told(_OWED, text)


def _told(cue: re.Pattern[str], text: str, *, unless: re.Pattern[str] | None = None) -> Fraction | None:
    # What follows a cue may hold the next one: «ساب ابنا واحدا وساب 900 جنيه».
    text = text[:_LONGEST]
    match = cue.search(text)
    while match:
        value = _sum_of(match[1])
        # «ترك زوجة وعليه دين 20 ألفا»: what follows another cue is not what was left.
        other = unless.search(text, match.start(), match.end()) if unless else None
        if value is not None and (other is None or other.start(1) > match.start(1)):
            return value
        match = cue.search(text, match.start() + 1)
    return None


def _sum_of(told: str) -> Fraction | None:
    """Return the sum that a text begins with; None where it counts heirs, lots or houses."""
    found = tokens(told)
    start = next((at for at in range(len(found)) if number_in(found[at : at + 1]) is not None), None)
    if start is None:
        return None
    end = _end(found, start)
    following = found[end].form if end < len(found) else ""
    value = None if _LOTS.match(following) else sum_in(found[start:end])
    return value if value and (value >= _LEAST or _CURRENCY.match(following)) else None


def _end(found: Sequence[Token], start: int) -> int:
    """Return where the sum that begins at `start` ends: where its currency is named."""
    end = start
    while end < len(found) and number_in(found[end : end + 1]) is not None:
        end += 1
    return end
