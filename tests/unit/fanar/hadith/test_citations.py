"""What a text credits a hadith to is read whole: verb, collections, book, chapter and number; people of the same names are none."""

from __future__ import annotations

import pytest

from fanar.hadith.citations import find_sources

_SUNAN = ("abudawud", "tirmidhi", "nasai", "ibnmajah")


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
        (" أخرج مسلم في صحيحه", "أخرج مسلم في صحيحه", ("muslim",)),
        (" رواه أصحاب السنن", "رواه أصحاب السنن", _SUNAN),
        (" رواه الخمسة.", "رواه الخمسة", (*_SUNAN, "ahmad")),
        (" (رواه الجماعة)", "رواه الجماعة", ("bukhari", "muslim", *_SUNAN)),
        (" (Sahih al-Bukhari 6018)", "Sahih al-Bukhari 6018", ("bukhari",)),
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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("[صحيح مسلم (4/1999) رقم 2586]", "2586"),
        ("(البخاري، ٦٠١٨)", "6018"),
        ("(رواه مسلم: ٥٥)", "55"),
        ("رواه مسلم في صحيحه (3/12)", None),
    ],
)
def test_the_number_of_a_hadith_is_not_that_of_a_volume(text: str, number: str | None) -> None:
    found = find_sources(text)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize("text", ["اجتمع الأربعة في البيت", "صلاة الجماعة في المسجد", "أركان الإسلام الخمسة"])
def test_numbers_of_people_and_things_are_no_collections(text: str) -> None:
    assert find_sources(text) is None


@pytest.mark.parametrize(
    ("text", "collections"),
    [
        ("رواه الجماعة إلا البخاري", ("muslim", *_SUNAN)),
        ("رواه الخمسة إلا النسائي", ("abudawud", "tirmidhi", "ibnmajah", "ahmad")),
        ("رواه السبعة", ("bukhari", "muslim", *_SUNAN, "ahmad")),
        ("رواه البخاري في الأدب المفرد", ("adab",)),
        ("أخرجه البخاري في صحيحه وفي الأدب المفرد", ("bukhari", "adab")),
        ("رواه الترمذي في الشمائل", ("shamail",)),
        ("رواه البخاري في كتاب الأدب", ("bukhari",)),
        ("أخرجاه في الصحيحين", ("bukhari", "muslim")),
    ],
)
def test_exceptions_and_an_authors_other_books_are_heard(text: str, collections: tuple[str, ...]) -> None:
    found = find_sources(text)
    assert found is not None
    assert found.collections == collections


@pytest.mark.parametrize("text", ["رواه النسائي في الكبرى", "سنن النسائي الكبرى", "رواه البخاري في التاريخ الكبير"])
def test_a_book_that_is_not_installed_is_none_of_its_authors_others(text: str) -> None:
    assert find_sources(text) is None


@pytest.mark.parametrize(
    ("text", "collection"),
    [
        ("Al-Bukhaari", "bukhari"),
        ("(Muslim)", "muslim"),
        ("Muwatta' Imam Malik", "malik"),
        ("Abu Daud", "abudawud"),
        ("Sunan Abī Dāwūd", "abudawud"),
        ("Jami at-Tirmidhi 1987", "tirmidhi"),
        ("Tirmizi", "tirmidhi"),
        ("An-Nasaa'i", "nasai"),
        ("Ibn Mājah", "ibnmajah"),
        ("Musnad Ahmad 12345", "ahmad"),
        ("Sunan ad-Darimi", "darimi"),
        ("Riyadh us-Saliheen", "riyadussalihin"),
        ("told in Riyadh al-Salihin", "riyadussalihin"),
        ("(Bulugh 52)", "bulugh"),
        ("Al-Adab al-Mufrad 5", "adab"),
    ],
)
def test_collections_are_known_in_latin_letters(text: str, collection: str) -> None:
    found = find_sources(text)
    assert found is not None
    assert found.collections == (collection,)


@pytest.mark.parametrize(
    "text",
    [
        "A Muslim is the brother of a Muslim, it was narrated",
        "Narrated Anas bin Malik: the Prophet said",
        "narrated; and Ahmad said so",
        "he was told so by a scholar from Riyadh",
        "a child is held to account from bulugh on, as the hadith says",
    ],
)
def test_everyday_words_of_english_sentences_are_no_collections(text: str) -> None:
    assert find_sources(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("صحيح البخاري، رقم الحديث: 52", "52"),
        ("البخاري (ح 52)", "52"),
        ("صحيح مسلم ح1599", "1599"),
        ("Sahih Bukhari, Hadith No. 52", "52"),
        ("مسند أحمد (16 / 245)", None),
    ],
)
def test_the_number_of_a_hadith_is_read_in_its_other_forms(text: str, number: str | None) -> None:
    found = find_sources(text)
    assert found is not None
    assert found.number == number
