from __future__ import annotations

import pytest

from fanar.errors import UnprocessableError
from fanar.image.lettering import kufic, kufic_page, naskh_page
from fanar.image.lettering.panel import written
from fanar.image.lettering.shaping import shaped

ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئٱپچڤگ"


def dots(letter: str) -> int:
    """Squares that touch no other: dots."""
    cells = kufic.word(letter)[0].cells
    return sum(not {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)} & cells for x, y in cells)


def test_every_letter_stands_alone_joined_and_between_others() -> None:
    for letter in ALPHABET:
        for word in (letter, f"ب{letter}", f"{letter}ب", f"ب{letter}ب"):
            assert len(kufic.word(word)) == len(word)


def test_letters_that_differ_look_different_in_every_place() -> None:
    distinct = [letter for letter in ALPHABET if letter not in "ٱى"]
    for before, after in (("", ""), ("ب", ""), ("", "ب"), ("ب", "ب")):
        seen = [kufic.word(f"{before}{letter}{after}")[len(before)].cells for letter in distinct]
        for place, cells in enumerate(seen):
            twins = [distinct[other] for other, same in enumerate(seen) if other != place and same == cells]
            # Within words a yeh and a hamza's carrier are told apart by what stands on them; nothing else may be alike.
            assert not twins, (before, distinct[place], after, twins)


@pytest.mark.parametrize(("letter", "count"), [("ب", 1), ("ت", 2), ("ث", 3), ("ن", 1), ("ي", 2), ("ش", 3), ("ق", 2), ("د", 0), ("خ", 1)])
def test_letters_have_their_dots(letter: str, count: int) -> None:
    assert dots(letter) == count


def test_a_page_of_kufic_is_a_full_rectangle() -> None:
    grid = kufic_page.page(["العلم", "نور", "والجهل", "ظلام"], shape=1.0)
    columns = {column for column, _ in grid.cells}
    assert min(columns) == 0
    assert max(columns) == grid.columns - 1
    assert {row for _, row in grid.cells} <= set(range(grid.rows))
    assert sum(length for _, _, length in grid.strokes()) == len(grid.cells)


def test_vowel_marks_and_pauses_are_not_written_in_kufic() -> None:
    assert kufic.rasm("ٱلْحَمْدُ لِلَّهِ، رَبِّ ۖ") == ["ٱلحمد", "لله", "رب"]


@pytest.mark.parametrize(("text", "script"), [("Hello", "kufic"), ("漢字", "naskh"), ("🙂 سلام", "naskh"), ("!!", "kufic")])
def test_what_a_script_cannot_write_is_refused(text: str, script: str) -> None:
    with pytest.raises(UnprocessableError):
        written(text, script, "#000", 100, 100)  # type: ignore[arg-type]


def test_naskh_is_joined_by_the_font() -> None:
    joined = shaped("بسم", right_to_left=True)
    apart = sum(shaped(letter, right_to_left=True).advance for letter in "بسم")
    assert joined.advance < apart


def test_digits_and_latin_words_run_their_own_way_within_arabic() -> None:
    assert shaped("١٤٤٨", right_to_left=True) == shaped("١٤٤٨", right_to_left=False)
    words = ["عام", "2026", "Fanar", "وسلام"]
    assert naskh_page._ordered([0, 1, 2, 3], words, backwards=True) == [3, 1, 2, 0]


def test_words_keep_to_the_area_they_are_given() -> None:
    few, many = (written(text, "naskh", "#000", 200, 100) for text in ("نور", " ".join(["كلمات"] * 30)))
    assert few.count("<path") == 1
    assert many.count("<path") == 30
