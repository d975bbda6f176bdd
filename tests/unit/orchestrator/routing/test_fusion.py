"""What an encoder adds to the n-grams, and what happens when it cannot."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fanar.errors import ConfigurationError
from fanar.events import Route
from orchestrator.routing.classifier import Classification
from orchestrator.routing.features import Features
from orchestrator.routing.fusion import EncodedOpinion, EncoderHead, as_read, load_encoder_head, mixed, save_encoder_head

ROUTES = (Route.GENERAL, Route.ISLAMIC)
NOTHING = Features(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
UNSURE = Classification(((Route.GENERAL, 0.6), (Route.ISLAMIC, 0.4)), NOTHING)


class KnownEncoder:
    """Says 1 of every text that speaks of fasting, else -1. Waits for `gate` where it has one."""

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.read: list[str] = []
        self._gate = gate

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._gate:
            self._gate.wait(10)
        self.read += texts
        return np.array([[1.0 if "صيام" in text else -1.0] for text in texts], dtype=np.float32)


def head(share: float = 0.5) -> EncoderHead:
    weights = np.array([[-2.0, 2.0]], dtype=np.float32)
    return EncoderHead(ROUTES, weights, np.zeros(2, dtype=np.float32), share, 1.0)


async def test_an_encoder_that_is_surer_decides() -> None:
    opinion = EncodedOpinion(encoder=KnownEncoder(), head=head())
    islamic = await opinion.join(UNSURE, "صيام المسافر")
    general = await opinion.join(UNSURE, "سفر المسافر")
    assert (islamic.ranked[0][0], general.ranked[0][0]) == (Route.ISLAMIC, Route.GENERAL)
    assert sum(probability for _, probability in islamic.ranked) == pytest.approx(1)


async def test_an_encoder_without_a_share_changes_nothing() -> None:
    joined = await EncodedOpinion(encoder=KnownEncoder(), head=head(share=0.0)).join(UNSURE, "صيام المسافر")
    assert [route for route, _ in joined.ranked] == [Route.GENERAL, Route.ISLAMIC]
    assert joined.probability(Route.GENERAL) == pytest.approx(0.6)


async def test_the_turn_before_is_read_too() -> None:
    encoder = KnownEncoder()
    await EncodedOpinion(encoder=encoder, head=head()).join(UNSURE, "وللمريض؟", "ما حكم صيام المسافر؟")
    assert encoder.read == [as_read("وللمريض؟", "ما حكم صيام المسافر؟")]
    assert "صيام" in encoder.read[0]


async def test_nothing_written_is_not_embedded() -> None:
    encoder = KnownEncoder()
    assert await EncodedOpinion(encoder=encoder, head=head()).join(UNSURE, " ") is UNSURE
    assert encoder.read == []


async def test_where_it_takes_too_long_or_too_many_wait_the_n_grams_decide_alone() -> None:
    gate = threading.Event()
    slow = EncodedOpinion(encoder=KnownEncoder(gate), head=head(), seconds=0.01, waiting=1)
    full = EncodedOpinion(encoder=KnownEncoder(), head=head(), waiting=0)
    try:
        assert await slow.join(UNSURE, "صيام المسافر") is UNSURE
        assert await full.join(UNSURE, "صيام المسافر") is UNSURE
    finally:
        gate.set()


async def test_where_the_encoder_fails_the_n_grams_decide_alone(caplog: pytest.LogCaptureFixture) -> None:
    class FailingEncoder:
        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise RuntimeError("out of memory")

    assert await EncodedOpinion(encoder=FailingEncoder(), head=head()).join(UNSURE, "صيام المسافر") is UNSURE
    assert "the routing encoder failed" in caplog.text


def test_a_mixture_is_the_n_grams_at_no_share_and_the_encoder_at_the_whole() -> None:
    known, scores = np.array([[0.7, 0.3]]), np.log(np.array([[0.2, 0.8]]))
    assert mixed(known, scores, share=0.0, temperature=1.0) == pytest.approx(known)
    assert mixed(known, scores, share=1.0, temperature=1.0) == pytest.approx(np.exp(scores))


def test_a_head_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "routing" / "encoder.npz"
    save_encoder_head(path, head(), fingerprint="mine 1")
    read = load_encoder_head(path, fingerprint="mine 1")
    assert (read.routes, read.share, read.temperature) == (ROUTES, 0.5, 1.0)
    assert read.weights.tolist() == head().weights.tolist()


@pytest.mark.parametrize("written", [None, b"noise", "another 1"])
def test_a_head_that_is_missing_damaged_or_for_another_encoder_names_the_command(tmp_path: Path, written: bytes | str | None) -> None:
    path = tmp_path / "encoder.npz"
    if isinstance(written, bytes):
        path.write_bytes(written)
    elif written:
        save_encoder_head(path, head(), fingerprint=written)
    with pytest.raises(ConfigurationError) as raised:
        load_encoder_head(path, fingerprint="mine 1")
    assert "fanar route fit" in raised.value.message.en
