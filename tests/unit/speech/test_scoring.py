"""Error rates of transcripts."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.scoring import Score, character_errors, leaderboard, strict, word_errors

TEXTS = st.lists(st.sampled_from("اب ج "), max_size=8).map("".join)


def _slow_distance(left: list[str], right: list[str]) -> int:
    table = {(row, 0): row for row in range(len(left) + 1)} | {(0, column): column for column in range(len(right) + 1)}
    for row, column in product(range(1, len(left) + 1), range(1, len(right) + 1)):
        changed = table[row - 1, column - 1] + (left[row - 1] != right[column - 1])
        table[row, column] = min(changed, table[row - 1, column] + 1, table[row, column - 1] + 1)
    return table[len(left), len(right)]


@pytest.mark.parametrize(
    ("reference", "heard", "errors", "units"),
    [
        ("صفر واحد اثنان", "صفر واحد اثنان", 0, 3),
        ("صفر واحد اثنان", "صفر ثلاثة اثنان", 1, 3),
        ("صفر واحد اثنان", "صفر اثنان", 1, 3),
        ("صفر واحد", "صفر واحد واحد", 1, 2),
        ("صفر", "", 1, 1),
        ("", "صفر واحد", 2, 0),
        ("", "", 0, 0),
    ],
)
def test_words_replaced_left_out_and_put_in_count_once_each(reference: str, heard: str, errors: int, units: int) -> None:
    assert word_errors(reference, heard) == Score(errors, units)


def test_characters_are_counted_with_the_spaces_between_words() -> None:
    assert character_errors("صفر واحد", "صفرواحد") == Score(1, 8)


@given(TEXTS, TEXTS)
def test_the_distance_is_that_of_the_whole_table(reference: str, heard: str) -> None:
    assert word_errors(reference, heard).errors == _slow_distance(reference.split(), heard.split())
    assert character_errors(reference, heard).errors == _slow_distance(list(strict(reference)), list(strict(heard)))


def test_scores_add_up_to_the_score_over_all_texts() -> None:
    total = Score(1, 3) + Score(0, 1)

    assert (total, total.rate) == (Score(1, 4), 0.25)


def test_there_is_no_rate_where_nothing_was_said() -> None:
    assert Score(2, 0).rate is None


def test_strictly_only_spaces_are_equal() -> None:
    assert strict("  صفرٌ،\n واحد ") == "صفرٌ، واحد"
    assert word_errors("أربعة", "اربعة").errors == 1


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("السَّلامُ عليكُم!", "السلام عليكم"),
        ("«پاريس»، ڤيينا؟", "باريس فيينا"),
        ("آمن أحمد إلى مؤمن بئر", "امن احمد الى مومن بير"),
        ("شيء سماء", "شي سما"),
        ("٢٠٢٦ و 15 و ۷", "2026 و15 و7"),
        ("كتب و قرأ و", "كتب وقرا و"),
        ("وردة و و زهرة", "وردة ووزهرة"),
        ("a-b 50% $3", "ab 50 3"),
        ("ة ى ـ ٱ", "ة ى ـ ٱ"),
        ("!؟", ""),
    ],
)
def test_the_leaderboard_compares(written: str, compared: str) -> None:
    assert leaderboard(written) == compared


def test_spelling_that_the_leaderboard_lets_pass_is_no_error() -> None:
    assert word_errors("أربعة، خمسة.", "اربعة خمسة", normalizer=leaderboard) == Score(0, 2)


def test_long_texts_are_compared_in_memory_that_grows_with_one_of_them() -> None:
    rng = random.Random(6)
    said = [rng.choice("ابتثجح") for _ in range(3000)]
    heard = [letter for place, letter in enumerate(said) if place % 100]

    assert character_errors("".join(said), "".join(heard)) == Score(30, 3000)
