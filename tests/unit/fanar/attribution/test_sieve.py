"""What the sieve lets through: all that a look at every word finds."""

from __future__ import annotations

import random

import pytest

from fanar.attribution.canon import Canon
from fanar.attribution.canon_rows import joined_words, read_rows
from fanar.attribution.plain import plain_words
from fanar.attribution.quotations import QuotationFinder
from fanar.attribution.running import GAP, SHORTEST, find_stretches
from fanar.attribution.sieve import VerseSieve
from fanar.scripture.index import InMemoryScripture
from tests.unit.fanar.attribution.conftest import read_edition

PROSE = (
    "يقع هذا البيت في شمال المدينة على سفح جبل صغير وقد بناه جدي قبل خمسين عاما من الحجر الأبيض ثم سكنه عمي مع أولاده "
    "وكان الناس يقولون إن الذين عاشوا فيه من قبل كانوا قوما صالحين أو تجارا والله أعلم بما في القلوب وهو على كل شيء شهيد"
)
WORDS = PROSE.split()


@pytest.fixture(scope="module")
def sieve(scripture: InMemoryScripture) -> VerseSieve:
    return VerseSieve(read_rows(scripture), least=SHORTEST, gap=GAP)


def _mixed(edition: str, chance: random.Random) -> str:
    """Return prose with pieces of verses in it, some with a word changed, some of a few words only."""
    verses = [verse.split() for verse in read_edition(edition).values()]
    words: list[str] = []
    for _ in range(400):
        verse = chance.choice(verses)
        at = chance.randrange(len(verse))
        piece = verse[at : at + chance.randrange(2, 12)]
        if chance.random() < 0.5:
            piece[chance.randrange(len(piece))] = chance.choice(WORDS)
        begin = chance.randrange(len(WORDS))
        words += [*piece, *WORDS[begin : begin + chance.randrange(0, 9)], chance.choice(("", "،", "(", "12", "ﷺ", "و", "\n"))]
    return " ".join(words)


@pytest.mark.parametrize("edition", ["uthmani.txt", "simple.txt", "simple-clean.txt", "simple-minimal.txt"])
def test_all_that_runs_along_a_verse_lies_within_what_is_let_through(canon: Canon, sieve: VerseSieve, edition: str) -> None:
    text = _mixed(edition, random.Random(edition))
    words = joined_words(text)
    expected = [(words[s.start].start, words[s.end - 1].end) for s in find_stretches(canon, words, final=True).stretches]

    spans = sieve.sift(plain_words(text)).spans
    found = []
    for start, end in spans:
        there = joined_words(text, start, end)
        found += [(there[s.start].start, there[s.end - 1].end) for s in find_stretches(canon, there, final=True).stretches]

    assert len(expected) > 50
    assert found == expected


def test_prose_is_not_let_through(sieve: VerseSieve) -> None:
    prose = " ".join(WORDS[:20])

    assert sieve.sift(plain_words(prose)).spans == []


def test_only_what_lies_within_a_span_is_returned_of_a_stretch(sieve: VerseSieve) -> None:
    text = "قرأ: قل هو الله أحد الله الصمد لم يلد ولم يولد"
    stretches = sieve.sift(plain_words(text))

    assert stretches.within(0, len(text)) == [(5, len(text))]
    assert stretches.within(8, 20) == [(8, 20)]
    assert stretches.within(0, 4) == []


def test_a_text_says_the_same_whole_and_in_pieces_but_for_a_changed_word_behind_a_verse(finder: QuotationFinder) -> None:
    text = _mixed("simple-clean.txt", random.Random(3))
    pieces = finder.scan(text, final=False)

    whole = [quotation for quotation in finder.find(text) if quotation.end <= pieces.settled]

    assert len(pieces.quotations) == len(whole) > 50
    read_on = [(piece, other) for piece, other in zip(pieces.quotations, whole, strict=True) if piece != other]
    assert len(read_on) * 10 < len(whole)
    for piece, other in read_on:
        assert piece.finding.faithful
        assert other.finding.status == "altered"
        assert piece.start == other.start
        assert piece.end < min(difference.end for difference in other.finding.differences)
