"""One search over scripture and the user's documents."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.documents import Document, ScoredDocument
from fanar.protocols import Filters
from orchestrator.search import CombinedSearch

VERSE = Document("2:153", "quran", "2:153", "verse")
OTHER_VERSE = Document("2:154", "quran", "2:154", "verse")
NOTE = Document("n1", "notes", "notes.md", "note")


class FixedSearch:
    def __init__(self, *found: ScoredDocument) -> None:
        self._found = found

    async def retrieve(
        self, query: str, *, top_k: int = 5, corpora: Sequence[str] = (), filters: Filters | None = None
    ) -> list[ScoredDocument]:
        return [scored for scored in self._found if not corpora or scored.document.corpus in corpora][:top_k]


def search(*everything: ScoredDocument) -> CombinedSearch:
    verses = FixedSearch(ScoredDocument(VERSE, 0.9, confident=True), ScoredDocument(OTHER_VERSE, 0.2))
    return CombinedSearch(verses=verses, everything=FixedSearch(*everything), scripture="quran")


async def test_scripture_alone_has_calibrated_scores() -> None:
    assert (await search().retrieve("q", corpora=["quran"]))[0].score == 0.9


async def test_list_of_nothing_but_verses_has_calibrated_scores_too() -> None:
    assert (await search(ScoredDocument(VERSE, 5.0)).retrieve("q"))[0].score == 0.9


async def test_mixed_list_keeps_one_scale_and_marks_only_verses_that_are_sure() -> None:
    found = await search(ScoredDocument(NOTE, 7.0), ScoredDocument(OTHER_VERSE, 6.0), ScoredDocument(VERSE, 5.0)).retrieve("q")
    assert [(scored.document.id, scored.score, scored.confident) for scored in found] == [
        ("n1", 7.0, False),
        ("2:154", 6.0, False),
        ("2:153", 5.0, True),
    ]


async def test_documents_alone_are_left_as_they_are() -> None:
    note = ScoredDocument(NOTE, 7.0, confident=True)
    assert await search(note).retrieve("q", corpora=["notes"]) == [note]


async def test_search_over_all_looks_only_into_what_it_is_to_look_into() -> None:
    everything = FixedSearch(ScoredDocument(NOTE, 7.0), ScoredDocument(VERSE, 5.0))
    verses = FixedSearch(ScoredDocument(VERSE, 0.9, confident=True))
    combined = CombinedSearch(verses=verses, everything=everything, scripture="quran", searched=lambda: ["quran"])
    assert [(scored.document.id, scored.score) for scored in await combined.retrieve("q")] == [("2:153", 0.9)]
    assert [scored.document.id for scored in await combined.retrieve("q", corpora=["notes"])] == ["n1"]
