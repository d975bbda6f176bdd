"""What every SpanModel does; the one in an owner process is a real process with a tiny checkpoint."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fanar.attribution.claims.owned import OwnedSpans
from fanar.attribution_protocols import SpanModel
from fanar.errors import NotConfiguredError
from fanar.settings import Settings
from orchestrator.bootstrap.entailment import open_entailment
from tests.fakes.entailment import MarkingSpans
from tests.fakes.span_checkpoint import write_span_checkpoint


@pytest.fixture(params=["double", "owned"])
async def model(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SpanModel]:
    if request.param == "double":
        yield MarkingSpans(0.9)
        return
    folder = write_span_checkpoint(tmp_path / "tiny")
    settings = Settings(_env_file=None, data=tmp_path / "data", attribution={"spans": str(folder), "threads": 1})
    async with open_entailment(settings) as opened:
        assert isinstance(opened.spans, OwnedSpans)
        assert opened.model is None
        yield opened.spans
        assert opened.capability().available
        assert "tiny" in opened.capability().detail.en


async def test_each_pair_has_its_marking_in_the_order_of_the_pairs(model: SpanModel) -> None:
    claims = ["not red", "ليس أحمر \ud800"]
    found = await model.mark([("it is red", claim) for claim in claims])
    assert all(0.5 < marking.unsaid <= 1 for marking in found)
    assert [claim[each.start : each.end] for claim, marking in zip(claims, found, strict=True) for each in marking.stretches] == [
        "not",
        "ليس",
    ]
    assert await model.mark([]) == []
    assert model.name


async def test_an_owner_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path, attribution={"spans": str(tmp_path)})
    async with open_entailment(settings) as opened:
        assert opened.spans is not None
        with pytest.raises(NotConfiguredError, match="FANAR_ATTRIBUTION__SPANS"):
            await opened.spans.mark([("a", "b")])
        assert "FANAR_ATTRIBUTION__SPANS" in str(opened.capability().remedy)
