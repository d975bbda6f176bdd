"""Where the four schools differ in dividing an estate, as one table. Knows nothing of how a case is solved.

The Hanafi view is Abu Hanifa's, of the others the relied-upon one. Books: al-Sirajiyya; Mukhtasar Khalil with al-Dardir; Minhaj
al-Talibin with Mughni al-Muhtaj; al-Rawd al-Murbi' and Kashshaf al-Qina'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fanar.bilingual import Bilingual

SchoolName = Literal["hanafi", "maliki", "shafii", "hanbali"]
Treasury = Literal["orderly", "disordered"]
Impediment = Literal["killing_intentional", "killing_accidental", "killing_indirect", "religion", "slavery", "lian"]
_ALWAYS = frozenset[Impediment](("killing_intentional", "religion", "slavery", "lian"))


@dataclass(frozen=True, slots=True)
class School:
    """What a school holds where the schools differ.

    `grandmothers_through` is how many fathers may stand between the deceased and a grandmother who inherits. `treasury` is whether the
    school, where the case does not say, gives what is left over to the treasury ("orderly") or returns it ("disordered"); `returns` that
    it returns it whatever the treasury's state. `hinders` are the impediments that bar.
    """

    name: SchoolName
    title: Bilingual
    grandfather_excludes_siblings: bool
    shares_with_maternal: bool
    fathers_exclude_their_mothers: bool
    near_paternal_excludes_far_maternal: bool
    excluded_grandmother_excludes: bool
    grandmothers_through: int
    grandfather_takes_maternal_third: bool
    returns: bool
    treasury: Treasury
    returns_to_spouses: bool
    kindred: Literal["qaraba", "tanzil"]
    kindred_equal: bool
    hinders: frozenset[Impediment]


SCHOOLS: dict[SchoolName, School] = {
    "hanafi": School(
        name="hanafi",
        title=Bilingual("Hanafi", "الحنفي"),
        grandfather_excludes_siblings=True,
        shares_with_maternal=False,
        fathers_exclude_their_mothers=True,
        near_paternal_excludes_far_maternal=True,
        excluded_grandmother_excludes=True,
        grandmothers_through=99,
        grandfather_takes_maternal_third=False,
        returns=True,
        treasury="orderly",
        returns_to_spouses=True,
        kindred="qaraba",
        kindred_equal=False,
        hinders=_ALWAYS | {"killing_accidental"},
    ),
    "maliki": School(
        name="maliki",
        title=Bilingual("Maliki", "المالكي"),
        grandfather_excludes_siblings=False,
        shares_with_maternal=True,
        fathers_exclude_their_mothers=True,
        near_paternal_excludes_far_maternal=False,
        excluded_grandmother_excludes=False,
        grandmothers_through=1,
        grandfather_takes_maternal_third=True,
        returns=False,
        treasury="orderly",
        returns_to_spouses=False,
        kindred="tanzil",
        kindred_equal=False,
        hinders=_ALWAYS,
    ),
    "shafii": School(
        name="shafii",
        title=Bilingual("Shafi'i", "الشافعي"),
        grandfather_excludes_siblings=False,
        shares_with_maternal=True,
        fathers_exclude_their_mothers=True,
        near_paternal_excludes_far_maternal=False,
        excluded_grandmother_excludes=False,
        grandmothers_through=99,
        grandfather_takes_maternal_third=False,
        returns=False,
        treasury="disordered",
        returns_to_spouses=False,
        kindred="tanzil",
        kindred_equal=False,
        hinders=_ALWAYS | {"killing_accidental", "killing_indirect"},
    ),
    "hanbali": School(
        name="hanbali",
        title=Bilingual("Hanbali", "الحنبلي"),
        grandfather_excludes_siblings=False,
        shares_with_maternal=False,
        fathers_exclude_their_mothers=False,
        near_paternal_excludes_far_maternal=True,
        excluded_grandmother_excludes=False,
        grandmothers_through=2,
        grandfather_takes_maternal_third=False,
        returns=True,
        treasury="orderly",
        returns_to_spouses=False,
        kindred="tanzil",
        kindred_equal=True,
        hinders=_ALWAYS | {"killing_accidental", "killing_indirect"},
    ),
}
