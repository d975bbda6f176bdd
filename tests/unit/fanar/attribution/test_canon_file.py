"""The rows of the verses, kept in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.attribution import canon_file
from fanar.attribution.canon import Canon
from fanar.attribution.canon_file import open_rows
from fanar.attribution.canon_rows import CanonRows, read_rows
from fanar.attribution.quotations import QuotationFinder
from fanar.protocols import ScriptureIndex

_TEXT = "قال تعالى: «إن الله مع الصابرين» وقال «قل هو الله واحد» (البقرة: 2)."


def test_what_was_kept_finds_the_same(scripture: ScriptureIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "rows.json"
    fresh = open_rows(file, scripture)
    monkeypatch.setattr(canon_file, "read_rows", _never)
    kept = open_rows(file, scripture)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.json"]
    assert QuotationFinder(scripture, rows=kept).find(_TEXT) == QuotationFinder(scripture, rows=fresh).find(_TEXT) != []
    assert (kept.texts, kept.spellings, kept.ids, kept.verses) == (fresh.texts, fresh.spellings, fresh.ids, fresh.verses)


@pytest.fixture(scope="module")
def rows(scripture: ScriptureIndex) -> CanonRows:
    return read_rows(scripture)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": "1 another"}', b'{"name": 7}'])
def test_a_file_that_cannot_be_used_is_written_anew(
    scripture: ScriptureIndex, rows: CanonRows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    file = tmp_path / "rows.json"
    file.write_bytes(content)
    with monkeypatch.context() as patched:
        # Reading the whole Quran is what takes time; it is the same each time.
        patched.setattr(canon_file, "read_rows", lambda _: rows)
        assert open_rows(file, scripture) is rows
    monkeypatch.setattr(canon_file, "read_rows", _never)
    assert Canon(scripture, rows=open_rows(file, scripture)).key("الصابرين") >= 0


def _never(_: ScriptureIndex) -> CanonRows:
    raise AssertionError
