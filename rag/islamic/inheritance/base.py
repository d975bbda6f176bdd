"""The numbers an estate is cut into: base (asl), what 'awl or radd makes of it, and the corrected base (tashih). Knows no rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from rag.islamic.inheritance.parts import Part


@dataclass(frozen=True, slots=True)
class Bases:
    """`base`, and where they differ from it, `raised` ('awl) and `returned` (radd); `corrected` gives each head a whole number."""

    base: int
    raised: int | None
    returned: int | None
    corrected: int


def bases(asked: Sequence[Part], final: Sequence[Part], *, treasury: Fraction) -> Bases:
    """Return the bases of a division: `asked` are the parts before 'awl and radd, `final` those after."""
    fixed = [part for part in asked if part.fixed]
    base = lcm(*(part.fraction.denominator for part in fixed)) if fixed else _of_heads(final)
    total = sum((part.fraction for part in fixed), Fraction(0))
    raised = int(base * total) if total > 1 else None
    radd = any(after.fraction > before.fraction for before, after in zip(asked, final, strict=False) if before.fixed)
    returned = lcm(treasury.denominator, *(part.fraction.denominator for part in final)) if radd and total < 1 else None
    return Bases(base, raised, returned, corrected(final, raised or returned or base))


def corrected(parts: Sequence[Part], base: int) -> int:
    """Return the smallest multiple of `base` by which every head of every part gets a whole number."""
    factor = 1
    for part in parts:
        lot = part.fraction * base / part.heads
        factor = lcm(factor, lot.denominator // gcd(lot.denominator, 1))
    return base * factor


def _of_heads(parts: Sequence[Part]) -> int:
    if len(parts) == 1 and parts[0].fraction == 1:
        return parts[0].heads
    return lcm(*(part.fraction.denominator for part in parts)) if parts else 1
