from __future__ import annotations

from pathlib import Path

import pytest

from rag.analysis import query_fields, read_question
from rag.stores import lexical
from rag.stores.lexical import LexicalIndex, build_lexical_index
from tests.unit.rag.library import rules, verses


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    build_lexical_index(tmp_path / "lexical", [*rules(), *verses(*range(100, 115))])
    return LexicalIndex(folder=tmp_path / "lexical")


def gram_scores(index: LexicalIndex, question: str) -> dict[str, float]:
    grams = {"grams": query_fields(read_question(question))["grams"]}
    return {index.id_of(hit.address): hit.scores["grams"] for hit in index.search(grams, depth=100)}


def test_in_a_large_index_the_rare_grams_of_a_question_still_find_its_passage(index: LexicalIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "certificatte of a doktor for leave"
    whole = gram_scores(index, question)
    monkeypatch.setattr(lexical, "_FEW_PASSAGES", 10)
    monkeypatch.setattr(lexical, "_READ", 5)
    bounded = gram_scores(index, question)
    assert max(bounded, key=bounded.__getitem__) == max(whole, key=whole.__getitem__) == "2"
    assert len(bounded) <= len(whole)
    # What is not read counts as not found: what a passage has of the question is never overstated.
    assert all(score <= whole[id_] + 1e-6 for id_, score in bounded.items())


def test_a_question_of_common_grams_alone_is_searched_too(index: LexicalIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_FEW_PASSAGES", 10)
    monkeypatch.setattr(lexical, "_READ", 0)
    assert "1" in gram_scores(index, "leave")


def test_a_small_index_reads_all_grams(index: LexicalIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    before = gram_scores(index, "annual leave of employees")
    monkeypatch.setattr(lexical, "_READ", 0)
    assert gram_scores(index, "annual leave of employees") == before
