"""A span model that somebody else trained: it marks the words of a claim that its passage does not say. Knows nothing of verdicts.

It is a token classifier as LettuceDetect trains them (Kovács, Recski: "LettuceDetect: a hallucination detection framework for RAG
applications", 2025): passage and claim as one pair, the passage in the words that its training put around a text to be summarised.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

from fanar.attribution.claims.networks import Network
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

LONGEST = 1024
"""Tokens of a passage and a claim."""
_BATCH = 8
_PROMPT = "Summarize the following text:\n{passage}\noutput:"
_UNSAID = ("hallucinated", "hallucination", "unsupported", "label_1")
_UNNAMED = {"label_0": 0, "label_1": 1}  # transformers writes no names that nobody gave
_UNLABELLED = Bilingual(
    "The model that FANAR_ATTRIBUTION__SPANS names does not mark what is unsupported: it does not tell each token one of two labels, of "
    "which one is so named.",
    "النموذج المسمّى في FANAR_ATTRIBUTION__SPANS لا يعلّم ما لا سند له: لا يصنّف كل وحدة بإحدى تسميتين إحداهما بهذا الاسم.",
)

Stretch = tuple[int, int, float]
"""Where words begin and end in a claim, and how probably the passage does not say them."""


class LoadedSpans:
    """Marks claims, one call at a time."""

    def __init__(self, network: Network) -> None:
        """Raises ConfigurationError for a network that does not mark tokens."""
        self._network = network
        labels = self._network.labels or _UNNAMED
        named = [labels[name] for name in _UNSAID if name in labels]
        told = self._network.chances(self._network.encode([("a", "a")])).shape
        if len(told) != 3 or told[-1] != len(labels) or len(labels) != 2 or not named:
            raise ConfigurationError(_UNLABELLED)
        self._unsaid = named[0]

    def mark(self, pairs: Sequence[Sequence[str]]) -> list[tuple[float, list[Stretch]]]:
        """Return for each pair of passage and claim how probably some of the claim is unsaid, and which stretches are more likely so."""
        order = sorted(range(len(pairs)), key=lambda at: sum(map(len, pairs[at])))
        found: dict[int, tuple[float, list[Stretch]]] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            encoded = self._network.encode([(_PROMPT.format(passage=pairs[at][0]), pairs[at][1]) for at in batch])
            chances = self._network.chances(encoded)[:, :, self._unsaid]
            found |= {at: _marked(each, row) for at, each, row in zip(batch, encoded, chances, strict=True)}
        return [found[at] for at in range(len(pairs))]


def _marked(encoded: Encoding, chances: NDArray[np.float32]) -> tuple[float, list[Stretch]]:
    told = [
        (start, end, float(chance))
        for (start, end), part, chance in zip(encoded.offsets, encoded.sequence_ids, chances, strict=True)
        if part == 1 and end > start
    ]
    stretches: list[Stretch] = []
    joins = False
    for start, end, chance in told:
        if chance <= 0.5:
            joins = False
            continue
        first, best = (stretches.pop()[0::2]) if joins else (start, 0.0)
        stretches.append((int(first), end, max(best, chance)))
        joins = True
    return max((chance for _, _, chance in told), default=0.0), stretches
