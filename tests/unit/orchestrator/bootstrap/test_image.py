"""What draws, put together: the tools in a real process of their own, and the image model as far as it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.errors import ConfigurationError, NotConfiguredError
from fanar.image.maker import PatternMaker
from fanar.media import ImageOptions
from fanar.settings import Settings
from orchestrator.bootstrap.image import drawing_tools
from orchestrator.bootstrap.painter import Painter, located
from tests.fakes.image import AsItIs


def settings(data: Path, **image: object) -> Settings:
    return Settings(_env_file=None, data=data, image=image)  # type: ignore[arg-type]


async def test_the_tools_start_with_the_first_picture_and_end_with_the_platform(tmp_path: Path) -> None:
    owner = drawing_tools(settings(tmp_path))
    maker = PatternMaker(owner=owner, care=AsItIs())
    events = [event async for event in maker.generate("zellij in green", ImageOptions(width=96, height=64, seed=1))]
    assert len(events) == 1
    assert owner.failure is None
    assert (tmp_path / "provenance" / "signing.pem").exists()
    await owner.stop()


async def test_tools_that_cannot_start_say_why_and_are_tried_again(tmp_path: Path) -> None:
    (tmp_path / "provenance").mkdir()
    (tmp_path / "provenance" / "signing.pem").write_bytes(b"nonsense")
    owner = drawing_tools(settings(tmp_path))
    for _ in range(2):
        with pytest.raises(NotConfiguredError, match="provenance"):
            await owner.call("loaded")
    assert owner.failure is not None
    await owner.stop()


async def test_a_model_that_is_not_here_is_named_with_what_brings_it(tmp_path: Path) -> None:
    painter = Painter(settings(tmp_path, model="oryx"), tools=drawing_tools(settings(tmp_path)))
    painter.begin()
    assert painter.generator is not None
    assert not await painter.generator.available()
    capability = painter.capability()
    assert not capability.available
    assert capability.remedy == "fanar models pull oryx"
    with pytest.raises(NotConfiguredError, match="fanar models pull"):
        [event async for event in painter.generator.generate("a house", ImageOptions())]
    await painter.stop()


def test_what_is_laid_over_a_model_is_found_with_its_base(tmp_path: Path) -> None:
    for name in ("oryx", "flux-schnell"):
        (tmp_path / "weights" / name).mkdir(parents=True)
    weights = tmp_path / "weights"
    assert located(settings(tmp_path, model="oryx")) == (weights / "flux-schnell", weights / "oryx")
    assert located(settings(tmp_path, model=str(weights / "oryx"))) == (weights / "oryx", None)
    assert located(settings(tmp_path, model="flux-schnell", lora="oryx")) == (weights / "flux-schnell", weights / "oryx")
    with pytest.raises(ConfigurationError):
        located(settings(tmp_path, model="absent"))


def test_without_a_model_there_is_no_painter_and_the_remedy_is_told(tmp_path: Path) -> None:
    painter = Painter(settings(tmp_path), tools=drawing_tools(settings(tmp_path)))
    assert painter.generator is None
    assert painter.capability().remedy == "fanar models pull oryx"
