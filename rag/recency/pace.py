"""When to look at a source again: soon where much happens, seldom where little does or nothing answers. Knows nothing of fetching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zlib import crc32

from fanar.bilingual import Bilingual
from fanar.news import Look

_SOONER, _LATER = 0.5, 1.5
_FIRST_WAIT = 60.0
_LONGEST_WAIT = 3_600.0
_LONGEST_REST = 86_400.0
_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two looks at a source that answers: no fewer than `shortest`, no more than `longest`."""

    shortest: float = 30.0
    longest: float = 300.0

    def heard(self, look: Look, *, now: datetime, news: bool, rest: float = 0.0, etag: str = "", modified: str = "") -> Look:
        """Return the look after one that succeeded; `news` tells whether there were any, `rest` what the source wants in seconds."""
        before = look.interval or self.longest
        wanted = before * (_SOONER if news else _LATER)
        interval = min(max(wanted, self.shortest, rest), self.longest)
        due = now + timedelta(seconds=interval)
        return Look("working", now, now, due, interval, 0, etag, modified, None)

    def failed(self, look: Look, error: Bilingual, *, now: datetime, url: str, rest: float = 0.0) -> Look:
        """Return the look after one that failed: the wait doubles, and differs a little from that of others that failed at once."""
        wait = min(_FIRST_WAIT * 2 ** min(look.failures, 10), _LONGEST_WAIT)
        wait *= 1 + _SPREAD * (crc32(url.encode()) % 100) / 100
        due = now + timedelta(seconds=max(wait, min(rest, _LONGEST_REST)))
        return replace(look, state="failing", polled=now, due=due, failures=look.failures + 1, error=error)

    @staticmethod
    def gone(look: Look, error: Bilingual, *, now: datetime) -> Look:
        """Return the look after the source said that it is no more: it is not looked at again."""
        return replace(look, state="gone", polled=now, due=None, error=error)


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float:
    """Return how many seconds a server wants to be left in peace, 0 where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal() and said.isascii():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
