"""Which form of an Arabic noun stands after a number (تمييز العدد). Knows no nouns."""

from __future__ import annotations


def form_after(number: int, *, single: str, few: str, many: str) -> str:
    """Return the form after `number`, one and two apart, which stand in the noun itself.

    The plural after what ends in 3 to 10 (`few`), the singular in the accusative after what ends in 11 to 99 (`many`), and the singular
    in the genitive after whole hundreds and what is one or two above them (`single`).
    """
    last = number % 100
    return few if 3 <= last <= 10 else many if last > 10 else single
