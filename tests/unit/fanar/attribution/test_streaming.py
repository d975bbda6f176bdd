"""Verses without marks, some with a word changed, among other words: what a stream says of them is what is said of the whole text."""

from __future__ import annotations

import random

import pytest

from fanar.attribution.quotations import QuotationFinder
from fanar.attribution.repair import StreamingGuard, repair
from tests.unit.fanar.attribution.conftest import Verses, read_edition

BEFORE = (
    "",
    "ثم ",
    "وأنا أحب ",
    "قال تعالى: ",
    "هل هذه آية: ",
    "وكما قلت لك أمس: ",
    "قال الله: ثم ",
    "في الحديث: ",
    "Allah says: ",
    "قال: «نعم» ثم ",
    "(انظر) ",
)
BEHIND = (
    "",
    " والله أعلم",
    " (البقرة: 255)",
    " [الإخلاص: 1] وهذا كلام طويل بعده",
    " صدق الله العظيم",
    " ثم سكت الرجل قليلا وقال: «إن الله مع الصابرين» وانصرف",
    "، فاصبر يا أخي",
    "... وهذا يدل على ذلك",
    "؟ أفيدونا",
    " أم لا؟",
    "\nسطر جديد فيه كلام",
    " ﴿قل هو الله أحد﴾ (112:1) ",
    "《كذا》 كلام",
    " المصدر: سورة البقرة 5",
)
BETWEEN = (*[" "] * 6, "، ", " ... ", "… ", " * ", " (1) ", ": ")
OTHERS = ("شريك", "كريم", "نور", "والبيت", "طيبا", "من", "الناس", "ثم")
SHORTEST = 4


@pytest.fixture(scope="module")
def verses() -> Verses:
    return read_edition("simple-clean.txt")


def _verse(verses: Verses, chance: random.Random) -> str:
    """Return a verse, or short ones in a row, with one word replaced, added or left out, or none."""
    places = list(verses)
    at = chance.randrange(len(places))
    run = [verses[places[at]].split()]
    while sum(map(len, run)) < chance.choice((SHORTEST, 6, 12)) and verses.get(following := (places[at][0], places[at][1] + len(run))):
        run.append(verses[following].split())
    between = chance.choice(BETWEEN)
    words = " ".join([" ".join(words) for words in run]).split()[: chance.choice((SHORTEST, 8, 15, 40))]
    at = chance.choice((chance.randrange(len(words)), max(0, len(words) - 2)))
    changed = chance.choice(([chance.choice(OTHERS)], [words[at], chance.choice(OTHERS)], [], [words[at]]))
    words[at : at + 1] = changed
    cut = len(run[0])
    return between.join(part for part in (" ".join(words[:cut]), " ".join(words[cut:])) if part)


def _text(verses: Verses, chance: random.Random) -> str:
    pieces = (
        f"{chance.choice(BEFORE)}{_verse(verses, chance)}{chance.choice(BEHIND)}{chance.choice(('', ' ', chr(10) * 2, '. '))}"
        for _ in range(chance.choice((1, 1, 2, 3)))
    )
    return "".join(pieces)


@pytest.mark.parametrize("seed", range(20))
def test_a_stream_judges_unmarked_verses_as_the_whole_text_does(finder: QuotationFinder, verses: Verses, seed: int) -> None:
    chance = random.Random(seed)
    altered = 0
    for _ in range(20):
        text = _text(verses, chance)
        sizes = chance.choice(((1,), (1, 2, 3, 5, 9), (7,), (30, 60), (200,)))
        guard = StreamingGuard(finder)
        passed: list[str] = []
        at = 0
        while at < len(text):
            size = chance.choice(sizes)
            passed += guard.push(text[at : at + size])
            at += size
        passed += guard.finish()
        whole = repair(text, finder.find(text))
        assert "".join(passed) == whole.text, text
        assert tuple(guard.quotations) == whole.quotations, text
        altered += any(quotation.action == "replaced" for quotation in whole.quotations)
    assert altered, "nothing that was changed was seen"


def test_a_changed_word_behind_another_word_is_put_right_in_a_stream(finder: QuotationFinder, uthmani: Verses) -> None:
    guard = StreamingGuard(finder)
    verse = "ثم الله الصمد لم يلد ولم يولد ولم يكن له شريك أحد"
    said = "".join(piece for at in range(0, len(verse), 3) for piece in guard.push(verse[at : at + 3]))
    said += "".join(guard.finish())
    assert said == f"ثم {uthmani[112, 2]} {uthmani[112, 3]} {uthmani[112, 4]}"


def test_words_go_on_passing_behind_an_unmarked_verse(finder: QuotationFinder) -> None:
    guard = StreamingGuard(finder)
    passed = "".join(guard.push("ثم قرأ الله الصمد لم يلد ولم يولد ولم يكن له كفوا أحد "))
    passed += "".join(piece for _ in range(40) for piece in guard.push("وسكت ساعة "))
    assert len(passed) > 300
