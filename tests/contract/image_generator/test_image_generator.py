"""What every ImageGenerator keeps to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image as Picture

from fanar.events import ImageCreated, ImageProgressed
from fanar.image import credentials, provenance, watermark
from fanar.image.diffusion.desk import Desk
from fanar.image.diffusion.pipelines import load
from fanar.image.maker import PatternMaker
from fanar.image.painting import OwnedPainter
from fanar.image.studio import Studio
from fanar.media import Image, ImageOptions
from fanar.media_protocols import ImageGenerator
from tests.fakes.image import AsItIs, OneColour
from tests.unit.fanar.image.checkpoints import tiny_flux
from tests.unit.rag.library import WiredCaller

# diffusers and transformers tell of parts of theirs that will change.
pytestmark = [pytest.mark.filterwarnings("ignore::FutureWarning"), pytest.mark.filterwarnings("ignore::DeprecationWarning")]

PROMPT = "a girih pattern with ten-pointed stars in blue"
SMALL = ImageOptions(width=256, height=192, seed=7)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("provenance")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    torch.set_num_threads(1)
    desk = Desk(load(tiny_flux(tmp_path_factory.mktemp("pipelines") / "flux")), most=4, batch=2, steps=1)
    yield desk
    desk.close()


@pytest.fixture(params=["patterns", "painter", "diffusion"])
def generator(request: pytest.FixtureRequest, folder: Path, desk: Desk) -> ImageGenerator:
    studio = Studio(str(folder))
    if request.param == "patterns":
        return PatternMaker(owner=WiredCaller(studio), care=AsItIs())
    if request.param == "diffusion":
        return OwnedPainter(owner=WiredCaller(desk), tools=WiredCaller(studio), name="tiny")
    return OneColour(studio)


async def drawn(generator: ImageGenerator, options: ImageOptions = SMALL) -> Image:
    events = [event async for event in generator.generate(PROMPT, options)]
    assert all(isinstance(event, ImageProgressed) for event in events[:-1])
    assert isinstance(events[-1], ImageCreated)
    return events[-1].image


def pixels(image: Image) -> np.ndarray:
    return np.asarray(Picture.open(io.BytesIO(image.data)).convert("RGB"))


async def test_the_picture_has_the_size_and_the_form_that_were_asked_for(generator: ImageGenerator) -> None:
    for form in ("png", "jpeg", "webp"):
        image = await drawn(generator, ImageOptions(width=256, height=192, seed=7, format=form))
        with Picture.open(io.BytesIO(image.data)) as picture:
            assert (picture.format, picture.size, image.media_type) == (form.upper(), (256, 192), f"image/{form}")


async def test_the_same_seed_draws_the_same_and_another_does_not(generator: ImageGenerator) -> None:
    first, again = pixels(await drawn(generator)), pixels(await drawn(generator))
    other = pixels(await drawn(generator, ImageOptions(width=256, height=192, seed=8)))
    assert (first == again).all()
    assert (first != other).any()


async def test_every_picture_says_that_a_machine_made_it(generator: ImageGenerator, folder: Path) -> None:
    image = await drawn(generator)
    told = provenance.read(image.data, image.media_type, authority=credentials.known(folder))
    mark = watermark.read(pixels(image))
    assert told is not None
    assert told.intact
    assert told.ours
    assert told.program == image.model == generator.name
    assert mark is not None
    assert mark.number == told.number


async def test_a_picture_can_be_left_and_another_begun(generator: ImageGenerator) -> None:
    for _ in range(2):
        events = generator.generate(PROMPT, SMALL)
        await anext(events)
        await events.aclose()  # type: ignore[attr-defined]
    assert await generator.available()
