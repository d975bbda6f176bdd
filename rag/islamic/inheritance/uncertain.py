"""Heirs of whom not everything is known: unborn, missing, of unknown sex, dead together. Knows no shares: it solves every possibility.

Each living heir is given what is his in all of them; the rest is kept back until it is known. Where a school rules at once, its ruling is
given instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import Kin, is_male
from rag.islamic.inheritance.names import called

_MOST_POSSIBILITIES = 64
_FAR = 12
_TOO_MANY = Bilingual("So many uncertain heirs are not worked through here.", "لا يُعالج هنا هذا العدد من الورثة المشكوك في حالهم.")
_SEXES = Bilingual("An uncertain heir has a male key and its female one.", "للوارث المشكوك فيه اسم ذكر واسم أنثى.")
_MALIKI_WAITS = Bilingual("The Malikis put the division off until the birth.", "يوقف المالكية القسمة إلى الوضع.")
_UNBOUNDED = Bilingual(
    "The Shafi'is set no bound to the number of the unborn: who shares with them is given nothing before the birth.",
    "لا حد لعدد الحمل عند الشافعية: فلا يُعطى من يشاركه شيئًا قبل الوضع.",
)
_KEPT = Bilingual("What is not certain is kept back until it is known.", "يوقف المشكوك فيه حتى يتبين الحال.")
_APART = Bilingual(
    "Who died together, nobody knowing who was first, do not inherit from one another.", "من ماتوا معًا وجُهل السابق لا يتوارثون."
)
_HANBALI_OLD = Bilingual(
    "The Hanbalis let those who died together inherit from each other's old property: that needs each one's own heirs.",
    "يورّث الحنابلة الغرقى بعضهم من تلاد بعض، وذلك يحتاج إلى ورثة كل منهم.",
)
_WORSE = Bilingual("Abu Hanifa gives one of unknown sex the worse of both states.", "يعامل أبو حنيفة الخنثى المشكل بأسوأ حاليه.")
_MEAN = Bilingual("The Malikis give one of unknown sex half of both shares.", "يُعطي المالكية الخنثى المشكل نصف النصيبين.")
_MEAN_LATER = Bilingual(
    "Where there is no hope to know, the Hanbalis give half of both shares.", "إن لم يُرجَ اتضاح حاله فله عند الحنابلة نصف النصيبين."
)


@dataclass(frozen=True, slots=True)
class Unborn:
    """A pregnancy: what a boy and what a girl would be to the deceased."""

    male: Kin
    female: Kin


@dataclass(frozen=True, slots=True)
class Uncertain:
    """What is not known. `missing` may be alive or dead; `together` died with the deceased, nobody knows who first."""

    unborn: Unborn | None = None
    missing: Mapping[Kin, int] = field(default_factory=dict)
    hermaphrodite: Unborn | None = None
    together: Mapping[Kin, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is unknown."""
        return bool(self.unborn or self.missing or self.hermaphrodite or self.together)


@dataclass(frozen=True, slots=True)
class Possibility:
    """One state of affairs: who is added to the certain heirs, and the division."""

    added: Mapping[Kin, int]
    name: Bilingual
    division: Division


@dataclass(frozen=True, slots=True)
class Range:
    """What each heir of one kind takes at least and at most, and what he is given now. One of unknown sex stands under his male key."""

    heir: Kin
    name: Bilingual
    count: int
    least: Fraction
    most: Fraction
    now: Fraction


@dataclass(frozen=True, slots=True)
class Ranged:
    """All possibilities together. `reserved` is what is kept back."""

    ranges: tuple[Range, ...]
    possibilities: tuple[Possibility, ...]
    reserved: Fraction
    notes: tuple[Bilingual, ...]


Solve = Callable[[Case], Division]


def weigh(case: Case, uncertain: Uncertain, *, solve: Solve) -> Ranged:
    """Solve every possibility. Raises UnprocessableError where there are too many."""
    _check(uncertain)
    possibilities = tuple(_possibility(case, added, solve) for added in _added(case, uncertain))
    ranges = tuple(_range(kin, count, possibilities) for kin, count in case.heirs.items())
    notes = [_KEPT]
    if uncertain.hermaphrodite and not (uncertain.unborn or uncertain.missing or uncertain.together):
        return _of_unknown_sex(case, uncertain.hermaphrodite, ranges, possibilities)
    if uncertain.unborn and case.school == "shafii":
        ranges, notes = _without_bound(case, uncertain, ranges, solve), [*notes, _UNBOUNDED]
    if uncertain.unborn and case.school == "maliki":
        notes = [*notes, _MALIKI_WAITS]
    if uncertain.together:
        notes = [*notes, _HANBALI_OLD if case.school == "hanbali" else _APART]
    kept = 1 - sum((each.now * each.count for each in ranges), Fraction(0))
    return Ranged(ranges, possibilities, kept, tuple(notes))


