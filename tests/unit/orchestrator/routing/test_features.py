from __future__ import annotations

import numpy as np
import pytest

from fanar.linear.hashing import buckets_of, named_hashes
from orchestrator.routing.concepts import ConceptTable, load_concepts
from orchestrator.routing.features import BITS, BUCKETS, HEAD, TAIL, FeatureExtractor, clip, split
from tests.timing import cpu_seconds

EXTRACTOR = FeatureExtractor(concepts=load_concepts())


def test_features_do_not_change_from_run_to_run() -> None:
    # Hashing is our own: Python's own hash of a text differs in every process.
    features = FeatureExtractor(concepts=ConceptTable("")).extract("سلام hello")
    assert int(features.buckets.sum()) == EXPECTED_SUM


EXPECTED_SUM = int(FeatureExtractor(concepts=ConceptTable("")).extract("سَلام  HELLO").buckets.sum())


def test_buckets_lie_within_the_table_and_have_values() -> None:
    features = EXTRACTOR.extract("ما حكم صيام المسافر؟", "سؤال سابق")
    assert features.buckets.min() >= 0
    assert features.buckets.max() < BUCKETS
    assert len(features.buckets) == len(features.values)
    assert (features.values > 0).all()


@pytest.mark.parametrize("text", ["", "؟؟؟", "\ud800", "\x00", "a", "ا", "😀"])
def test_texts_without_words_have_features_too(text: str) -> None:
    assert len(EXTRACTOR.extract(text).buckets) > 0


def test_the_turn_before_adds_features_of_its_own() -> None:
    alone, after = EXTRACTOR.extract("وللمريض؟"), EXTRACTOR.extract("وللمريض؟", "ما حكم صيام المسافر؟")
    assert len(after.buckets) > len(alone.buckets)


def test_of_a_long_text_head_and_tail_are_read() -> None:
    text = "أ" * HEAD + "وسط" * 1000 + "ب" * TAIL
    assert clip(text) == f"{'أ' * HEAD} {'ب' * TAIL}"


def test_a_megabyte_costs_hardly_more_than_a_page() -> None:
    page, megabyte = "كلمة وأخرى " * 100, "كلمة وأخرى " * 100_000
    EXTRACTOR.extract(page)
    small, large = (cpu_seconds(lambda text=text: [EXTRACTOR.extract(text) for _ in range(20)]) for text in (page, megabyte))
    assert large < 5 * small


def test_numbers_keep_their_length_and_stretched_letters_are_shortened() -> None:
    assert split("سعر 2026 يااااا 123456789") == ["سعر", "0000", "يا", "0000"]


def test_concepts_are_found_through_proclitics_prefixes_and_pairs() -> None:
    table = ConceptTable("draw\tارسم*\nlanguage\tفرنسيه\nfarewell\tمع_السلامه")
    assert table.find(["ارسملي", "بالفرنسيه"]) == [0, 1]
    assert table.find(["مع", "السلامه"]) == [2]
    assert table.find(["كلمه"]) == []


def test_concepts_of_phrases_are_found_whole_also_behind_a_proclitic() -> None:
    table = ConceptTable("doubt\tعند_ربنا_شي\nfaith\tعند_ربنا ربنا\nthing\tشي")
    assert table.find(["وعند", "ربنا", "شي"]) == [1, 0, 1, 2]
    assert table.find(["عند", "ربنا"]) == [1, 1]
    assert table.find(["عند", "شي"]) == [2]


@pytest.mark.parametrize("word", ["صلاتي", "وصلاتها", "الصلوات", "يتوضا", "كنتوضا", "هيتوضا", "fasted", "praying", "stories", "stopped"])
def test_a_form_hints_at_what_its_word_does(word: str) -> None:
    table = ConceptTable("known\tصلاه صلو اتوضا fast pray story stop")
    assert table.find([word]) == [0]


def test_a_word_of_the_table_is_taken_for_no_form_of_another() -> None:
    assert ConceptTable("law\tصلاه\nown\tصلاتي").find(["صلاتي"]) == [1]


@pytest.mark.parametrize("word", ["ترجمملي", "ترملي", "ترججلي", "رتجملي"], ids=["doubled", "dropped", "beside", "swapped"])
def test_a_slip_of_the_fingers_still_hints_at_what_was_meant(word: str) -> None:
    table = ConceptTable("translate\tترجملي\npicture\tلوحه")
    assert (table.find([word]), table.find([f"و{word}"])) == ([0], [0])


def test_a_slip_hints_only_at_what_all_near_words_have_in_common() -> None:
    table = ConceptTable("draw\tpaint prints\nhurt\tpains\nart\tpaint pains")
    assert (table.find(["painx"]), table.find(["pinta"]), table.find(["pxyns"])) == ([2], [], [])


def test_short_words_are_not_taken_for_others() -> None:
    assert ConceptTable("picture\tصوره").find(["سوره"]) == []


def test_hints_that_are_looked_up_are_those_that_would_be_computed() -> None:
    table = ConceptTable("a\talpha\nb\tbeta\nc\tgamma")
    names = ["c2", "c0", "c0+2", "first2"]
    buckets = FeatureExtractor(concepts=table).extract("gamma alpha gamma").buckets.tolist()
    wanted = buckets_of(named_hashes(names), bits=BITS).tolist()
    at = buckets.index(wanted[0])
    assert buckets[at : at + len(wanted)] == wanted


def test_every_concept_of_the_shipped_table_has_words() -> None:
    table = load_concepts()
    assert len(table.names) == len(set(table.names)) > 30


def test_vocalised_and_plain_spelling_have_the_same_features() -> None:
    plain, marked = EXTRACTOR.extract("ارسم قطة"), EXTRACTOR.extract("اِرْسُمْ قِطَّةً".replace("ً", ""))
    assert np.array_equal(plain.buckets, marked.buckets)
