"""Who is left when impediments are looked at: the hindered neither inherit nor exclude. Knows nothing of shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case, Hindered
from rag.islamic.inheritance.kin import Kin

_TOO_MANY = Bilingual("More heirs are barred than there are.", "الممنوعون من الإرث أكثر من الورثة.")


@dataclass(frozen=True, slots=True)
class Admitted:
    """The heirs who count, and what was found of each impediment."""

    heirs: Mapping[Kin, int]
    barred: tuple[Hindered, ...]
    harmless: tuple[Hindered, ...]


def admit(case: Case) -> Admitted:
    """Take out whom an impediment bars in the case's school. Raises UnprocessableError where more are barred than are there."""
    heirs = dict(case.heirs)
    barred = tuple(each for each in case.hindered if each.reason in case.rules.hinders)
    for each in barred:
        left = heirs.get(each.heir, 0) - each.count
        if left < 0:
            raise UnprocessableError(_TOO_MANY, param="impediments")
        heirs[each.heir] = left
    return Admitted(
        {kin: count for kin, count in heirs.items() if count}, barred, tuple(each for each in case.hindered if each not in barred)
    )
