"""The parts of an estate while it is divided: who shares what, by which rule. Knows nothing of which rule applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rag.islamic.inheritance.kin import Kin, is_male


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the estate for `heirs` together. `double` says that a male takes as two females.

    `fixed` parts are reduced by 'awl and raised by radd; the others are what is left over. `detail` fills the rule's wording.
    """

    heirs: Mapping[Kin, int]
    fraction: Fraction
    rule: str
    fixed: bool = True
    double: bool = False
    detail: Mapping[str, Kin] | None = None

    @property
    def heads(self) -> int:
        """How many equal lots the part is cut into."""
        return sum(count * self.weight(kin) for kin, count in self.heirs.items())

    def weight(self, kin: Kin) -> int:
        """How many lots one such heir takes."""
        return 2 if self.double and is_male(kin) and self.mixed else 1

    @property
    def mixed(self) -> bool:
        """Whether both sexes are in it."""
        return len({is_male(kin) for kin in self.heirs}) > 1

    def of(self, kin: Kin) -> Fraction:
        """Return what all heirs of this kind take of it."""
        return self.fraction * self.heirs[kin] * self.weight(kin) / self.heads
