"""What the fixed shares exceed ('awl) or leave over where no residuary is (radd, kin by the womb, treasury). Knows no fixed share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rag.islamic.inheritance.blocking import Heirs
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.kin import SPOUSES
from rag.islamic.inheritance.parts import Part


@dataclass(frozen=True, slots=True)
class Settled:
    """The parts after 'awl or radd, what no heir takes, and the rules that brought this about."""

    parts: list[Part]
    treasury: Fraction
    rules: tuple[str, ...]


def reduced(parts: Sequence[Part]) -> Settled:
    """Reduce parts that exceed the estate, each in proportion."""
    total = sum((part.fraction for part in parts), Fraction(0))
    return Settled([replace(part, fraction=part.fraction / total) for part in parts], Fraction(0), ("awl",))


def returned(parts: Sequence[Part], case: Case, *, kindred: Heirs) -> Settled:
    """Give away what the parts leave over where no residuary is there. `kindred` are the kin by the womb, whose own part comes later."""
    entitled = [part for part in parts if not _is_spouses(part)]
    rest = 1 - sum((part.fraction for part in parts), Fraction(0))
    if not case.returns:
        return Settled(list(parts), rest, ("treasury",))
    if entitled:
        return Settled(_raised(parts, rest), Fraction(0), ("radd",))
    if kindred:
        return Settled(list(parts), Fraction(0), ())
    if parts and case.rules.returns_to_spouses and case.treasury == "disordered":
        whole = [replace(part, fraction=Fraction(1)) for part in parts]
        return Settled(whole, Fraction(0), ("radd_spouse",))
    return Settled(list(parts), rest, ("treasury",))


def _raised(parts: Sequence[Part], rest: Fraction) -> list[Part]:
    total = sum((part.fraction for part in parts if not _is_spouses(part)), Fraction(0))
    return [part if _is_spouses(part) else replace(part, fraction=part.fraction * (total + rest) / total) for part in parts]


def _is_spouses(part: Part) -> bool:
    return any(kin in SPOUSES for kin in part.heirs)
