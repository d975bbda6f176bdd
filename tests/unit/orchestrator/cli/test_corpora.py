"""`fanar corpora`, with a real database, real indexes and the vectors' real owner process; and `doctor`, which looks at them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from fanar.errors import NotConfiguredError
from orchestrator.cli import corpora
from orchestrator.cli.exits import Exit
from rag.ingest.corpora import Corpora
from rag.ingest.quran_json import fetch_quran_json
from tests.unit.orchestrator.cli.conftest import Fanar

TEXT = "# Leave\n\nEvery employee has thirty days of leave a year.\n\n# Travel\n\nTravel is booked by the office, two weeks ahead.\n"


@pytest.fixture
def handbook(surroundings: Path) -> Path:
    folder = surroundings / "Hand Book"
    folder.mkdir()
    (folder / "rules.md").write_text(TEXT, encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_a_folder_becomes_a_corpus_whose_index_can_be_lost_and_built_again(fanar: Fanar, handbook: Path, surroundings: Path) -> None:
    added = fanar("corpora", "add", str(handbook), "--title", "The handbook", "--licence", "CC BY 4.0", "--lang", "en")
    assert (added.code, added.out) == (Exit.OK, "")
    assert "picture.png" in added.err
    assert "2 files or records were found, 1 not taken in" in added.err
    listed = fanar("corpora", "list").out
    for part in ("hand-book", "The handbook", "CC BY 4.0", "current"):
        assert part in listed
    looked = {each["name"]: each for each in fanar("doctor", "--json").json}
    assert looked["hand-book"]["there"]
    assert (looked["quran"]["there"], looked["quran"]["remedy"]) == (False, "fanar corpora add quran")

    (surroundings / "data" / "indexes" / "hand-book" / "current").unlink()
    broken = fanar("corpora", "verify", "hand-book", language="ar")
    assert broken.code == Exit.FINDING
    assert "fanar corpora reindex" in broken.err
    assert fanar("corpora", "list", "--json").json[0]["indexed"] is False
    assert fanar("doctor").code == Exit.MISSING
    assert fanar("corpora", "reindex", "--missing").err.endswith("hand-book: 2 documents installed and indexed.\n")
    assert fanar("corpora", "reindex", "--missing").err == ""
    assert fanar("corpora", "reindex").code == Exit.OK
    assert fanar("corpora", "verify").err == "hand-book: all well.\n"

    assert fanar("corpora", "remove", "hand-book").code == Exit.OK
    assert "fanar corpora add quran" in fanar("corpora", "list").err


@pytest.mark.parametrize(
    "arguments",
    [("add", "absent"), ("add", "quran", "."), ("add", "دليل"), ("add", "Bad Name", "{}"), ("remove", "nothing"), ("verify", "nothing")],
)
def test_what_cannot_be_is_one_line(fanar: Fanar, handbook: Path, arguments: tuple[str, ...]) -> None:
    said = fanar("corpora", *(argument.format(handbook) for argument in arguments))
    assert said.code == Exit.USAGE
    assert "error:" in said.err.splitlines()[-1]


async def test_without_npm_the_quran_stands_in_arabic_only_and_that_is_said(
    fanar: Fanar, surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_npm(self: Corpora) -> None:
        monkeypatch.setenv("PATH", "")
        fetch_quran_json(surroundings / "downloads")

    monkeypatch.setattr(Corpora, "fetch_translation", without_npm)
    installed = []

    async def install(self, *, translation, progress):  # type: ignore[no-untyped-def]
        installed.append(translation)
        raise NotConfiguredError(corpora._NONE)

    monkeypatch.setattr(Corpora, "install_quran", install)
    said = await asyncio.to_thread(fanar, "corpora", "add", "quran")
    assert installed == [None]
    assert "npm" in said.err.splitlines()[0]


def test_a_licence_is_shown_by_the_lines_that_name_it() -> None:
    notice = (
        "# PLEASE READ\n# ====\n#  License: Creative Commons Attribution 3.0\n\nEnglish translation: Saheeh International, " + "x" * 200
    )
    first, second = corpora._licences(notice)
    assert first == "Creative Commons Attribution 3.0"
    assert second.startswith("English translation: Saheeh International")
    assert len(second) <= 100
    assert corpora._licences("CC BY 4.0") == ["CC BY 4.0"]


def test_a_collection_of_hadith_is_counted_listed_and_rolled_back(fanar: Fanar, surroundings: Path) -> None:
    source = surroundings / "muslim.jsonl"
    source.write_text('{"arabic": "من غشنا فليس منا", "idInBook": 1, "chapterId": 1}\n{"arabic": ""}\n', encoding="utf-8")
    added = fanar("corpora", "add", "sunnah", str(source), "--licence", "of these tests", "--json")
    counted = json.loads(added.out)
    assert (counted["records"], counted["documents"], counted["rejected"], counted["kind"]) == (2, 1, 1, "hadith")
    assert [(each["file"], each["line"]) for each in counted["rejects"]] == [("muslim.jsonl", 2)]
    source.write_text('{"arabic": "إنما الأعمال بالنيات", "idInBook": 2, "chapterId": 1}\n', encoding="utf-8")
    assert fanar("corpora", "add", "sunnah", str(source), "--sha256", "0" * 64).code != Exit.OK
    assert fanar("corpora", "add", "sunnah", str(source)).code == Exit.OK
    back = fanar("corpora", "rollback", "sunnah")
    assert (back.code, counted["checksum"][:12] in back.err) == (Exit.OK, True)
    listed = json.loads(fanar("corpora", "list", "--json").out)
    (sunnah,) = [each for each in listed if each["name"] == "sunnah"]
    assert (sunnah["checksum"], sunnah["kind"], sunnah["indexed"], sunnah["licence"]) == (
        counted["checksum"],
        "hadith",
        True,
        "of these tests",
    )


def test_what_is_added_to_a_corpus_is_read_as_what_it_is_and_found_beside_what_was_there(fanar: Fanar, surroundings: Path) -> None:
    for year in (2025, 2026):
        row = {"question": f"حكم البيع سنة {year}", "answer": "البيع جائز بشروطه.", "mufti": "المفتي"}
        (surroundings / f"{year}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    added = fanar("corpora", "add", "fatwas", str(surroundings / "2025.jsonl"), "--licence", "of these tests")
    assert "Read as fatwa" in added.err
    extended = fanar("corpora", "extend", "fatwas", str(surroundings / "2026.jsonl"))
    assert (extended.code, extended.err.endswith("fatwas: 1 documents added, 2 in all.\n")) == (Exit.OK, True)
    assert fanar("corpora", "verify", "fatwas").code == Exit.OK
    (listed,) = fanar("corpora", "list", "--json").json
    assert (listed["kind"], listed["documents"], listed["licence"]) == ("fatwa", 2, "of these tests")
    assert fanar("corpora", "extend", "fatwas", str(surroundings / "2026.jsonl")).code != Exit.OK
    assert fanar("corpora", "extend", "absent", str(surroundings / "2026.jsonl")).code != Exit.OK
    assert fanar("corpora", "extend", "fatwas", str(surroundings / "2025.jsonl"), "--sha256", "0" * 64).code != Exit.OK
    assert fanar("corpora", "verify", "fatwas").code == Exit.OK


def test_a_kind_that_is_none_is_refused(fanar: Fanar, handbook: Path) -> None:
    assert fanar("corpora", "add", "x", str(handbook), "--kind", "poetry").code != Exit.OK
