"""Reads questions about prayer times and the qibla, asks for a city where none is named, answers. Knows no rulings on prayer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.messages import ChatRequest
from rag.islamic.exact import Clock, ExactReply, user_turns
from rag.islamic.prayer.days import day_asked
from rag.islamic.prayer.inquiry import Manner, OpenPlaces, timetable, zone_named
from rag.islamic.prayer.methods import Moment
from rag.islamic.prayer.places import Place, Places
from rag.islamic.prayer.qibla import qibla_from
from rag.islamic.prayer.telling import directed, listed, single, told, told_qibla
from rag.islamic.schools import school_named

_LONGEST = 160
_ANSWER_WORDS = 5
_QIBLA = re.compile(
    r"(?<!\w)(?:(?:اتجاه|جهه|وين|فين|اين|منين|كيف|ايش|حدد|زاويه|درجه|شو) (?:ال|اتجاه ال|جهه ال)?قبله|"
    r"(?:ال)?قبله (?:في|من|ب|ف|تكون|وين|فين|منين)|"
    r"[qk]ibl[ae]h?(?: (?:direction|from|in|for|at|bearing|angle)|$)|direction of (?:the )?(?:[qk]iblah?|kaaba|mecca)|"
    r"which way (?:is (?:the )?qibla|(?:do|should) i (?:face|pray)))"
)
_QIBLA_MARKS = ("قبله", "ibl", "direction", "which way")
_ASKS = re.compile(
    r"(?<!\w)(?:متي|امتي|امتا|ايمتي|ايمتا|وقتاش|فوقاش|مواقيت|اوقات|وقت|موعد|مواعيد|(?:كم|كام|شحال|قديش) باقي|باقي كم|"
    r"(?:ال)?ساعه كم|(?:ال)?ساعه كام|"
    r"what time|when(?:'?s)?|times?|timings?|timetable|how long (?:until|till)|how many (?:minutes|hours))(?!\w)"
)
_PRAYERS: tuple[tuple[Moment | None, str], ...] = (
    ("fajr", r"(?:ال|لل|بال)?فجر|(?:صلاه|اذان) (?:ال)?صبح|(?:ال)?امساك|(?:ال)?سحور|fajr|suho+r|suhur|dawn prayer|imsak"),
    ("sunrise", r"(?:ال)?شروق|sunrise"),
    ("dhuhr", r"(?:ال|لل)ظهر|صلاه (?:ال)?(?:ظهر|جمعه)|dhuhr|zuhr|duhr|dhohr|noon prayer|jumu'?ah?"),
    ("asr", r"(?:ال|لل)?عصر|asr"),
    ("maghrib", r"(?:ال|لل)?مغرب|(?:ال)?افطار|(?:ال)?غروب|maghrib|iftar|sunset"),
    ("isha", r"(?:ال|لل)?عشا|isha'?a?"),
    ("midnight", r"منتصف الليل|islamic midnight"),
    ("last_third", r"(?:ال)?ثلث (?:الليل )?(?:ال)?(?:اخير|اخر)|last third"),
    (None, r"(?:ال|لل)?اذان|[يت][وا]ذن|كياذن|بياذن|(?:ال|لل)?صلاه|(?:ال|لل)?صلوات|prayers?|salah|salat|adhan|azan"),
)
_NAMED = tuple((name, re.compile(rf"(?<!\w)(?:[بولف])?(?:{pattern})(?!\w)")) for name, pattern in _PRAYERS)
# Questions on rulings, counts and virtues, on what is done at the time of prayer, other prayers, and the country whose name is a prayer's.
_OTHERS = re.compile(
    r"(?<!\w)(?:حكم|يجوز|تجوز|ركع\w*|فرض\w*|قضا|تقضي|ينتهي|اخر وقت|كيف اصلي|كيفيه|دعا|ادعيه|سوره|فضل|حديث|لماذا|ليش|"
    r"ليه|ضحي|تراويح|(?:ال)?وتر|جنازه|استسقا|"
    r"كسوف|استخاره|تهجد|تحيه|(?:ال)?عيد\w*|قصر|"
    r"(?:ال|بال|لل)?(?:بيع|شرا|تجاره|شغل|عمل|دوام)|جمع الصلا\w*|مبارا\w*|منتخب|يلعب|تلعب|كاس|سفاره|تاشيره|رحله|طياره|مدرس\w*|"
    r"rak'?a\w*|how to|ruling|allowed|permiss\w*|dua|surah|why|missed|api|code|app|script|widget|poster|كود|تطبيق\w*|برنامج|صوره|ارسم|"
    r"buy\w*|sell\w*|trad\w+|work\w*|qada|tarawih|witr|duha|eid|janazah|istikhara|tahajjud|shorten|combine)(?!\w)"
)
# Beside these a question has room for the name of a place, and for nothing else.
_FRAME = normal_forms(
    "اليوم النهارده انهارده ليوم الليلة الان الآن الحين دلوقتي دابا هلق بكرة بكره بكرا غدا باكر باچر غدوة في ب ف من على علي ل "
    "لـ عن الى إلى حتى بمدينة مدينة "
    "هو هي ما كم كام لو سمحت من فضلك ممكن بالضبط صلاة الصلاة صلوات أذان اذان الشمس حسب توقيت يوم عندنا وش شو ايه "
    "ايش شنو ابي اعرف يا ترى باقي يكون "
    "بيكون the is what when at in for of to today tonight tomorrow now please prayer prayers salah adhan azan call time "
    "times does do start begin will be "
    "tell me show give left until till how much long city it are due near a today's s and what about then ok okay "
    "و طيب وماذا ماذا وش وعن وفي"
)
_ROOM, _LONGEST_NAME = 4, 3
_INTRODUCING = frozenset(("in", "on", "في", "of"))
_WORD = re.compile(r"[^\W_]+")
_LEFT = re.compile(r"(?<!\w)(?:باقي|how (?:long|many))(?!\w)")
# Any day does to see whether a question names one that can be read.
_ANY_DAY = date(2000, 1, 1)
_TOWARDS = re.compile(r"(?:towards?|to|of|الي|نحو) (?:the )?(?:kaaba|mecca|makkah|الكعبه|مكه)")
WHERE = Bilingual(
    "In which city? Times and directions differ from place to place.", "في أي مدينة؟ فالمواقيت والاتجاهات تختلف باختلاف المكان."
)
"""What is asked back where no city is named."""
WHICH = Bilingual(
    "There are several places of that name: name the city with its country, like “London, United Kingdom”.",
    "هناك أكثر من مكان بهذا الاسم: اذكر المدينة مع دولتها، مثل «طرابلس، لبنان».",
)
"""What is asked back where something that is not known stands behind the name of a city."""


class PrayerTalk:
    """Answers for the places that it is given, by the clock it is given."""

    name = "prayer"

    def __init__(self, *, places: OpenPlaces, clock: Clock) -> None:
        self._places = places
        self._clock = clock

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return the times or the direction, or ask where; None where the last turn wants neither."""
        turns = user_turns(request)
        if not turns:
            return None
        start = next((at for at in range(len(turns) - 1, -1, -1) if asks_for_prayer(turns[at])), None)
        if start is None or any(len(turn.split()) > _ANSWER_WORDS for turn in turns[start + 1 :]):
            return None
        asked = _asked(turns[start:], await self._places())
        if asked is None:
            return None
        try:
            return ExactReply(WHERE, answered=False) if asked.place is None else self._told(asked, asked.place, request)
        except NotFoundError:
            return ExactReply(WHICH, answered=False)
        except UnprocessableError as refused:
            return ExactReply(refused.message, answered=False)

    def _told(self, question: _Asked, named: Place, request: ChatRequest) -> ExactReply:
        normal, place = question.normal, _qualified(question.where, named, question.places)
        if _QIBLA.search(normal):
            found = qibla_from(place.spot)
            return ExactReply(directed(place, found), data={"qibla": told_qibla(place, found)})
        now = self._clock()
        today = now.astimezone(zone_named(place.zone)).date()
        asked = day_asked(question.when, today)
        day = today if asked is None else asked.day
        school = school_named(normal) or (request.sources.madhabs[0] if len(request.sources.madhabs) == 1 else None)
        manner = Manner(asr="hanafi" if school == "hanafi" else "majority")
        table = timetable(place, manner, day=day, now=now)
        name = question.prayer
        if name is not None and day == today and _LEFT.search(normal) and table.day.times[name] <= now:
            table = timetable(place, manner, day=day + timedelta(days=1), now=now)
        text = listed(table) if name is None else single(table, name, now=now)
        return ExactReply(text, data={"prayer_times": told(table, now=now)})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the turns ask together: `normal` is the one that asks; `when` names the day; `where` the place, if one was named."""

    normal: str
    prayer: Moment | None
    when: str
    where: str
    place: Place | None
    places: Places


def _asked(turns: Sequence[str], places: Places) -> _Asked | None:
    """Put a question and the short turns behind it together; None where one of those names neither place nor day nor prayer."""
    normal = _normal(turns[0])
    asked = _Asked(normal, _prayer(normal), normal, turns[0], _place(turns[0], places), places)
    for turn in turns[1:]:
        plain = _normal(turn)
        day, prayer = day_asked(plain, _ANY_DAY), _prayer(plain)
        dated = day is not None and day.rest != plain
        rest = _unnamed(day.rest if day else plain)
        place = _place(turn, places) if any(word not in _FRAME for word in _WORD.findall(rest)) else None
        if day is None or not (place or ((dated or prayer) and set(_WORD.findall(rest)) <= _FRAME)):
            return None
        asked = replace(asked, prayer=prayer or asked.prayer, when=plain if dated else asked.when)
        asked = replace(asked, where=turn, place=place) if place else asked
    return asked


def _unnamed(normal: str) -> str:
    """Return a text without the names of prayers."""
    for _, pattern in _NAMED:
        normal = pattern.sub(" ", normal)
    return normal


def asked_where(text: str) -> bool:
    """Whether an answer of the platform asked for a city."""
    return any(text in (asked.en, asked.ar) for asked in (WHERE, WHICH))


def asks_for_prayer(text: str) -> bool:
    """Whether a prompt asks when a prayer is, or where the qibla is."""
    normal = _normal(text)
    if len(normal) > _LONGEST:
        return False
    # Every prompt is looked at: hardly any has one of these, which are found at once.
    qibla = any(mark in normal for mark in _QIBLA_MARKS) and _QIBLA.search(normal) is not None
    timed = _ASKS.search(normal) is not None and any(pattern.search(normal) for _, pattern in _NAMED)
    # What rules it out is looked for last: hardly any prompt comes so far.
    if not (qibla or timed) or _OTHERS.search(normal):
        return False
    if qibla:
        return True
    asked = day_asked(normal, _ANY_DAY)
    if asked is None:
        return False
    return len([word for word in _WORD.findall(_ASKS.sub(" ", _unnamed(asked.rest))) if word not in _FRAME]) <= _ROOM


def _prayer(normal: str) -> Moment | None:
    """Return the prayer that is asked for; None where all are."""
    return next((name for name, pattern in _NAMED if name and pattern.search(normal)), None)


def _place(text: str, places: Places) -> Place | None:
    normal = _TOWARDS.sub(" ", _normal(text))
    asks = asks_for_prayer(text)
    if not asks and ("," in normal or "،" in normal) and (found := _named(normal, places)) is not None:
        return found
    found = places.mentioned(normal)
    if found is not None or asks:
        return found
    return _named(normal, places)


def _qualified(text: str, place: Place, places: Places) -> Place:
    """Return the place in the country that is named behind it. Raises NotFoundError where something else is: «London Ontario»."""
    asked = day_asked(_normal(text), _ANY_DAY)
    words = _WORD.findall(asked.rest if asked else _normal(text))
    spans = ((start, size) for size in range(_LONGEST_NAME, 0, -1) for start in range(len(words) - size + 1))
    for start, size in spans:
        name = " ".join(words[start : start + size])
        behind = [word for word in words[start + size : start + size + _LONGEST_NAME] if word not in _INTRODUCING]
        if _named(name, places) != place:
            continue
        for length in range(len(behind), 0, -1):
            with suppress(NotFoundError):
                return places.named(name, country=" ".join(behind[:length]))
        if behind and behind[0].isascii() and behind[0].isalpha() and behind[0] not in _FRAME and not _of_question(behind[0]):
            raise NotFoundError(WHICH, param="city")
        return place
    return place


def _named(name: str, places: Places) -> Place | None:
    try:
        return places.named(name)
    except NotFoundError:
        return None


def _of_question(word: str) -> bool:
    """Whether a word asks, or names a prayer or a day."""
    asked = day_asked(word, _ANY_DAY)
    named = any(pattern.search(word) for _, pattern in _NAMED)
    return named or _ASKS.search(word) is not None or asked is None or asked.rest != word


def _normal(text: str) -> str:
    return " ".join(normalize(text).rstrip("؟?!. ").split())
