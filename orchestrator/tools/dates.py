"""Exact answers on Gregorian dates: weekdays, spans, sums, leap years, and today by the clock it is given. Knows nothing of Hijri."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from fanar.arabic.words import normal_forms
from fanar.bilingual import Bilingual
from orchestrator.tools.date_reader import PLACEHOLDER, WrittenDate, read_dates, relative_day, years_in_digits
from orchestrator.tools.result import ToolResult
from orchestrator.tools.wording import Question, read_question
from rag.islamic.calendar.names import GREGORIAN_AR, GREGORIAN_EN, WEEKDAYS_AR, WEEKDAYS_EN
from rag.islamic.calendar.wording import days_text

_NAME = Bilingual("dates", "التواريخ")

Clock = Callable[[], datetime]
"""Returns the present moment, aware of its time zone."""

_DAYS = 146_097
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?|§")
_FRAME = normal_forms(
    "ما ماذا هو هي كان يكون يصادف صادف بيصادف يوافق وافق بيوافق كانت سيكون رح راح حيكون هيكون من في أي اي ايش وش شو شنو ايه إيه يا "
    "ترى لو سمحت من فضلك "
    "what was is will be it on the of which did does fall falls please hey tell me a an that date to a's today's اليوم كم تاريخ "
    "التاريخ بتاريخ "
    "was's day days week يوم يوما ايام الأسبوع اسبوع نهار انهي انا ف ب ل بي كام شحال قداش قديش شكد today النهارده"
)
_BETWEEN = _FRAME | normal_forms("بين و الى إلى لحد لغاية حتى عدد how many between and from until till are there number الأيام بيناتهم منذ")
_UNTIL = _FRAME | normal_forms(
    "باقي بقي بقى باقيلي ضايل فاضل متبقي تبقى المتبقية على عن لـ حتى الى إلى لحد لغاية فيه how many until till left are there to "
    "before عدد بعد"
)
_SUM = _FRAME | normal_forms(
    "بعد قبل after before from plus اسابيع أسابيع اسبوع أسبوعا اسبوعين weeks months شهر اشهر شهور weekday ago بداية ابتداء starting"
)
_TODAY = {
    "date": "تاريخ اليوم|التاريخ اليوم|كم تاريخ اليوم|كم التاريخ اليوم|ما تاريخ اليوم|ما هو تاريخ اليوم|شو تاريخ اليوم|وش تاريخ "
    "اليوم|ايش تاريخ اليوم|"
    "شنو تاريخ اليوم|النهارده كام في الشهر|النهارده كام|شحال في الشهر اليوم|شحال اليوم في الشهر|كم التاريخ|ايه تاريخ النهارده|تاريخ "
    "النهارده|تاريخ النهارده ايه|"
    "what's the date|what is the date|what's the date today|what is the date today|what's today's date|what is today's date|today's "
    "date|todays date|"
    "what day is it|what day is it today|what day is today|what date is it|what date is it today|شو اليوم|اي يوم اليوم|في اي يوم نحن|"
    "ما هو اليوم|"
    "اليوم ايش|اليوم شنو|وش اليوم|ايش اليوم|النهارده ايه|النهارده يوم ايه|شنو اليوم",
    "time": "كم الساعه|كم الساعه الان|الساعه كم|الساعه كم الحين|كم الساعه الحين|الساعه كام|الساعه كام دلوقتي|قديش الساعه|قديه الساعه|"
    "قديش الساعه هلق|شحال الساعه|"
    "شحال الساعه دابا|شحال راهي الساعه|قداش الساعه|شكد الساعه|الساعه بيش|الوقت كام|what time is it|what's the time|what is the time|"
    "what time is it now|"
    "what's the time now|time now|current time",
}
_NOW = {normal: kind for kind, line in _TODAY.items() for normal in line.split("|")}
_LEAP = re.compile(
    r"(?:هل )?(?:سنه|عام|السنه|العام)? ?(?P<ar>\d{4}) (?:سنه |عام )?كبيسه?|(?:is|was|will) (?P<en>\d{4}) (?:be )?(?:a )?leap(?: year)?|"
    r"هل (?:كان|كانت) (?:سنه|عام)? ?(?P<was>\d{4}) كبيسه?"
)
_AMOUNT = re.compile(
    r"(?<!\w)(?P<count>\d{1,5}) (?P<unit>يوما|يوم|ايام|اسبوعا|اسبوع|اسابيع|days|day|weeks|week)(?!\w)|(?<!\w)(?P<one>اسبوعين|يومين|"
    r"شهرين)(?!\w)"
)
_CUE = re.compile(r"يوم|ايام|نهار|انهار|تاريخ|باقي|بقي|ضايل|فاضل|متبق|تبقي|بعد|قبل|كبيس|ساع|الشهر|الوقت|day|date|week|leap|time|until|ago")
_SPANS = {"يومين": 2, "اسبوعين": 14}


class DateTool:
    """Answers questions on Gregorian dates."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock

    def parse(self, text: str) -> ToolResult | None:
        """Answer `text`; None unless the whole prompt is a question on dates that has one answer."""
        question = read_question(text)
        if question is None or not _CUE.search(question.text):
            return None
        now = self._clock()
        if (kind := _NOW.get(question.text)) is not None:
            return _now(question, now, kind)
        if leap := _LEAP.fullmatch(years_in_digits(question.text)):
            return _leap(question, int(leap["ar"] or leap["en"] or leap["was"]))
        read = read_dates(question.text, arabic=question.language == "ar", today=now.date())
        if read is None:
            return None
        frame, written = read
        return _dated(question, frame, written, now.date())


