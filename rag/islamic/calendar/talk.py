"""Answers when an occasion is, next or in a named year, how many days are left, and how long a month is. Knows nothing of prayer.

A prompt is understood only if nothing is left of it beside the occasion and the words of such a question: «متى فُرض صيام رمضان» is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.errors import UnprocessableError
from fanar.messages import ChatRequest
from rag.islamic.calendar.hijri import LAST_YEAR
from rag.islamic.calendar.months import month_asked, read_month
from rag.islamic.calendar.occasions import OccasionName, next_occasion
from rag.islamic.calendar.telling import counted, dated, measured, told_month, told_occasion, told_within
from rag.islamic.exact import Clock, ExactReply, user_turns

_LONGEST = 120
_ASKS = re.compile(
    r"(?<!\w)(?:(?:كم|كام|شحال|قديش|اديش|قداش|شكد|بقي|عدد الايام)(?= |$)|متي|امتي|امتا|ايمتي|ايمتا|وقتاش|فوقاش|فيمتي|باقي|"
    r"how (?:many days|long)|days (?:until|till|to|left)|when(?:'?s)?|what (?:date|day)|countdown)(?!\w)"
)
# «كم يوم في رمضان» asks how long it is, not how long until then.
_LENGTH = re.compile(
    r"(?:كم|كام|شحال|قديش|عدد) (?:عدد )?(?:يوم|ايام|الايام)\w? (?:في|ب(?!ا?قي)|ف(?!اضل)|شهر)|"
    r"how many days (?:are |is )?(?:there )?in|how long is "
)
_DHU = r"(?:ذو|ذي)"
_NAMES: tuple[tuple[OccasionName | None, str], ...] = (
    ("mid_shaban", r"(?:ليله )?(?:ال)?نصف (?:من )?شعبان|mid[- ]sha'?ban"),
    ("last_ten_nights", r"العشر الاواخر(?: من رمضان)?|last ten (?:days|nights)(?: of ramadan)?"),
    ("night_27_ramadan", r"ليله (?:القدر|27 (?:من )?رمضان)|la[iy]lat(?:ul| al)?[- ]qadr|night of (?:power|decree)"),
    ("dhu_al_hijjah", rf"عشر {_DHU} الحجه|{_DHU} الحجه|dhu?l?(?: al)?[- ]hijjah"),
    ("eid_al_fitr", r"عيد (?:ال)?فطر|العيد الصغير|عيد رمضان|عيد الصغير|eid (?:al|ul|el)?[- ]?fitr"),
    ("eid_al_adha", r"عيد (?:ال)?اضحي|العيد الكبير|عيد الكبير|عيد الحج|eid (?:al|ul|el)?[- ]?adha|bakrid"),
    ("arafa", r"(?:يوم |وقفه )?عرف(?:ه|ات)|arafa[ht]?"),
    ("tasua", r"تاسوعا|tasu'?a"),
    ("ashura", r"(?:يوم )?عاشورا|ashur[ae]h?"),
    ("new_year", r"راس السنه(?: الهجريه)?|السنه الهجريه(?: الجديده)?|(?:islamic|hijri|muslim) new year"),
    ("mawlid", r"(?:ال)?مولد(?: النبوي)?(?: الشريف)?|ma[wu]lid|prophet'?s birthday"),
    ("isra_miraj", r"الاسرا(?: والمعراج)?|isra(?: and)?(?: (?:al[- ])?mi'?raj)?"),
    ("tashriq", r"ايام التشريق|days of tashriq"),
    ("tarwiyah", r"يوم الترويه|الحج|hajj"),
    ("ramadan", r"رمضان|ramad[ah]+n"),
    (None, r"(?:ال)?عيد|eid"),
)
_PATTERNS = tuple((name, re.compile(rf"(?<!\w)(?:[بولف]|لل|بال)?(?:{pattern})(?!\w)")) for name, pattern in _NAMES)
_FRAME = normal_forms(
    "على علي عن ل لـ الى إلى حتى لحد لغاية من في يوم يوما ايام أيام الأيام شهر بداية بدايه أول اول هذا هذه السنة السنه العام "
    "دي هاي سنة عام لسنة لعام بسنة القادم كان كانت "
    "القادمة الجاي الجاية المبارك الكريم بالضبط كم كام باقي بقي متبقي ويبدأ يبدأ بيبدأ يبدا يكون بيكون هو هي يصادف تاريخ موعد لنا عندنا "
    "يا ترى لو "
    "سمحت ضايل فاضل باقيلنا بعد قبل تبقى المتبقية راح رح يجي بيجي ييجي حلول دخول صيام من فضلك كم؟ صار اليوم "
    "is the of next a day days date are there left until till to this year does do start starts begin begins what when whens how many long "
    "now from will be it on in come comes we have for please remaining month fall falls which more first time was were year"
)
_BARE = normal_forms("سنة عام لسنة لعام في يوم تاريخ موعد شهر بداية أول in of day date year the first")
_JOINING = normal_forms("و طيب وماذا ماذا عن وش وكم and what about then ok okay so")
_LEFT = re.compile(r"(?<!\w)(?:باقي|بقي|left|until|till)(?!\w)")
_FEW_WORDS = 5
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")


# A year of the table or a Gregorian one, with the mark of its calendar where it has one.
_YEAR = re.compile(r"(?<!\w)(?P<year>1[34]\d\d|1500|19\d\d|20\d\d) ?(?P<mark>ه|هجري|هجريه|ah|hijri|م|ميلادي|ميلاديه|ce|ad)?(?!\w)")
_HIJRI_MARKS = ("ه", "هجري", "هجريه", "ah", "hijri")
_EIDS: tuple[OccasionName, OccasionName] = ("eid_al_fitr", "eid_al_adha")


@dataclass(frozen=True, slots=True)
class Asked:
    """The occasions that a prompt asks the date of, one save where it says no more than «العيد», and the year if it names one."""

    names: Sequence[OccasionName]
    year: int | None = None


class CalendarTalk:
    """Answers by the clock it is given."""

    name = "calendar"

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return when the occasion comes, or how long a month is; None where the last turn asks for something else."""
        turns = user_turns(request)
        today = self._clock().date()
        try:
            return _told(turns, today)
        except UnprocessableError as outside:
            return ExactReply(outside.message, answered=False)


