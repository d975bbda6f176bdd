from __future__ import annotations

import pytest

from fanar.documents import Document
from rag.analysis import FIELDS, Term, analyse, content_words, query_fields, read_question
from rag.ingest.expansion import Expansion, Heading


def document(text: str, *, translation: str | None = None, expansion: str = "") -> Document:
    return Document(id="1", corpus="c", reference="r", text=text, translation=translation, expansion=expansion)


def test_marks_hamza_and_ta_marbuta_make_no_difference() -> None:
    assert analyse(document("الصَّلَاةُ")).fields["stems"] == analyse(document("الصلاه")).fields["stems"]


@pytest.mark.parametrize(("word", "other"), [("الغيبة", "الغيب"), ("وكفارة", "الكفار"), ("الجنة", "الجن"), ("الجماعه", "الجماع")])
def test_words_that_differ_by_more_than_their_ending_have_stems_of_their_own(word: str, other: str) -> None:
    of_word, of_other = (analyse(document(text)).fields["stems"] for text in (word, other))
    assert of_word != of_other
    assert of_word == analyse(document(word.removeprefix("و").removeprefix("ال"))).fields["stems"]


def test_every_field_is_there_even_when_empty() -> None:
    assert set(analyse(document("")).fields) == set(FIELDS)


def test_a_verse_is_searched_in_its_everyday_spelling() -> None:
    uthmani = document("ٱلصَّلَوٰةَ", expansion=Expansion("الصلاة").encoded())
    assert analyse(uthmani).fields["stems"] == analyse(document("الصلاة")).fields["stems"]


def test_headings_are_kept_apart_from_the_text_and_from_each_other() -> None:
    expansion = Expansion("الم", (Heading("ar", "الحروف المقطعة"), Heading("en", "disjointed letters"))).encoded()
    analysed = analyse(document("الٓمٓ", translation="Alif Lam Mim", expansion=expansion))
    assert len(analysed.headings) == 2
    assert "letter" in analysed.fields["subjects"]
    assert "letter" not in analysed.fields["translation"]
    assert "letter" not in analysed.fields["stems"]


def test_words_that_ask_are_no_content() -> None:
    assert content_words("ما حكم الخمر في الإسلام؟") == content_words("حكم الخمر الإسلام")


def test_a_question_of_nothing_but_small_words_keeps_them() -> None:
    assert content_words("ما هو") == ["ما", "هو"]


def test_a_question_has_each_word_once_and_no_end_of_words() -> None:
    assert [term.word for term in read_question("zakat zakat wealth")] == ["zakat", "wealth"]
    assert len(read_question(" ".join(f"w{number}" for number in range(100_000)))) <= 64


def test_alternatives_stand_beside_their_word_in_one_group() -> None:
    wanted = query_fields([Term("فلوس", ("مال",)), Term("صلاه")])
    assert [len(group) for group in wanted["stems"]] == [2, 1]


def test_only_latin_words_are_looked_for_in_a_translation() -> None:
    assert query_fields([Term("صلاه"), Term("prayers")])["translation"] == [("prayer",)]


def test_a_word_longer_than_anybody_writes_is_cut() -> None:
    assert max(map(len, analyse(document("ا" * 100_000)).fields["words"])) <= 40