def show_date(day: date, question: Question, *, weekday: bool = True) -> str:
    """Write a date in the question's language."""
    if question.language == "ar":
        name = f"{WEEKDAYS_AR[day.weekday()]} " if weekday else ""
        return question.digits(f"{name}{day.day} {GREGORIAN_AR[day.month - 1]} {day.year}")
    name = f"{WEEKDAYS_EN[day.weekday()]}, " if weekday else ""
    return f"{name}{day.day} {GREGORIAN_EN[day.month - 1]} {day.year}"


def _dated(question: Question, frame: str, written: list[WrittenDate | date], today: date) -> ToolResult | None:
    if any(isinstance(day, WrittenDate) and day.calendar == "hijri" for day in written) or len(written) > 2:
        return None
    amount = _AMOUNT.search(frame)
    words = _WORD.findall(frame)
    if amount:
        return _sum(question, frame, amount, written, today)
    if len(written) == 2:
        return _between(question, words, written, today)
    if len(written) == 1:
        return _until(question, words, written[0], today) or _weekday(question, words, written[0], today)
    return None


def _resolve(day: WrittenDate | date, today: date, *, ahead: bool) -> date | None:
    return day.gregorian(today, ahead=ahead) if isinstance(day, WrittenDate) else day


def _weekday(question: Question, words: list[str], written: WrittenDate | date, today: date) -> ToolResult | None:
    asks = "يوم" in words or "نهار" in words or "day" in words or "weekday" in words
    if not asks or not set(words) <= _FRAME | {PLACEHOLDER, "weekday"}:
        return None
    day = _resolve(written, today, ahead=True)
    return None if day is None else _answer(question, show_date(day, question), day.isoformat())


def _between(question: Question, words: list[str], written: list[WrittenDate | date], today: date) -> ToolResult | None:
    asks = {"days", "day", "يوم", "يوما", "ايام", "الايام"} & set(words)
    if (
        not asks
        or not {"between", "from", "بين", "من", "منذ"} & set(words)
        or not {_unjoined(word) for word in words} <= _BETWEEN | {PLACEHOLDER, ""}
    ):
        return None
    first, last = (_resolve(day, today, ahead=False) for day in written)
    if first is None or last is None:
        return None
    span = abs((last - first).days)
    ends = f"{show_date(min(first, last), question, weekday=False)}", f"{show_date(max(first, last), question, weekday=False)}"
    if question.language == "ar":
        return _answer(question, f"بين {ends[0]} و{ends[1]}: {question.digits(days_text(span).ar)}", str(span))
    return _answer(question, f"Between {ends[0]} and {ends[1]}: {days_text(span).en}", str(span))


