"""Filters of sources."""

from __future__ import annotations

import pytest

from fanar.errors import UnprocessableError
from fanar.messages import SourceFilter
from rag.islamic import phrases
from rag.islamic.sources import require_quran


@pytest.mark.parametrize(
    "sources",
    [
        SourceFilter(),
        SourceFilter(only=("quran",)),
        SourceFilter(only=("tafsir", "Quran")),
        SourceFilter(book_names=("القرآن الكريم",)),
        SourceFilter(excluded=("shamela",)),
        SourceFilter(preferred=("quran",)),
    ],
)
def test_the_quran_passes_without_a_word(sources: SourceFilter) -> None:
    assert require_quran(sources) == []


@pytest.mark.parametrize(
    ("sources", "field"),
    [
        (SourceFilter(only=("sunnah",)), "filter_sources"),
        (SourceFilter(book_names=("Riyad as-Salihin",)), "book_names"),
        (SourceFilter(excluded=("quran",)), "exclude_sources"),
    ],
)
def test_a_filter_that_nothing_passes_is_refused_by_its_field(sources: SourceFilter, field: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        require_quran(sources)
    assert refused.value.param == field


def test_a_preferred_source_that_is_missing_is_noted() -> None:
    assert require_quran(SourceFilter(preferred=("sunnah",))) == [phrases.FALLBACK]


def test_a_school_without_a_book_of_law_is_noted() -> None:
    assert require_quran(SourceFilter(madhabs=("maliki",))) == [phrases.MADHAB_WITHOUT_EFFECT]
