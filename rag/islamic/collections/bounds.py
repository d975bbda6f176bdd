"""How far the grounds may be trusted, as measured on questions of our own over real collections. Knows no passage.

Collections are the user's, so no confidence can be trained on them. A ground decides instead: it was right `right` times out of the `shown`
times that it or a surer one showed something, and counts only where the lower end of that share's 95 % interval (Wilson) is at least
LEAST. For law, of which no open collection is at hand, general paragraphs under questions were measured.
`python -m tests.benchmarks.collections --write` measures and writes the table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from typing import get_args

from rag.islamic.collections.judging import GROUNDS, Ground, Kind

LEAST = 0.75
"""What the lower end must reach."""
FOLDER, FILE = "rag.islamic.collections", "bounds.json"
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Bound:
    """How often a ground, or a surer one, was right when it showed something."""

    right: int
    shown: int

    @property
    def precision(self) -> float:
        """The share that was right."""
        return self.right / self.shown if self.shown else 0.0

    @property
    def least(self) -> float:
        """The lower end of its 95 % interval."""
        if not self.shown:
            return 0.0
        share, spread = self.precision, _Z * _Z / self.shown
        return (share + spread / 2 - _Z * sqrt((share * (1 - share) + spread / 4) / self.shown)) / (1 + spread)

    @property
    def holds(self) -> bool:
        """Whether the ground may decide."""
        return self.least >= LEAST


Bounds = Mapping[Kind, Mapping[Ground, Bound]]
"""The bound of each ground, for hadith and for books of law."""


@lru_cache(maxsize=1)
def load_bounds() -> Bounds:
    """Read the bounds that ship with the platform."""
    stored = json.loads((files(FOLDER) / FILE).read_text(encoding="utf-8"))
    return {kind: accumulated({ground: Bound(**stored[kind][ground]) for ground in GROUNDS}) for kind in get_args(Kind)}


def accumulated(measured: Mapping[Ground, Bound]) -> Mapping[Ground, Bound]:
    """Return for each ground the bound of all that it or a surer one shows: who goes as far as a ground has that many right."""
    found: dict[Ground, Bound] = {}
    right = shown = 0
    for ground in GROUNDS:
        right, shown = right + measured[ground].right, shown + measured[ground].shown
        found[ground] = Bound(right, shown)
    return found
