"""What every Embedder keeps to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fanar.protocols import Embedder
from rag.embedders import CorpusEmbedder, EmbedderShape
from rag.training import train_embedder

TEXTS = [
    "صيام المسافر والمريض في رمضان",
    "fasting of the traveller in Ramadan",
    "الصلاة والزكاة",
    "prayer and alms",
    "الميراث والوصية",
    "صيام رمضان fasting Ramadan",
]


def _trained(_folder: Path) -> CorpusEmbedder:
    return train_embedder(TEXTS, shape=EmbedderShape(dimensions=4, buckets=512))


def _loaded(folder: Path) -> CorpusEmbedder:
    trained = _trained(folder)
    trained.save(folder / "embedder")
    return CorpusEmbedder.load(folder / "embedder", fingerprint=trained.fingerprint)


EMBEDDERS = {"trained": _trained, "loaded": _loaded}


@pytest.fixture(params=EMBEDDERS)
def embedder(request: pytest.FixtureRequest, tmp_path: Path) -> Embedder:
    return EMBEDDERS[request.param](tmp_path)


def test_vectors_have_unit_length_and_the_stated_shape(embedder: Embedder) -> None:
    found = embedder.embed_documents(TEXTS)
    assert found.shape == (len(TEXTS), embedder.dimensions)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert embedder.embed_query("صيام").shape == (1, embedder.dimensions)


@pytest.mark.parametrize("text", ["", "؟!", "qwxz vvkk", "\ud800", "\x00", "ا" * 100_000])
def test_text_of_which_nothing_is_known_gets_a_vector_too(embedder: Embedder, text: str) -> None:
    assert np.linalg.norm(embedder.embed_query(text)) == pytest.approx(1.0, abs=1e-5)
    assert np.linalg.norm(embedder.embed_documents([text])) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_documents([]).shape == (0, embedder.dimensions)


def test_a_text_is_nearest_to_itself(embedder: Embedder) -> None:
    passages = embedder.embed_documents(TEXTS)
    assert int(np.argmax(passages @ embedder.embed_query(TEXTS[4])[0])) == 4


def test_the_same_text_gives_the_same_vector(embedder: Embedder) -> None:
    assert np.array_equal(embedder.embed_query("صيام رمضان"), embedder.embed_query("صيام رمضان"))


def test_the_fingerprint_stays(embedder: Embedder) -> None:
    assert embedder.fingerprint == embedder.fingerprint
    assert embedder.fingerprint.isascii()
