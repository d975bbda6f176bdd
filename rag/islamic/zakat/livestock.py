"""What is due of camels, cattle and sheep, by their number. Knows nothing of money.

Choices are listed where the law leaves one: 200 camels are four fifties or five forties.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fanar.bilingual import Bilingual
from rag.islamic.zakat.case import Animal, Herd
from rag.islamic.zakat.line import Amount, Choice, Line, Unit
from rag.islamic.zakat.rules import SchoolName

NAMES: dict[Animal, Bilingual] = {
    "camels": Bilingual("Camels", "الإبل"),
    "cattle": Bilingual("Cattle and buffaloes", "البقر والجاموس"),
    "sheep": Bilingual("Sheep and goats", "الغنم"),
}
# From so many camels on: how many of what. The table ends at 120.
_CAMELS: tuple[tuple[int, int, Unit], ...] = (
    (5, 1, "sheep_due"),
    (10, 2, "sheep_due"),
    (15, 3, "sheep_due"),
    (20, 4, "sheep_due"),
    (25, 1, "bint_makhad"),
    (36, 1, "bint_labun"),
    (46, 1, "hiqqa"),
    (61, 1, "jadhaa"),
    (76, 2, "bint_labun"),
    (91, 2, "hiqqa"),
)
_TABLE_ENDS, _FIRST_RESTART, _CYCLE = 120, 150, 50
_SHEEP = ((40, 1), (121, 2), (201, 3), (400, 4))
_LEAST_CATTLE = 30


def reckon(herd: Herd, school: SchoolName) -> Line:
    """Return the line of a herd."""
    base = Amount(Fraction(herd.count), herd.kind)
    if not herd.grazing and school != "maliki":
        return Line(herd.kind, NAMES[herd.kind], "exempt", "grazing", base)
    rule, choices = _DUE[herd.kind](herd.count, school)
    if not choices:
        return Line(herd.kind, NAMES[herd.kind], "below_nisab", "livestock_below", base)
    return Line(herd.kind, NAMES[herd.kind], "due", rule, base, due=choices)


def camels(count: int, school: SchoolName) -> tuple[str, Sequence[Choice]]:
    """Return the rule and what is due of so many camels; nothing below five."""
    if count <= _TABLE_ENDS:
        row = next((row for row in reversed(_CAMELS) if count >= row[0]), None)
        return "camels", [_of((row[1], row[2]))] if row else []
    if school == "hanafi":
        return "camels_restart", [_restarted(count)]
    tens = count // 10 * 10
    if tens == _TABLE_ENDS:
        if school == "maliki":
            return "camels_choice", [_of((2, "hiqqa")), _of((3, "bint_labun"))]
        return "camels_forties", [_of((3, "bint_labun"))]
    return "camels_forties", [_of((fifties, "hiqqa"), (forties, "bint_labun")) for fifties, forties in _sums(tens, 50, 40)]


def cattle(count: int, school: SchoolName) -> tuple[str, Sequence[Choice]]:
    """Return the rule and what is due of so many cattle; nothing below thirty, and in no school anything between the tens."""
    for tens in range(count // 10 * 10, _LEAST_CATTLE - 1, -10):
        if found := [_of((forties, "musinna"), (thirties, "tabi")) for forties, thirties in _sums(tens, 40, 30)]:
            return "cattle", found
    return "cattle", []


def sheep(count: int, school: SchoolName) -> tuple[str, Sequence[Choice]]:
    """Return the rule and what is due of so many sheep and goats; nothing below forty."""
    number = next((due for start, due in reversed(_SHEEP) if count >= start), 0)
    number = max(number, count // 100) if number == _SHEEP[-1][1] else number
    return "sheep", [_of((number, "sheep_due"))] if number else []


_DUE = {"camels": camels, "cattle": cattle, "sheep": sheep}


def _restarted(count: int) -> Choice:
    """The Hanafi count after 120: once with no bint labun up to 150, then in cycles of fifty."""
    if count < _FIRST_RESTART:
        hiqqas, rest, table = 2, count - _TABLE_ENDS, _CAMELS[:5]
    else:
        cycles, rest = divmod(count - _FIRST_RESTART, _CYCLE)
        hiqqas, table = 3 + cycles, _CAMELS[:7]
    row = next((row for row in reversed(table) if rest >= row[0]), None)
    if row is None:
        return _of((hiqqas, "hiqqa"))
    # The hiqqa of forty-six completes the next fifty.
    return _of((hiqqas + 1, "hiqqa")) if row[2] == "hiqqa" else _of((hiqqas, "hiqqa"), (row[1], row[2]))


def _sums(total: int, first: int, second: int) -> Iterator[tuple[int, int]]:
    """Yield how often each of two numbers is taken to make up `total`."""
    for firsts in range(total // first, -1, -1):
        if (total - firsts * first) % second == 0:
            yield firsts, (total - firsts * first) // second


def _of(*given: tuple[int, Unit]) -> Choice:
    return tuple(Amount(Fraction(number), unit) for number, unit in given if number)