def _told(turns: Sequence[str], today: date) -> ExactReply | None:
    if (month := month_asked(turns)) is not None:
        first = month.date(today)
        return ExactReply(measured(first, today), data={"calendar": told_month(first, today)})
    asked = _asked(turns)
    if asked is None:
        return None
    if asked.year is not None:
        return ExactReply(dated(asked.names, asked.year), data={"calendar": told_within(asked.names, asked.year, today)})
    name = min(asked.names, key=lambda each: next_occasion(each, today)[1])
    return ExactReply(counted(name, today), data={"calendar": told_occasion(name, today)})


def _asked(turns: Sequence[str]) -> Asked | None:
    """Return what the last turn asks, read with those before it where it is too short by itself: «وكم باقي؟», "what about Arafah?"."""
    asked = read_occasion(turns[-1]) if turns else None
    before = _asked(turns[:-1]) if asked is None and len(turns) > 1 else None
    if before is None or len(turns[-1].split()) > _FEW_WORDS:
        return asked
    normal = " ".join(normalize(turns[-1]).split())
    if _LENGTH.search(normal):
        return None
    if _ASKS.search(normal) and set(_WORD.findall(_ASKS.sub(" ", normal))) <= _FRAME | _JOINING:
        return before if before.year is None or not _LEFT.search(normal) else None
    bare = " ".join(word for word in normal.split() if _WORD.findall(word) and not set(_WORD.findall(word)) <= _JOINING)
    return read_occasion(f"متي {bare}")


def asks_for_occasion(text: str) -> bool:
    """Whether a prompt asks when an occasion is, or how long a Hijri month, and nothing else."""
    return read_occasion(text) is not None or read_month(text) is not None


def read_occasion(text: str) -> Asked | None:
    """Return the occasion that a prompt asks the date of; None unless the whole prompt does."""
    normal = " ".join(normalize(text).split())
    asks = _ASKS.search(normal) is not None
    if len(normal) > _LONGEST or not (asks or _YEAR.search(normal)) or _LENGTH.search(normal):
        return None
    for name, pattern in _PATTERNS:
        match = pattern.search(normal)
        if match:
            rest = _ASKS.sub(" ", f"{normal[: match.start()]} {normal[match.end() :]}")
            year = _YEAR.search(rest)
            # «يوم عرفة 2027» without a question's word is one all the same, with nothing else beside it.
            frame = _FRAME if asks else _BARE
            understood = set(_WORD.findall(_YEAR.sub(" ", rest, count=1))) <= frame and (year is None or _is_of_its_calendar(year))
            return Asked((name,) if name else _EIDS, int(year["year"]) if year else None) if understood else None
    return None


def _is_of_its_calendar(year: re.Match[str]) -> bool:
    """Whether the mark, where there is one, is of the calendar that has such years."""
    return not year["mark"] or (year["mark"] in _HIJRI_MARKS) == (int(year["year"]) <= LAST_YEAR)
