"""Numbers as intervals, with their units, in both languages."""

from __future__ import annotations

from math import inf

import pytest

from fanar.attribution.claims.reading import read


@pytest.mark.parametrize(
    ("sentence", "dimension", "holds", "leaves"),
    [
        ("The bridge is 1.4 km long.", "length", 1400, 1500),
        ("يبلغ طول الجسر ١٫٤ كيلومتر.", "length", 1400, 1500),
        ("It has 26 million people.", "count.peopl", 26_312_000, 27_000_000),
        ("It has more than 25 million people.", "count.peopl", 26_000_000, 25_000_000),
        ("It has at least 25 people.", "count.peopl", 25, 24),
        ("It has fewer than 25 people.", "count.peopl", 24, 25),
        ("It has up to 25 people.", "count.peopl", 25, 26),
        ("It has 25 people or more.", "count.peopl", 30, 24),
        ("It costs about $200.", "money.usd", 190, 150),
        ("لا يتجاوز عدد العمال 500 عامل.", "count.عامل", 500, 501),
        ("يزيد عددهم على ألفين", "plain", 2001, 2000),
        ("قتل خمسة وعشرون شخصا", "count.شخص", 25, 24),
        ("ارتفعت بنسبة 15 في المئة", "percent", 15, 16),
        ("ارتفعت ١٥٪", "percent", 15, 16),
        ("نصف السكان", "percent", 50, 60),
        ("half of the people", "percent", 50, 60),
        ("on the 42nd floor", "ordinal", 42, 43),
        ("بمليوني دولار", "money.usd", 2_000_000, 3_000_000),
        ("يملك خمسين طائرة", "count.طاير", 50, 51),
        ("أسهمت خمسون طائرة", "count.طاير", 50, 51),
        ("وخمسين دولارا", "money.usd", 50, 51),
        ("بلغت مليون ونصف المليون ريال", "money.sar", 1_500_000, 2_000_000),
        ("three and a half million dollars", "money.usd", 3_500_000, 3_000_000),
        ("half a million dollars", "money.usd", 500_000, 1_000_000),
        ("أخمد الحريق خلال ساعتين", "time", 7_200, 3_600),
        ("بيعت بأكثر من 3 دولارات", "money.usd", 4, 2),
        ("أكثر من نصف سكان البلد", "percent", 60, 40),
        ("محملة بـ26 طنا", "mass", 26_000, 62_000),
        ("a dozen eggs", "count.egg", 12, 13),
        ("two hundred and fifty eggs", "count.egg", 250, 200),
        ("بلغت مليونين", "plain", 2_000_000, 3_000_000),
        ("1,234.5 tons", "mass", 1_234_500, 1_200_000),
        ("انتظر ساعتين ونصف", "time", 9_000, 7_200),
        ("انتظر ساعتين ونصف الساعة", "time", 9_000, 7_200),
        ("بعد شهرين ونصف", "time", 2.5 * 2_629_800, 2 * 2_629_800),
        ("ارتفاعه مترين ونصف", "length", 2.5, 2),
        ("طوله 3 أمتار وربع", "length", 3.25, 3),
        ("أنفق ريالين وأكل", "money.sar", 2, 3),
        ("قرأ المئتين", "plain", 200, 2),
        ("قبل ربع قرن", "time", 25 * 31_557_600, 24 * 31_557_600),
        ("خلال نصف عقد", "time", 5 * 31_557_600, 50),
        ("انتظر نصف ساعة", "time", 1_800, 50),
        ("half an hour", "time", 1_800, 50),
        ("within three decades", "time", 30 * 31_557_600, 3),
        ("It cost QAR 430m, according to the authority.", "money.sar", 430_000_000, 340_000_000),
        ("USD 5bn over", "money.usd", 5_000_000_000, 7_000_000_000),
        ("there were 5, girls among them", "plain", 5, 6),
    ],
)
def test_a_number_stands_for_what_it_leaves_open_and_for_no_more(sentence: str, dimension: str, holds: float, leaves: float) -> None:
    found = read(sentence).quantities
    (quantity,) = found
    assert quantity.dimension == dimension
    assert quantity.low <= holds <= quantity.high
    assert not quantity.low <= leaves <= quantity.high


@pytest.mark.parametrize("sentence", ["the A4 paper", "one of them", "واحد من الناس", "a third party", "مستوى 3D", "لست هنا", "ألف ليلة"])
def test_what_only_looks_like_a_number_is_none(sentence: str) -> None:
    assert not read(sentence).quantities


@pytest.mark.parametrize("word", ["كمين للجيش", "كمان", "رجل سمين", "زار ميلان", "سمع طنين", "غسل قدمين"])
def test_a_word_that_only_ends_like_two_of_a_unit_is_no_number(word: str) -> None:
    assert not read(word).quantities


@pytest.mark.parametrize(
    "round_", ["نصف نهائي", "ربع نهائي البطولة", "تأهل إلى ربع النهائي", "نصف قطر الأرض", "half time", "the third minute"]
)
def test_what_only_begins_like_a_share_is_none(round_: str) -> None:
    assert not read(round_).quantities


@pytest.mark.parametrize("sentence", ["ثلاث ساعات ونصف السكان", "ثلاث ساعات ونصف سكان المدينة", "مليوني دولار ونصف المدينة"])
def test_half_of_something_else_is_not_added(sentence: str) -> None:
    assert read(sentence).quantities[0].nominal in (3 * 3_600, 2_000_000)


@pytest.mark.parametrize("sentence", ["أربع شركات، ثلاث منها قطرية", "forty pupils, twelve of them girls"])
def test_a_part_counts_what_the_whole_counts(sentence: str) -> None:
    whole, part = read(sentence).quantities
    assert part.part
    assert part.dimension == whole.dimension


def test_a_letter_that_joins_a_number_says_nothing() -> None:
    for sentence in ("ارتفع ب26%", "ارتفع بـ26%", "ارتفع ل26%"):
        reading = read(sentence)
        assert [reading.tokens[at].form for at in reading.content] == ["ارتفع"]
    vitamin = read("فيتامين ب مفيد")
    assert "ب" in [vitamin.tokens[at].form for at in vitamin.content]


def test_a_bound_is_taken_for_what_a_reader_takes_it_for() -> None:
    (above,) = read("over 20 people").quantities
    assert (above.high, above.typical[1]) == (inf, 25)
    (below,) = read("under 20 people").quantities
    assert (below.low, below.typical[0]) == (-inf, 16)


def test_words_that_make_a_number_a_bound_say_nothing_besides() -> None:
    reading = read("أكثر من 25 مليون نسمة")
    assert [reading.tokens[at].form for at in reading.content] == ["نسمه"]
