"""A divided estate: each heir's part with its rule, who is excluded, what the estate is cut into, and the proof. Knows no arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from fanar.bilingual import Bilingual
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.kin import Kin


@dataclass(frozen=True, slots=True)
class Share:
    """What all heirs of one kind take, and what each takes. `rules` are the ids, `reason` their wording."""

    heir: Kin
    count: int
    fraction: Fraction
    rules: tuple[str, ...]
    reason: Bilingual

    @property
    def each(self) -> Fraction:
        """What one of them takes."""
        return self.fraction / self.count


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Heirs of one kind who take nothing, by whom they are excluded (nobody, where an impediment or an empty rest does it), and why."""

    heir: Kin
    count: int
    by: tuple[Kin, ...]
    rule: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the proof: the rule it rests on, what it says, and where the rule stands."""

    rule: str
    text: Bilingual
    source: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """A case and its solution.

    `base` is the number that the fixed shares ask for, `raised` what it became by 'awl, `returned` by radd, `corrected` the one by which
    each head gets a whole number. `treasury` is what no heir takes.
    """

    case: Case
    shares: tuple[Share, ...]
    exclusions: tuple[Exclusion, ...]
    base: int
    raised: int | None
    returned: int | None
    corrected: int
    treasury: Fraction
    steps: tuple[Step, ...]
    notes: tuple[Bilingual, ...] = field(default=())

    @property
    def fractions(self) -> Mapping[Kin, Fraction]:
        """What all heirs of each kind take together."""
        return {share.heir: share.fraction for share in self.shares}
