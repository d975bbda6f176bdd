"""An entailment model that somebody else trained, run in an owner process. Knows nothing of verdicts or of processes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fanar.attribution.claims.networks import Network
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

LONGEST = 384
"""Tokens of a passage and a claim."""
_BATCH = 16
_UNLABELLED = Bilingual(
    "The model that FANAR_ATTRIBUTION__ENTAILMENT names does not tell entailment from contradiction: its config.json has no such labels.",
    "النموذج المسمّى في FANAR_ATTRIBUTION__ENTAILMENT لا يميّز الاستلزام من التناقض: ليس في config.json هاتان التسميتان.",
)


class LoadedEntailment:
    """Judges pairs of passage and claim, one call at a time."""

    def __init__(self, network: Network) -> None:
        """Raises ConfigurationError for a network that does not tell entailment from contradiction."""
        self._network = network
        self._labels = network.labels
        if not {"entailment", "contradiction"} <= self._labels.keys():
            raise ConfigurationError(_UNLABELLED)

    def judge(self, pairs: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return a row (supported, contradicted, neither) for each pair of passage and claim."""
        if not pairs:
            return np.zeros((0, 3), dtype=np.float32)
        # Pairs of one length together, so that little is computed on padding.
        order = sorted(range(len(pairs)), key=lambda at: sum(map(len, pairs[at])))
        found = np.empty((len(pairs), 3), dtype=np.float32)
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            chances = self._network.chances(self._network.encode([pairs[at] for at in batch]))
            supported, contradicted = (chances[:, self._labels[name]] for name in ("entailment", "contradiction"))
            found[batch] = np.stack([supported, contradicted, 1 - supported - contradicted], axis=1)
        return found
