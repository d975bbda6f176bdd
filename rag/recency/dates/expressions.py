"""Finds the expressions of time in a question and says which instants each means. Knows nothing of articles.

Weeks begin on Sunday where Arabic is spoken of and on Monday in English, unless the caller says otherwise. A day, month or weekday
without a year is the latest that has begun, unless the words point ahead: people ask about what has happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from fanar.errors import UnprocessableError
from rag.recency.dates import lexicon
from rag.recency.dates.match import Match
from rag.recency.dates.named import read_named
from rag.recency.dates.periods import MONDAY, SUNDAY, Asked, Interval, Period, days
from rag.recency.dates.tokens import Words, tokens_of
from rag.recency.dates.written import written_at

Kind = Literal["during", "as_of", "latest"]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time, where it stands, and what it means.

    "during" wants what happened within the interval, "as_of" what was known at its end, "latest" what is newest.
    """

    text: str
    start: int
    end: int
    kind: Kind
    interval: Interval


def read_times(text: str, *, now: datetime, zone: ZoneInfo, week: int | None = None) -> list[TimeExpression]:
    """Return the expressions of time in `text`, asked at `now` by somebody in `zone` whose week begins on weekday `week` (0 is Monday)."""
    local = now.astimezone(zone).replace(tzinfo=None)
    words = Words(tokens_of(text))
    reader = _Reader(words, local, week)
    found: list[TimeExpression] = []
    place = 0
    while place < len(words):
        read = reader.read(place)
        if read is None:
            place += 1
            continue
        kind, period, end = read
        start, stop = words.tokens[place].start, words.tokens[end - 1].end
        found.append(TimeExpression(text[start:stop], start, stop, kind, period.interval(zone)))
        place = end
    return found


