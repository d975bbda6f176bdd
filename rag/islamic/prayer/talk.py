"""Reads questions about prayer times and the qibla, asks for a city where none is named, answers. Knows no rulings on prayer."""

from __future__ import annotations

import re
from datetime import timedelta

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.messages import ChatRequest
from rag.islamic.exact import Clock, ExactReply, user_turns
from rag.islamic.prayer.inquiry import Manner, OpenPlaces, timetable, zone_named
from rag.islamic.prayer.methods import Moment
from rag.islamic.prayer.places import Place, Places
from rag.islamic.prayer.qibla import qibla_from
from rag.islamic.prayer.telling import directed, listed, single, told, told_qibla

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
    "tell me show give left until till how much long city it are due near a today's s and"
)
_ROOM = 4
_WORD = re.compile(r"[^\W_]+")
_DAYS = ((1, re.compile(r"(?<!\w)(?:بكره|بكرا|غدا|باكر|باچر|غدوه|tomorrow)(?!\w)")), (0, re.compile(r"")))
_TOWARDS = re.compile(r"(?:towards?|to|of|الي|نحو) (?:the )?(?:kaaba|mecca|makkah|الكعبه|مكه)")
WHERE = Bilingual(
    "In which city? Times and directions differ from place to place.", "في أي مدينة؟ فالمواقيت والاتجاهات تختلف باختلاف المكان."
)
"""What is asked back where no city is named."""


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
        question, where = turns[-1], turns[-1]
        if not asks_for_prayer(question):
            if len(turns) < 2 or len(where.split()) > _ANSWER_WORDS or not asks_for_prayer(turns[-2]):
                return None
            question = turns[-2]
        places = await self._places()
        place = _place(where, places)
        if place is None:
            return ExactReply(WHERE, answered=False) if question is where else None
        try:
            return self._told(question, place, request)
        except UnprocessableError as refused:
            return ExactReply(refused.message, answered=False)

    def _told(self, question: str, place: Place, request: ChatRequest) -> ExactReply:
        normal = _normal(question)
        if _QIBLA.search(normal):
            found = qibla_from(place.spot)
            return ExactReply(directed(place, found), data={"qibla": told_qibla(place, found)})
        now = self._clock()
        ahead = next(days for days, pattern in _DAYS if pattern.search(normal))
        day = now.astimezone(zone_named(place.zone)).date() + timedelta(days=ahead)
        manner = Manner(asr="hanafi" if request.sources.madhabs == ("hanafi",) else "majority")
        table = timetable(place, manner, day=day, now=now)
        name = _prayer(normal)
        text = listed(table) if name is None else single(table, name, now=now)
        return ExactReply(text, data={"prayer_times": told(table, now=now)})


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
    for _, pattern in _NAMED:
        normal = pattern.sub(" ", normal)
    return len([word for word in _WORD.findall(_ASKS.sub(" ", normal)) if word not in _FRAME]) <= _ROOM


def _prayer(normal: str) -> Moment | None:
    """Return the prayer that is asked for; None where all are."""
    return next((name for name, pattern in _NAMED if name and pattern.search(normal)), None)


def _place(text: str, places: Places) -> Place | None:
    normal = _TOWARDS.sub(" ", _normal(text))
    found = places.mentioned(normal)
    if found is not None or asks_for_prayer(text):
        return found
    try:
        return places.named(normal)
    except NotFoundError:
        return None


def _normal(text: str) -> str:
    return " ".join(normalize(text).rstrip("؟?!. ").split())
