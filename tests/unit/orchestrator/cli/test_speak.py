"""`fanar speak` and `fanar recitations`."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.cli import platforms
from orchestrator.cli.exits import Exit
from tests.fakes.platform import fake_platform, opener
from tests.fakes.voice import FakeVoice, readings
from tests.unit.orchestrator.cli.conftest import Fanar
from tests.unit.speech.sounds import noise, wav


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> FakeVoice:
    speaking = FakeVoice()

    def opened(settings, terminal):  # type: ignore[no-untyped-def]
        return opener(replace(fake_platform(settings), voice=readings(speaking)))

    monkeypatch.setattr(platforms, "opener", opened)
    monkeypatch.setattr("orchestrator.cli.connect.running_server", _none)
    return speaking


async def _none(*_: object) -> None:
    return None


def test_a_text_is_read_into_a_file(fanar: Fanar, voice: FakeVoice, surroundings: Path) -> None:
    said = fanar("speak", "-", "--voice", "Harry", "--speed", "1.5", "-o", "page.wav", given="good morning")
    assert said.code == Exit.OK, said.err
    with wave.open(str(surroundings / "page.wav")) as sound:
        assert sound.getnframes() == 240 * 11
    assert [(text.strip(), options.voice, options.speed) for text, options in voice.read] == [("good morning", "Harry", 1.5)]


@pytest.mark.parametrize(
    "arguments",
    [("hello", "-o", "page.doc"), (" ", "-o", "a.wav"), ("hello", "-o", "no/such/a.wav"), ("hi", "--voice", "x", "-o", "a.wav")],
)
def test_what_cannot_be_read_is_said(fanar: Fanar, voice: FakeVoice, arguments: tuple[str, ...]) -> None:
    said = fanar("speak", *arguments)
    assert said.code not in (Exit.OK, Exit.FINDING)
    assert "error" in said.err


def test_recitations_are_installed_listed_and_removed(fanar: Fanar, surroundings: Path) -> None:
    assert "No recordings" in fanar("recitations", "list").err
    folder = surroundings / "husary"
    folder.mkdir()
    (folder / "readme.txt").write_text("not a verse")
    assert fanar("recitations", "add", "husary", "--reciter", "mahmoud-al-husary").code != Exit.OK
    (folder / "112001.wav").write_bytes(wav(noise(1.0)))
    added = fanar("recitations", "add", "husary", "--reciter", "mahmoud-al-husary")
    assert (added.code, added.out) == (Exit.OK, "mahmoud-al-husary: 1 verses\n"), added.err
    assert "mahmoud-al-husary" in fanar("recitations", "list").out
    assert fanar("recitations", "remove", "../husary").code != Exit.OK
    assert fanar("recitations", "remove", "mahmoud-al-husary").code == Exit.OK
    assert folder.exists()
