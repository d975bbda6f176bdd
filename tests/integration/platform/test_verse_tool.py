"""Verses by name, parts of the mushaf and counts, asked in Arabic, its dialects and English, of the whole platform without a model."""

from __future__ import annotations

from typing import Any

import pytest

from rag.ingest.tanzil import load_tanzil
from tests.integration.platform.conftest import Opened

pytestmark = pytest.mark.asyncio(loop_scope="session")
VERSES = {f"{verse.surah}:{verse.ayah}": verse.text for verse in load_tanzil().verses}


async def _asked(bare: Opened, prompt: str) -> dict[str, Any]:
    body = {"model": "Fanar", "messages": [{"role": "user", "content": prompt}]}
    answer = await bare.client.post("/v1/chat/completions", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _cited(answer: dict[str, Any]) -> list[str]:
    return [reference["reference"] for reference in answer["choices"][0]["message"].get("references") or []]


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("آخر سورة الحشر", "59:22-24"),
        ("آخر آيتين من سورة البقرة", "2:285-286"),
        ("the last two verses of al-Baqara", "2:285-286"),
        ("first three verses of surah Maryam", "19:1-3"),
        ("سورة البقرة من ٥ إلى ١٠", "2:5-10"),
        ("اقرالي سورة الفيل", "105:1-5"),
        ("Surat Al Kausar", "108:1-3"),
        ("surah al muddassir verse 1", "74:1"),
        ("ثاني آية من سورة الإخلاص", "112:2"),
        ("جزء عم", "78:1-10"),
        ("عايز الجزء التاسع والعشرين", "67:1-10"),
        ("hizb 60 quarter 4", "100:9-11"),
        ("صفحة ٦٠٤ من المصحف", "112:1-4"),
    ],
)
async def test_verses_are_shown_verbatim_by_any_of_their_names(bare: Opened, prompt: str, first: str) -> None:
    answer = await _asked(bare, prompt)
    assert _cited(answer)[0] == first
    surah, _, verses = first.partition(":")
    assert VERSES[f"{surah}:{verses.partition('-')[0]}"] in answer["choices"][0]["message"]["content"]


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("كم مرة ذكرت كلمة الجنة في القرآن", "56 مرة"),
        ("كام مرة اتذكرت كلمة الصبر في القرآن", "والمجموع 4"),
        ("شحال من مرة تذكر موسى فالقرآن", "والمجموع 136"),
        ("قديش انذكر اسم عيسى بالقرآن", "والمجموع 25"),
        ("How many times is Jesus mentioned in the Quran?", "together 25"),
        ('how many times is "الرحمن الرحيم" in the quran', "occurs 6 times"),
        ("how many times does the word mercy appear in the Quran", "give me the Arabic word"),
        ("وش أقصر سورة بالقرآن", "الكوثر (108)"),
        ("what's the longest surah?", "Al-Baqarah (2)"),
        ("كم آية في سورة يوسف", "111 آية"),
        ("how many juz are in the quran", "30 juz"),
        ("السور اللي تبدأ بـ حم", "7 سور"),
        ("سورة الفلق مكية ولا مدنية؟", "مكية"),
        ("سورة الملك في أي جزء", "الجزء 29"),
        ("what page is ayat al-kursi on", "Page 42"),
        ("ترتيب نزول سورة العلق", "لا جدول محققًا"),
        ("juz 31", "none has this number"),
        ("ما تفسير آية الكرسي", "fanar corpora add NAME FILE --kind tafsir"),
    ],
)
async def test_counts_and_places_are_told_in_the_askers_language(bare: Opened, prompt: str, said: str) -> None:
    assert said in (await _asked(bare, prompt))["choices"][0]["message"]["content"]


async def test_every_count_states_its_convention_and_bears_its_numbers(bare: Opened) -> None:
    answer = await _asked(bare, "كم مرة وردت كلمة الصبر في القرآن")
    assert "طريقة العدّ" in answer["choices"][0]["message"]["content"]
    assert answer["metadata"]["tool"] == "statistics"
    assert answer["metadata"]["statistics"]["words"][0]["forms"] == {"بالصبر": 4}
    assert _cited(answer) == ["2:45", "2:153", "90:17", "103:3"]
