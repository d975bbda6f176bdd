"""What a question asks about, without the words that ask for all that the Quran says of it."""

from __future__ import annotations

import pytest

from rag.analysis import search_words
from rag.islamic.framing import topic_of


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("ماذا يقول القرآن الكريم عن الصبر؟", "الصبر"),
        ("القرآن بيقول إيه عن الصبر", "الصبر"),
        ("وش يقول القران عن بر الوالدين", "بر الوالدين"),
        ("شو بيقول القرآن عن الأمل", "الأمل"),
        ("شنو كيقول القرآن على الزكاة؟", "الزكاة"),
        ("بدي آيات عن التوكل على الله", "التوكل على الله"),
        ("ما الآيات التي تتحدث عن الجنة", "الجنة"),
        ("ما ورد في القرآن عن النحل", "النحل"),
        ("What does the Qur'an say about God's mercy?", "God's mercy"),
        ("Show me some Quranic verses about hope", "hope"),
        ("How does the Quran describe paradise?", "paradise"),
        ("Does the Quran mention iron?", "iron"),
    ],
)
def test_what_frames_a_theme_is_taken_off(question: str, topic: str) -> None:
    assert topic_of(search_words(question)) == search_words(topic)


@pytest.mark.parametrize(
    "question",
    [
        "آية الكرسي",
        "ماذا قال إبراهيم لأبيه",
        "God on the throne",
        "What happened to Pharaoh?",
        "Why does the Quran mention iron?",
        "",
        "verses about",
    ],
)
def test_a_question_that_asks_for_more_than_a_theme_stays_whole(question: str) -> None:
    assert topic_of(search_words(question)) == search_words(question)
