"""What is sure to be for the calculators of the Islamic pipeline, and the turns that answer what they asked."""

from __future__ import annotations

import pytest

from fanar.events import Route
from fanar.messages import ChatMessage
from orchestrator.bootstrap.routing import build_tools
from orchestrator.routing.rules import SureRules
from rag.islamic.prayer.talk import WHERE, WHICH
from rag.islamic.statistics.grammar import asks_for_statistics
from rag.islamic.zakat.wording import OWNED

RULES = SureRules(tools=build_tools().parse)
NEEDS_PRICE = "لأحسب زكاتك أحتاج أيضًا إلى:\n- سعر جرام الذهب الخالص"


@pytest.mark.parametrize(
    ("prompt", "intent"),
    [
        ("متى أذان المغرب في الدوحة اليوم؟", "prayer"),
        ("qibla from London", "prayer"),
        ("كم باقي على رمضان", "calendar"),
        ("when is eid al-adha", "calendar"),
        ("عندي ٢٠٠ جرام ذهب كم زكاتها", "zakat"),
        ("I have 50000 riyals, how much zakat do I owe?", "zakat"),
        ("كم مرة ذكرت كلمة الصبر في القرآن", "statistics"),
        ("شحال من مرة تذكر موسى فالقرآن", "statistics"),
        ("what is the longest surah", "statistics"),
        ("how many verses are in Surah Ya-Sin", "statistics"),
        ("جزء عم", "verse"),
        ("what page is Surah Al-Kahf on", "verse"),
    ],
)
def test_what_asks_to_reckon_goes_to_the_islamic_pipeline(prompt: str, intent: str) -> None:
    ruling = RULES.apply([ChatMessage("user", prompt)])
    assert ruling is not None
    assert (ruling.route, ruling.intent) == (Route.ISLAMIC, intent)


@pytest.mark.parametrize(
    "prompt",
    [
        "Write a Python script that reads prayer times from a CSV",
        "متى ظهر أول هاتف ذكي؟",
        "ما مواعيد القطارات إلى فاس يوم الجمعة؟",
        "متى تلعب المغرب",
        "كم مرة ذكرت كلمة السر في الرسالة",
        "how many words are in this paragraph",
        "what is the longest river",
        "page 50",
    ],
)
def test_near_misses_are_left_to_the_classifier(prompt: str) -> None:
    assert RULES.apply([ChatMessage("user", prompt)]) is None


@pytest.mark.parametrize(
    ("asked", "told", "intent"),
    [
        (WHERE.ar, "الدوحة", "prayer"),
        (WHERE.en, "Doha", "prayer"),
        (WHICH.en, "London, Canada", "prayer"),
        (OWNED.ar, "عندي 100 ألف ريال", "zakat"),
        (NEEDS_PRICE, "سعر الجرام 480", "zakat"),
    ],
)
def test_what_was_asked_back_is_taken_up(asked: str, told: str, intent: str) -> None:
    ruling = RULES.apply([ChatMessage("user", "..."), ChatMessage("assistant", asked), ChatMessage("user", told)])
    assert ruling is not None
    assert ruling.intent == intent


@pytest.mark.parametrize(("asked", "told"), [(WHERE.ar, "لا أريد أن أقول لك أين أسكن"), (NEEDS_PRICE, "لا أعرف"), ("أهلا بك", "الدوحة")])
def test_what_answers_no_question_is_not(asked: str, told: str) -> None:
    assert RULES.apply([ChatMessage("user", "..."), ChatMessage("assistant", asked), ChatMessage("user", told)]) is None


@pytest.mark.parametrize(
    "prompt", ["كم مرة ذُكر اسم موسى؟", "how many sajdahs in total", "كم حرفًا في الفاتحة؟", "where was al-Kahf revealed"]
)
def test_what_the_statistics_take_surely_is_told_before_they_read_it(prompt: str) -> None:
    ruling = SureRules(tools=lambda _: None).apply_to_text(prompt)
    assert (ruling is not None and ruling.intent == "statistics") is asks_for_statistics(prompt)
