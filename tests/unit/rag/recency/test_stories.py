"""Which articles are one report."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rag.recency.stories import Stories
from tests.unit.rag.recency.newsdesk import NOON

TITLE = "وصول الطائرة الإغاثية الخامسة إلى عدن"
TEXT = (
    "وصلت اليوم الطائرة الإغاثية الخامسة إلى مطار عدن الدولي محملة باثني عشر طنًا من الأجهزة والمستلزمات الطبية والغذائية "
    "مقدمة من المركز للإغاثة والأعمال الإنسانية، وكان في استقبالها عدد من المسؤولين في المطار وممثلو المنظمات الدولية العاملة هناك."
)
REWRITTEN = TEXT.replace("اليوم", "أمس").replace("محمّلة", "تحمل").replace("وكان في استقبالها", "واستقبلها")
PATTERN = (
    "بعث الملك برقية تهنئة لفخامة الرئيس {who} بمناسبة ذكرى الاستقلال لبلاده، وأعرب باسمه واسم شعب وحكومة المملكة عن أصدق التهاني "
    "وأطيب التمنيات بالصحة والسعادة لفخامته ولحكومة وشعب {where} الشقيق اطراد التقدم والازدهار."
)


def place(stories: Stories, id_: str, title: str = TITLE, text: str = TEXT, *, at: datetime = NOON, story: str = "") -> str:
    return stories.place(id_, title, text, published=at, story=story).story


def test_a_copy_that_was_lightly_rewritten_and_cut_joins_the_story() -> None:
    stories = Stories()
    assert place(stories, "1") == "1"
    assert place(stories, "2", "عدن: طائرة إغاثية خامسة تصل", REWRITTEN) == "1"
    assert place(stories, "3", TITLE, TEXT[:160]) == "1"


def test_spelling_and_marks_do_not_tell_two_apart() -> None:
    stories = Stories()
    place(stories, "1")
    assert place(stories, "2", TITLE, TEXT.replace("إ", "ا").replace("ة", "ه").replace("وصلت", "وَصَلَتْ")) == "1"


def test_the_same_words_days_later_are_about_something_else() -> None:
    stories = Stories()
    place(stories, "1")
    assert place(stories, "2", at=NOON + timedelta(hours=47)) == "1"
    assert place(stories, "3", at=NOON + timedelta(days=9)) == "3"


def test_what_is_written_by_one_pattern_is_told_apart_by_its_names() -> None:
    stories = Stories()
    for day in range(400):
        place(stories, f"{day}", "", PATTERN.format(who=f"فلان{day}", where=f"بلد{day}"), at=NOON - (day + 3) * timedelta(days=3))
    assert place(stories, "a", "تهنئة رئيس النيجر", PATTERN.format(who="محمدو إيسوفو", where="النيجر")) == "a"
    assert place(stories, "b", "تهنئة رئيس الإكوادور", PATTERN.format(who="رفائيل كوريا", where="الإكوادور")) == "b"


def test_a_report_that_is_like_two_stories_makes_them_one() -> None:
    stories = Stories()
    half = len(TEXT) // 2
    place(stories, "1", "الأول", TEXT[: half + 20])
    place(stories, "2", "الثاني", TEXT[half - 20 :])
    placed = stories.place("3", TITLE, TEXT, published=NOON)
    assert {placed.story, *placed.joined} == {"1", "2"}
    assert place(stories, "4", "الثاني", TEXT[half - 20 :]) == placed.story


def test_a_correction_stays_in_its_story_unless_others_tell_it() -> None:
    other = "ارتفعت أسعار القمح في الأسواق العالمية هذا الأسبوع بعد أن تراجعت المحاصيل في عدد من الدول المصدّرة بسبب الجفاف."
    stories = Stories()
    place(stories, "1")
    assert place(stories, "1", "القمح", other, story="1") == "1"
    place(stories, "2")
    place(stories, "3")
    assert (
        place(stories, "3", "القمح", "لا علاقة لهذا الخبر بغيره من الأخبار التي سبقته في هذه الصحيفة أو في سواها أبدًا.", story="2") == "3"
    )


def test_what_is_too_short_to_compare_stands_alone() -> None:
    stories = Stories()
    assert place(stories, "1", "عاجل", "خبر") == "1"
    assert place(stories, "2", "عاجل", "خبر") == "2"


def test_stories_go_on_from_their_signatures_and_what_is_forgotten_is_not_joined() -> None:
    first = Stories().place("1", TITLE, TEXT, published=NOON)
    stories = Stories([("1", first.story, first.signature, NOON), ("9", "9", b"", NOON)])
    assert place(stories, "2", TITLE, REWRITTEN) == "1"
    stories = Stories([("1", first.story, first.signature, NOON)])
    stories.forget("1")
    assert place(stories, "2", TITLE, REWRITTEN) == "2"


@pytest.mark.parametrize("text", ["", "\0" * 50, "a" * 100_000, "؟ " * 5_000])
def test_odd_texts_are_placed_too(text: str) -> None:
    assert place(Stories(), "1", "", text) == "1"
