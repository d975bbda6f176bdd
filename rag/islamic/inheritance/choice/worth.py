"""What an estate is worth and what the deceased owed, where a text says so. Knows nothing of shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rag.islamic.inheritance.choice.figures import number_in, part_of_scale, sum_in
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.reading.tokens import Token, tokens

_CUE, _OWED = matching("estate", folded_too=False), matching("owed", folded_too=False)
# What is counted and no money.
_LOTS = re.compile(
    r"سهم|اسهم|سهام|جزء|اجزاء|قيراط|نصيب|وارث|ورثة|راس|رووس|رءوس|غنم|خروف|خرفان|شا[ةه]|بقر|جمل|جمال|ناق[ةه]|نخل|شجر|كتاب|كتب"
    r"|sheep|heads?\b|cows?|camels?|trees?|books?"
)
_CURRENCY = matching("currency")
# What stands beside the first sum of an estate, and to whom the next debt is owed.
_ASSETS = re.compile(
    r"(?<!\S)[وب]*(?:ال)?(?:بيت|منزل|دار|شق[هة]|عمار[هة]|ارض|مزرع[هة]|سيار[هة]|ذهب|محل|دكان|عقار|اسهم|نقد|نقود|كاش|مال|رصيد|مبلغ|فلوس|مدخرات|بستان|"
    r"house|home|flat|apartment|car|land|farm|gold|shop|shares|cash|savings|bank|property)\w*"
)
_THING = re.compile(
    r"[وب]?(?:ال)?(?:بيت|منزل|دار|شق[هة]|عمار[هة]|ارض|مزرع[هة]|سيار[هة]|محل|دكان|عقار|بستان|فيلا|مصنع)(?:ا|ين|ان|تين|تان)?"
    r"|[وب]?(?:بيوت|منازل|اراضي|سيارات|محلات|عقارات|مزارع|شقق|ذهب|مجوهرات)(?:ا)?"
    r"|houses?|homes?|flats?|apartments?|cars?|land|farms?|gold|jewel(?:le)?ry|shops?|property|properties"
)
_OF_WORTH = re.compile(r"[وب]?(?:ال)?(?:ثمن|قيم[ةه]|سعر|بيع\w*|price|value|sold|selling|بعنا|باع\w*)")
_AND = frozenset(("و", "and"))
_SIGNS = frozenset("$£€")
_PRICE_WITHIN, _PRICE_BEFORE = 8, 3
_CREDITORS = re.compile(r"(?<!\S)(?:ل(?!كل)\w{2,}|to )")
_OTHER = re.compile(
    r"دين|ديون|قرض|مديون|اوص|وصي|علي[هة]|debt|ow(?:e|ed|es)\b|loan|will|bequ|funeral|جناز|تجهيز|مجموع|total|سن[ةه]|عام|عمر|تاريخ|year|age"
)
_BURIAL = r"(?<!\w)[وفبل]?(?:ال)?(?:تجهيز\w*|جناز[هة]\w*|كفن\w*|تكفين\w*|دفن\w*|عزاء|funeral|burial)(?!\w)"
_FUNERAL = re.compile(
    rf"{_BURIAL}[^\d\n.؛;]{{0,25}}?(\d.{{0,40}})|(\d[\d,.]*(?: thousand)?(?: \w+)?) (?:for )?(?:the |his |her )?(?:funeral|burial)"
)
_SAME = re.compile(r"منها|منهم|including|of which")
_DEFINITE = re.compile(r"[وف]?(?:ال|the )")
_JOINS = re.compile(r"و|and$|[،,]$|\+$")
_ENDS = frozenset((".", "؛", ";", "\n", "؟", "?"))
_FILLING = 5
_LONGEST, _FURTHEST = 4_000, 300
# Smaller numbers without a currency count heirs or houses.
_LEAST = 100


def estate_in(text: str) -> Fraction | None:
    """Return the value of the estate that a text tells, if it tells one, with what stands beside it: «300 ألف وبيت بقيمة 200 ألف»."""
    # What follows a cue may hold the next one: «ساب ابنا واحدا وساب 900 جنيه».
    for match in _matches(_CUE, text):
        value = _sum_of(match[1]) or _behind_heirs(match)
        # «ترك زوجة وعليه دين 20 ألفا»: what follows another cue is not what was left.
        other = _OWED.search(match.string, match.start(), match.end())
        if value is not None and (other is None or other.start(1) > match.start(1)):
            return value + sum(_beside(match, _ASSETS, value))
    return None


def unpriced_in(text: str) -> list[str]:
    """Return the things that an estate has beside its sum and of which no worth is told: «300 ألف وبيتا», "$100,000 and a house"."""
    if estate_in(text) is None:
        return []
    found = tokens(text[:_LONGEST].lower())
    return [token.text.removeprefix("و") for at, token in enumerate(found) if _THING.fullmatch(token.form) and not _is_priced(found, at)]


def _is_priced(found: Sequence[Token], at: int) -> bool:
    """Whether a thing stands before its worth, or behind the word of one: «بيت قيمته 200 ألف», «ثمن البيت», "a house worth $5,000"."""
    behind = found[at + 1 : at + 1 + _PRICE_WITHIN]
    ends = (place for place, token in enumerate(behind) if token.form in _ENDS or (token.form in _AND and _is_sum(found, at + place + 2)))
    priced = any(_begins(behind, place) and _value(behind, place) is not None for place in range(next(ends, len(behind))))
    return priced or any(_OF_WORTH.fullmatch(token.form) for token in found[max(0, at - _PRICE_BEFORE) : at])


def _is_sum(found: Sequence[Token], at: int) -> bool:
    """Whether a sum begins there; the sign of its currency may stand before it: "$100,000"."""
    first = at + (at < len(found) and found[at].form in _SIGNS)
    return first < len(found) and _begins(found, first)


def debts_in(text: str) -> Fraction | None:
    """Return all debts of the deceased that a text tells, if it tells any; «الدين» again is the one that was told."""
    debts: list[Fraction] = []
    told = 0
    for match in _matches(_OWED, text):
        value = _sum_of(match[1])
        again = bool(debts) and (_SAME.search(match.string, told, match.start(1)) or _DEFINITE.match(match.string, match.start()))
        if value is None or match.start(1) < told or again:
            continue
        debts += [value, *_beside(match, _CREDITORS, value)]
        told = match.start(1) + 1
    return sum(debts, Fraction(0)) if debts else None


def funeral_in(text: str) -> Fraction | None:
    """Return what the funeral costs, if a text tells it, before its word or behind it."""
    for match in _FUNERAL.finditer(text[:_LONGEST].lower()):
        for told in filter(None, match.groups()):
            if value := _sum_of(told):
                return value
    return None


def _matches(cue: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    text = text[:_LONGEST].lower()
    match = cue.search(text)
    while match:
        yield match
        match = cue.search(text, match.start() + 1)


def _behind_heirs(match: re.Match[str]) -> Fraction | None:
    """Return the first sum behind heirs who are counted: «ترك زوجة وثلاثة أبناء و90 ألفا»."""
    found = _from(match)
    for at, token in enumerate(found):
        if token.form in _ENDS or _OTHER.search(token.form):
            return None
        if _begins(found, at) and (value := _value(found, at)) is not None:
            return value
    return None


def _beside(match: re.Match[str], things: re.Pattern[str], first: Fraction) -> Iterator[Fraction]:
    """Yield the sums that follow the first one behind «و», with the word of what or whose they are."""
    found = _from(match)
    at = next((at for at in range(len(found)) if _begins(found, at) and _value(found, at) == first), len(found))
    at = _end(found, at)
    while (start := _next(found, at, things)) is not None:
        value, at = _value(found, start), _end(found, start)
        if value is None:
            return
        yield value


def _from(match: re.Match[str]) -> list[Token]:
    return tokens(match.string[match.start(1) : match.start(1) + _FURTHEST])


def _next(found: Sequence[Token], at: int, things: re.Pattern[str]) -> int | None:
    """Return where the next sum begins, behind «و» and the word of a thing; None where something else follows."""
    joined = next((place for place in range(at, min(at + _FILLING, len(found))) if _JOINS.match(found[place].form)), None)
    if joined is None or any(token.form in _ENDS for token in found[at:joined]):
        return None
    number = next((place for place in range(joined, min(joined + _FILLING, len(found))) if _begins(found, place)), None)
    if number is None:
        return None
    between = " ".join(token.form for token in found[joined:number])
    behind = " ".join(token.form for token in found[number:][:_FILLING])
    named = things.search(between) or (number - joined <= 1 and things.search(behind))
    return number if named and not _OTHER.search(between) else None


def _sum_of(told: str) -> Fraction | None:
    """Return the sum that a text begins with; None where it counts heirs, lots or houses."""
    found = tokens(told)
    start = _start(found)
    return None if start is None else _value(found, start)


def _value(found: Sequence[Token], start: int) -> Fraction | None:
    end = _end(found, start)
    following = found[end].form if end < len(found) else ""
    value = None if _LOTS.match(following) else sum_in(found[start:end])
    return value if value and (value >= _LEAST or _CURRENCY.match(following)) else None


def _start(found: Sequence[Token]) -> int | None:
    return next((at for at in range(len(found)) if _begins(found, at)), None)


def _begins(found: Sequence[Token], at: int) -> bool:
    return part_of_scale(found, at) is not None or number_in(found[at : at + 1]) is not None


def _end(found: Sequence[Token], start: int) -> int:
    """Return where the sum that begins at `start` ends: where its currency is named."""
    end = start
    while end < len(found) and (_begins(found, end) or (found[end].form == "a" and end > start)):
        end += 1
    return end
