"""Which stretches of a text are scripture, and so are never synthesised."""

from __future__ import annotations

import pytest

from fanar.attribution.verifier import ScriptureVerifier
from orchestrator.recital import VerseWatch
from tests.unit.orchestrator.verses import scripture


@pytest.fixture(scope="module")
def watch() -> VerseWatch:
    index = scripture()
    return VerseWatch(scripture=index, verifier=ScriptureVerifier(index))


@pytest.mark.parametrize(
    ("text", "verses"),
    [
        ("قل هو الله أحد", [(112, 1)]),
        ("قُلۡ هُوَ ٱللَّهُ أَحَدٌ", [(112, 1)]),
        ("الله الصمد", [(112, 2)]),
        ("والعصر", [(103, 1)]),
        ("بسم الله الرحمن الرحيم، أيها الإخوة", [(1, 1)]),
        ("وما خلقت الجن والإنس إلا ليعبدون", [(51, 56)]),
        ("سمعته يقول إن مع العسر يسرا ثم سكت", [(94, 6)]),
    ],
)
def test_a_verse_is_found_marked_or_not(watch: VerseWatch, text: str, verses: list[tuple[int, int]]) -> None:
    found = watch.find(text)
    assert [verse for each in found for verse in each.verses] in (verses, [(94, 5)])
    assert all(each.faithful for each in found)


def test_the_stretch_is_the_verse_and_nothing_else(watch: VerseWatch) -> None:
    text = "سمعته يقول إن مع العسر يسرا ثم سكت"
    (found,) = watch.find(text)
    assert text[found.start : found.end] == "إن مع العسر يسرا"


def test_words_given_as_scripture_that_are_not_its_words_are_told(watch: VerseWatch) -> None:
    (found,) = watch.find("قال تعالى: ﴿وما خلقت الجن والناس إلا ليعملون﴾")
    assert not found.faithful


@pytest.mark.parametrize("text", ["السلام عليكم ورحمة الله وبركاته", "في الأرض", "هذا الله الصمد في كلامه", "مرحبا بكم", "The Quran", ""])
def test_everyday_words_are_no_scripture(watch: VerseWatch, text: str) -> None:
    assert watch.find(text) == []
