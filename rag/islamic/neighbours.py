"""Candidates that stand beside each other and are likely together: the passages that are judged, and shown, as one. Knows no texts.

Neighbouring verses tell one story, and the question's words are often in the verse before the one that answers; read together they answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fanar.scripture.order import Place
from rag.islamic.postings import Floats

MOST_TOGETHER = 5
_LIKELY = 0.85


def passages(places: Sequence[Place], probabilities: Floats) -> list[list[int]]:
    """Return the numbers of the candidates as passages of at most MOST_TOGETHER consecutive verses.

    `probabilities` has one for each of `places`, none of which comes twice. The likeliest passage comes first, and in each the likeliest
    verse. A candidate joins its neighbour when it is nearly as likely as the likeliest of the passage; each belongs to one passage.
    """
    left = {places[at]: int(at) for at in np.argsort(-probabilities, kind="stable")}
    found: list[list[int]] = []
    while left:
        first = next(iter(left.values()))
        members = _grown(places[first], left, probabilities)
        found.append(sorted(members, key=lambda at: -probabilities[at]))
        for at in members:
            del left[places[at]]
    return found


def _grown(place: Place, left: dict[Place, int], probabilities: Floats) -> list[int]:
    surah, first = place
    last = first
    least = _LIKELY * probabilities[left[place]]
    while last - first + 1 < MOST_TOGETHER:
        beside = [left[near] for near in ((surah, first - 1), (surah, last + 1)) if near in left]
        likely = max(beside, key=lambda at: probabilities[at], default=None)
        if likely is None or probabilities[likely] < least:
            break
        first, last = (first - 1, last) if left.get((surah, first - 1)) == likely else (first, last + 1)
    return [left[surah, ayah] for ayah in range(first, last + 1)]
