"""Filters of sources over what is installed."""

from __future__ import annotations

import pytest

from fanar.documents import Document
from fanar.errors import UnprocessableError
from fanar.messages import SourceFilter
from rag.islamic import phrases
from rag.islamic.collections.scope import Scope, everything, is_free, of_schools, scope_of
from tests.unit.rag.islamic.collections.records import HADITH, LAW, described, volume

VOLUMES = (
    volume("sunnah", "hadith", collection={"bukhari", "muslim"}, title={"صحيح البخاري"}),
    volume("fiqh", "fiqh", book={"كتاب الألف", "كتاب الباء"}, madhab={"حنفي", "maliki"}),
    volume("hanbali-fiqh", "fiqh", book={"كتاب الدال"}),
    volume("fatwas", "fatwa", source={"موقع الفتاوى"}),
)


def _shelves(scope: Scope) -> dict[str, list[dict[str, object]]]:
    return {shelf.info.name: [dict(where) for where in shelf.where] for shelf in scope.shelves}


def test_without_a_filter_all_that_is_installed_may_be_shown() -> None:
    scope = everything([each.info for each in VOLUMES])
    assert is_free(SourceFilter())
    assert scope.quran
    assert set(_shelves(scope)) == {"sunnah", "fiqh", "hanbali-fiqh", "fatwas"}
    assert all(map(scope.admits, (*HADITH, *LAW)))


@pytest.mark.parametrize(
    ("sources", "quran", "shelves"),
    [
        (SourceFilter(only=("quran",)), True, {}),
        (SourceFilter(book_names=("القرآن الكريم",)), True, {}),
        (SourceFilter(only=("sunnah",)), False, {"sunnah": [{}]}),
        (SourceFilter(only=("الحديث", "Quran")), True, {"sunnah": [{}]}),
        (SourceFilter(only=("fatwas",)), False, {"fatwas": [{}]}),
        (SourceFilter(only=("عنوان فقه", "عنوان fiqh")), False, {"fiqh": [{}]}),
        (SourceFilter(book_names=("كتاب الألف",)), False, {"fiqh": [{"book": "كتاب الألف"}]}),
        (SourceFilter(book_names=("صحيح مسلم",)), False, {"sunnah": [{"collection": "muslim"}]}),
        (
            SourceFilter(book_names=("كتاب الألف", "كتاب الدال"), only=("fiqh",)),
            False,
            {"fiqh": [{"book": "كتاب الألف"}], "hanbali-fiqh": [{"book": "كتاب الدال"}]},
        ),
        (SourceFilter(only=("موقع الفتاوى", "shamela")), False, {"fatwas": [{"source": "موقع الفتاوى"}]}),
    ],
)
def test_names_narrow_what_may_be_shown(sources: SourceFilter, quran: bool, shelves: dict[str, object]) -> None:
    scope = scope_of(sources, VOLUMES)
    assert (scope.quran, _shelves(scope)) == (quran, shelves)


@pytest.mark.parametrize(
    ("sources", "field"),
    [
        (SourceFilter(only=("shamela",)), "filter_sources"),
        (SourceFilter(book_names=("Riyad as-Salihin",)), "book_names"),
        (SourceFilter(book_names=("كتاب الألف",), only=("sunnah",)), "filter_sources"),
        (SourceFilter(excluded=("quran", "sunnah", "fiqh", "fatwa")), "exclude_sources"),
        (SourceFilter(madhabs=("shafii",)), "madhab"),
    ],
)
def test_a_filter_that_nothing_passes_is_refused_by_its_field(sources: SourceFilter, field: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        scope_of(sources, VOLUMES)
    assert refused.value.param == field


def test_where_only_the_quran_is_there_it_alone_can_be_named_and_left_out() -> None:
    assert scope_of(SourceFilter(only=("tafsir", "quran")), ()).quran
    with pytest.raises(UnprocessableError):
        scope_of(SourceFilter(excluded=("quran",)), ())


def test_what_is_excluded_is_shown_by_no_corpus() -> None:
    scope = scope_of(SourceFilter(excluded=("quran", "كتاب الألف", "fatwa")), VOLUMES)
    assert set(_shelves(scope)) == {"sunnah", "fiqh", "hanbali-fiqh"}
    assert [scope.admits(document) for document in LAW] == [False, True, True, True]
    assert not scope.admits(Document("2:1", "quran", "2:1", "t"))
    assert not scope.admits(Document("1", "fatwas", "1", "t"))


def test_a_school_narrows_books_of_law_and_nothing_else() -> None:
    scope = scope_of(SourceFilter(madhabs=("maliki", "hanbali")), VOLUMES)
    assert _shelves(scope) == {"sunnah": [{}], "fiqh": [{"madhab": "maliki"}], "hanbali-fiqh": [{}]}
    assert [scope.admits(document) for document in LAW] == [False, True, False, False]


def test_a_school_that_a_question_names_may_leave_no_law() -> None:
    scope = of_schools(everything([each.info for each in VOLUMES]), ("shafii",), VOLUMES)
    assert set(_shelves(scope)) == {"sunnah"}


def test_without_books_of_law_a_school_has_no_effect_and_that_is_noted() -> None:
    assert scope_of(SourceFilter(madhabs=("maliki",)), VOLUMES[:1]).notes == (phrases.MADHAB_WITHOUT_EFFECT,)


@pytest.mark.parametrize(
    ("preferred", "first", "notes"),
    [
        (("fatwa",), ["fatwas"], ()),
        (("quran",), [], ()),
        (("shamela",), [], (phrases.FALLBACK_TO_OTHERS,)),
    ],
)
def test_what_is_preferred_comes_first_and_leaves_the_rest(preferred: tuple[str, ...], first: list[str], notes: tuple[object, ...]) -> None:
    scope = scope_of(SourceFilter(preferred=preferred, madhabs=()), VOLUMES)
    assert len(scope.shelves) == len(VOLUMES)
    assert ([shelf.info.name for shelf in scope.first], scope.notes) == (first, notes)


def test_the_quran_alone_answers_where_what_is_preferred_is_not_there() -> None:
    assert scope_of(SourceFilter(preferred=("sunnah",)), ()).notes == (phrases.FALLBACK,)


def test_a_preferred_book_stays_first_under_a_school() -> None:
    scope = scope_of(SourceFilter(preferred=("fiqh",), madhabs=("maliki",)), VOLUMES)
    assert [shelf.info.name for shelf in scope.first] == ["fiqh"]


def test_a_corpus_is_named_by_its_title_too() -> None:
    assert described("fiqh", "fiqh").title == "عنوان fiqh"
