"""`fanar route fit` where an encoder is set, and what is said where it cannot be had."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fanar.errors import ConfigurationError
from fanar.events import Route
from fanar.settings import Settings
from fanar.storage.engine import open_engine
from fanar.storage.migrate import upgrade
from orchestrator.bootstrap import encoder as bootstrap
from orchestrator.cli.exits import Exit
from orchestrator.routing import prompts
from tests.unit.orchestrator.cli.conftest import Fanar

FEW = [prompt for route in Route for prompt in [each for each in prompts.read_prompts() if each.route is route][:8]]


class CountingEncoder:
    """Embeds a text as how many letters and words it has."""

    dimensions = 2

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[len(text) / 100, len(text.split()) / 20] for text in texts], dtype=np.float32)


@pytest.fixture(autouse=True)
def named(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_DISCOVER", "false")
    monkeypatch.setenv("FANAR_ROUTING__ENCODER", "tiny")
    upgrade(open_engine(f"sqlite:///{surroundings / 'data' / 'fanar.db'}"))
    bootstrap.load_encoder.cache_clear()


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "load_encoder", lambda source, *, fetch=False: CountingEncoder())
    monkeypatch.setattr(prompts, "read_prompts", lambda: FEW)


def test_the_head_is_fitted_and_then_routes(fanar: Fanar, surroundings: Path, fitted: None) -> None:
    settings = Settings(_env_file=None, data=surroundings / "data")
    with pytest.raises(ConfigurationError, match="fanar route fit"):
        bootstrap.build_opinion(settings)
    said = fanar("route", "fit")
    assert said.code == Exit.OK, said.err
    assert "with encoder" in said.out
    assert "The encoder's share" in said.err
    assert bootstrap.build_opinion(settings) is not None


def test_programs_read_the_share_and_the_figures(fanar: Fanar, fitted: None) -> None:
    told = fanar("route", "fit", "--json").json["encoder"]
    assert 0 <= told["share"] < 1
    assert told["after"]["accuracy"] > 0


def test_without_the_extra_the_command_that_installs_it_is_named(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    monkeypatch.delitem(sys.modules, "orchestrator.routing.encoder", raising=False)
    said = fanar("route", "fit")
    assert said.code != Exit.OK
    assert "make run EXTRAS=local" in said.err


def test_without_the_setting_nothing_is_loaded(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FANAR_ROUTING__ENCODER")
    monkeypatch.setattr(bootstrap, "load_encoder", lambda source: pytest.fail("loaded"))
    assert bootstrap.build_opinion(Settings(_env_file=None, data=surroundings / "data")) is None
