"""Sentences end where readers stop, in either script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fanar.arabic.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ذهبت إلى السوق. ماذا اشتريت؟ لا شيء!", ["ذهبت إلى السوق.", "ماذا اشتريت؟", "لا شيء!"]),
        ("قال د. أحمد إن السعر 3.5 ريال. ثم مضى.", ["قال د. أحمد إن السعر 3.5 ريال.", "ثم مضى."]),
        ("Dr. Smith of the U.S. came, e.g. today. He left.", ["Dr. Smith of the U.S. came, e.g. today.", "He left."]),
        ('قال: «اذهب الآن.» فذهب. "Go." He went.', ["قال: «اذهب الآن.»", "فذهب.", '"Go."', "He went."]),
        ("الأسباب:\n1. الأول هنا\n2. الثاني هناك", ["الأسباب:", "1. الأول هنا", "2. الثاني هناك"]),
        ("سطر مكسور\nيتبعه باقيه", ["سطر مكسور\nيتبعه باقيه"]),
        ("عنوان\n\nفقرة", ["عنوان", "فقرة"]),
        ("- واحد\n- اثنان", ["- واحد", "- اثنان"]),
        ("It was I. Then he spoke...", ["It was I.", "Then he spoke..."]),
        ("مات سنة 505. وكان عالما", ["مات سنة 505.", "وكان عالما"]),
        (". .", [".", "."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_text_is_cut_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from(list('اب .؟!\n"»1a')), max_size=60))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text for s in found)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
