"""The table of divisions, held against the signs in the text and against what is known of the mushaf's make-up."""

from __future__ import annotations

import hashlib
import io
import tarfile
from importlib.resources import files
from itertools import pairwise

import pytest

from fanar.errors import ConfigurationError, NotFoundError
from fanar.scripture.order import VERSES, place_at, position
from rag.islamic.divisions.making import PACKAGE, SHA256, signed_verses, table_of
from rag.islamic.divisions.table import COUNTS, Divisions, load_divisions, read_divisions

KINDS = ("juz", "hizb", "quarter", "page")


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions()


def test_every_sign_in_the_text_begins_a_quarter_and_every_other_quarter_a_surah(divisions: Divisions) -> None:
    signed = set(signed_verses())
    quarters = {divisions.part("quarter", number).first for number in range(1, COUNTS["quarter"] + 1)}
    assert len(signed) == 199
    assert signed <= quarters
    assert all(ayah == 1 for _, ayah in quarters - signed)


@pytest.mark.parametrize("kind", KINDS)
def test_the_parts_of_each_kind_cover_the_quran_once(divisions: Divisions, kind: str) -> None:
    parts = [divisions.part(kind, number) for number in range(1, COUNTS[kind] + 1)]  # type: ignore[arg-type, index]
    assert position(parts[0].first) == 0
    assert position(parts[-1].last) == VERSES - 1
    assert sum(part.verses for part in parts) == VERSES
    assert all(position(one.last) + 1 == position(other.first) for one, other in pairwise(parts))


def test_each_verse_stands_in_the_part_that_holds_it(divisions: Divisions) -> None:
    for at in range(0, VERSES, 97):
        place = place_at(at)
        for kind in KINDS:
            part = divisions.holding(kind, place)  # type: ignore[arg-type]
            assert position(part.first) <= at <= position(part.last)


def test_a_juz_begins_at_the_top_of_its_page_or_near_the_foot_of_the_one_before(divisions: Divisions) -> None:
    # Twenty pages a juz, as the mushaf is printed; two juz begin in the last verse of the page before.
    pages = {number: divisions.holding("page", divisions.part("juz", number).first).number for number in range(2, 31)}
    assert {number: page for number, page in pages.items() if page != 20 * number - 18} == {7: 121, 11: 201}


@pytest.mark.parametrize(("kind", "number"), [("juz", 0), ("juz", 31), ("hizb", 61), ("quarter", 241), ("page", 605)])
def test_a_part_that_there_is_not_is_refused(divisions: Divisions, kind: str, number: int) -> None:
    with pytest.raises(NotFoundError):
        divisions.part(kind, number)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "damage", ["", "quarter\t\npage\t1:1\n", "quarter\t1:1\npage\t1:1\n", "quarter\t1:1 x\npage\t1:1\n", "quarter\t1:1 200:1\npage\t1:1\n"]
)
def test_a_damaged_table_is_refused(damage: str) -> None:
    with pytest.raises(ConfigurationError):
        read_divisions(damage)


def test_a_table_out_of_order_is_refused() -> None:
    table = (files("rag.islamic.divisions") / "madina.tsv").read_text(encoding="utf-8")
    with pytest.raises(ConfigurationError):
        read_divisions(table.replace("2:26 2:44", "2:44 2:26"))


def _archive(lists: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, text in (("package/lib_cjs/lists/HafsLists.cjs", lists), ("package/LICENSE", "MIT License\n\nCopyright")):
            content = text.encode()
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def _lists(divisions: Divisions) -> str:
    rows = []
    for name, kind in (("HizbQuarterList", "quarter"), ("PageList", "page")):
        starts = [position(divisions.part(kind, number).first) + 1 for number in range(1, COUNTS[kind] + 1)]  # type: ignore[arg-type, index]
        rows.append(f"const {name} = [{', '.join(map(str, [0, *starts, VERSES + 1]))}];")
    return "\n".join(rows)


def test_the_table_is_made_from_the_package_and_the_signs(divisions: Divisions) -> None:
    archive = _archive(_lists(divisions))
    made = table_of(archive, sha256=hashlib.sha256(archive).hexdigest(), signed=signed_verses())
    shipped = (files("rag.islamic.divisions") / "madina.tsv").read_text(encoding="utf-8")
    assert [line for line in made.splitlines() if line[:1] != "#"] == [line for line in shipped.splitlines() if line[:1] != "#"]
    assert PACKAGE in shipped
    assert SHA256 in shipped
    assert "# MIT License" in shipped


def test_where_text_and_package_differ_the_sign_stands(divisions: Divisions) -> None:
    archive = _archive(_lists(divisions).replace("1851", "1852"))
    made = table_of(archive, sha256=hashlib.sha256(archive).hexdigest(), signed=signed_verses())
    assert "15:49 " in made
    assert "15:50 " not in made


def test_another_archive_is_refused(divisions: Divisions) -> None:
    with pytest.raises(ConfigurationError):
        table_of(_archive(_lists(divisions)))


def test_lists_that_do_not_fit_the_text_are_refused(divisions: Divisions) -> None:
    archive = _archive("const HizbQuarterList = [0, 1];")
    with pytest.raises(ConfigurationError):
        table_of(archive, sha256=hashlib.sha256(archive).hexdigest(), signed=signed_verses())
