"""What every CorpusRepository promises."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from fanar.documents import CorpusInfo, Document
from fanar.errors import ConflictError, NotFoundError, UnprocessableError
from fanar.protocols import CorpusRepository
from fanar.storage.corpora import SqlCorpusRepository

IMPLEMENTATIONS: list[Callable[[Engine], CorpusRepository]] = [lambda engine: SqlCorpusRepository(engine=engine)]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.fixture(params=IMPLEMENTATIONS, ids=["sql"])
def repository(request: pytest.FixtureRequest, engine: Engine) -> CorpusRepository:
    return request.param(engine)


def corpus(name: str = "quran", **changes: str) -> CorpusInfo:
    values = {
        "title": "القرآن",
        "version": "1.1",
        "licence": "CC BY 3.0",
        "source": "tanzil.net",
        "checksum": "00",
        "language": "ar",
        "kind": "scripture",
    }
    return CorpusInfo(name=name, documents=0, generation=0, **(values | changes))


def passage(name: str, text: str = "نص", corpus: str = "quran", **more: object) -> Document:
    return Document(id=name, corpus=corpus, reference=name, text=text, **more)


def test_an_installed_corpus_is_listed_with_its_count_and_first_generation(repository: CorpusRepository) -> None:
    installed = repository.install(corpus(), [passage("1:1"), passage("1:2")])
    assert (installed.documents, installed.generation) == (2, 1)
    assert repository.corpora() == [installed]


def test_the_generation_before_the_last_can_be_had_back_and_given_up_again(repository: CorpusRepository) -> None:
    first = repository.install(corpus(version="1"), [passage("1:1", "أول")])
    second = repository.install(corpus(version="2"), [passage("1:1", "ثان"), passage("1:2")])
    assert repository.rollback("quran") == first
    assert ([d.text for d in repository.documents("quran")], repository.corpora()) == (["أول"], [first])
    assert repository.rollback("quran") == second
    assert len(list(repository.documents("quran"))) == 2


def test_only_one_generation_is_kept_to_go_back_to(repository: CorpusRepository) -> None:
    for version in "123":
        installed = repository.install(corpus(version=version), [passage("1:1", version)])
    assert repository.rollback("quran").version == "2"
    assert repository.rollback("quran") == installed


@pytest.mark.parametrize("name", ["quran", "absent"])
def test_there_is_nothing_to_go_back_to_from_a_first_generation_or_none(repository: CorpusRepository, name: str) -> None:
    repository.install(corpus(), [])
    with pytest.raises(NotFoundError):
        repository.rollback(name)


def test_a_corpus_that_was_removed_has_nothing_to_go_back_to(repository: CorpusRepository) -> None:
    repository.install(corpus(version="1"), [passage("1:1")])
    repository.install(corpus(version="2"), [passage("1:1")])
    repository.remove("quran")
    repository.install(corpus(version="3"), [passage("1:1")])
    with pytest.raises(NotFoundError):
        repository.rollback("quran")


def test_corpora_are_listed_by_name(repository: CorpusRepository) -> None:
    for name in ("b", "A", "ب", "a"):
        repository.install(corpus(name), [])
    assert [info.name for info in repository.corpora()] == ["A", "a", "b", "ب"]


def test_every_field_of_a_document_comes_back_as_it_was(repository: CorpusRepository) -> None:
    document = Document(
        id="2:255",
        corpus="quran",
        reference="البقرة ٢٥٥",
        text="ٱللَّهُ لَآ إِلَـٰهَ إِلَّا هُوَ\r\n\u200f\ufeffe\u0301 😀",
        translation="Allah - there is no deity except Him",
        url="https://tanzil.net/#2:255",
        expansion="آية الكرسي",
        metadata={"surah": 2, "share": 0.5, "sajda": False, "name": "الكرسي", "none": None},
    )
    repository.install(corpus(), [document])
    assert list(repository.documents("quran")) == [document]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, max_size=5))
def test_any_text_round_trips_code_point_by_code_point(repository: CorpusRepository, texts: list[str]) -> None:
    repository.install(corpus(), [passage(str(n), text, expansion=text, metadata={"t": text}) for n, text in enumerate(texts)])
    assert [(d.text, d.expansion, d.metadata["t"]) for d in repository.documents("quran")] == [(t, t, t) for t in texts]


def test_documents_keep_the_order_of_installation_over_many_batches(repository: CorpusRepository) -> None:
    ids = [f"{n * 7919 % 2503}" for n in range(2503)]
    repository.install(corpus(), map(passage, ids))
    assert [document.id for document in repository.documents("quran")] == ids


def test_fetch_returns_the_asked_documents_in_the_asked_order_without_unknown_ones(repository: CorpusRepository) -> None:
    repository.install(corpus(), [passage(str(n)) for n in range(1200)])
    asked = ["7", "1199", "none", "0", *(str(n) for n in range(600, 1200)), "7"]
    assert [document.id for document in repository.fetch("quran", asked)] == [each for each in asked if each != "none"]


def test_fetch_does_not_reach_into_another_corpus(repository: CorpusRepository) -> None:
    repository.install(corpus("a"), [passage("1", corpus="a")])
    assert repository.fetch("b", ["1"]) == []


def test_a_new_generation_replaces_the_old_one_whole(repository: CorpusRepository) -> None:
    repository.install(corpus(version="1"), [passage("1", "old"), passage("2", "old")])
    second = repository.install(corpus(version="2"), [passage("2", "new")])
    assert (second.generation, second.documents, second.version) == (2, 1, "2")
    assert repository.corpora() == [second]
    assert [d.text for d in repository.documents("quran")] == ["new"]
    assert repository.fetch("quran", ["1"]) == []


def test_readers_see_the_old_generation_until_the_new_one_is_complete(repository: CorpusRepository) -> None:
    first = repository.install(corpus(), [passage("1", "old")])
    seen: list[object] = []

    def look_from_another_thread() -> Iterator[Document]:
        for n in range(1500):
            yield passage(str(n), "new")
        looker = threading.Thread(target=lambda: seen.extend([repository.corpora(), list(repository.documents("quran"))]))
        looker.start()
        looker.join()

    repository.install(corpus(), look_from_another_thread())
    assert seen == [[first], [passage("1", "old")]]


def test_a_reader_halfway_is_not_disturbed_by_a_new_generation(repository: CorpusRepository) -> None:
    repository.install(corpus(), [passage(str(n), "old") for n in range(1500)])
    reader = repository.documents("quran")
    first = next(reader)
    repository.install(corpus(), [passage("1", "new")])
    assert [d.text for d in (first, *reader)] == ["old"] * 1500


def test_a_failed_installation_leaves_the_old_generation(repository: CorpusRepository) -> None:
    first = repository.install(corpus(), [passage("1", "old")])

    def breaks() -> Iterator[Document]:
        yield from (passage(str(n)) for n in range(1100))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        repository.install(corpus(version="2"), breaks())
    assert repository.corpora() == [first]
    assert [d.text for d in repository.documents("quran")] == ["old"]


def test_two_documents_with_one_id_are_refused_and_nothing_is_kept(repository: CorpusRepository) -> None:
    with pytest.raises(ConflictError):
        repository.install(corpus(), [passage("1"), passage("1")])
    assert repository.corpora() == []


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udfff"])
def test_what_is_no_text_is_refused(repository: CorpusRepository, text: str) -> None:
    with pytest.raises(UnprocessableError):
        repository.install(corpus(), [passage("1", text)])
    with pytest.raises(UnprocessableError):
        repository.install(corpus(title=text), [])


@pytest.mark.parametrize("value", ["\ud800", float("nan"), float("inf"), ["a"], {"a": 1}])
def test_metadata_that_is_no_plain_value_is_refused(repository: CorpusRepository, value: object) -> None:
    with pytest.raises(UnprocessableError):
        repository.install(corpus(), [passage("1", metadata={"t": value})])


def test_a_document_of_another_corpus_is_refused(repository: CorpusRepository) -> None:
    with pytest.raises(UnprocessableError):
        repository.install(corpus("a"), [passage("1", corpus="b")])


def test_a_removed_corpus_is_gone_and_its_numbers_are_not_given_again(repository: CorpusRepository) -> None:
    repository.install(corpus(), [passage("1")])
    repository.remove("quran")
    assert repository.corpora() == []
    assert repository.fetch("quran", ["1"]) == []
    assert repository.install(corpus(), []).generation == 2


def test_an_unknown_corpus_is_not_found(repository: CorpusRepository) -> None:
    with pytest.raises(NotFoundError):
        repository.remove("none")
    with pytest.raises(NotFoundError):
        repository.documents("none")


def test_installations_of_one_corpus_at_the_same_time_follow_each_other(repository: CorpusRepository) -> None:
    generations: list[int] = []

    def install() -> None:
        generations.append(repository.install(corpus(), [passage(str(n)) for n in range(50)]).generation)

    threads = [threading.Thread(target=install) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(generations) == [1, 2, 3, 4]
    assert len(list(repository.documents("quran"))) == 50


def test_what_is_added_stands_behind_what_is_there_in_the_same_generation(repository: CorpusRepository) -> None:
    first = repository.install(corpus(), [passage("1"), passage("2")])
    extended = repository.extend("quran", (passage(str(n)) for n in range(3, 1_203)))
    assert (extended.generation, extended.documents, repository.corpora()) == (first.generation, 1_202, [extended])
    assert [document.id for document in repository.documents("quran")] == [str(n) for n in range(1, 1_203)]
    assert [document.id for document in repository.documents("quran", first=1_200)] == ["1201", "1202"]


def test_an_id_that_is_there_already_is_not_added_and_nothing_beside_it(repository: CorpusRepository) -> None:
    installed = repository.install(corpus(), [passage("1", "old")])
    with pytest.raises(ConflictError):
        repository.extend("quran", [passage("2"), passage("1", "new")])
    assert (repository.corpora(), [d.text for d in repository.documents("quran")]) == ([installed], ["old"])


def test_nothing_is_added_to_a_corpus_that_is_not_there(repository: CorpusRepository) -> None:
    with pytest.raises(NotFoundError):
        repository.extend("quran", [passage("1")])
