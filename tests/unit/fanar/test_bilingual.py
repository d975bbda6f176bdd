"""What the platform says, it says in both of its languages."""

from __future__ import annotations

from fanar.bilingual import Bilingual

SAID = Bilingual("{count} days until {name}", "باقٍ على {name} {count} يومًا")


def test_a_message_is_filled_in_both_languages_each_with_what_is_of_it() -> None:
    assert SAID.format(count=30, name=Bilingual("Eid", "العيد")) == Bilingual("30 days until Eid", "باقٍ على العيد 30 يومًا")


def test_a_message_is_filled_by_place_too_and_as_finely_as_a_text() -> None:
    assert Bilingual("{:.1f} of {}", "{:.1f} من {}").format(0.25, Bilingual("all", "الكل")) == Bilingual("0.2 of all", "0.2 من الكل")


def test_braces_in_what_is_put_in_stay_as_they_are() -> None:
    assert Bilingual("<{}>", "«{}»").format("{0}") == Bilingual("<{0}>", "«{0}»")


def test_json_has_both_texts_by_their_languages() -> None:
    assert Bilingual("yes", "نعم").by_language() == {"en": "yes", "ar": "نعم"}
