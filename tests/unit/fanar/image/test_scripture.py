from __future__ import annotations

from functools import lru_cache

import pytest

from fanar.attribution.verifier import ScriptureVerifier
from fanar.errors import UnprocessableError
from fanar.image.scripture import LetteredText, ScriptureCare
from tests.unit.rag.islamic.quran import scripture, verse


@lru_cache(maxsize=1)
def care() -> ScriptureCare:
    return ScriptureCare(scripture=scripture(), verifier=ScriptureVerifier(scripture()))


@pytest.mark.parametrize("name", ["آية الكرسي", "2:255", "Ayat al-Kursi", "(البقرة: 255)"])
def test_a_verse_that_is_named_is_copied_from_the_corpus(name: str) -> None:
    assert care().prepared(name) == LetteredText(verse("2:255").text, ("2:255",))


def test_a_whole_surah_opens_with_the_basmala() -> None:
    lettered = care().prepared("سورة الإخلاص")
    assert lettered.text == " ".join([scripture().basmala, *(verse(f"112:{ayah}").text for ayah in range(1, 5))])


@pytest.mark.parametrize(
    ("quoted", "reference"), [("إن مع العسر يسرا", "94:6"), ("﴿قل هو الله أحد﴾", "112:1"), ("وقل رب زدني علما", "20:114")]
)
def test_a_verse_that_is_quoted_is_drawn_in_the_words_of_the_corpus(quoted: str, reference: str) -> None:
    lettered = care().prepared(quoted)
    assert lettered.references == (reference,)
    assert lettered.text in verse(reference).text
    assert len(lettered.text.split()) == len(quoted.split())


@pytest.mark.parametrize(
    "altered", ["إن مع العسر فرجا", "قل هو الله الواحد", "وَقُلْ رَبِّ زِدْنِي عِلْمًا يا محمد", "﴿ليس آية حقا بل كلام﴾", "﴿الحمد للناس﴾"]
)
def test_an_altered_verse_is_never_drawn(altered: str) -> None:
    with pytest.raises(UnprocessableError, match="altered verse"):
        care().prepared(altered)


@pytest.mark.parametrize(
    "text", ["العلم نور", "السلام عليكم", "محمد", "ما شاء الله", "لا إله إلا الله محمد رسول الله", "كل عام وأنتم بخير", "Patience"]
)
def test_what_is_everybodys_words_stays_as_it_was_written(text: str) -> None:
    assert care().prepared(text) == LetteredText(text)


def test_more_verses_than_a_picture_holds_are_refused() -> None:
    with pytest.raises(UnprocessableError, match="At most"):
        care().prepared("سورة البقرة")
