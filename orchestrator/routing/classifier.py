"""The router's linear models: hashed features in, calibrated probabilities out. Knows nothing of rules, policy, or how it was fitted.

Three heads share the features: the route of a prompt, the intent of an Islamic one, the tier (star or prime) of a general one. A head is
a table of rows, one for each bucket, in half precision; a score is the sum of a prompt's rows, so numpy is all it takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.events import Route
from orchestrator.routing import openings
from orchestrator.routing.concepts import load_concepts
from orchestrator.routing.features import BUCKETS, VERSION, FeatureExtractor, Features

SHIPPED = Path(__file__).with_name("weights.npz")
HEADS = ("route", "intent", "tier")


@dataclass(frozen=True, slots=True)
class Head:
    """One linear model. A small table folds the buckets: its size divides theirs."""

    labels: tuple[str, ...]
    table: NDArray[np.float32] | NDArray[np.float16]
    bias: NDArray[np.float32]
    temperature: float

    def probabilities(self, features: Features) -> list[float]:
        """Return the probability of each label, in the order of `labels`."""
        buckets = features.buckets if len(self.table) == BUCKETS else features.buckets & (len(self.table) - 1)
        rows = self.table.take(buckets, axis=0).astype(np.float32, copy=False)
        # Not `@`: for long prompts BLAS would wake its threads, which takes longer than the sum.
        scores = np.einsum("i,ij->j", features.values, rows) + self.bias
        # Labels are few: plain numbers are faster than arrays from here on.
        listed = scores.tolist()
        best = max(listed)
        powers = [math.exp((score - best) / self.temperature) for score in listed]
        total = sum(powers)
        return [power / total for power in powers]

    def best(self, features: Features) -> tuple[str, float]:
        """Return the most probable label, and how probable it is."""
        return max(zip(self.labels, self.probabilities(features), strict=True), key=itemgetter(1))


@dataclass(frozen=True, slots=True)
class Classification:
    """What the models say of one prompt: routes with their probabilities, best first, and its features for the other heads."""

    ranked: tuple[tuple[Route, float], ...]
    features: Features

    def probability(self, route: Route) -> float:
        """Return the probability of one route."""
        return dict(self.ranked)[route]


class RouteClassifier:
    """Says where a prompt probably belongs."""

    def __init__(self, *, extractor: FeatureExtractor, heads: Mapping[str, Head]) -> None:
        self._extractor = extractor
        self._heads = heads
        self._routes = tuple(Route(label) for label in heads["route"].labels)

    def classify(self, text: str, previous: str = "") -> Classification:
        """Judge `text` in the light of the `previous` user turn."""
        features = self._extractor.extract(text, previous)
        probabilities = self._heads["route"].probabilities(features)
        ranked = sorted(zip(self._routes, probabilities, strict=True), key=itemgetter(1), reverse=True)
        return Classification(tuple(ranked), features)

    def intent(self, features: Features) -> str:
        """Return the probable intent of an Islamic prompt."""
        return self._heads["intent"].best(features)[0]

    def tier(self, features: Features) -> tuple[str, float]:
        """Return whether a general prompt is one for "star" or "prime", and how probably."""
        return self._heads["tier"].best(features)


def load_classifier(path: Path = SHIPPED) -> RouteClassifier:
    """Load fitted weights. Raises ConfigurationError when they are missing, damaged, or made for other features."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            if int(stored["version"]) != VERSION:
                raise _unusable()
            heads = {name: _head(stored, name) for name in HEADS}
            words = str(stored["words"]).split() if "words" in stored else ()
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as cause:
        raise _unusable() from cause
    concepts = load_concepts()
    concepts.warm(words)
    openings.warm(words)
    return RouteClassifier(extractor=FeatureExtractor(concepts=concepts), heads=heads)


def save_heads(path: Path, heads: Mapping[str, Head], *, words: Iterable[str] = ()) -> None:
    """Write `heads` as one file, rows of zeros left out, and the words that are often read."""
    arrays: dict[str, NDArray[np.generic]] = {"version": np.array(VERSION), "words": np.array(" ".join(words))}
    for name, head in heads.items():
        used = np.flatnonzero(head.table.any(axis=1)).astype(np.int32)
        steps = np.diff(used, prepend=0)
        arrays |= {
            f"{name}_labels": np.array(head.labels),
            f"{name}_size": np.array(len(head.table)),
            # Steps are small where indexes are not: nearly always two bytes do.
            f"{name}_used": steps.astype(np.uint16 if steps.max(initial=0) < 2**16 else np.int32),
            f"{name}_rows": head.table[used].astype(np.float16),
            f"{name}_bias": head.bias,
            f"{name}_temperature": np.array(head.temperature),
        }
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def _head(stored: Mapping[str, NDArray[np.generic]], name: str) -> Head:
    size = int(stored[f"{name}_size"])
    if size <= 0 or BUCKETS % size:
        raise _unusable()
    labels = tuple(str(label) for label in stored[f"{name}_labels"])
    # Half precision here too: half the memory, and half of it to be fetched for each prompt.
    table = np.zeros((size, len(labels)), dtype=np.float16)
    table[np.cumsum(stored[f"{name}_used"].astype(np.int64))] = stored[f"{name}_rows"]
    return Head(labels, table, stored[f"{name}_bias"].astype(np.float32), float(stored[f"{name}_temperature"]))


def _unusable() -> ConfigurationError:
    return ConfigurationError(
        Bilingual(
            "The router's weights are missing or of another version: run `python -m orchestrator.routing.fit`.",
            "أوزان الموجّه مفقودة أو من إصدار آخر: شغّل ‎python -m orchestrator.routing.fit.",
        )
    )
