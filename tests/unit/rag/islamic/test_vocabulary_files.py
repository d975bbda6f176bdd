"""The analysed vocabulary on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.ingest.quran import quran_info
from rag.ingest.subjects import subjects_checksum
from rag.ingest.tanzil import load_tanzil
from rag.islamic.vocabulary import Vocabulary
from rag.islamic.vocabulary_files import open_vocabulary, vocabulary_key
from tests.unit.rag.islamic.quran import vocabulary


def _never() -> Vocabulary:
    raise AssertionError


def test_what_is_read_back_is_what_was_built(tmp_path: Path) -> None:
    built = vocabulary()
    first = open_vocabulary(tmp_path, "one", lambda: built)
    again = open_vocabulary(tmp_path, "one", _never)
    for read in (first, again):
        assert read.knows("الصبر")
        assert not read.knows("زرقبوط")
        assert read.rows == built.rows
        assert read.stems.of("صبر") == built.stems.of("صبر")
        assert np.array_equal(read.wordings.rows, built.wordings.rows)
        assert np.array_equal(read.verse_lines.of(7), built.verse_lines.of(7))


def test_an_older_one_is_removed_and_nothing_half_written_stays(tmp_path: Path) -> None:
    open_vocabulary(tmp_path, "one", vocabulary)
    open_vocabulary(tmp_path, "two", vocabulary)
    assert [path.name for path in (tmp_path / "vocabulary").iterdir()] == ["two"]


def test_the_faster_of_two_processes_is_not_disturbed(tmp_path: Path) -> None:
    def _overtaken() -> Vocabulary:
        open_vocabulary(tmp_path, "one", vocabulary)
        return vocabulary()

    assert open_vocabulary(tmp_path, "one", _overtaken).knows("الصبر")
    assert [path.name for path in (tmp_path / "vocabulary").iterdir()] == ["one"]


@pytest.mark.parametrize("changed", [{"checksum": "0"}, {"version": "another"}, {"generation": 7}])
def test_another_text_has_another_key(changed: dict[str, object]) -> None:
    info = quran_info(load_tanzil(), subjects_checksum())
    assert vocabulary_key(replace(info, **changed)) != vocabulary_key(info)
    assert vocabulary_key(info) == vocabulary_key(info)
