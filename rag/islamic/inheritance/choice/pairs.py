"""Which of several kin excludes an heir where no story is told: found by dividing between the two alone. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.option import Option
from rag.islamic.inheritance.kin import HUSBAND, Kin
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.solver import solve


def excluder_of(heir: Mention, options: Sequence[Option], school: SchoolName) -> int | None:
    """Return the one option all of whose kin exclude the heir, of whatever kind these and he are; None where none or several do."""
    found = [at for at, option in enumerate(options) if option.named and all(_excludes(each, heir, school) for each in option.named)]
    return found[0] if len(found) == 1 else None


def _excludes(other: Mention, heir: Mention, school: SchoolName) -> bool:
    return bool(other.options) and all(_keeps_out(kin, kept, school) for kin in other.options for kept in heir.options)


def _keeps_out(kin: Kin, kept: Kin, school: SchoolName) -> bool:
    try:
        division = solve(Case(kin != HUSBAND, {kept: 1, kin: 1}, school, "disordered")) if kin != kept else None
    except UnprocessableError:
        return False
    return division is not None and any(exclusion.heir == kept and kin in exclusion.by for exclusion in division.exclusions)
