from __future__ import annotations

from fanar.scripture.order import VERSES, place_at, position, references_between
from fanar.scripture.surahs import SURAHS


def test_positions_and_places_are_each_others_inverse() -> None:
    places = [(surah.number, ayah) for surah in SURAHS for ayah in range(1, surah.verses + 1)]
    assert [position(place) for place in places] == list(range(VERSES))
    assert [place_at(at) for at in range(VERSES)] == places


def test_a_run_of_verses_is_told_surah_by_surah() -> None:
    assert [str(reference) for reference in references_between((108, 2), (110, 1))] == ["108:2-3", "109:1-6", "110:1"]
    assert [str(reference) for reference in references_between((2, 5), (2, 7))] == ["2:5-7"]
