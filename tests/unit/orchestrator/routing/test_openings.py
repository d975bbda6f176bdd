"""Tests for the look that spares most prompts the exact readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_words
from orchestrator.routing.openings import concerned
from orchestrator.routing.prompts import read_prompts
from orchestrator.routing.rules import _RECKONED, _verse
from orchestrator.tools.toolbox import Toolbox
from rag.islamic.danger import safety_for
from rag.islamic.estates import about_an_estate

TOOLS = Toolbox(clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)).parse
READERS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    *((reader, asks) for reader, asks, _, _ in _RECKONED),
    ("tools", lambda text: TOOLS(text) is not None),
    ("estate", lambda text: about_an_estate([text])),
    ("danger", lambda text: safety_for(text) is not None),
    ("reference", lambda text: len(text.split()) > 4 and _verse(text, normalize(text), normal_words(text)) is not None),
)
PARTS = [
    "اقرأ لي الجزء الثلاثين",
    "في أي جزء سورة الملك؟",
    "what page is ayat al-kursi on",
    "وين الحزب الستين",
    "show me the last quarter of juz 30",
]
UNITS = [
    "half a mile in km",
    "نصف ميل بالمتر",
    "نص كيلو بالجرام",
    "كيلو ونص بالجرام",
    "ربع ساعة بالدقائق",
    "كام سنتي في البوصة",
    "شحال من سنتيمتر فالبوصة؟",
    "five miles in km",
    "two hundred grams in ounces",
    "خمسة أميال بالكيلومتر",
]
CRIES = [
    "I want to kill myself",
    "عايز أموت",
    "my husband beats me",
    "my uncle molested me",
    "خالي تحرش بي",
    "أمي اعتدت علي",
    "مابقيتش باغي نعيش",
    "I am so tired of living",
    "bghit nmout",
    "ma b9itch bghi n3ich",
    "ghadi n9tel rasi",
    "kanfeker f l'intihar",
    "hantaher",
]
PROMPTS = [*PARTS, *UNITS, *CRIES, *(prompt.text for prompt in read_prompts()[::2])]


@pytest.mark.parametrize(("reader", "answers"), READERS, ids=[reader for reader, _ in READERS])
def test_no_reader_is_kept_from_what_it_answers(reader: str, answers: Callable[[str], bool]) -> None:
    answered = [text for text in PROMPTS if answers(text)]
    assert answered
    assert [text for text in answered if reader not in concerned(text)] == []


@pytest.mark.parametrize("text", UNITS)
def test_units_are_converted_where_no_digit_is_written(text: str) -> None:
    found = TOOLS(text)
    assert found is not None
    assert "tools" in concerned(text)


@pytest.mark.parametrize("text", ["", "🙂", "اكتب لي رسالة اعتذار لجارتي", "why do cats purr"])
def test_everyday_prompts_concern_no_reader(text: str) -> None:
    assert not concerned(text)


def test_digits_within_words_of_arabizi_are_no_numbers() -> None:
    assert "tools" not in concerned("bghit n3ref kifach n9ra f dar")


@pytest.mark.parametrize(
    ("text", "reader"), [("١٢ × ٣", "tools"), ("زَكَاةُ المالِ", "zakat"), ("متى رمـــضان", "calendar"), ("قِبلتنا والقِبلة", "prayer")]
)
def test_marks_hide_no_word(text: str, reader: str) -> None:
    assert reader in concerned(text)


@pytest.mark.parametrize(
    ("text", "reader"), [("هالك عن زوجة وابن", "estate"), ("when is mid-sha'ban", "calendar"), ("كم مئات في ألف", "tools")]
)
def test_spellings_of_the_readers_are_known(text: str, reader: str) -> None:
    assert reader in concerned(text)


def test_only_the_head_of_long_texts_and_words_is_looked_at() -> None:
    assert not concerned("زكاة".rjust(5_000, "ب"))
    assert not concerned(f"{'كلام ' * 1_000}زكاة") & {"zakat"}