def _check(uncertain: Uncertain) -> None:
    for name, pair in (("unborn", uncertain.unborn), ("hermaphrodite", uncertain.hermaphrodite)):
        if pair and (not is_male(pair.male) or is_male(pair.female)):
            raise UnprocessableError(_SEXES, param=name)


def _added(case: Case, uncertain: Uncertain) -> Iterator[dict[Kin, int]]:
    choices: list[list[Mapping[Kin, int]]] = []
    if uncertain.unborn:
        choices.append(list(_births(uncertain.unborn, 2 if case.school != "hanafi" else 1)))
    choices += [[{kin: count}, {}] for kin, count in uncertain.missing.items()]
    if uncertain.hermaphrodite:
        choices.append([{uncertain.hermaphrodite.male: 1}, {uncertain.hermaphrodite.female: 1}])
    if uncertain.together and case.school == "hanbali":
        choices.append([uncertain.together, {}])
    ways = 1
    for choice in choices:
        ways *= len(choice)
    if ways > _MOST_POSSIBILITIES:
        raise UnprocessableError(_TOO_MANY, param="missing")
    for combination in product(*choices):
        added: dict[Kin, int] = {}
        for part in combination:
            for kin, count in part.items():
                added[kin] = added.get(kin, 0) + count
        yield added


def _births(unborn: Unborn, most: int) -> Iterator[Mapping[Kin, int]]:
    for number in range(most + 1):
        for boys in range(number, -1, -1):
            born = {unborn.male: boys, unborn.female: number - boys}
            yield {kin: count for kin, count in born.items() if count}


def _possibility(case: Case, added: Mapping[Kin, int], solve: Solve) -> Possibility:
    heirs = dict(case.heirs)
    for kin, count in added.items():
        heirs[kin] = heirs.get(kin, 0) + count
    names = [called(kin, count) for kin, count in added.items()] or [Bilingual("none of them", "لا أحد منهم")]
    name = Bilingual(", ".join(each.en for each in names), "، ".join(each.ar for each in names))
    return Possibility(added, name, solve(replace(case, heirs=heirs)))


def _each(possibility: Possibility, kin: Kin) -> Fraction:
    division = possibility.division
    return division.fractions.get(kin, Fraction(0)) / division.case.heirs[kin]


def _range(kin: Kin, count: int, possibilities: Sequence[Possibility]) -> Range:
    shares = [_each(possibility, kin) for possibility in possibilities]
    return Range(kin, called(kin, count), count, min(shares), max(shares), min(shares))


def _without_bound(case: Case, uncertain: Uncertain, ranges: Sequence[Range], solve: Solve) -> tuple[Range, ...]:
    """Give nothing to those whose share shrinks with each further child."""
    unborn = uncertain.unborn
    assert unborn is not None  # noqa: S101
    many = [_possibility(case, {kin: number}, solve) for kin in (unborn.male, unborn.female) for number in (_FAR, 2 * _FAR)]
    found = []
    for each in ranges:
        shares = [_each(possibility, each.heir) for possibility in many]
        shrinks = shares[1] < shares[0] or shares[3] < shares[2]
        least = Fraction(0) if shrinks else min(each.least, *shares)
        found.append(replace(each, least=least, now=least))
    return tuple(found)


def _of_unknown_sex(case: Case, unknown: Unborn, ranges: tuple[Range, ...], possibilities: tuple[Possibility, ...]) -> Ranged:
    """Put the one of unknown sex beside the certain heirs, and rule as the school does."""
    as_man, as_woman = (_each(possibility, kin) for possibility, kin in zip(possibilities, (unknown.male, unknown.female), strict=True))
    male, female = called(unknown.male, 1), called(unknown.female, 1)
    name = Bilingual(f"of unknown sex: {male.en} or {female.en}", f"خنثى مشكل: {male.ar} أو {female.ar}")
    own = Range(unknown.male, name, 1, min(as_man, as_woman), max(as_man, as_woman), min(as_man, as_woman))
    if case.school == "hanafi":
        worst = possibilities[0 if as_man < as_woman else 1]
        return _given([*(replace(each, now=_each(worst, each.heir)) for each in ranges), own], possibilities, (_WORSE,))
    if case.school == "maliki":
        means = [replace(each, now=sum((_each(way, each.heir) for way in possibilities), Fraction(0)) / 2) for each in ranges]
        return _given([*means, replace(own, now=(as_man + as_woman) / 2)], possibilities, (_MEAN,))
    return _given([*ranges, own], possibilities, (_KEPT, _MEAN_LATER) if case.school == "hanbali" else (_KEPT,))


def _given(ranges: Sequence[Range], possibilities: tuple[Possibility, ...], notes: tuple[Bilingual, ...]) -> Ranged:
    return Ranged(tuple(ranges), possibilities, 1 - sum((each.now * each.count for each in ranges), Fraction(0)), notes)
