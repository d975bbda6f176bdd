"""The calculator as its users call it: a case, an estate, what is uncertain, who died later. Knows nothing of HTTP or of wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.estate import Estate, Settlement, settle
from rag.islamic.inheritance.solver import solve
from rag.islamic.inheritance.successive import LaterDeath, Succession, succeed
from rag.islamic.inheritance.uncertain import Ranged, Uncertain, weigh

_BOTH = Bilingual(
    "Uncertain heirs and later deaths are not divided in one case.", "لا يُجمع بين الورثة المشكوك في حالهم والوفيات اللاحقة في مسألة واحدة."
)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is to be divided."""

    case: Case
    estate: Estate = field(default_factory=Estate)
    currency: str = ""
    uncertain: Uncertain = field(default_factory=Uncertain)
    later: Sequence[LaterDeath] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """An inquiry and all that was found: the division, what came before it, and the ranges or later deaths where there are any."""

    inquiry: Inquiry
    division: Division
    settlement: Settlement
    ranged: Ranged | None = None
    succession: Succession | None = None

    @property
    def money(self) -> Fraction | None:
        """What the heirs divide, in money; None where no estate was given."""
        return self.settlement.heirs if self.inquiry.estate.value is not None else None


def calculate(inquiry: Inquiry) -> Result:
    """Divide. Raises UnprocessableError for what cannot be, and, by name, for what is not known here."""
    if inquiry.uncertain and inquiry.later:
        raise UnprocessableError(_BOTH, param="later_deaths")
    settlement = settle(inquiry.estate, school=inquiry.case.school)
    if inquiry.uncertain:
        ranged = weigh(inquiry.case, inquiry.uncertain, solve=solve)
        return Result(inquiry, solve(inquiry.case), settlement, ranged=ranged)
    if inquiry.later:
        succession = succeed(inquiry.case, inquiry.later, solve=solve)
        return Result(inquiry, succession.divisions[0], settlement, succession=succession)
    return Result(inquiry, solve(inquiry.case), settlement)
