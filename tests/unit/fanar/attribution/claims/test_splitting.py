"""Claims and their positions, and what is not worth a check."""

from __future__ import annotations

import time

import pytest

from fanar.attribution.claims.fit import PAIRS
from fanar.attribution.claims.markers import Markers
from fanar.attribution.claims.splitting import split_claims
from fanar.claims import SourceText

SOURCES = [SourceText("bbc", "a"), SourceText("news", "b")]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("It opened in 2015 [1]. It is long.[2]", ["It opened in 2015", "It is long."]),
        ("- It opened in 2015.\n- It is long", ["It opened in 2015.", "It is long"]),
        ("افتتح الجسر سنة 2015، بينما أغلق النفق بعد ذلك بعام.", ["افتتح الجسر سنة 2015", "بينما أغلق النفق بعد ذلك بعام."]),
        ("He came, and she left.", ["He came, and she left."]),
        ("One two three four; five six seven eight.", ["One two three four", "five six seven eight."]),
        ("... !", []),
        ("", []),
    ],
)
def test_claims_are_sentences_and_clauses_that_stand_alone(text: str, claims: list[str]) -> None:
    found = list(split_claims(text))
    assert [claim.text for claim in found] == claims
    assert all(text[claim.start : claim.end] == claim.text for claim in found)


def test_our_own_sentences_are_told_apart() -> None:
    lines = [line for line in (PAIRS / "worth.tsv").read_text(encoding="utf-8").splitlines() if line[:1] in ("+", "-")]
    right = sum(any(claim.checkworthy for claim in split_claims(line[2:])) == (line[0] == "+") for line in lines)
    assert right / len(lines) >= 0.95


def test_markers_name_sources_by_id_or_number_and_others_name_none() -> None:
    text = "a [bbc] b [2] c [1, 2] d 【٢】 e [9] f [citation needed] g [a long stretch in brackets]"
    found = Markers(SOURCES).find(text, 0, len(text))
    assert [(marker.text, marker.source_id) for marker in found] == [
        ("[bbc]", "bbc"),
        ("[2]", "news"),
        ("[1, 2]", "bbc"),
        ("[1, 2]", "news"),
        ("【٢】", "news"),
        ("[9]", None),
    ]
    assert all(text[marker.start : marker.end] == marker.text for marker in found)
    assert Markers(SOURCES).without("ab [1] c", 0, 8) == "ab     c"


@pytest.mark.parametrize("piece", ["[1] ", "a. ", "؛ ", "، وقد ", "[[[[", "- ", "http ", "1 ", "not ", "أكثر من ", "ا" * 7])
def test_splitting_takes_no_longer_for_text_made_to_be_slow(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begun = time.process_time()
        list(split_claims(text))
        return time.process_time() - begun

    seconds(10_000)
    assert seconds(80_000) < 40 * max(seconds(10_000), 0.002)
