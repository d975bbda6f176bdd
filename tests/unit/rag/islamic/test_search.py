"""Verses found for a question, with how sure it is that each answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fanar.errors import NotFoundError
from fanar.protocols import Filters
from rag.islamic.confidence import Calibration, load_calibration
from rag.islamic.evidence import NAMES
from rag.islamic.search import VerseRetriever
from rag.islamic.worded import Worded
from rag.retrievers.signals import Candidate, Signals
from tests.unit.rag.islamic.quran import reader, verse, vocabulary

BY_COVERAGE = Calibration({"coverage": 10.0}, -5.0, threshold=0.9, closeness=0.9, checksum="")


class FixedSource:
    """Finds the same candidates whatever is asked."""

    def __init__(self, *references: str) -> None:
        self._references = references
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    async def candidates(
        self, query: str, *, top_k: int = 10, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[Candidate]:
        self.asked.append((query, tuple(corpora)))
        signals = Signals(bm25={"grams": 0.2}, cosine=0.5)
        return [Candidate(verse(reference), 0.5, signals) for reference in self._references]


def _retriever(source: FixedSource, calibration: Calibration = BY_COVERAGE, *, worded: Worded | None = None) -> VerseRetriever:
    return VerseRetriever(source=source, reader=reader(), vocabulary=vocabulary(), calibration=calibration, worded=lambda _: worded)


async def test_the_verse_that_answers_comes_first_and_is_confident() -> None:
    found = await _retriever(FixedSource("2:188", "2:256", "5:6")).retrieve("no compulsion in religion")
    assert found[0].document.id == "2:256"
    assert [each.confident for each in found] == [True, False, False]
    assert found[0].score > found[1].score


async def test_verses_beside_each_other_are_found_together_with_one_score() -> None:
    found = await _retriever(FixedSource("2:184", "5:6", "2:185"), Calibration({}, 3.0, 0.9, 0.9, "")).retrieve("fasting")
    assert [each.document.id for each in found] == ["2:184", "2:185", "5:6"]
    assert found[0].score == found[1].score


async def test_scores_are_probabilities_of_the_shipped_calibration() -> None:
    found = await _retriever(FixedSource("2:256", "5:6"), load_calibration()).retrieve("no compulsion in religion")
    assert all(0 <= each.score <= 1 for each in found)


async def test_only_the_quran_is_searched() -> None:
    source = FixedSource("2:256")
    await _retriever(source).retrieve("religion", corpora=("quran",))
    assert source.asked == [("religion", ("quran",))]
    with pytest.raises(NotFoundError):
        await _retriever(source).retrieve("religion", corpora=("rules",))


async def test_no_more_come_than_asked_for_and_nothing_from_nothing() -> None:
    assert len(await _retriever(FixedSource("2:256", "5:6", "2:188")).retrieve("religion", top_k=2)) == 2
    assert await _retriever(FixedSource()).retrieve("religion") == []


async def test_what_speaks_for_a_verse_can_be_asked_for() -> None:
    judged = await _retriever(FixedSource("2:256", "5:6")).judged("no compulsion in religion")
    best, other = (dict(zip(NAMES, row.tolist(), strict=True)) for row in judged.evidence)
    assert best["standing"] == 1
    assert best["lead"] > other["lead"] == 0
    assert (best["cosine"], best["grams"]) == pytest.approx((0.5, 0.2))


def test_the_threshold_is_the_calibrations() -> None:
    assert _retriever(FixedSource()).threshold == BY_COVERAGE.threshold


@pytest.mark.parametrize("candidates", [("2:188", "5:6"), ("2:188", "5:6", "2:184"), ()])
async def test_the_verse_that_a_text_words_comes_first_as_likely_as_that_makes_it(candidates: Sequence[str]) -> None:
    worded = Worded(verse("2:184"), share=0.9, lead=0.6)
    found = await _retriever(FixedSource(*candidates), Calibration({}, -3.0, 0.9, 0.9, ""), worded=worded).retrieve("those who are sick")
    assert [each.document.id for each in found] == list(dict.fromkeys(["2:184", *candidates]))
    assert found[0].score == pytest.approx(worded.probability)
    assert [each.confident for each in found] == [True] + [False] * (len(found) - 1)


async def test_a_wording_does_not_stand_before_a_verse_that_is_about_as_likely() -> None:
    source, worded = FixedSource("2:188", "5:6"), Worded(verse("2:184"), share=0.9, lead=0.6)
    found = await _retriever(source, Calibration({}, 3.0, 0.9, 0.9, ""), worded=worded).retrieve("those who are sick")
    assert [each.document.id for each in found] == ["2:188", "5:6"]


async def test_a_wording_of_a_verse_that_the_filters_leave_out_is_left_out() -> None:
    sought = _retriever(FixedSource("5:6"), Calibration({}, -3.0, 0.9, 0.9, ""), worded=Worded(verse("2:184"), share=0.9, lead=0.6))
    assert [each.document.id for each in await sought.retrieve("sick", filters={"surah": 5})] == ["5:6"]
    assert [each.document.id for each in await sought.retrieve("sick", filters={"surah": (2, 5)})] == ["2:184", "5:6"]
