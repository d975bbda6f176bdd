"""Misquoted verses are put right, invented ones go, and a stream says the same as the whole."""

from __future__ import annotations

import random

import pytest

from fanar.attribution.quotations import QuotationFinder
from fanar.attribution.repair import REMOVED, StreamingGuard, repair
from tests.unit.fanar.attribution.conftest import Verses

ANSWERS = [
    "قال تعالى: ﴿قل هو الله واحد﴾ [الإخلاص: 1]، وهذا توحيد.",
    "قال تعالى: ﴿قل هو الله أحد﴾ وقال: «إن الكسل مفتاح الفقر» (البقرة: 12). انتهى.",
    'Allah says: "إن الله مع الصابرون" (2:153), so be patient. "Well," he said, "that is all".',
    "تذكر أن الله لا إله إلا هو الحي القيوم لا تأخذه غفلة ولا نوم له ما في السماوات، ثم نم.",
    'نص عادي لا قرآن فيه، والله أعلم، و(هذا تعليق) و«هذا قول» لأحد الناس.\n\nفقرة ثانية "غير مغلقة',
    "إِنَّمَا حُرِّمَ عَلَيْكُمُ الْمَيْتَةَ وَالدَّمَ وَلَحْمَ الْخِنْزِيرِ كما في البقرة: 173.",
    "<aya_start>قل هو الله أحد<aya_end> (112:1) < 5 و <b>",
    "قال تعالى ﴿قل هو الله أحد",
    "قال تعالى: «" + "كلام طويل " * 300 + "» وانتهى",
    "يا أيها الذين آمنوا " * 60,
    "",
]


def _whole(finder: QuotationFinder, text: str) -> str:
    return repair(text, finder.find(text)).text


def test_an_altered_verse_becomes_the_canonical_one(finder: QuotationFinder, uthmani: Verses) -> None:
    assert _whole(finder, ANSWERS[0]) == f"قال تعالى: ﴿{uthmani[112, 1]}﴾ [الإخلاص: 1]، وهذا توحيد."


def test_a_wrong_vowel_is_put_right(finder: QuotationFinder, uthmani: Verses) -> None:
    assert _whole(finder, ANSWERS[5]).removesuffix(" كما في البقرة: 173.") in uthmani[2, 173]


def test_what_is_no_verse_is_removed_with_its_marks(finder: QuotationFinder) -> None:
    repaired = repair(ANSWERS[1], finder.find(ANSWERS[1]))
    assert repaired.text == f"قال تعالى: ﴿قل هو الله أحد﴾ وقال: {REMOVED.ar} (البقرة: 12). انتهى."
    assert [quotation.action for quotation in repaired.quotations] == ["kept", "removed"]


def test_the_notice_is_in_the_language_around_it(finder: QuotationFinder) -> None:
    assert REMOVED.en in _whole(finder, 'The Quran says: "إن الكسل مفتاح الفقر فاجتنبوه" indeed.')


def test_repaired_quotations_stand_where_they_say(finder: QuotationFinder) -> None:
    repaired = repair(ANSWERS[1], finder.find(ANSWERS[1]))
    kept, removed = repaired.quotations
    assert repaired.text[kept.start : kept.end] == "قل هو الله أحد"
    assert repaired.text[removed.start : removed.end] == REMOVED.ar
    assert ANSWERS[1][removed.finding.start : removed.finding.end] == "إن الكسل مفتاح الفقر"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("answer", range(len(ANSWERS)))
def test_a_stream_says_the_same_as_the_whole(finder: QuotationFinder, answer: int, seed: int) -> None:
    text = ANSWERS[answer] * (1 if answer > 7 else 2)
    chance = random.Random(seed)
    guard = StreamingGuard(finder)
    passed: list[str] = []
    at = 0
    while at < len(text):
        size = chance.choice((1, 2, 3, 5, 9))
        passed += guard.push(text[at : at + size])
        at += size
    passed += guard.finish()
    whole = repair(text, finder.find(text))
    assert "".join(passed) == whole.text
    assert tuple(guard.quotations) == whole.quotations
    assert guard.findings == [quotation.finding for quotation in whole.quotations]


def test_plain_text_passes_at_once(finder: QuotationFinder) -> None:
    guard = StreamingGuard(finder)
    passed = "".join(piece for word in ["هذا ", "جواب ", "قصير ", "للسؤال ", "عن ", "الحاسوب "] for piece in guard.push(word))
    assert passed.startswith("هذا جواب قصير للسؤال")


def test_a_quotation_is_held_until_it_is_judged(finder: QuotationFinder, uthmani: Verses) -> None:
    guard = StreamingGuard(finder)
    before = "".join(guard.push("الجواب في قوله تعالى: ﴿قل هو الله وا"))
    assert "﴿" not in before
    after = "".join(guard.push("حد﴾ وهذا كلام بعد الآية يطول ويطول حتى يتضح أن لا إحالة تتبعها في هذا النص أبدا."))
    assert f"﴿{uthmani[112, 1]}﴾" in after


def test_what_is_held_is_bounded(finder: QuotationFinder) -> None:
    guard = StreamingGuard(finder)
    taken = passed = most = 0
    for unit in ("قال تعالى: ﴿كلام ", "يا أيها الذين آمنوا ", "«ا ", '"و '):
        for _ in range(300):
            taken += len(unit)
            passed += sum(map(len, guard.push(unit)))
            most = max(most, taken - passed)
    assert most < 8_000
