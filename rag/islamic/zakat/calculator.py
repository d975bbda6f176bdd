"""The calculator: a case in, lines out, with the lunar year looked at. Knows nothing of HTTP or of wording."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from rag.islamic.calendar.hijri import lunar_year_after
from rag.islamic.zakat.case import ZERO, Case
from rag.islamic.zakat.fitr import reckon_fitr
from rag.islamic.zakat.harvest import reckon_crop, reckon_treasure
from rag.islamic.zakat.line import Line, Unit
from rag.islamic.zakat.livestock import reckon
from rag.islamic.zakat.wealth import reckon_wealth

_NOTHING = Bilingual("Nothing was given of which zakat could be due.", "لم يُذكر مال تجب فيه الزكاة.")
_BACKWARDS = Bilingual("The nisab was reached after the day of reckoning.", "تاريخ بلوغ النصاب بعد يوم الحساب.")
_TWICE = Bilingual("Each kind of animal stands once.", "يُذكر كل صنف من الأنعام مرة واحدة.")
_AT_ONCE = ("crops", "rikaz", "fitr")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A case and its lines. `complete` is the day on which the lunar year is; None where it was not told when it began."""

    case: Case
    lines: tuple[Line, ...]
    complete: date | None

    @property
    def year_passed(self) -> bool | None:
        """Whether the lunar year is over; None where that was not told."""
        return None if self.complete is None or self.case.on is None else self.case.on >= self.complete

    @property
    def money(self) -> Fraction | None:
        """All that is due, in money; None where the price of some of it is not known or it is no money."""
        due = [line for line in self.lines if line.status == "due"]
        return None if any(line.worth is None for line in due) else sum((line.worth or ZERO for line in due), ZERO)

    @property
    def total(self) -> dict[Unit, Fraction]:
        """All that is due by kind, of choices the first; food, which is of many kinds, stands in its lines alone."""
        total: dict[Unit, Fraction] = {}
        for line in self.lines:
            for amount in line.due[0] if line.status == "due" and line.due else ():
                if amount.unit != "kg":
                    total[amount.unit] = total.get(amount.unit, ZERO) + amount.number
        return total


def calculate(case: Case) -> Reckoning:
    """Reckon. Raises UnprocessableError for what is missing, by name, and for what is not known here."""
    if len({herd.kind for herd in case.herds}) < len(case.herds):
        raise UnprocessableError(_TWICE, param="livestock")
    lines = [*reckon_wealth(case), *(reckon(herd, case.school) for herd in case.herds), *(reckon_crop(crop, case) for crop in case.crops)]
    if case.treasure:
        lines.append(reckon_treasure(case.treasure, case))
    if case.fitr:
        lines.append(reckon_fitr(case.fitr, case))
    if not lines:
        raise UnprocessableError(_NOTHING)
    complete = lunar_year_after(case.since) if case.since else None
    if case.since and case.on and case.on < case.since:
        raise UnprocessableError(_BACKWARDS, param="hawl.since")
    if complete and case.on and case.on < complete:
        lines = [line if _at_once(line) or line.status != "due" else replace(line, status="later") for line in lines]
    return Reckoning(case, tuple(lines), complete)


def _at_once(line: Line) -> bool:
    return line.item.split(".")[0] in _AT_ONCE
