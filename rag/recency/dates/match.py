"""What was understood at a place of a text. Knows neither words nor calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rag.recency.dates.periods import Asked, Period
from rag.recency.dates.tokens import Words


@dataclass(frozen=True, slots=True)
class Match:
    """A period and the place after its words. A `weak` one is time only where the words before it say so.

    Of a `moment`, such as a time of the clock, the period is what begins with it.
    """

    period: Period
    end: int
    weak: bool = False
    moment: bool = False

    @property
    def over(self) -> datetime | None:
        """When it is over, for what comes after it."""
        return self.period.start if self.moment else self.period.end


Reader = Callable[[Words, int, Asked], Match | None]


def longest_of(readers: tuple[Reader, ...], words: Words, place: int, asked: Asked) -> Match | None:
    """Return what the reader that understands most words makes of a place; the earlier one among equals."""
    found = [match for reader in readers if (match := reader(words, place, asked)) is not None]
    return max(found, key=lambda match: match.end, default=None)
