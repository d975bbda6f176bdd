"""Places by name, in a table and in sentences."""

from __future__ import annotations

import pytest

from fanar.errors import NotFoundError
from rag.islamic.prayer.gazetteer import load_places
from rag.islamic.prayer.places import NamedPlaces


@pytest.fixture(scope="module")
def places() -> NamedPlaces:
    return load_places()


@pytest.mark.parametrize(
    ("name", "found", "country"),
    [
        ("Doha", "Doha", "QA"),
        ("الدوحة", "Doha", "QA"),
        ("الدوحه", "Doha", "QA"),
        ("دوحة", "Doha", "QA"),
        ("mecca", "Makkah", "SA"),
        ("مكة المكرمة", "Makkah", "SA"),
        ("Medina", "Madinah", "SA"),
        ("القدس", "Jerusalem", "PS"),
        ("كازا", "Casablanca", "MA"),
        ("Malmo", "Malmö", "SE"),
        ("قطر", "Doha", "QA"),
        ("Egypt", "Cairo", "EG"),
        ("London, Canada", "London", "CA"),
        ("London, CA", "London", "CA"),
        ("طرابلس، لبنان", "Tripoli", "LB"),
        ("عمان", "Amman", "JO"),
    ],
)
def test_a_place_is_found_by_its_names(places: NamedPlaces, name: str, found: str, country: str) -> None:
    place = places.named(name)
    assert (place.name.en, place.country) == (found, country)


@pytest.mark.parametrize("name", ["Nowhereville", "", "!!!", "London, France", "لا مكان"])
def test_an_unknown_place_is_refused(places: NamedPlaces, name: str) -> None:
    with pytest.raises(NotFoundError):
        places.named(name)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("متى أذان المغرب في الدوحة اليوم؟", "Doha"),
        ("امتى صلاة العصر بالقاهرة النهارده", "Cairo"),
        ("وين القبلة في نيويورك", "New York City"),
        ("متى صلاة العشاء بجدة", "Jeddah"),
        ("وقت الفجر للرياض", "Riyadh"),
        ("فوقاش كيأذن المغرب ف كازا", "Casablanca"),
        ("qibla from London", "London"),
        ("prayer times in Kuala Lumpur today", "Kuala Lumpur"),
        ("prayer times in Mecca", "Makkah"),
        ("مواقيت الصلاة مكة المكرمة", "Makkah"),
    ],
)
def test_a_sentence_names_its_place(places: NamedPlaces, sentence: str, found: str) -> None:
    place = places.mentioned(sentence)
    assert place is not None
    assert place.name.en == found


@pytest.mark.parametrize("sentence", ["what time is fajr tomorrow", "متى صلاة الفجر", "اتجاه القبلة", "in the morning", ""])
def test_a_sentence_without_a_place_names_none(places: NamedPlaces, sentence: str) -> None:
    assert places.mentioned(sentence) is None


def test_all_cities_of_the_package_are_read(places: NamedPlaces) -> None:
    assert len(places.all()) > 30_000
    assert len(places) > len(places.all())
    assert all(place.zone and -90 <= place.spot.latitude <= 90 for place in places.all())
