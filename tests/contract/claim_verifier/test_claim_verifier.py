"""What every ClaimVerifier does."""

from __future__ import annotations

import pytest

from fanar.attribution.claims.checker import ClaimChecker
from fanar.attribution_protocols import ClaimVerifier
from fanar.claims import ClaimOptions, SourceText
from tests.fakes.entailment import SayingEntailment
from tests.fakes.models import SayingModel

SOURCES = [SourceText("a", "The bridge opened in 2015."), SourceText("b", "افتتح الجسر عام ٢٠١٥.")]
TEXT = "The bridge opened in 2015. Is it safe?\n\n- افتتح الجسر عام 2015."


@pytest.fixture(
    params=[
        lambda: ClaimChecker(),
        lambda: ClaimChecker(entailment=SayingEntailment(0.9, 0.05)),
        lambda: ClaimChecker(splitter=SayingModel("saying", "no claims")),
    ],
    ids=["plain checks", "with a model", "with a splitter"],
)
def verifier(request: pytest.FixtureRequest) -> ClaimVerifier:
    made: ClaimVerifier = request.param()
    return made


async def test_claims_come_in_order_with_offsets_of_the_text(verifier: ClaimVerifier) -> None:
    found = [finding async for finding in verifier.check(TEXT, SOURCES, options=ClaimOptions())]
    assert [finding.verdict for finding in found] == ["supported", "not_checkworthy", "supported"]
    assert all(TEXT[finding.start : finding.end] == finding.text for finding in found)
    assert [finding.citations[0].source_id for finding in found if finding.citations] == ["a", "b"]


async def test_scores_are_probabilities_and_citations_verbatim(verifier: ClaimVerifier) -> None:
    async for finding in verifier.check(TEXT, SOURCES):
        assert 0 <= finding.score <= 1
        for cited in finding.citations:
            source = next(source for source in SOURCES if source.id == cited.source_id)
            assert source.text[cited.start : cited.end] == cited.quote


async def test_nothing_is_claimed_by_nothing(verifier: ClaimVerifier) -> None:
    assert not [finding async for finding in verifier.check(" \n ", SOURCES)]
