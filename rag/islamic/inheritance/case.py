"""A case: who died, who is left, by which school it is divided. Refuses what cannot be; knows nothing of shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.kin import FATHER, HUSBAND, MOTHER, WIFE, Kin, is_grandfather, is_grandmother
from rag.islamic.inheritance.schools import SCHOOLS, Impediment, School, SchoolName, Treasury

_MOST = 1000
_MOST_WIVES = 4


@dataclass(frozen=True, slots=True)
class Hindered:
    """So many heirs of one kind to whom an impediment clings."""

    heir: Kin
    count: int
    reason: Impediment


@dataclass(frozen=True, slots=True)
class Case:
    """The deceased and those left behind, by kind. Order means nothing.

    `treasury` says in what state it is; None leaves it to the school. Raises UnprocessableError for what cannot be.
    """

    male: bool
    heirs: Mapping[Kin, int]
    school: SchoolName
    treasury: Treasury | None = None
    hindered: Sequence[Hindered] = field(default=())

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        check_heirs(self.heirs, male=self.male)

    @property
    def rules(self) -> School:
        """The school's rules."""
        return SCHOOLS[self.school]

    @property
    def returns(self) -> bool:
        """Whether what is left over returns to heirs and not to the treasury."""
        return self.rules.returns or (self.treasury or self.rules.treasury) == "disordered"


def check_heirs(heirs: Mapping[Kin, int], *, male: bool) -> None:
    """Raise UnprocessableError where nobody can leave such heirs."""
    if not heirs:
        raise _refusal("No heir is given.", "لم يُذكر وارث.")
    if any(not 1 <= count <= _MOST for count in heirs.values()):
        raise _refusal(f"The number of each kind of heir is between 1 and {_MOST}.", f"عدد كل صنف من الورثة بين 1 و{_MOST}.")
    if (HUSBAND if male else WIFE) in heirs:
        raise _refusal("A man leaves no husband and a woman no wife.", "لا يخلّف الرجل زوجًا ولا المرأة زوجة.")
    if heirs.get(HUSBAND, 1) > 1 or heirs.get(WIFE, 1) > _MOST_WIVES:
        raise _refusal("There is at most one husband and at most four wives.", "لا يكون أكثر من زوج ولا أكثر من أربع زوجات.")
    single = [heirs[kin] for kin in heirs if kin in (FATHER, MOTHER) or is_grandfather(kin) or is_grandmother(kin)]
    if any(count > 1 for count in single):
        raise _refusal(
            "There is one father, one mother, and one grandparent of each kind.", "لا يكون إلا أب واحد وأم واحدة وجد أو جدة من كل جهة."
        )


def _refusal(english: str, arabic: str) -> UnprocessableError:
    return UnprocessableError(Bilingual(english, arabic), param="heirs")
