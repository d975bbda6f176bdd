"""`fanar images`: pictures made by a server, and what files say of themselves."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fanar.image.maker import PatternMaker
from fanar.image.revising import Reviser
from fanar.image.studio import Studio
from fanar.llm.catalog import ModelCatalog
from orchestrator.cli import platforms
from orchestrator.cli.exits import Exit
from orchestrator.drawing import Drawings
from tests.fakes.image import AsItIs
from tests.fakes.platform import fake_platform, opener
from tests.unit.orchestrator.cli.conftest import Fanar
from tests.unit.rag.library import WiredCaller


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the platform in the command's process draw."""

    def opened(settings, terminal):  # type: ignore[no-untyped-def]
        platform = fake_platform(settings)
        maker = PatternMaker(owner=WiredCaller(Studio(str(settings.data / "provenance"))), care=AsItIs())
        desk = Drawings(catalog=ModelCatalog(), maker=maker, painter=None, reviser=Reviser(), care=AsItIs(), clean=lambda _: True)
        object.__setattr__(platform, "drawing", desk)
        return opener(platform)

    monkeypatch.setattr(platforms, "opener", opened)


def make(fanar: Fanar, name: str) -> None:
    assert fanar("images", "make", "zellij with eight points", "-o", name, "--size", "200x160", "--seed", "1").code == Exit.OK


@pytest.mark.usefixtures("drawing")
def test_a_picture_that_was_made_here_says_so(fanar: Fanar, surroundings: Path) -> None:
    make(fanar, "wall.png")
    said = fanar("images", "verify", "wall.png")
    assert said.code == Exit.OK
    assert "made by rule, by fanar-patterns; unchanged since this installation signed it; watermark of Fanar, number" in said.out
    told = fanar("images", "verify", "wall.png", "--json").json[0]
    assert (told["agree"], told["tampered"], told["statement"]["number"]) == (True, False, told["watermark"]["number"])


@pytest.mark.usefixtures("drawing")
def test_a_picture_that_was_changed_is_a_finding(fanar: Fanar, surroundings: Path) -> None:
    make(fanar, "wall.jpg")
    path = surroundings / "wall.jpg"
    content = bytearray(path.read_bytes())
    content[-300] ^= 4
    path.write_bytes(content)
    said = fanar("images", "verify", "wall.jpg")
    assert said.code == Exit.FINDING
    assert "CHANGED" in said.out


def test_a_picture_without_marks_says_nothing_of_its_making(fanar: Fanar, surroundings: Path) -> None:
    Image.fromarray(np.zeros((64, 64, 3), np.uint8)).save(surroundings / "photo.png")
    said = fanar("images", "verify", "photo.png", "--language", "ar")
    assert (said.code, said.out) == (Exit.OK, "photo.png: لا يقول شيئًا عن صنعه\n")


def test_what_is_no_picture_is_refused(fanar: Fanar, surroundings: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 40)).save(file, "PNG")
    (surroundings / "half.png").write_bytes(file.getvalue()[:60])
    (surroundings / "page.png").write_bytes(b"<html></html>")
    for name in ("half.png", "page.png", "absent.png", "."):
        said = fanar("images", "verify", name)
        assert said.code == Exit.USAGE
        assert "Traceback" not in said.err
    assert fanar("images", "make", "zellij", "-o", "wall.gif").code == Exit.USAGE
