"""Reads questions about Hijri months: how long one is, when it begins and ends, how many days are left. Knows nothing of occasions.

A prompt is understood only if nothing is left of it beside the month and the words of such a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from rag.islamic.calendar.hijri import HijriDate, to_hijri
from rag.islamic.calendar.names import HIJRI_MONTHS

Kind = Literal["length", "end", "begin"]
_LONGEST = 120
_NAMES = "|".join(sorted(map(re.escape, HIJRI_MONTHS), key=len, reverse=True))
_MONTH = re.compile(rf"(?<!\w)(?:[بولف]|لل|بال)?(?P<name>{_NAMES})(?!\w)")
_YEAR = re.compile(r"(?<!\w)(?P<year>1[34]\d\d|1500) ?(?:ه|هجري|هجريه|ah|hijri)?(?!\w)")
_HOW_MANY = r"(?:كم|كام|شحال|قديش|قداش|شكد|عدد|how many)"
_IN = r"(?:في|ف|شهر|ب(?=\w)(?!\w*قي)|are in|are there in|in|does|has|is in)"
_LENGTH = (
    rf"{_HOW_MANY} (?:عدد |من )?(?:يوم|يوما|ايام|الايام|days)(?: \w+)? ?{_IN}(?!\w*قي)|how long is"
    r"|(?:كم|كام|شحال|قديش) (?:يوم|مد[هة]|طول)(?: شهر)? (?=ل?[سرشذجم])"
    r"|(?:29|تسعه وعشر\w+) (?:يوم\w* )?(?:ام|او|ولا|or) (?:30|ثلاث\w+)"
    r"|(?:كامل|تام|تمام) (?:ام|او|ولا) ناقص|ناقص (?:ام|او|ولا) (?:كامل|تام)"
)
_WHEN = r"(?:متي|امتي|امتا|ايمتي|وقتاش|when|what day|اي يوم)"
_END = rf"{_WHEN} .*(?:ينتهي|بيخلص|يخلص|نهايه|اخر|ends?|ending|last day|finish\w*|over)|اخر يوم (?:في|من)|last day of"
_BEGIN = rf"(?:{_WHEN}|كم (?:يوم )?(?:باقي|بقي)|how (?:many days|long) (?:until|till|to))(?!\w)"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("length", re.compile(_LENGTH)),
    ("end", re.compile(_END)),
    ("begin", re.compile(_BEGIN)),
)
_FRAME = normal_forms(
    "كم كام شحال قديش قداش شكد عدد يوم يوما يومه أيام ايام الأيام ايامه في ف شهر من على إلى الى ل هو هي هل ما يكون هذا هذه "
    "السنة العام سنة عام لعام لسنة الهجري الهجرية القادم الجاي المقبل مدة طول متى امتى امتا ايمتى وقتاش أي ينتهي بيخلص يخلص "
    "نهاية آخر اخر يبدأ يبدا بيبدأ بداية أول دخول باقي بقي متبقي تبقى كامل ناقص تام تمام أم ام او أو ولا 29 30 تسعة وعشرين ثلاثين "
    "وعشرون ثلاثون يعني بالضبط لو سمحت من فضلك "
    "how many days are is there in the of month does have has long when what day end ends ending finish finishes over begin begins "
    "start starts last first this next until till to left year or it will be on come comes a"
)
_JOINING = normal_forms("و طيب وماذا ماذا عن وش and what about then ok okay")
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_FEW_WORDS = 5
_OCCASIONS = frozenset((9, 12))


@dataclass(frozen=True, slots=True)
class MonthAsked:
    """A Hijri month, and what is asked of it; of the running or the next one where no year is named."""

    kind: Kind
    month: int
    year: int | None = None

    def date(self, today: date) -> HijriDate:
        """Return its first day: in the year that is asked for, or of the month that is not over yet. Raises UnprocessableError."""
        now = to_hijri(today)
        ahead = self.month < now.month or (self.kind == "begin" and self.month == now.month and now.day > 1)
        return HijriDate(self.year or now.year + ahead, self.month, 1)


def read_month(text: str) -> MonthAsked | None:
    """Return what a prompt asks of a month; None unless the whole prompt does. When Ramadan and the Hajj come is asked as an occasion."""
    normal = " ".join(normalize(text).split())
    month = _MONTH.search(normal) if len(normal) <= _LONGEST else None
    kind = next((kind for kind, pattern in _KINDS if pattern.search(normal)), None) if month else None
    if month is None or kind is None:
        return None
    number = HIJRI_MONTHS[month["name"]]
    rest = f"{normal[: month.start()]} {normal[month.end() :]}"
    year = _YEAR.search(rest)
    understood = set(_WORD.findall(_YEAR.sub(" ", rest, count=1))) <= _FRAME
    if not understood or (kind == "begin" and number in _OCCASIONS):
        return None
    return MonthAsked(kind, number, int(year["year"]) if year else None)


def month_asked(turns: Sequence[str]) -> MonthAsked | None:
    """Return what the last turn asks of a month, read with those before it where it only names another: «وشعبان؟», «و1449؟»."""
    asked = read_month(turns[-1]) if turns else None
    before = month_asked(turns[:-1]) if asked is None and len(turns) > 1 else None
    if before is None or len(turns[-1].split()) > _FEW_WORDS:
        return asked
    normal = " ".join(normalize(turns[-1]).split())
    month, year = _MONTH.search(normal), _YEAR.search(re.sub(r"(?<!\w)و(?=\d)", " ", normal))
    rest = _YEAR.sub(" ", _MONTH.sub(" ", re.sub(r"(?<!\w)و(?=\d)", " ", normal)))
    if (month is None and year is None) or not set(_WORD.findall(rest)) <= _FRAME | _JOINING:
        return None
    return replace(
        before,
        month=HIJRI_MONTHS[month["name"]] if month else before.month,
        year=int(year["year"]) if year else None if month else before.year,
    )
