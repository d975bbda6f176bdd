"""How much of a quotation a passage holds in one stretch of it. Knows nothing of spelling or of what the passage is.

Long passages hold most everyday words somewhere; only words that stand together there say that the passage is what was quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_ROOM = 1.5
_MARGIN = 4


def nearest_stretch(keys: Sequence[int], there: Sequence[int]) -> tuple[int, int]:
    """Return begin and end of the stretch of `there`, hardly longer than `keys`, that holds most of them."""
    width = int(len(keys) * _ROOM) + _MARGIN
    wanted, within = Counter(keys), Counter[int]()
    held = most = end = 0
    for at, key in enumerate(there):
        within[key] += 1
        held += within[key] <= wanted[key]
        if at >= width:
            out = there[at - width]
            held -= within[out] <= wanted[out]
            within[out] -= 1
        if held > most:
            most, end = held, at + 1
    # Words that are only alike may follow the last that is the same.
    return max(end - width, 0), min(end + _MARGIN, len(there))
