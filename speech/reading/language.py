"""What a language knows to say of figures; the modules of Arabic and English each are one. Knows nothing of texts."""

from __future__ import annotations

from typing import Protocol


class Language(Protocol):
    """The words of a language for figures. `oblique` says that a preposition stands before them."""

    minus: str

    def date(self, day: int, month: int, year: int | None) -> str:
        """Return a date."""
        ...

    def time(self, hour: int, minute: int, *, afternoon: bool | None) -> str:
        """Return a time of day; `afternoon` is None where nothing tells."""
        ...

    def money(self, whole: int, fraction: str, currency: str, *, oblique: bool, scale: str = "") -> str:
        """Return an amount of money; `fraction` are the digits behind the point, `scale` the word behind them: million."""
        ...

    def measure(self, whole: int, fraction: str, unit: str, *, oblique: bool) -> str:
        """Return a measure."""
        ...

    def year(self, number: int, era: str) -> str:
        """Return a year and its era, which may be empty."""
        ...

    def decade(self, number: int) -> str:
        """Return the ten years that begin with one."""
        ...

    def percent(self, whole: int, fraction: str, *, oblique: bool) -> str:
        """Return a share of a hundred."""
        ...

    def decimal(self, whole: int, fraction: str, *, oblique: bool) -> str:
        """Return a number with a fraction."""
        ...

    def plain(self, number: int, *, before: str, after: str) -> str:
        """Return a number between two words."""
        ...

    def ordinal(self, number: int) -> str:
        """Return a place in an order."""
        ...

    def digits(self, text: str) -> str:
        """Return the digits of `text`, one after the other."""
        ...

    def span(self, first: str, last: str) -> str:
        """Return a range."""
        ...

    def is_oblique(self, before: str) -> bool:
        """Whether a number behind this word stands in the oblique case."""
        ...
