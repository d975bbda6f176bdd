"""One platform for all client suites, with two model servers, a Whisper that knows forty words, and a FLUX that paints noise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clients.serving import Served, installed, served
from tests.clients.upstreams import ModelServers, model_servers
from tests.fixtures.speech.recordings import MICRO_WHISPER
from tests.unit.fanar.image.checkpoints import tiny_flux


@pytest.fixture(scope="session")
def models() -> Iterator[ModelServers]:
    with model_servers() as servers:
        yield servers


@pytest.fixture(scope="session")
def server(models: ModelServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = installed(tmp_path_factory.mktemp("platform"))
    painter = tiny_flux(data / "tiny-flux", halvings=3)
    settings = {
        "star__url": models.star.url,
        "prime__url": models.prime.url,
        "speech__model": str(MICRO_WHISPER),
        "image__model": str(painter),
    }
    with served(data, **settings) as platform:
        yield platform
