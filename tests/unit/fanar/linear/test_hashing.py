"""Hashed features: the same for the same words, within words only, within the buckets."""

from __future__ import annotations

from fanar.linear.hashing import buckets_of, character_hashes, named_hashes, word_hashes


def test_ngrams_stay_within_their_words() -> None:
    apart = sum(map(len, character_hashes(["ab"], longest=5))) + sum(map(len, character_hashes(["cd"], longest=5)))
    # The two share their boundary with nothing, so together they have no more.
    together = {int(each) for piece in character_hashes(["ab", "cd"], longest=5)[1:] for each in piece}
    alone = {int(each) for word in ("ab", "cd") for piece in character_hashes([word], longest=5)[1:] for each in piece}
    assert together == alone
    assert apart == 12


def test_no_words_have_no_ngrams() -> None:
    assert character_hashes([], longest=5) == []


def test_pairs_are_in_order() -> None:
    first, second = word_hashes(["a", "b"]), word_hashes(["b", "a"])
    assert sorted(first[0].tolist()) == sorted(second[0].tolist())
    assert first[1].tolist() != second[1].tolist()


def test_buckets_keep_to_their_bits_and_salts_apart() -> None:
    names = [f"name {number}" for number in range(200)]
    buckets = buckets_of(named_hashes(names), bits=12)
    assert ((buckets >= 0) & (buckets < 1 << 12)).all()
    assert len(set(buckets.tolist())) > 180
    assert buckets.tolist() != buckets_of(named_hashes(names, salt=7), bits=12).tolist()


def test_lone_surrogates_are_hashed_like_anything_else() -> None:
    assert len(named_hashes(["\ud800", "a"])) == 2
    assert character_hashes(["\ud800"], longest=3)
