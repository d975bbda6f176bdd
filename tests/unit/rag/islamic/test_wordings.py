"""How translations word the verses is kept with their indexes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fanar.documents import Document
from fanar.errors import IndexMismatchError, UnprocessableError
from fanar.scripture.order import position
from rag.ingest.corpora import Corpora
from rag.islamic.wordings import build_wordings, open_wordings
from tests.unit.rag.library import info, open_library, verses


def translated(place: str, text: str, *, corpus: str = "qarai", last: int | None = None) -> Document:
    surah, ayah = map(int, place.split(":"))
    return Document(
        id=place, corpus=corpus, reference=place, text=text, metadata={"surah": surah, "ayah": ayah, "last": last or ayah, "part": 1}
    )


def test_a_verse_has_its_words_and_each_two_in_their_order_and_verses_that_are_told_together_have_the_same(tmp_path: Path) -> None:
    told = [translated("112:1", "Say: He is One"), translated("113:1", "Say I seek refuge", last=2)]
    build_wordings(tmp_path / "new", told, language="en")
    opened = open_wordings(tmp_path / "new", name="qarai")
    rows, weights = opened.terms.weighted("say")
    assert rows.tolist() == [position((112, 1)), position((113, 1)), position((113, 2))]
    assert weights.tolist() == [1, 1, 1]
    assert opened.terms.weighted("he is")[1].tolist() == [0.5]
    assert opened.lengths[position((112, 1))] == 4 + 3 * 0.5
    assert (opened.name, opened.language) == ("qarai", "en")


def test_of_the_quran_its_translation_is_kept_and_not_its_text(tmp_path: Path) -> None:
    build_wordings(tmp_path / "new", [replace(verses(112)[0], translation="Say, He is Allah")], language="en")
    opened = open_wordings(tmp_path / "new", name="quran")
    assert opened.terms.frequency("allah") == 1
    assert len(opened.terms.keys) == 4 + 3


def test_files_that_are_missing_or_of_another_version_are_not_used(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatchError):
        open_wordings(tmp_path, name="qarai")
    build_wordings(tmp_path / "new", [translated("112:1", "Say")], language="en")
    manifest = tmp_path / "new" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"1-', '"0-'))
    with pytest.raises(IndexMismatchError):
        open_wordings(tmp_path / "new", name="qarai")


async def test_they_come_and_go_with_what_is_installed(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    texts = [translated("112:1", "Say: He is One"), translated("112:2", "The All-embracing")]
    corpora: Corpora = library.corpora
    await corpora.install(info("qarai", "translation"), texts)
    await corpora.install(info("rules"), [replace(each, corpus="rules") for each in texts])
    await corpora.install(info("quran", "scripture"), verses(112))
    assert list(library.catalog.wordings()) == ["qarai"]
    await corpora.install(replace(info("quran", "scripture"), version="2"), [replace(each, translation="Say") for each in verses(112)])
    (own, other) = (open_wordings(folder, name=name) for name, folder in sorted(library.catalog.wordings().items(), reverse=True))
    assert (own.name, own.language, other.language) == ("quran", "en", "mul")
    with pytest.raises(UnprocessableError):
        await corpora.extend("qarai", [translated("112:3", "He neither begat")])
    await corpora.remove("qarai")
    assert list(library.catalog.wordings()) == ["quran"]
