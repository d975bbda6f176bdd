"""Questions about an estate that is divided before a birth: what is given now, what is held back, what is added later. Reads no story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import lcm, prod

from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.asked import Asked
from rag.islamic.inheritance.choice.facts import meant
from rag.islamic.inheritance.choice.matching import Test
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.story import Story
from rag.islamic.inheritance.solver import solve
from rag.islamic.inheritance.uncertain import Ranged, Unborn, Uncertain, weigh

_HELD, _ADDED, _THE_UNBORN = matching("held"), matching("added"), matching("the_unborn")
_NUMBERS = ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))


def outcomes(case: Case, story: Story) -> Iterator[Case]:
    """Yield the case with each way in which the pregnancies may end, and with the missing of each kind dead or alive.

    Where the first pregnancy's end is told, only with that.
    """
    there = product(*(((kin, number), (kin, 0)) for kin, number in story.missing))
    for missing, combination in product(there, product(*_ends_of_each(story))):
        heirs = dict(case.heirs)
        births = zip(story.births, combination, strict=True)
        born = (each for birth, numbers in births for each in zip((birth.male, birth.female), numbers, strict=True))
        for kin, number in (*missing, *born):
            if number:
                heirs[kin] = heirs.get(kin, 0) + number
        yield Case(case.male, heirs, case.school, case.treasury)


def ends(story: Story) -> int:
    """Return in how many ways the pregnancies of a story may end, and the missing be found."""
    return prod((*map(len, _ends_of_each(story)), *(2 for _ in story.missing)))


def _ends_of_each(story: Story) -> list[Sequence[tuple[int, int]]]:
    return [[story.born] if story.born is not None and not at else _NUMBERS for at in range(len(story.births))]


def is_held(asked: Asked) -> bool:
    """Whether a question is about what is held back, or added later."""
    return bool(_HELD.search(asked.text) or _ADDED.search(asked.text))


def of_waiting(asked: Asked, case: Case, story: Story) -> Iterator[Test]:
    """Test for lots while a child is not born or somebody is missing, or for what changes when it is."""
    unborn = (story.births[0].male, story.births[0].female) if story.births else None
    ranged = weigh(case, Uncertain(Unborn(*unborn) if unborn else None, missing=dict(story.missing)), solve=solve)
    base = asked.out_of or lcm(*(possibility.division.corrected for possibility in ranged.possibilities))
    born = solve(next(outcomes(case, story))) if story.born is not None else None
    for value in _values(asked, ranged, born, unborn or ()):
        yield lambda option, value=value: option.number == value * base  # type: ignore[misc]


def _values(asked: Asked, ranged: Ranged, born: Division | None, unborn: Sequence[Kin]) -> Iterator[Fraction]:
    whole = born or ranged.possibilities[0].division
    kin = meant(whole, asked.about)
    if asked.kind == "base":
        yield Fraction(1)
    elif _HELD.search(asked.text) and not kin:
        yield ranged.reserved
    elif born and _THE_UNBORN.search(asked.text):
        chosen = [one for one in unborn if one in born.fractions and (not kin or one in kin)]
        total = sum((born.fractions[one] for one in chosen), Fraction(0))
        number = sum(born.case.heirs[one] for one in chosen) or 1
        yield from (total / number, total) if asked.each else (total, total / number)
    else:
        yield from _of_heirs(asked, ranged, born, kin)


def _of_heirs(asked: Asked, ranged: Ranged, born: Division | None, kin: list[Kin]) -> Iterator[Fraction]:
    ranges = {each.heir: each for each in ranged.ranges if each.heir in kin}
    number = sum(each.count for each in ranges.values())
    if not number:
        return
    now = sum((each.now * each.count for each in ranges.values()), Fraction(0))
    if born and _ADDED.search(asked.text):
        due = sum((born.fractions.get(one, Fraction(0)) / born.case.heirs[one] * each.count for one, each in ranges.items()), Fraction(0))
        now = due - now
    elif born:
        return
    yield from (now / number, now) if asked.each else (now, now / number)
