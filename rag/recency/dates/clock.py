"""Times of the clock: «الساعة الثالثة عصرًا», "at 3 pm", "half past nine", "at 15:30". Knows no days, and no zone but the asker's.

Told without its half of the day, one to six o'clock is in the afternoon, and seven to twelve is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from rag.recency.dates.periods import Period
from rag.recency.dates.tokens import Words, phrases

Half = Literal["morning", "noon", "afternoon", "night"]
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LATEST_OF_AFTERNOON = 6

_HOURS: dict[tuple[str, ...], int] = phrases(
    {
        1: "الواحدة|one",
        2: "الثانية|two",
        3: "الثالثة|three",
        4: "الرابعة|four",
        5: "الخامسة|five",
        6: "السادسة|six",
        7: "السابعة|seven",
        8: "الثامنة|eight",
        9: "التاسعة|nine",
        10: "العاشرة|ten",
        11: "الحادية عشرة|الحادية عشر|eleven",
        12: "الثانية عشرة|الثانية عشر|twelve",
    }
)
_COUNTED: dict[tuple[str, ...], int] = phrases(
    {
        1: "واحدة|وحدة",
        2: "ثنتين|تنتين|اثنين|اتنين",
        3: "ثلاثة|تلاتة|ثلاث",
        4: "أربعة|أربع",
        5: "خمسة|خمس",
        6: "ستة|ست",
        7: "سبعة|سبع",
        8: "ثمانية|تمانية|تمنية|ثمان",
        9: "تسعة|تسع",
        10: "عشرة|عشر",
        11: "إحدى عشرة|حداشر|احدعش|حدعش",
        12: "اثنتا عشرة|اتناشر|اثنعش|طنعش",
    }
)
"""How many of anything, where no word before them tells the time."""
_HALVES: dict[tuple[str, ...], Half] = phrases(
    {
        "morning": "am|a m|in the morning|صباحا|في الصباح|الصبح|صباح|فجرا|الفجر|فجر|قبل الظهر|بعد منتصف الليل",
        "noon": "ظهرا|الظهر|ظهر|الضهر",
        "afternoon": "pm|p m|in the afternoon|in the evening|عصرا|العصر|عصر|بعد الظهر|مساء|في المساء|المساء|المسا|المغرب|العشية",
        "night": "at night|ليلا|في الليل|بالليل|بليل|الليل|ليل",
    }
)
_ABBREVIATED: dict[tuple[str, ...], Half] = phrases({"morning": "ص", "afternoon": "م"})
"""Metres and pages too, where no word before them tells the time."""
_EXACT_LEADS = phrases(
    {0: "الساعة|في الساعة|عند الساعة|على الساعة|حوالي الساعة|في تمام الساعة|عند تمام الساعة|تمام الساعة|في حدود الساعة|الساعة حوالي"}
)
_LEADS = phrases({0: "at|around|at around|at about|by|في|عند"})
_BY_NAME = phrases({12: "noon|midday|منتصف النهار", 0: "midnight|منتصف الليل"})
_PAST = phrases(
    {30: "والنصف|ونصف|ونص|والنص", 15: "والربع|وربع", 20: "والثلث|وثلث", -15: "إلا ربعا|إلا الربع|إلا ربع", -20: "إلا ثلثا|إلا ثلث"}
)
_PAST_BEFORE = phrases({30: "half past", 15: "quarter past|a quarter past", -15: "quarter to|a quarter to"})
_OCLOCK = phrases({0: "oclock|o clock"})


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of the clock, and the place after its words. `hours` are those that it may be, the likeliest first."""

    hours: tuple[int, ...]
    minute: int
    end: int

    def on(self, part: Period) -> Period:
        """Return the hour that begins at it, on a day or in the part of one that is told, where it lies in there."""
        assert part.start is not None and part.end is not None, "days have bounds"  # noqa: S101, PT018
        midnight = part.start.replace(hour=0, minute=0)
        same = [midnight + hour * _HOUR + timedelta(minutes=self.minute) for hour in self.hours]
        # A night goes on into the day after.
        within = [each for each in (*same, *(each + _DAY for each in same)) if part.start <= each < part.end]
        begun = (within or same)[0]
        return Period(begun, begun + _HOUR)


def read_clock(words: Words, place: int, *, told: bool = False) -> ClockTime | None:
    """Return the time of the clock at a place, or None. A bare number is one only where a word says so, or has `told` a part of the day."""
    exact = words.find(_EXACT_LEADS, place)
    lead = exact or words.find(_LEADS, place)
    at = lead[1] if lead else place
    named = words.find(_BY_NAME, at)
    if named is not None:
        return ClockTime((named[0],), 0, named[1])
    before = words.find(_PAST_BEFORE, at)
    read = _number(words, before[1] if before else at, told=exact is not None)
    if read is None:
        return None
    number, digits, end = read
    sure = exact is not None or before is not None or (lead is not None and (told or digits is not None))
    behind = words.find(_PAST, end)
    minute, end = behind or (before[0] if before else digits or 0, end)
    oclock = words.find(_OCLOCK, end)
    end = oclock[1] if oclock else end
    half = words.find(_HALVES | _ABBREVIATED if sure else _HALVES, end + (words.at(end) == "من"))
    if not (sure or oclock or half):
        return None
    minutes = [hour * 60 + minute for hour in _hours(number, half[0] if half else None)]
    return ClockTime(tuple(each // 60 % 24 for each in minutes), minutes[0] % 60, half[1] if half else end)


def _number(words: Words, place: int, *, told: bool) -> tuple[int, int | None, int] | None:
    """Return the hour at a place, the minutes in digits that stand with it, if any, and the place after them."""
    word = words.at(place)
    if not word.isdigit():
        found = words.find_prefixed(_HOURS | _COUNTED if told else _HOURS, place) if place < len(words) else None
        return (found[0], None, found[1]) if found else None
    if len(word) > 2 or int(word) > 23:
        return None
    minutes = words.at(place + 1)
    if words.gap(place + 1) in (":", ".") and len(minutes) == 2 and minutes.isdigit() and int(minutes) < 60:
        return int(word), int(minutes), place + 2
    return int(word), None, place + 1


def _hours(number: int, half: Half | None) -> tuple[int, ...]:
    early, late = number % 12, number % 12 + 12
    if number in (0, *range(13, 24)):
        return (number,)
    if half is not None:
        return (_OF_HALF[half](early, late),)
    return (late, early) if early <= _LATEST_OF_AFTERNOON else (early, late)


_OF_HALF: Mapping[Half, Callable[[int, int], int]] = {
    "morning": lambda early, _: early,
    "noon": lambda early, late: early if early in (10, 11) else late,
    "afternoon": lambda _, late: late,
    "night": lambda early, late: late if early >= _LATEST_OF_AFTERNOON else early,
}
