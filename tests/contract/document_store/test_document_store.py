"""What every DocumentStore keeps to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fanar.errors import ConflictError, IndexMismatchError, NotFoundError, UnprocessableError
from fanar.protocols import DocumentStore, Vectors
from rag.stores.chroma import open_chroma
from rag.stores.memory import MemoryStore
from rag.stores.owned import OwnedStore
from tests.unit.rag.library import WiredCaller

STORES = {"memory": lambda _folder: MemoryStore(), "chroma": lambda folder: OwnedStore(owner=WiredCaller(open_chroma(folder=str(folder))))}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentStore:
    return STORES[request.param](tmp_path / "chroma")


def vectors(*rows: tuple[float, ...]) -> Vectors:
    return np.array(rows, dtype=np.float32)


EAST, NORTH, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


async def _filled(store: DocumentStore) -> None:
    await store.create("c-1", fingerprint="f", dimensions=3)
    await store.add(
        "c-1",
        ["east", "north", "up"],
        vectors(EAST, NORTH, UP),
        [{"surah": 1, "kind": "a"}, {"surah": 2, "kind": "a"}, {"surah": 2, "kind": "b"}],
    )


async def test_the_nearest_comes_first_with_its_cosine(store: DocumentStore) -> None:
    await _filled(store)
    found = await store.search("c-1", vectors((0.8, 0.6, 0.0)), fingerprint="f", top_k=2)
    assert [id_ for id_, _ in found] == ["east", "north"]
    assert [score for _, score in found] == pytest.approx([0.8, 0.6], abs=1e-5)


async def test_more_than_there_are_gives_all(store: DocumentStore) -> None:
    await _filled(store)
    assert len(await store.search("c-1", vectors(EAST), fingerprint="f", top_k=50)) == 3


async def test_filters_hold_together(store: DocumentStore) -> None:
    await _filled(store)
    one = await store.search("c-1", vectors(EAST), fingerprint="f", top_k=5, filters={"surah": 2})
    both = await store.search("c-1", vectors(EAST), fingerprint="f", top_k=5, filters={"surah": 2, "kind": "b"})
    assert {id_ for id_, _ in one} == {"north", "up"}
    assert [id_ for id_, _ in both] == ["up"]


async def test_a_filter_may_name_several_texts_of_which_any_will_do(store: DocumentStore) -> None:
    await _filled(store)
    any_of = await store.search("c-1", vectors(EAST), fingerprint="f", top_k=5, filters={"kind": ("b", "c")})
    none = await store.search("c-1", vectors(EAST), fingerprint="f", top_k=5, filters={"kind": ("c",)})
    assert ([id_ for id_, _ in any_of], none) == (["up"], [])


async def test_an_empty_collection_finds_nothing(store: DocumentStore) -> None:
    await store.create("c-1", fingerprint="f", dimensions=3)
    assert await store.search("c-1", vectors(EAST), fingerprint="f", top_k=5) == []
    assert await store.count("c-1") == 0


async def test_adding_an_id_again_replaces_it(store: DocumentStore) -> None:
    await _filled(store)
    await store.add("c-1", ["east"], vectors(UP), [{}])
    assert await store.count("c-1") == 3
    found = await store.search("c-1", vectors(EAST), fingerprint="f", top_k=3)
    assert dict(found)["east"] == pytest.approx(0.0, abs=1e-5)


async def test_adding_nothing_is_no_error(store: DocumentStore) -> None:
    await _filled(store)
    await store.add("c-1", [], np.zeros((0, 3), np.float32), [])
    assert await store.count("c-1") == 3


async def test_more_than_one_batch_is_added_whole(store: DocumentStore) -> None:
    await store.create("c-1", fingerprint="f", dimensions=3)
    rows = np.random.default_rng(1).standard_normal((6_000, 3)).astype(np.float32)
    await store.add("c-1", [str(number) for number in range(len(rows))], rows, [{"n": number} for number in range(len(rows))])
    assert await store.count("c-1") == len(rows)


async def test_another_embedders_query_is_refused(store: DocumentStore) -> None:
    await _filled(store)
    with pytest.raises(IndexMismatchError, match="reindex"):
        await store.search("c-1", vectors(EAST), fingerprint="g", top_k=1)
    with pytest.raises(IndexMismatchError):
        await store.search("c-1", vectors((1.0, 0.0)), fingerprint="f", top_k=1)


async def test_vectors_of_another_length_are_refused(store: DocumentStore) -> None:
    await _filled(store)
    with pytest.raises(IndexMismatchError):
        await store.add("c-1", ["x"], vectors((1.0, 0.0)), [{}])


async def test_an_uneven_batch_is_refused(store: DocumentStore) -> None:
    await _filled(store)
    with pytest.raises(UnprocessableError):
        await store.add("c-1", ["x", "y"], vectors(EAST), [{}])
    with pytest.raises(UnprocessableError):
        await store.add("c-1", ["x", "x"], vectors(EAST, UP), [{}, {}])
    assert await store.count("c-1") == 3


async def test_a_collection_is_created_once(store: DocumentStore) -> None:
    await _filled(store)
    with pytest.raises(ConflictError):
        await store.create("c-1", fingerprint="f", dimensions=3)


async def test_an_unknown_collection_is_named_as_missing(store: DocumentStore) -> None:
    with pytest.raises(NotFoundError):
        await store.add("none", ["x"], vectors(EAST), [{}])
    with pytest.raises(NotFoundError):
        await store.search("none", vectors(EAST), fingerprint="f", top_k=1)
    with pytest.raises(NotFoundError):
        await store.count("none")


async def test_what_is_deleted_is_found_no_more(store: DocumentStore) -> None:
    await _filled(store)
    await store.delete("c-1", ["east", "never there"])
    assert {id_ for id_, _ in await store.search("c-1", vectors(EAST), fingerprint="f", top_k=3)} == {"north", "up"}
    await store.delete("c-1")
    with pytest.raises(NotFoundError):
        await store.count("c-1")


async def test_deleting_what_is_not_there_is_no_error(store: DocumentStore) -> None:
    await store.delete("none")
    await store.delete("none", ["x"])
