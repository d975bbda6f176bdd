"""What may be asked how often, in words and as data, and what a count found. Knows nothing of where requests are counted.

Written as operators write it: `50/60` is fifty requests in any sixty seconds, `1000/day` and `20000/month` are quotas of UTC's calendar,
and 0 sets no limit. What is left open is said elsewhere: a key's own words go before a model's, a model's before everybody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError

Period = Literal["day", "month"]
Reason = Literal["rate", "day", "month"]

_RATE = re.compile(r"(\d{1,9})/(\d{1,7})|(0)")
_QUOTA = re.compile(r"(\d{1,12})/(day|month)")
_UNREADABLE = Bilingual(
    "A limit is written like 50/60 (requests in seconds), a quota like 1000/day or 20000/month; 0 sets none.",
    "يُكتب الحد هكذا 50/60 (طلبات في ثوانٍ)، والحصة هكذا 1000/day أو 20000/month؛ والصفر يعني بلا حد.",
)


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `requests` in any `seconds`; 0 requests set no limit."""

    requests: int
    seconds: int

    def __str__(self) -> str:
        """Return it as operators write it."""
        return f"{self.requests}/{self.seconds}"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be asked. None leaves a matter open, 0 sets no limit."""

    rate: Rate | None = None
    daily: int | None = None
    monthly: int | None = None

    def __str__(self) -> str:
        """Return it as operators write it; empty where everything is left open."""
        quotas = ((self.daily, "day"), (self.monthly, "month"))
        return " ".join([*([str(self.rate)] if self.rate else []), *(f"{most}/{period}" for most, period in quotas if most is not None)])

    def otherwise(self, general: Allowance) -> Allowance:
        """Return what is said here, and where nothing is said, what `general` says."""
        return Allowance(
            general.rate if self.rate is None else self.rate,
            general.daily if self.daily is None else self.daily,
            general.monthly if self.monthly is None else self.monthly,
        )

    @property
    def unlimited(self) -> bool:
        """Whether nothing needs to be counted."""
        return not ((self.rate and self.rate.requests) or self.daily or self.monthly)


@dataclass(frozen=True, slots=True)
class Count:
    """What a count found. `counted` requests stand in the window, this one too if it was let in; a refused request is not counted.

    `reset` is the seconds until the oldest of them ages out, `retry_after` those until it is worth asking again.
    """

    counted: int
    reset: int
    refused: Reason | None = None
    retry_after: int = 0


def read_allowance(text: str) -> Allowance:
    """Return what `text` says, such as `50/60 1000/day`. Raises UnprocessableError for what cannot be read or is said twice."""
    rate: Rate | None = None
    quotas: dict[str, int] = {}
    for word in text.split():
        quota, pace = _QUOTA.fullmatch(word), _RATE.fullmatch(word)
        if quota is not None and quota[2] not in quotas:
            quotas[quota[2]] = int(quota[1])
        elif pace is not None and rate is None and (pace[3] or int(pace[2])):
            rate = Rate(0, 1) if pace[3] else Rate(int(pace[1]), int(pace[2]))
        else:
            raise UnprocessableError(_UNREADABLE)
    return Allowance(rate, quotas.get("day"), quotas.get("month"))


def ends(period: Period, now: datetime) -> datetime:
    """Return when the day or month of `now` ends, by UTC's calendar."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1) if period == "day" else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
