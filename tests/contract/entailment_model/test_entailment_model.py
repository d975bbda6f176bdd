"""What every EntailmentModel does; the one in an owner process is a real process with a tiny checkpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fanar.attribution.claims.owned import OwnedEntailment
from fanar.attribution_protocols import EntailmentModel
from fanar.settings import Settings
from orchestrator.bootstrap.entailment import open_entailment
from tests.fakes.entailment import SayingEntailment, write_checkpoint


@pytest.fixture(params=["double", "owned"])
async def model(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EntailmentModel]:
    if request.param == "double":
        yield SayingEntailment(0.9, 0.05)
        return
    folder = write_checkpoint(tmp_path / "tiny")
    settings = Settings(_env_file=None, data=tmp_path / "data", attribution={"entailment": str(folder), "threads": 1})
    async with open_entailment(settings) as opened:
        assert isinstance(opened.model, OwnedEntailment)
        assert opened.capability().available
        yield opened.model


async def test_each_pair_has_three_probabilities_in_the_order_of_the_pairs(model: EntailmentModel) -> None:
    found = await model.judge([("it is red", "indeed"), ("it is red \ud800", "indeed it is")])
    assert all(each.supported > 0.8 for each in found)
    assert all(each.supported + each.contradicted + each.neither == pytest.approx(1.0, abs=1e-5) for each in found)
    assert await model.judge([]) == []
    assert model.name


async def test_an_owner_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path, attribution={"entailment": str(tmp_path)})
    async with open_entailment(settings) as opened:
        assert opened.model is not None
        with pytest.raises(Exception, match="FANAR_ATTRIBUTION__ENTAILMENT"):
            await opened.model.judge([("a", "b")])
        assert not opened.capability().available
