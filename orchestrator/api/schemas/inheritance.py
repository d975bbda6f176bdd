"""The request and answer of the inheritance calculator. Knows no rule of inheritance."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from orchestrator.api.schemas.base import Answer, Strict
from rag.islamic.inheritance.calculator import Inquiry
from rag.islamic.inheritance.case import Case, Hindered
from rag.islamic.inheritance.estate import Bequest, Estate
from rag.islamic.inheritance.kin import Kin, kin_named
from rag.islamic.inheritance.schools import Impediment, SchoolName, Treasury
from rag.islamic.inheritance.successive import LaterDeath
from rag.islamic.inheritance.uncertain import Unborn, Uncertain

_RICHEST = 1e13

HeirKey = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[a-z][a-z0-9_]*$")]
Count = Annotated[int, Field(ge=1, le=1000)]
Heirs = Annotated[dict[HeirKey, Count], Field(min_length=1, max_length=60)]
SomeHeirs = Annotated[dict[HeirKey, Count], Field(max_length=20)]
Money = Annotated[float, Field(ge=0, le=_RICHEST, allow_inf_nan=False)]
FractionText = Annotated[str, Field(pattern=r"^[0-9]{1,6}(/[1-9][0-9]{0,5})?$", max_length=13)]
Sex = Literal["male", "female"]
Label = Annotated[str, Field(min_length=1, max_length=125, pattern=r"^([2-9]\.)?[a-z][a-z0-9_]*$")]


class BequestItem(Strict):
    """One bequest: an amount, or a fraction of what is left after debts."""

    amount: Money | None = None
    fraction: FractionText | None = None
    to_heir: bool = False
    consent: bool = Field(default=False, description="Whether the heirs agreed to it after the death")


class ImpedimentItem(Strict):
    """Heirs to whom an impediment clings; whether it bars is the school's."""

    heir: HeirKey
    count: Count = 1
    reason: Impediment


class UnknownSex(Strict):
    """What an heir would be as a man and as a woman."""

    male: HeirKey
    female: HeirKey


class LaterDeathItem(Strict):
    """The death of an heir before the estate was divided."""

    who: Label
    deceased: Sex
    heirs: Heirs
    same: Annotated[dict[HeirKey, Label], Field(max_length=60)] = Field(
        default={}, description="Which of these heirs are heirs of an earlier death: key here, label there"
    )


class InheritanceRequest(Strict):
    """An estate to divide."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"deceased": "male", "heirs": {"wife": 1, "daughter": 2, "father": 1, "mother": 1}, "madhab": "shafii"}]
        }
    )

    deceased: Sex
    heirs: Heirs
    madhab: SchoolName
    estate: Money | None = None
    currency: Annotated[str, Field(max_length=16, pattern=r"^[A-Za-z\u0600-\u06FF$€£. ]*$")] = ""
    debts: Money = 0.0
    funeral: Money = 0.0
    bequests: Money | Annotated[list[BequestItem], Field(max_length=20)] = Field(default=[])
    treasury: Treasury | None = Field(default=None, description="Whether the treasury is in order; empty leaves it to the school")
    impediments: Annotated[list[ImpedimentItem], Field(max_length=20)] = Field(default=[])
    unborn: UnknownSex | None = Field(default=None, description="A pregnancy: what a boy and what a girl would be")
    missing: SomeHeirs = Field(default={}, description="Heirs of whom nobody knows whether they live; not counted in `heirs`")
    hermaphrodite: UnknownSex | None = Field(default=None, description="An heir of unknown sex: what he would be as either")
    together: SomeHeirs = Field(default={}, description="Heirs who died with the deceased, nobody knowing who was first")
    later_deaths: Annotated[list[LaterDeathItem], Field(max_length=8)] = Field(default=[])

    def inquiry(self) -> Inquiry:
        """Return what the calculator is asked. Raises UnprocessableError for a key that names no kin."""
        hindered = tuple(Hindered(kin_named(each.heir), each.count, each.reason) for each in self.impediments)
        case = Case(self.deceased == "male", kinship(self.heirs), self.madhab, self.treasury, hindered)
        return Inquiry(case, self._estate(), self.currency, self._uncertain(), [self._later(death) for death in self.later_deaths])

    def _estate(self) -> Estate:
        items = [BequestItem(amount=self.bequests)] if isinstance(self.bequests, float) else self.bequests
        value = None if self.estate is None else exact(self.estate)
        return Estate(value, exact(self.funeral), exact(self.debts), [_bequest(item) for item in items])

    def _uncertain(self) -> Uncertain:
        unborn = _pair(self.unborn) if self.unborn else None
        return Uncertain(unborn, kinship(self.missing), _pair(self.hermaphrodite) if self.hermaphrodite else None, kinship(self.together))

    def _later(self, death: LaterDeathItem) -> LaterDeath:
        case = Case(death.deceased == "male", kinship(death.heirs), self.madhab, self.treasury)
        return LaterDeath(death.who, case, {kin_named(key): label for key, label in death.same.items()})


class InheritanceAnswer(Answer):
    """A divided estate, with its proof."""

    id: str
    madhab: SchoolName
    deceased: Sex
    shares: list[dict[str, Any]]
    base: int
    awl: bool
    awl_base: int | None
    radd: bool
    radd_base: int | None
    corrected_base: int
    blocked: list[dict[str, Any]]
    to_treasury: str | None
    trace: list[dict[str, Any]]
    notes: list[dict[str, str]]
    estate: dict[str, Any] | None
    ranges: dict[str, Any] | None
    succession: dict[str, Any] | None
    text: dict[str, str]


def kinship(heirs: dict[str, int]) -> dict[Kin, int]:
    """Return heirs by their kin; two names of one kin are added up."""
    found: dict[Kin, int] = {}
    for key, count in heirs.items():
        kin = kin_named(key)
        found[kin] = found.get(kin, 0) + count
    return found


def exact(money: float) -> Fraction:
    """Return the amount that was written, not the binary one nearest to it."""
    return Fraction(repr(money))


def _bequest(item: BequestItem) -> Bequest:
    fraction = None if item.fraction is None else Fraction(item.fraction)
    return Bequest(fraction, None if item.amount is None else exact(item.amount), item.to_heir, item.consent)


def _pair(item: UnknownSex) -> Unborn:
    return Unborn(kin_named(item.male), kin_named(item.female))
