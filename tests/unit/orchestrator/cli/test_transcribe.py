"""`fanar transcribe`, against a real owner of a toy's model."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.cli.exits import Exit
from tests.unit.orchestrator.cli.conftest import Fanar
from tests.unit.speech.checkpoints import random_checkpoint
from tests.unit.speech.sounds import noise, wav


@pytest.fixture
def model(surroundings: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = random_checkpoint(tmp_path_factory.mktemp("whisper") / "toy.pt")
    monkeypatch.setenv("FANAR_SPEECH__MODEL", str(path))
    monkeypatch.setenv("FANAR_SPEECH__SPEECH_ONLY", "false")
    monkeypatch.setenv("FANAR_SPEECH__PRECISION", "float32")
    return path


def test_recordings_become_text_subtitles_and_json(fanar: Fanar, model: Path, surroundings: Path) -> None:
    for name in ("one", "two"):
        (surroundings / f"{name}.wav").write_bytes(wav(noise(3.0, seed=len(name))))
    said = fanar("transcribe", "one.wav", "two.wav", "--format", "srt", "-o", "subtitles")
    assert said.code == Exit.OK, said.err
    for name in ("one", "two"):
        assert "-->" in (surroundings / "subtitles" / f"{name}.srt").read_text(encoding="utf-8")
    assert "one.wav" in said.err
    told = fanar("transcribe", "one.wav", "--format", "json", "--spoken", "ar")
    assert (told.json["language"], told.json["duration"]) == ("ar", 3.0)
    # Converted once: the second command found the folder.
    assert len(list((surroundings / "data" / "speech").iterdir())) == 1


def test_what_is_no_sound_is_said_to_be_none(fanar: Fanar, model: Path, surroundings: Path) -> None:
    (surroundings / "page.html").write_text("<html>")
    said = fanar("transcribe", "page.html")
    assert said.code != Exit.OK
    assert "no sound" in said.err


@pytest.mark.parametrize("arguments", [("missing.wav",), ("sound.wav", "--format", "docx")])
def test_what_cannot_be_done_is_said_at_once(fanar: Fanar, surroundings: Path, arguments: tuple[str, ...]) -> None:
    (surroundings / "sound.wav").write_bytes(wav(noise(1.0)))
    assert fanar("transcribe", *arguments).code != Exit.OK


def test_without_a_model_the_command_that_brings_one_is_named(fanar: Fanar, surroundings: Path) -> None:
    (surroundings / "sound.wav").write_bytes(wav(noise(1.0)))
    said = fanar("transcribe", "sound.wav")
    assert said.code != Exit.OK
    assert "fanar models pull whisper-" in said.err


@pytest.mark.parametrize("name", ["whisper-none", "/nowhere/model.pt"])
def test_a_model_that_is_not_there_is_said_to_be_missing(
    fanar: Fanar, surroundings: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (surroundings / "sound.wav").write_bytes(wav(noise(1.0)))
    monkeypatch.setenv("FANAR_SPEECH__MODEL", name)
    assert "FANAR_SPEECH__MODEL" in fanar("transcribe", "sound.wav").err
    assert any("FANAR_SPEECH__MODEL" in finding["detail"] for finding in fanar("doctor", "--json").json)
