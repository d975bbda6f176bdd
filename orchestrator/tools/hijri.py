"""Hijri dates by the Umm al-Qura calendar: conversion both ways, and today's date. Knows nothing of moon sighting.

The table of `hijridate` holds 1343–1500 AH; what lies outside is refused by an answer that says so.
"""

from __future__ import annotations

import re
from datetime import date

from hijridate import Gregorian, Hijri

from fanar.arabic.words import normal_forms
from fanar.bilingual import Bilingual
from orchestrator.tools.date_reader import PLACEHOLDER, WrittenDate, read_dates, relative_day
from orchestrator.tools.dates import Clock, show_date
from orchestrator.tools.result import ToolResult
from orchestrator.tools.wording import Question, read_question
from rag.islamic.calendar.hijri import FIRST_YEAR, LAST_YEAR
from rag.islamic.calendar.names import HIJRI_AR, HIJRI_EN, WEEKDAYS_AR, WEEKDAYS_EN

_NAME = Bilingual("hijri", "التقويم الهجري")

_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?|§")
_HIJRI = normal_forms("هجري هجريا الهجري بالهجري للهجري هجرية الهجرية بالهجرية هـ hijri islamic")
_GREGORIAN = normal_forms("ميلادي ميلاديا الميلادي بالميلادي للميلادي الميلادية ميلادية gregorian")
_CUE = re.compile(r"هجري|ميلادي|يوافق|يصادف|\d ?ه\b|hijri|islamic|gregorian|correspond|muharram|\bah\b")
_TODAY = normal_forms("اليوم النهارده انهارده ليوم today today's todays الحين الان دلوقتي هلق دابا توا now هسه الحالي الحالية current")
_YEAR = normal_forms("سنة السنة عام العام year")
_FRAME = (
    _HIJRI
    | _GREGORIAN
    | _TODAY
    | normal_forms(
        "ما ماذا هو هي كم كام شحال قداش قديش شكد ايش وش شو شنو ايه أي اي في من إلى الى ل ب كان يوافق يوافقه وافق الموافق يصادف يكون "
        "يساوي يعادل يعادله تاريخ التاريخ يوم "
        "حول حولي حوللي احسب لو سمحت من فضلك الشهر شهر نحن احنا إحنا حنا فيها فيه على what what's whats is the date in to convert "
        "calendar of which are we it tell me "
        "please corresponding was a on equal equals does correspond day year's does كام؟ بالتقويم التقويم حسب يا ترى"
    )
)


class HijriTool:
    """Answers questions on Hijri dates."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock

    def parse(self, text: str) -> ToolResult | None:
        """Answer `text`; None unless the whole prompt is one conversion or asks for today's Hijri date or year."""
        question = read_question(text)
        if question is None or not _CUE.search(question.text):
            return None
        today = self._clock().date()
        read = read_dates(question.text, arabic=question.language == "ar", today=today)
        if read is None:
            return None
        frame, written = read
        words = set(_WORD.findall(frame))
        if not words <= _FRAME | _YEAR | {PLACEHOLDER} or len(written) > 1:
            return None
        if not written:
            return _present(question, words, today)
        return _converted(question, words, written[0], today)


def _present(question: Question, words: set[str], today: date) -> ToolResult | None:
    if not words & _HIJRI or words & _GREGORIAN:
        return None
    if words & _YEAR and not words & normal_forms("تاريخ التاريخ date"):
        year = Gregorian.fromdate(today).to_hijri().year
        text = f"السنة الهجرية {question.digits(str(year))}." if question.language == "ar" else f"The Hijri year is {year} AH."
        return ToolResult(_NAME, text, str(year), question.language)
    days = [day for word in words if (day := relative_day(word, today)) is not None]
    if len(days) != 1 and not words & normal_forms("تاريخ التاريخ date الحالي current"):
        return None
    return _to_hijri(question, days[0] if days else today)


def _converted(question: Question, words: set[str], written: WrittenDate | date, today: date) -> ToolResult | None:
    if isinstance(written, date):
        return _to_hijri(question, written)
    if written.calendar == "hijri":
        if words & _TODAY or not (words & _GREGORIAN or words & normal_forms("يوافق يصادف corresponding correspond date convert تاريخ")):
            return None
        return _to_gregorian(question, written, today)
    if not words & _HIJRI:
        return None
    day = written.gregorian(today, ahead=False)
    return None if day is None else _to_hijri(question, day)


def _to_hijri(question: Question, day: date) -> ToolResult:
    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return _outside(question)
    shown = f"{show_date(day, question)} = {_show(hijri, question)}"
    return _noted(question, shown, hijri.isoformat())


def _to_gregorian(question: Question, written: WrittenDate, today: date) -> ToolResult | None:
    year = written.year if written.year is not None else Gregorian.fromdate(today).to_hijri().year
    try:
        hijri = Hijri(year, written.month, written.day)
    except OverflowError:
        return _outside(question)
    except ValueError:
        return _no_such_day(question) if FIRST_YEAR <= year <= LAST_YEAR else None
    day = hijri.to_gregorian()
    shown = f"{_show(hijri, question)} = {show_date(date(day.year, day.month, day.day), question)}"
    return _noted(question, shown, day.isoformat())


def _show(hijri: Hijri, question: Question) -> str:
    weekday = hijri.weekday()
    if question.language == "ar":
        return question.digits(f"{WEEKDAYS_AR[weekday]} {hijri.day} {HIJRI_AR[hijri.month - 1]} {hijri.year}هـ")
    return f"{WEEKDAYS_EN[weekday]}, {hijri.day} {HIJRI_EN[hijri.month - 1]} {hijri.year} AH"


def _noted(question: Question, shown: str, value: str) -> ToolResult:
    note = (
        "بتقويم أم القرى؛ وقد يختلف يومًا بحسب رؤية الهلال في بلدك."
        if question.language == "ar"
        else "By the Umm al-Qura calendar; where you live it may differ by a day, with the sighting of the moon."
    )
    return ToolResult(_NAME, f"{shown}\n{note}", value, question.language)


def _outside(question: Question) -> ToolResult:
    text = (
        f"هذا التاريخ خارج جدول أم القرى ({question.digits(f'{FIRST_YEAR}–{LAST_YEAR}')}هـ)، فلا أحوّله تحويلًا دقيقًا."
        if question.language == "ar"
        else f"This date lies outside the Umm al-Qura table ({FIRST_YEAR}–{LAST_YEAR} AH), so there is no exact conversion."
    )
    return ToolResult(_NAME, text, "outside", question.language)


def _no_such_day(question: Question) -> ToolResult:
    text = (
        "لا يوجد هذا اليوم في ذلك الشهر بتقويم أم القرى."
        if question.language == "ar"
        else "That month has no such day by the Umm al-Qura calendar."
    )
    return ToolResult(_NAME, text, "none", question.language)
