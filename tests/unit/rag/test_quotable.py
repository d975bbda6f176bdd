"""The installed collections are seen as they come, change and go."""

from __future__ import annotations

from pathlib import Path

from fanar.attribution.hadith_canon import HadithCanon, build_hadith_index
from rag.quotable import Shelf
from tests.unit.fanar.attribution.hadith import documents


def test_a_collection_is_seen_when_it_comes_and_when_another_build_takes_its_place(tmp_path: Path) -> None:
    now = 0.0
    folders: dict[str, Path] = {}
    shelf = Shelf(lambda: folders, opener=HadithCanon, clock=lambda: now)
    assert shelf() == ()
    build_hadith_index(tmp_path / "1", documents())
    folders["sunnah"] = tmp_path / "1"
    assert shelf() == ()
    now = 1.0
    (first,) = shelf()
    now = 2.0
    assert shelf()[0] is first
    build_hadith_index(tmp_path / "2", documents()[:2])
    folders["sunnah"] = tmp_path / "2"
    now = 3.0
    assert [canon.documents for canon in shelf()] == [2]


def test_a_broken_index_is_left_out(tmp_path: Path) -> None:
    build_hadith_index(tmp_path / "good", documents())
    shelf = Shelf(lambda: {"bad": tmp_path / "absent", "good": tmp_path / "good"}, opener=HadithCanon)
    assert [canon.name for canon in shelf()] == ["good"]
