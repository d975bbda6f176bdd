from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fanar.documents import Document
from fanar.errors import IndexMismatchError, StorageError
from rag.embedders import CorpusEmbedder, EmbedderShape, embedding_text
from rag.ingest.expansion import Expansion, Heading
from rag.ingest.trainers import train_apart
from rag.training import main, train_embedder
from tests.timing import cpu_seconds

SHAPE = EmbedderShape(dimensions=8, buckets=1024)
# Verses beside their headings, as they are indexed: what stands together comes to lie together.
TEXTS = [
    f"{verse}\n{heading}"
    for verse, heading in (
        ("فمن كان منكم مريضا أو على سفر فعدة من أيام أخر", "fasting of travellers صيام المسافر"),
        ("إنما الخمر والميسر والأنصاب والأزلام رجس", "wine and gambling الخمر والقمار"),
        ("يوصيكم الله في أولادكم للذكر مثل حظ الأنثيين", "inheritance of children ميراث الأولاد"),
        ("وأقيموا الصلاة وآتوا الزكاة", "prayer and alms الصلاة والزكاة"),
        ("وشاورهم في الأمر", "consultation الشورى"),
    )
]


def nearest(embedder: CorpusEmbedder, question: str) -> int:
    return int(np.argmax(embedder.embed_documents(TEXTS) @ embedder.embed_query(question)[0]))


@pytest.mark.parametrize(("question", "place"), [("fasting when travelling", 0), ("القمار", 1), ("inherit", 2), ("الشورى", 4)])
def test_a_heading_in_either_language_leads_to_its_verse(question: str, place: int) -> None:
    assert nearest(train_embedder(TEXTS, shape=SHAPE), question) == place


def test_the_same_texts_give_the_same_weights() -> None:
    assert train_embedder(TEXTS, shape=SHAPE).fingerprint == train_embedder(TEXTS, shape=SHAPE).fingerprint


def test_other_texts_give_another_fingerprint() -> None:
    assert train_embedder(TEXTS, shape=SHAPE).fingerprint != train_embedder(TEXTS[:4], shape=SHAPE).fingerprint


@pytest.mark.parametrize("texts", [["واحد"], ["", ""], ["same", "same", "same"]])
def test_hardly_any_text_trains_too(texts: list[str]) -> None:
    embedder = train_embedder(texts, shape=SHAPE)
    assert 1 <= embedder.dimensions <= SHAPE.dimensions
    assert np.isfinite(embedder.embed_query("واحد")).all()


def test_what_was_saved_embeds_the_same(tmp_path: Path) -> None:
    trained = train_embedder(TEXTS, shape=SHAPE)
    trained.save(tmp_path / "embedder")
    loaded = CorpusEmbedder.load(tmp_path / "embedder", fingerprint=trained.fingerprint)
    assert np.array_equal(loaded.embed_query("الخمر"), trained.embed_query("الخمر"))


def test_other_weights_than_the_named_are_refused(tmp_path: Path) -> None:
    train_embedder(TEXTS, shape=SHAPE).save(tmp_path / "embedder")
    with pytest.raises(IndexMismatchError, match="reindex"):
        CorpusEmbedder.load(tmp_path / "embedder", fingerprint="0" * 32)


def _emptied(part: str) -> Callable[[Path], object]:
    return lambda folder: (folder / part).write_bytes(b"")


def _cut(folder: Path) -> None:
    path = folder / "projection.npy"
    path.write_bytes(path.read_bytes()[:-1])


def _pickled(folder: Path) -> None:
    np.save(folder / "idf.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)


@pytest.mark.parametrize("spoil", [shutil.rmtree, _emptied("idf.npy"), _emptied("projection.npy"), _cut, _pickled])
def test_weights_that_are_missing_broken_or_pickled_are_refused(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    folder = tmp_path / "embedder"
    train_embedder(TEXTS, shape=SHAPE).save(folder)
    spoil(folder)
    with pytest.raises(IndexMismatchError):
        CorpusEmbedder.load(folder)


def test_a_document_stands_before_the_embedder_with_translation_and_headings() -> None:
    document = Document(
        id="1",
        corpus="c",
        reference="r",
        text="ٱلصَّلَوٰة",
        translation="prayer",
        expansion=Expansion("الصلاة", (Heading("ar", "العبادة"),)).encoded(),
    )
    assert embedding_text(document).split("\n") == ["الصلاة", "prayer", "العبادة"]


def test_a_query_costs_in_step_with_its_length() -> None:
    embedder = train_embedder(TEXTS, shape=SHAPE)

    words = [f"كلمة{number}" for number in range(20_000)]
    short, long = " ".join(words[:2_000]), " ".join(words)
    small, large = (cpu_seconds(lambda text=text: embedder.embed_query(text)) for text in (short, long))
    assert large < 40 * max(small, 1e-3)


async def test_training_apart_gives_the_same_weights(tmp_path: Path) -> None:
    await train_apart(TEXTS, SHAPE, tmp_path / "embedder")
    assert CorpusEmbedder.load(tmp_path / "embedder").fingerprint == train_embedder(TEXTS, shape=SHAPE).fingerprint


async def test_training_that_fails_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        await train_apart(TEXTS, SHAPE, tmp_path / "no folder" / "embedder")


def test_the_program_reads_texts_and_writes_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = tmp_path / "texts"
    texts.write_text("\n".join(map(json.dumps, TEXTS)), encoding="utf-8")
    with texts.open(encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        main(["--output", str(tmp_path / "embedder"), "--dimensions", "8", "--buckets", "1024"])
    assert CorpusEmbedder.load(tmp_path / "embedder").fingerprint == train_embedder(TEXTS, shape=SHAPE).fingerprint


def test_what_embeds_questions_needs_no_scipy() -> None:
    check = "import sys, rag.retrievers.hybrid, rag.ingest.corpora; sys.exit('scipy' in sys.modules or 'langchain_core' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_weights_that_lie_column_by_column_are_found_again(tmp_path: Path) -> None:
    rows = np.random.default_rng(0).standard_normal((16, 4)).astype(np.float16)
    embedder = CorpusEmbedder(idf=np.ones(16, dtype=np.float32), projection=np.asfortranarray(rows))
    embedder.save(tmp_path / "weights")
    assert CorpusEmbedder.load(tmp_path / "weights", fingerprint=embedder.fingerprint).dimensions == 4
