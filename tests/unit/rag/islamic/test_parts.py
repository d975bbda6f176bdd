"""Prompts that ask several things, and those that only look it."""

from __future__ import annotations

import pytest

from orchestrator.routing.prompts import read_prompts
from rag.islamic.parts import parts_of


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        (
            "كم آية في البقرة وما حكم صيام المسافر وأعطني دعاء السفر؟",
            [("statistics", "كم آية في البقرة"), ("ruling", "ما حكم صيام المسافر"), ("supplication", "أعطني دعاء السفر؟")],
        ),
        ("ما حُكْمُ التأمين؟ وهات حديثًا عن الصدق", [("ruling", "ما حُكْمُ التأمين"), ("hadith", "هات حديثًا عن الصدق")]),
        (
            "السلام عليكم، وش حكم القنوت وكم عدد آيات سورة الكهف",
            [("ruling", "السلام عليكم، وش حكم القنوت"), ("statistics", "كم عدد آيات سورة الكهف")],
        ),
        ("عايز أذكار النوم وكمان هاتلي حديث عن الصبر", [("supplication", "عايز أذكار النوم"), ("hadith", "هاتلي حديث عن الصبر")]),
        (
            "How many verses are in Surah Yasin, and what is the ruling on insurance?",
            [("statistics", "How many verses are in Surah Yasin"), ("ruling", "what is the ruling on insurance?")],
        ),
        (
            "Give me a hadith about anger. Also explain Surah Al-Fil",
            [("hadith", "Give me a hadith about anger"), ("tafsir", "explain Surah Al-Fil")],
        ),
        ("عطني دعاء السفر وآية عن التوكل", [("supplication", "عطني دعاء السفر"), ("verse", "آية عن التوكل")]),
        ("ما حكم الغيبة؟ وهات آيات عن الصدق", [("ruling", "ما حكم الغيبة"), ("verse", "هات آيات عن الصدق")]),
        ("Show me 2:255 and a hadith about intentions", [("verse", "Show me 2:255"), ("hadith", "a hadith about intentions")]),
        (
            "Give me a verse about trust and the dua for travel",
            [("verse", "Give me a verse about trust"), ("supplication", "the dua for travel")],
        ),
        (
            "احسب زكاة 90000 ريال، ومتى أذان المغرب في الدوحة؟",
            [("zakat", "احسب زكاة 90000 ريال"), ("prayer", "متى أذان المغرب في الدوحة؟")],
        ),
    ],
)
def test_questions_of_different_kinds_are_taken_apart_in_order(prompt: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.intent, part.text) for part in parts_of(prompt)] == parts


@pytest.mark.parametrize(
    "prompt",
    [
        "ما حكم صيام المسافر؟",
        "ما حكم صيام المسافر وصلاته؟",
        "ما حكم صيام المسافر وما الدليل من القرآن والحديث؟",
        "ما حكم الربا وهل ورد فيه حديث؟",
        "كم آية في سورة الملك وما تفسيرها؟",
        "What is the ruling on fasting while travelling, and is there a hadith about it?",
        "حديث عن الصلاة وحكم تاركها",
        "هات حديثًا وآية عن الصبر",
        "آية عن الصبر وآية عن الشكر",
        "ما حكم التأمين وما حكم البنوك؟",
        "كم آية في البقرة وكم سورة مدنية في القرآن؟",
        "أريد كتابة بحث طويل عن تاريخ الأندلس، وفيه فصل عن الحياة العلمية، ثم أعطني حديث الناس عن قرطبة وما حكم المؤرخين عليها",
        "",
        "ما حكم الصيام وهات حديثًا عنه " * 40,
    ],
)
def test_one_question_or_one_that_leans_on_another_stays_whole(prompt: str) -> None:
    assert parts_of(prompt) == []


def test_no_prompt_that_the_router_learns_from_is_torn() -> None:
    prompts = [prompt.text for prompt in read_prompts()]
    torn = [prompt for prompt in prompts if parts_of(prompt)]
    assert len(torn) < 0.005 * len(prompts)
