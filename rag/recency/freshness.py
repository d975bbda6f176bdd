"""How much an article's age counts against it, and how much the time that a question names. Knows nothing of words.

Both are soft: an old article that says exactly what is asked outlasts a new one that hardly does, and what was published a little outside
the time that a question names may still report on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rag.recency.dates.periods import Interval

_PRESENT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Decay:
    """`floor` plus what halves every `half_life`; outside a named time `outside` plus what halves by distance, faster before than after it.

    `half_life` and `floor` are those of the grid in `tests.benchmarks.recency` that serve the questions of its earlier months best; what
    counts outside a named time is chosen by hand.
    """

    half_life: timedelta = timedelta(days=30)
    floor: float = 0.5
    outside: float = 0.25
    before: timedelta = timedelta(days=1)
    after: timedelta = timedelta(days=3)

    def of_age(self, age: timedelta) -> float:
        """Return the weight of an article of this age; what lies ahead is new."""
        return self.floor + (1 - self.floor) * _halved(age, self.half_life)

    def of_distance(self, published: datetime, interval: Interval) -> float:
        """Return the weight of an article for a question about a time."""
        early = interval.start is not None and published < interval.start
        return self.outside + (1 - self.outside) * _halved(interval.distance(published), self.before if early else self.after)


DECAY = Decay()


def timeliness(published: datetime, *, moment: datetime, intervals: Sequence[Interval], decay: Decay = DECAY) -> float:
    """Return in (0, 1] how well the time of an article suits a question asked at `moment` about `intervals`.

    A stretch that goes on now and is longer than two days says no more than "of late".
    """
    named = [interval for interval in intervals if not _goes_on(interval, moment)]
    by_age = decay.of_age(moment - published)
    if not named:
        return by_age
    return max(decay.of_distance(published, interval) for interval in named) * (by_age if all(each.end is None for each in named) else 1.0)


def _goes_on(interval: Interval, moment: datetime) -> bool:
    if not interval.holds(moment):
        return False
    return interval.start is None or moment - interval.start > _PRESENT


def _halved(elapsed: timedelta, half_life: timedelta) -> float:
    return float(0.5 ** (max(timedelta(), elapsed) / half_life))
