"""What a source says, whatever form it says it in: entries and what goes with them. Knows nothing of XML, JSON, HTTP, or storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_FAST_CLOCK = timedelta(hours=1)
_WEB = ("https://", "http://")

MOST_ENTRIES = 1_000
"""Read of one look; what a source names beyond them is not read."""
LONGEST_TEXT = 200_000
LONGEST_LINE = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as its source names it, in plain text. `key` is what the source calls it; a time that cannot be read is None."""

    key: str
    url: str
    title: str
    text: str
    summary: str
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at a source found.

    `whole` says that what is missing may have been withdrawn: a pushed piece of a feed never says so. `withdrawn` are keys that the source
    says are deleted. `hub` and `topic` are whom to ask to be told of changes, and of what. `rest` is how many seconds it wants to be left.
    """

    entries: tuple[Entry, ...]
    title: str = ""
    language: str | None = None
    whole: bool = True
    withdrawn: tuple[str, ...] = ()
    hub: str = ""
    topic: str = ""
    rest: float = 0.0
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says. Times are None where it names none."""

    title: str
    text: str
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None


def moment_of(text: str) -> datetime | None:
    """Return the moment that a text names as ISO 8601 does, in UTC, which it is taken for where it names no zone; None for another text."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def believable(moment: datetime | None, *, now: datetime) -> datetime | None:
    """Return a time of publication in UTC; None for one before the web, now for one that is yet to come."""
    if moment is None or moment < _EARLIEST:
        return None
    return min(moment.astimezone(UTC), now) if moment > now + _FAST_CLOCK else moment.astimezone(UTC)


def absolute(link: str, base: str) -> str:
    """Return the web address that `link` means on `base`, empty when it means none."""
    try:
        joined = urljoin(base, link.strip()) if link else ""
    except ValueError:
        return ""
    return joined if joined.startswith(_WEB) and len(joined) <= LONGEST_LINE else ""


def primary_language(code: object) -> str | None:
    """Return the language of a code such as "ar-QA", None for what is no code."""
    primary = str(code or "").replace("_", "-").split("-")[0].strip().lower()
    return primary if 2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha() else None
