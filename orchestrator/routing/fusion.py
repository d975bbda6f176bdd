"""Joins what an encoder makes of a prompt with what the n-grams make of it. Knows nothing of how embeddings are computed.

The encoder's head is linear over embeddings. Both judgements are mixed by their logarithms, by a share that was fitted on prompts
which neither had learned from, so an encoder that knows less has less to say.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.events import Route
from orchestrator.routing.classifier import SHIPPED, Classification
from orchestrator.routing.features import VERSION, clip
from orchestrator.routing.own import card_path, read_card

_log = logging.getLogger(__name__)

_LEAST = 1e-9
_MOST_WAITING = 32
_SECONDS = 1.0
_UNFITTED = Bilingual(
    "FANAR_ROUTING__ENCODER is set, but what it routes by is not fitted for this encoder and version: run `fanar route fit`.",
    "ضُبط FANAR_ROUTING__ENCODER لكن التوجيه به لم يُدرَّب لهذا المُرمِّز وهذا الإصدار: شغّل `fanar route fit`.",
)


class Encodes(Protocol):
    """What turns texts into vectors."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of unit length for each text, always of the same number of columns."""
        ...


@dataclass(frozen=True, slots=True)
class EncoderHead:
    """A linear model over embeddings: `weights` have a row for each dimension and a column for each route.

    `share` is its part in the mix, from 0 to 1; `temperature` that of the mixture.
    """

    routes: tuple[Route, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    share: float
    temperature: float

    def mix(self, known: NDArray[np.float64], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probabilities of the routes, row by row, from those that n-grams give and from the embeddings."""
        return mixed(known, vectors @ self.weights + self.bias, share=self.share, temperature=self.temperature)


def mixed(known: NDArray[np.float64], scores: NDArray[np.floating], *, share: float, temperature: float) -> NDArray[np.float64]:
    """Return the logarithmic mixture of probabilities and an encoder's scores: a row for each prompt, a column for each route."""
    own = scores - scores.max(axis=1, keepdims=True)
    own = own - np.log(np.exp(own).sum(axis=1, keepdims=True))
    both = ((1 - share) * np.log(np.maximum(known, _LEAST)) + share * np.maximum(own, np.log(_LEAST))) / temperature
    powers = np.exp(both - both.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def as_read(text: str, previous: str) -> str:
    """Return what the encoder reads of a turn and of the user's turn before it."""
    return f"{clip(previous)}\n{clip(text)}" if previous else clip(text)


class EncodedOpinion:
    """Asks the encoder beside the event loop, one prompt at a time.

    Where too many wait, it takes too long or it fails, the n-grams decide alone.
    """

    def __init__(self, *, encoder: Encodes, head: EncoderHead, seconds: float = _SECONDS, waiting: int = _MOST_WAITING) -> None:
        self._encoder = encoder
        self._head = head
        self._seconds = seconds
        self._most = waiting
        self._waiting = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="routing-encoder")

    async def join(self, judged: Classification, text: str, previous: str = "") -> Classification:
        """Return `judged` with the encoder's opinion in it, or as it is when the encoder cannot say in time."""
        if self._waiting >= self._most or not text.strip():
            return judged
        self._waiting += 1
        asked = self._thread.submit(self._encoder.embed, [as_read(text, previous)])
        try:
            # What has not begun when the time is over never will.
            vectors = await asyncio.wait_for(asyncio.wrap_future(asked), self._seconds)
        except TimeoutError:
            return judged
        except (RuntimeError, ValueError, OSError):
            # What torch and tokenizers raise; the prompt has a route without them.
            _log.warning("the routing encoder failed; n-grams alone decide", exc_info=True)
            return judged
        finally:
            self._waiting -= 1
        known = np.array([[judged.probability(route) for route in self._head.routes]])
        found = zip(self._head.routes, self._head.mix(known, vectors)[0].tolist(), strict=True)
        return replace(judged, ranked=tuple(sorted(found, key=itemgetter(1), reverse=True)))


def fingerprint(source: str, dimensions: int) -> str:
    """Return what a head belongs to: the encoder, the features and the prompts of this version."""
    return f"{source} {dimensions} {VERSION} {read_card(card_path(SHIPPED)).get('data')}"


def save_encoder_head(path: Path, head: EncoderHead, *, fingerprint: str) -> None:
    """Write `head` for the encoder and version that `fingerprint` names."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = path.with_name("waiting-encoder.npz")
    np.savez(
        waiting,
        fingerprint=np.array(fingerprint),
        routes=np.array([route.value for route in head.routes]),
        weights=head.weights,
        bias=head.bias,
        share=np.array(head.share),
        temperature=np.array(head.temperature),
    )
    waiting.replace(path)


def load_encoder_head(path: Path, *, fingerprint: str) -> EncoderHead:
    """Load what was fitted. Raises ConfigurationError where nothing was, or for another encoder or version."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            if str(stored["fingerprint"]) != fingerprint:
                raise ConfigurationError(_UNFITTED)
            return EncoderHead(
                routes=tuple(Route(str(route)) for route in stored["routes"]),
                weights=stored["weights"].astype(np.float32),
                bias=stored["bias"].astype(np.float32),
                share=float(stored["share"]),
                temperature=float(stored["temperature"]),
            )
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as cause:
        raise ConfigurationError(_UNFITTED) from cause
