"""Time counted from the moment of asking: "last week", «الأسبوع اللي فات», "3 days ago", «خلال الأيام الثلاثة الماضية».

Knows no calendar dates.
"""

from __future__ import annotations

import re

from rag.recency.dates import lexicon
from rag.recency.dates.match import Match, longest_of
from rag.recency.dates.periods import Asked, Period, Unit, days, rolling, unit_of
from rag.recency.dates.tokens import Words

_NOUN = re.compile(r"^(?P<this>ه|عه)?(?P<joined>[وفبلك])?(?P<article>ال|ل(?=ل))?(?P<stem>.+)$")
_BOUNDS: dict[Unit, int] = {"minute": 9_999, "hour": 999, "day": 999, "week": 300, "month": 600, "quarter": 99, "year": 200}


def read_relative(words: Words, place: int, asked: Asked) -> Match | None:
    """Return a period that is named by units of time, or None."""
    return longest_of(
        (_english, _ago_english, _before_last, _shortened, _arabic, _ago_arabic, _last_arabic, _counted_arabic), words, place, asked
    )


def _english(words: Words, place: int, asked: Asked) -> Match | None:
    start = place + (words.at(place) == "the")
    way = words.at(start)
    if way not in lexicon.LAST | lexicon.NEXT | lexicon.THIS | lexicon.PAST_FEW or not way.isascii():
        return None
    counted = _count(words, start + 1)
    if counted is not None:
        found = words.find(lexicon.UNITS, counted[1], longest=1)
        return _rolled(asked, found, counted[0], ahead=way in lexicon.NEXT) if found else None
    found = words.find(lexicon.UNITS, start + 1, longest=1)
    if found is None:
        return None
    unit, end = found
    if words.at(start + 1) in lexicon.PLURALS:
        return _rolled(asked, found, lexicon.VAGUE[unit], ahead=way in lexicon.NEXT) if way not in lexicon.THIS else None
    if way in ("past", "recent") or (way == "last" and unit in ("minute", "hour", "day")):
        return Match(rolling(asked, unit, 1), end)
    offset = 1 if way in lexicon.NEXT else 0 if way in lexicon.THIS else -1
    return Match(unit_of(asked, unit, offset), end)


def _before_last(words: Words, place: int, asked: Asked) -> Match | None:
    start = place + (words.at(place) == "the")
    found = words.find(lexicon.UNITS, start, longest=1)
    turn = words.find(lexicon.TURNS, found[1]) if found and words.at(start).isascii() else None
    return Match(unit_of(asked, found[0], turn[0]), turn[1]) if found and turn else None


def _shortened(words: Words, place: int, asked: Asked) -> Match | None:
    way = words.at(place)
    if way not in ("earlier", "later"):
        return None
    found = _english(words, place + 1, asked) or _day(words, place + 1, asked)
    if found is None or found.period.start is None or found.period.end is None or not found.period.start <= asked.now < found.period.end:
        return None
    return Match(Period(found.period.start, asked.now) if way == "earlier" else Period(asked.now, found.period.end), found.end)


def _day(words: Words, place: int, asked: Asked) -> Match | None:
    return Match(days(asked.today), place + 1) if words.at(place) == "today" else None


def _ago_english(words: Words, place: int, asked: Asked) -> Match | None:
    at = place + (words.at(place) in lexicon.AROUND)
    inside = words.at(at) == "in"
    counted = _count(words, at + inside)
    found = words.find(lexicon.UNITS, counted[1], longest=1) if counted else None
    if counted is None or found is None or not words.at(counted[1]).isascii():
        return None
    unit, end = found
    count = counted[0] or lexicon.VAGUE[unit]
    if words.at(end) in ("ago", "earlier") and not inside:
        return _moved(asked, unit, -count, end + 1)
    if words.at(end) == "time" and inside:
        return _moved(asked, unit, count, end + 1)
    if inside or (words.at(end), words.at(end + 1)) == ("from", "now"):
        return _moved(asked, unit, count, end if inside else end + 2)
    return None


def _arabic(words: Words, place: int, asked: Asked) -> Match | None:
    """Read a demonstrative and a unit, or a unit and which one of its kind."""
    if words.at(place) in lexicon.THIS and not words.at(place).isascii():
        unit, articled, _ = _noun(words.at(place + 1))
        return Match(unit_of(asked, unit), place + 2) if unit and articled and unit != "day" else None
    unit, articled, demonstrative = _noun(words.at(place))
    if unit is None or _is_plural(words.at(place)):
        return None
    if demonstrative:
        return Match(unit_of(asked, unit), place + 1)
    turn = words.find(lexicon.TURNS, place + 1)
    if turn is None or (unit == "day" and turn[0] in (0, -1)):
        return None
    return Match(unit_of(asked, unit, turn[0]), turn[1])


