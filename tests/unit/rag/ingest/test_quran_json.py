from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from fanar.errors import ModelUnavailableError, NotConfiguredError
from fanar.scripture.order import VERSES
from fanar.scripture.surahs import SURAHS
from rag.ingest import quran_json
from rag.ingest.quran_json import QURAN_JSON, Pin, fetch_quran_json, read_quran_json


def surahs() -> list[dict[str, object]]:
    return [
        {
            "id": each.number,
            "verses": [{"id": ayah, "translation": f" {each.number}:{ayah} in English "} for ayah in range(1, each.verses + 1)],
        }
        for each in SURAHS
    ]


def packed(content: object, member: str = "package/dist/quran_en.json") -> bytes:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        entry = tarfile.TarInfo(member)
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def pin(archive: bytes) -> Pin:
    integrity = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    return Pin("quran-json@3.1.2", "quran-json-3.1.2.tgz", hashlib.sha256(archive).hexdigest(), integrity)


def npm(folder: Path, script: str) -> str:
    """A program in npm's place: it is called as npm is."""
    program = folder / "npm"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_every_verse_has_its_translation_with_translator_and_terms(tmp_path: Path) -> None:
    archive = packed(surahs())
    (tmp_path / "a.tgz").write_bytes(archive)
    translation = read_quran_json(tmp_path / "a.tgz", pin=pin(archive))
    assert len(translation.verses) == VERSES
    assert translation.verses[2, 255] == "2:255 in English"
    assert translation.translator == "Saheeh International"
    assert "CC BY 4.0" in translation.terms
    assert "narrower" in translation.terms


def test_an_archive_with_another_checksum_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.tgz").write_bytes(packed(surahs()))
    with pytest.raises(ModelUnavailableError, match="not the archive"):
        read_quran_json(tmp_path / "a.tgz", pin=QURAN_JSON)


@pytest.mark.parametrize(
    "archive",
    [
        b"no archive",
        packed(surahs(), member="package/other.json"),
        packed(b"{not json"),
        packed({"a": 1}),
        packed(surahs()[:113]),
        packed([{"id": 1, "verses": [{"id": 1}]}]),
    ],
)
def test_an_archive_that_does_not_hold_every_verse_is_refused(tmp_path: Path, archive: bytes) -> None:
    (tmp_path / "a.tgz").write_bytes(archive)
    with pytest.raises(ModelUnavailableError):
        read_quran_json(tmp_path / "a.tgz", pin=pin(archive))


def test_npm_fetches_the_pinned_package_into_the_folder(tmp_path: Path) -> None:
    archive = packed(surahs())
    (tmp_path / "source.tgz").write_bytes(archive)
    program = npm(
        tmp_path, f'test "$1 $2 $3" = "pack quran-json@3.1.2 --pack-destination" && cp {tmp_path}/source.tgz "$4/quran-json-3.1.2.tgz"'
    )
    path = fetch_quran_json(tmp_path / "data", npm=program, pin=pin(archive))
    assert path == tmp_path / "data" / "quran-json-3.1.2.tgz"
    assert len(read_quran_json(path, pin=pin(archive)).verses) == VERSES


def test_what_is_there_already_is_not_fetched_again(tmp_path: Path) -> None:
    archive = packed(surahs())
    (tmp_path / "quran-json-3.1.2.tgz").write_bytes(archive)
    assert fetch_quran_json(tmp_path, npm=npm(tmp_path, "exit 9"), pin=pin(archive)).read_bytes() == archive


def test_a_package_that_was_changed_on_its_way_is_removed(tmp_path: Path) -> None:
    program = npm(tmp_path, 'echo changed > "$4/quran-json-3.1.2.tgz"')
    with pytest.raises(ModelUnavailableError):
        fetch_quran_json(tmp_path / "data", npm=program)
    assert not list((tmp_path / "data").iterdir())


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_npm_that_brings_nothing_is_an_error(tmp_path: Path, script: str) -> None:
    with pytest.raises(ModelUnavailableError, match="corpora add quran"):
        fetch_quran_json(tmp_path / "data", npm=npm(tmp_path, script))


def test_without_npm_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(NotConfiguredError, match=r"Node\.js"):
        fetch_quran_json(tmp_path)


def test_a_program_that_cannot_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError):
        fetch_quran_json(tmp_path, npm=str(tmp_path / "absent"))


def test_the_pin_names_both_checksums() -> None:
    assert len(bytes.fromhex(QURAN_JSON.sha256)) == 32
    assert len(base64.b64decode(QURAN_JSON.integrity)) == 64
    assert quran_json.QURAN_JSON.package.endswith("@3.1.2")