class _Reader:
    """Reads one text, asked at one moment."""

    def __init__(self, words: Words, now: datetime, week: int | None) -> None:
        self._words = words
        self._now = now
        self._week = week
        self._read_at: dict[int, Match | None] = {}

    def read(self, place: int) -> tuple[Kind, Period, int] | None:
        """Return what kind of expression begins at a place, its period and the place after it; None for none."""
        try:
            return self._read(place)
        except (ValueError, OverflowError, UnprocessableError):
            return None  # a year or a day that no calendar here has

    def _read(self, place: int) -> tuple[Kind, Period, int] | None:
        latest = self._latest(place)
        if latest is not None:
            return "latest", Period(None, self._now), latest
        placed = self._words.find(lexicon.DURING, place)
        spread = self._range(place) or (self._range(placed[1]) if placed else None)
        if spread is not None:
            return "during", spread.period, spread.end
        plain = self._named(place)
        as_of = self._after(lexicon.AS_OF, place)
        if as_of is not None:
            return "as_of", Period(None, as_of.over), as_of.end
        bounded = self._bounded(place)
        if bounded is not None and (plain is None or bounded.end > plain.end):
            return "during", bounded.period, bounded.end
        return None if plain is None or plain.weak else ("during", plain.period, plain.end)

    def _bounded(self, place: int) -> Match | None:
        """Read a stretch with the word that bounds it, or places it."""
        before = self._after(lexicon.BEFORE, place)
        if before is not None:
            return replace(before, period=Period(None, before.period.start))
        after = self._after(lexicon.AFTER, place)
        if after is not None:
            return replace(after, period=Period(after.over, None))
        since = self._after(lexicon.SINCE, place)
        if since is not None and (self._words.at(place) not in ("from", "من") or self._words.find(lexicon.BEGINNINGS, place + 1)):
            return replace(since, period=Period(since.period.start, None))
        until = self._after(lexicon.UNTIL, place)
        if until is not None:
            return replace(until, period=Period(None, until.over))
        return self._after(lexicon.DURING, place)

    def _after(self, table: dict[tuple[str, ...], int], place: int) -> Match | None:
        found = self._words.find(table, place)
        if found is None:
            return None
        at = found[1] + (self._words.at(found[1]) in ("the", "حوالي", "نحو"))
        inner = self._words.find(lexicon.DURING, at)
        named = self._named(at) or self._named(found[1]) or (self._named(inner[1]) if inner else None)
        return named if named is None or named.end > found[1] else None

    def _named(self, place: int) -> Match | None:
        if place not in self._read_at:
            self._read_at[place] = read_named(self._words, place, self._asked(place)) if place < len(self._words) else None
        return self._read_at[place]

    def _asked(self, place: int) -> Asked:
        arabic = self._words.tokens[place].arabic
        return Asked(self._now, self._week if self._week is not None else SUNDAY if arabic else MONDAY)

    def _latest(self, place: int) -> int | None:
        found = self._words.find(lexicon.LATEST, place)
        if found is not None:
            return found[1]
        said = self._words.at(place) in lexicon.LAST_AR and self._words.at(place + 1) in lexicon.NEWS
        return place + 1 if said else None

    def _range(self, place: int) -> Match | None:
        """Read «بين … و…», "from … to …", "1-5 March"."""
        between = self._words.find(lexicon.BETWEEN, place)
        if between is not None:
            return self._two(between[1], joined=True)
        since = self._words.find(lexicon.FROM, place)
        if since is not None:
            return self._two(since[1], joined=False)
        return self._dashed(place) or self._day_to_day(place)

    def _two(self, place: int, *, joined: bool) -> Match | None:
        first, bare = self._first(place)
        if first is None and bare is None:
            return None
        at = self._joint(first.end if first is not None else place + 1, joined=joined)
        return None if at is None else self._second(place, at, first, bare)

    def _first(self, place: int) -> tuple[Match | None, int | None]:
        """Return the first end of a range, or the day that it is of a month named with the second."""
        found = self._named(place)
        if found is not None:
            return found, None
        day = self._words.day_number(place)
        return None, day[0] if day is not None else None

    def _joint(self, place: int, *, joined: bool) -> int | None:
        word = self._words.at(place)
        if joined:
            return place + 1 if word in lexicon.AND else place if word.startswith("و") else None
        found = self._words.find(lexicon.TO, place)
        return found[1] if found else place if word.startswith("ل") and len(word) > 1 else None

    def _dashed(self, place: int) -> Match | None:
        if not self._words.at(place).isdigit() or self._words.gap(place + 1).strip() not in ("-", "–", "—"):
            return None
        day = self._words.day_number(place)
        return self._second(place, place + 1, None, day[0]) if day and day[1] == place + 1 else None

    def _day_to_day(self, place: int) -> Match | None:
        """Read "Monday to Wednesday"."""
        first = self._named(place)
        if first is None or first.weak or not _is_day(first.period) or self._words.at(first.end) not in ("to", "through", "الي"):
            return None
        return self._second(place, first.end + 1, first, None)

    def _second(self, place: int, at: int, first: Match | None, bare: int | None) -> Match | None:
        last = self._named(at)
        if last is None or last.period.start is None or last.period.end is None:
            return None
        if first is None:
            whole = written_at(self._words, at, self._asked(at))
            opened = replace(whole, day=bare).match(self._asked(at), by=last.period.start) if whole and whole.day else None
        else:
            opened = self._not_after(place, first, last)
        if opened is None or opened.period.start is None or last.over is None or opened.period.start >= last.over:
            return None
        return Match(Period(opened.period.start, last.over), last.end)

    def _not_after(self, place: int, first: Match, last: Match) -> Match | None:
        """Return the first end as it is meant before the second: of the same year or day, or of the week before."""
        start, bound = first.period.start, last.period.start
        assert bound is not None, "the second end has a beginning"  # noqa: S101
        written = written_at(self._words, place, self._asked(place))
        if written is not None and written.year is None and written.end == first.end:
            return written.match(self._asked(place), by=bound)
        if start is not None and first.moment and last.moment:
            return replace(first, period=Period(datetime.combine(bound, start.time()), None))
        if start is not None and start > bound and _is_day(first.period):
            return replace(first, period=days((start - timedelta(weeks=1)).date()))
        return first


def _is_day(period: Period) -> bool:
    return period.start is not None and period.end == period.start + _DAY
