"""One platform and two model servers for all client suites."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clients.serving import Served, installed, served
from tests.clients.upstreams import ModelServers, model_servers


@pytest.fixture(scope="session")
def models() -> Iterator[ModelServers]:
    with model_servers() as servers:
        yield servers


@pytest.fixture(scope="session")
def server(models: ModelServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = installed(tmp_path_factory.mktemp("platform"))
    with served(data, star__url=models.star.url, prime__url=models.prime.url) as platform:
        yield platform
