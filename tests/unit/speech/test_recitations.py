from __future__ import annotations

from pathlib import Path

import pytest

from fanar.errors import NotFoundError, UnprocessableError
from speech.recitations import RecitationStore, played
from tests.unit.speech.sounds import noise, wav


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    folder.mkdir()
    for name in ("001001.wav", "001002.WAV", "115001.wav", "1001.wav", "cover.jpg"):
        (folder / name).write_bytes(wav(noise(1.0)))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> RecitationStore:
    return RecitationStore(tmp_path / "recitations")


async def test_verses_are_played_one_after_the_other(store: RecitationStore, source: Path) -> None:
    assert store.add(source, "abdul-basit").verses == 2
    paths = store.find("abdul-basit", [(1, 1), (1, 2)])
    assert paths is not None
    sounds = [sound async for sound in played(paths)]
    assert {sound.rate for sound in sounds} == {24_000}
    assert sum(len(sound.samples) for sound in sounds) == pytest.approx(2 * 2 * 24_000, abs=200)


def test_whoever_has_all_verses_is_found_unless_somebody_is_named(store: RecitationStore, source: Path) -> None:
    store.add(source, "b")
    (source / "001002.WAV").unlink()
    store.add(source, "a")
    found = store.find(None, [(1, 1), (1, 2)])
    assert found is not None
    assert {path.parent.name for path in found} == {"b"}
    assert store.find("a", [(1, 2)]) is None
    assert store.find("nobody", [(1, 1)]) is None
    assert store.find("../b", [(1, 1)]) is None
    assert store.find(None, []) is None


def test_what_is_no_recording_is_refused_and_replaced_ones_are_gone(store: RecitationStore, source: Path) -> None:
    store.add(source, "a")
    (source / "001001.wav").unlink()
    (source / "001001.mp3").write_bytes(b"<html>")
    with pytest.raises(UnprocessableError):
        store.add(source, "a")
    (source / "001001.mp3").unlink()
    (source / "001001.flac").write_bytes(wav(noise(1.0)))
    store.add(source, "a")
    assert [path.name for path in store.find("a", [(1, 1)]) or ()] == ["001001.flac"]
    for name in ("../a", "A B", ""):
        with pytest.raises(UnprocessableError):
            store.add(source, name)
    store.remove("a")
    assert store.reciters() == []
    with pytest.raises(NotFoundError):
        store.remove("a")