def _ago_arabic(words: Words, place: int, asked: Asked) -> Match | None:
    """Read «قبل ثلاثة أيام», «من يومين», «بعد شهر»."""
    word = words.at(place)
    if word not in lexicon.AGO_AR | lexicon.IN_AR:
        return None
    counted = _duration(words, place + 1 + (words.at(place + 1) in lexicon.AROUND))
    if counted is None:
        return None
    unit, count, end = counted
    if end < len(words) and words.at(end) in ("الان", "اليوم", "مضت", "مضي") and word in lexicon.AGO_AR:
        end += 1
    return _moved(asked, unit, count if word in lexicon.IN_AR else -count, end)


def _last_arabic(words: Words, place: int, asked: Asked) -> Match | None:
    """Read «آخر يومين», «آخر 24 ساعة», «آخر أسبوع»."""
    if words.at(place).removeprefix("ب") not in lexicon.LAST_AR:
        return None
    counted = _duration(words, place + 1)
    return _rolled(asked, (counted[0], counted[2]), counted[1], ahead=False) if counted else None


def _counted_arabic(words: Words, place: int, asked: Asked) -> Match | None:
    """Read units that passed or come: «الأيام الثلاثة الماضية», «الثلاثة أيام الماضية», «اليومين اللي فاتوا», «الأيام الماضية»."""
    first = words.number(place) if not words.at(place).isascii() or words.at(place).isdigit() else None
    at = first[1] if first else place
    dual = words.find(lexicon.DUALS, at, longest=1) or _articled_dual(words, at)
    unit, _, _ = (dual[0], False, False) if dual else _noun(words.at(at))
    if unit is None or words.at(at).isascii():
        return None
    count, end = (2, at + 1) if dual else (first[0], at + 1) if first else (0, at + 1)
    if not count and (later := words.number(end)):
        count, end = later
    if words.at(end) in lexicon.FEW:
        end += 1
    turn = words.find(lexicon.TURNS, end)
    if turn is None and words.at(end) in lexicon.RECENT:
        turn = (-1, end + 1)
    if turn is None or turn[0] == 0 or (not count and not _is_plural(words.at(at))):
        return None
    return _rolled(asked, (unit, turn[1]), count or lexicon.VAGUE[unit], ahead=turn[0] > 0)


def _articled_dual(words: Words, place: int) -> tuple[Unit, int] | None:
    unit = lexicon.DUALS.get((words.at(place).removeprefix("ال"),))
    return (unit, place + 1) if unit else None


def _duration(words: Words, place: int) -> tuple[Unit, int, int] | None:
    """Return the unit, how many, and the place after a length of time in Arabic."""
    dual = words.find(lexicon.DUALS, place, longest=1)
    if dual is not None:
        return dual[0], 2, dual[1]
    number = words.number(place)
    few = words.at(place) in lexicon.FEW
    at = number[1] if number else place + few
    found = words.find(lexicon.UNITS, at, longest=1)
    if found is None or words.at(at).isascii():
        return None
    unit, end = found
    if number is not None:
        return unit, number[0], end
    if few or words.at(at) in lexicon.PLURALS:
        return unit, lexicon.VAGUE[unit], end
    # «قبل يوم الأحد», «قبل شهر رمضان», «قبل عام 2024» name a day, a month and a year; they count nothing.
    dated = words.has(lexicon.WEEKDAYS, end) or words.has(lexicon.MONTHS, end)
    named = dated or words.at(end).isdigit() or words.at(end) in lexicon.OF_DAYS
    return None if named else (unit, 1, end)


def _noun(word: str) -> tuple[Unit | None, bool, bool]:
    """Return the unit that an Arabic word is, whether it has an article, and whether «هذا» is joined to it."""
    if (word,) in lexicon.UNITS:
        return lexicon.UNITS[word,], False, False
    parts = _NOUN.match(word)
    unit = lexicon.UNITS.get((parts["stem"],)) if parts else None
    if parts is None or unit is None or word.isascii():
        return None, False, False
    return unit, parts["article"] is not None, parts["this"] is not None


def _is_plural(word: str) -> bool:
    return word in lexicon.PLURALS or word.removeprefix("ال") in lexicon.PLURALS


def _count(words: Words, place: int) -> tuple[int, int] | None:
    """Return a number in English and the place after it: "a couple of" is 2, and 0 stands for "a few", which depends on the unit."""
    word = words.at(place)
    if word in ("a", "an"):
        if words.at(place + 1) == "couple":
            return 2, place + 2 + (words.at(place + 2) == "of")
        return (0, place + 2) if words.at(place + 1) in lexicon.FEW else (1, place + 1)
    if word == "couple":
        return 2, place + 1 + (words.at(place + 1) == "of")
    if word in lexicon.FEW and word.isascii():
        return 0, place + 1
    return words.number(place) if word.isascii() else None


def _rolled(asked: Asked, found: tuple[Unit, int], count: int, *, ahead: bool) -> Match | None:
    unit, end = found
    count = count or lexicon.VAGUE[unit]
    if count > _BOUNDS[unit]:
        return None
    return Match(rolling(asked, unit, -count if ahead else count), end)


def _moved(asked: Asked, unit: Unit, count: int, end: int) -> Match | None:
    return Match(unit_of(asked, unit, count), end) if abs(count) <= _BOUNDS[unit] else None