def _until(question: Question, words: list[str], written: WrittenDate | date, today: date) -> ToolResult | None:
    arabic = {"كم", "كام", "شحال", "قداش", "قديش", "شكد", "عدد"} & set(words) and {
        "باقي",
        "بقي",
        "بقى",
        "ضايل",
        "فاضل",
        "متبقي",
        "تبقي",
        "المتبقيه",
        "باقيلي",
    } & set(words)
    english = "many" in words and "days" in words and {"until", "till", "left", "before"} & set(words)
    if {"اسبوع", "اسابيع", "weeks"} & set(words):
        return None
    if not (arabic or english) or not {_unjoined(word) for word in words} <= _UNTIL | {PLACEHOLDER, ""}:
        return None
    day = _resolve(written, today, ahead=True)
    if day is None:
        return None
    span = (day - today).days
    when, days = show_date(day, question), days_text(abs(span))
    if question.language == "ar":
        counted = question.digits(days.ar)
        return _answer(question, f"مضى على {when} {counted}" if span < 0 else f"باقٍ على {when}: {counted}", str(span))
    return _answer(question, f"{when} was {days.en} ago" if span < 0 else f"{days.en} until {when}", str(span))


def _sum(question: Question, frame: str, amount: re.Match[str], written: list[WrittenDate | date], today: date) -> ToolResult | None:
    rest = f"{frame[: amount.start()]} {frame[amount.end() :]}"
    words = _WORD.findall(rest)
    if len(written) > 1 or amount["one"] == "شهرين" or not set(words) <= _SUM | {PLACEHOLDER}:
        return None
    directions = {"بعد": 1, "after": 1, "from": 1, "plus": 1, "قبل": -1, "before": -1, "ago": -1}
    signs = {directions[word] for word in words if word in directions}
    anchor = _resolve(written[0], today, ahead=False) if written else _relative_anchor(words, today)
    if len(signs) != 1 or anchor is None:
        return None
    per_unit = 7 if amount["unit"] and amount["unit"].startswith(("اسب", "اساب", "week")) else 1
    span = _SPANS[amount["one"]] if amount["one"] else int(amount["count"]) * per_unit
    try:
        day = anchor + timedelta(days=signs.pop() * span)
    except OverflowError:
        return None
    return _answer(question, show_date(day, question), day.isoformat())


def _relative_anchor(words: list[str], today: date) -> date | None:
    return next((day for word in words if (day := relative_day(word, today)) is not None), today if "ago" in words else None)


def _leap(question: Question, year: int) -> ToolResult:
    leap = calendar.isleap(year)
    if question.language == "ar":
        text = f"{'نعم' if leap else 'لا'}، سنة {question.digits(str(year))} {'كبيسة: 366 يومًا' if leap else 'ليست كبيسة'}"
    else:
        text = f"{'Yes' if leap else 'No'}, {year} is {'' if leap else 'not '}a leap year"
    return _answer(question, text, str(leap).lower())


def _now(question: Question, now: datetime, kind: str) -> ToolResult:
    if kind == "date":
        return _answer(question, show_date(now.date(), question), now.date().isoformat())
    zone = now.strftime("%z")
    shown = f"{now:%H:%M}"
    where = f"{zone[:3]}:{zone[3:]}" if zone else ""
    if question.language == "ar":
        return _answer(question, f"الساعة {question.digits(shown)} بتوقيت الخادم (UTC{where})", shown)
    return _answer(question, f"It is {shown} by the server's clock (UTC{where})", shown)


def _answer(question: Question, text: str, value: str) -> ToolResult:
    return ToolResult(_NAME, f"{text}.", value, question.language)


def _unjoined(word: str) -> str:
    return word[1:] if word.startswith("و") and len(word) > 1 and word not in _BETWEEN else word
