"""What a text credits a hadith to is read whole: verb, collections, book, chapter and number; people of the same names are none."""

from __future__ import annotations

import pytest

from fanar.hadith.citations import find_sources


@pytest.mark.parametrize(
    ("text", "credit", "collections"),
    [
        (" (رواه البخاري)", "رواه البخاري", ("bukhari",)),
        (" رواه الإمام مسلم في صحيحه، وهو أصل.", "رواه الإمام مسلم في صحيحه", ("muslim",)),
        (
            " [أخرجه الترمذي، كتاب البر، باب ما جاء في الرحمة، رقم 1924]",
            "أخرجه الترمذي، كتاب البر، باب ما جاء في الرحمة، رقم 1924",
            ("tirmidhi",),
        ),
        (" رواه أبو داود (4941) وقال", "رواه أبو داود (4941)", ("abudawud",)),
        (
            " (صحيح البخاري، حديث رقم 8، وصحيح مسلم، حديث رقم 16)",
            "صحيح البخاري، حديث رقم 8، وصحيح مسلم، حديث رقم 16",
            ("bukhari", "muslim"),
        ),
        (" (رواه ابن ماجه (224) بإسناد حسن) ثم", "رواه ابن ماجه (224) بإسناد حسن", ("ibnmajah",)),
        (" متفق عليه.", "متفق عليه", ("bukhari", "muslim")),
        (" (مسلم)", "مسلم", ("muslim",)),
    ],
)
def test_a_credit_is_read_whole(text: str, credit: str, collections: tuple[str, ...]) -> None:
    found = find_sources(text)
    assert found is not None
    assert (found.text, found.collections) == (credit, collections)
    assert text[found.start : found.end] == credit


@pytest.mark.parametrize("text", [" عن أنس بن مالك رضي الله عنه", " فرض على كل مسلم ومسلمة", " سألت جاري أحمد عنه", " (رواه البيهقي)"])
def test_people_and_other_books_are_no_collections(text: str) -> None:
    assert find_sources(text) is None
