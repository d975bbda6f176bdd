"""Words that stand nowhere have a nearest verse where a rare run of them stands in one."""

from __future__ import annotations

import pytest

from fanar.attribution.canon import Canon
from fanar.attribution.nearest import nearest_verse
from fanar.attribution.quotations import QuotationFinder


@pytest.mark.parametrize(
    ("words", "verse"),
    [
        ("يا قوم إن كنتم في شك فقد جاءكم من وراء البحار رجل واشتعل الرأس شيبا وهو لا يعلم ما تصنعون أبدا", "19:4"),
        ("إنا أعطيناك الكوثر في يوم لا يبلغه أحد من المسافرين في البر ولا في البحر", "108:1"),
        ("إن الله يحب الذين يقولون الخير ولا يحب من قال غيره", None),
        ("كلام من عندنا لم يقله أحد", None),
        ("", None),
    ],
)
def test_the_rarest_run_of_words_says_which_verse_is_near(canon: Canon, words: str, verse: str | None) -> None:
    found = nearest_verse(canon, words.split())

    assert (str(found) if found else None) == verse


def test_a_verse_that_was_made_up_is_still_not_found_and_told_what_it_is_near_to(finder: QuotationFinder) -> None:
    text = "قال تعالى: ﴿يا قوم إن كنتم في شك فقد جاءكم من وراء البحار رجل واشتعل الرأس شيبا وهو لا يعلم ما تصنعون أبدا﴾"
    (quotation,) = finder.find(text)

    assert (quotation.finding.status, quotation.finding.reference, quotation.finding.nearest) == ("not_found", None, "19:4")


def test_words_of_a_verse_are_near_to_none_but_their_own(finder: QuotationFinder) -> None:
    assert finder.judge("قل هو الله أحد").nearest is None


def test_of_few_words_the_rarer_run_decides_where_they_stand(finder: QuotationFinder) -> None:
    finding = finder.judge("والسلام على المرسلين")

    assert (finding.status, finding.reference) == ("altered", "37:181")
