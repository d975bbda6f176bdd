"""A result as data for machines: what the API, the command line and assistants return. Knows no rule; fractions are exact strings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import Any

from rag.islamic.inheritance.calculator import Result
from rag.islamic.inheritance.division import Division, Share, Step
from rag.islamic.inheritance.estate import in_money
from rag.islamic.inheritance.kin import key_of
from rag.islamic.inheritance.names import name_of
from rag.islamic.inheritance.report import table
from rag.islamic.inheritance.rules import RULES
from rag.islamic.inheritance.successive import Succession
from rag.islamic.inheritance.uncertain import Ranged

Json = dict[str, Any]


def told(result: Result) -> Json:
    """Return the result as JSON."""
    division, money = result.division, result.money
    shares = list(division.shares)
    amounts = [None] * len(shares) if money is None else in_money([share.fraction for share in shares], money)
    notes = [*result.settlement.notes, *division.notes, *(result.ranged.notes if result.ranged else ())]
    return {
        "madhab": division.case.school,
        "deceased": "male" if division.case.male else "female",
        "shares": [_share(share, amount, result) for share, amount in zip(shares, amounts, strict=True)],
        **_numbers(division),
        "blocked": list(_blocked(division)),
        "to_treasury": str(division.treasury) if division.treasury else None,
        "trace": [_step(step) for step in division.steps],
        **(_certain(result.ranged, division) if result.ranged else {}),
        "notes": [note.by_language() for note in notes],
        "estate": _estate(result),
        "ranges": _ranged(result.ranged) if result.ranged else None,
        "succession": _succession(result.succession, money) if result.succession else None,
        "text": table(result).by_language(),
    }


def _share(share: Share, amount: Fraction | None, result: Result) -> Json:
    division = result.division
    told: Json = {
        "heir": key_of(share.heir),
        "name": name_of(share.heir).by_language(),
        "count": share.count,
        "fraction": str(share.fraction),
        "each": str(share.each),
        "lots": int(share.fraction * division.corrected),
        "rule": {
            "id": share.rules[0],
            **share.reason.by_language(),
            "school": division.case.school,
            "source": RULES[share.rules[0]].source.by_language(),
        },
    }
    if amount is not None:
        told["amount"] = float(amount)
        told["amount_each"] = round(float(amount / share.count), 2)
        told["currency"] = result.inquiry.currency or None
    return told


def _numbers(division: Division) -> Json:
    return {
        "base": division.base,
        "awl": division.raised is not None,
        "awl_base": division.raised,
        "radd": division.returned is not None,
        "radd_base": division.returned,
        "corrected_base": division.corrected,
    }


def _blocked(division: Division) -> Iterator[Json]:
    for exclusion in division.exclusions:
        yield {
            "heir": key_of(exclusion.heir),
            "name": name_of(exclusion.heir).by_language(),
            "count": exclusion.count,
            "by": [key_of(kin) for kin in exclusion.by],
            "rule": {"id": exclusion.rule, **exclusion.reason.by_language(), "school": division.case.school},
        }


def _step(step: Step) -> Json:
    return {"rule": step.rule, **step.text.by_language(), "source": step.source.by_language() if step.source else None}


def _estate(result: Result) -> Json | None:
    given, settled = result.inquiry.estate, result.settlement
    if given.value is None and not given.bequests:
        return None
    as_told = (lambda value: float(round(value, 2))) if given.value is not None else str
    return {
        "value": None if given.value is None else float(given.value),
        "currency": result.inquiry.currency or None,
        "after_debts": as_told(settled.net),
        "bequests": [as_told(paid) for paid in settled.paid],
        "for_heirs": as_told(settled.heirs),
    }


def _certain(ranged: Ranged, division: Division) -> Json:
    """Return what replaces the fields of a division while not everything is known: what is given now, and the proof of each possibility."""
    rule = {"id": "certain", **ranged.notes[0].by_language(), "school": division.case.school}
    now = [each for each in ranged.ranges if each.now]
    base = lcm(1, *(each.now.denominator for each in ranged.ranges))
    return {
        "shares": [
            {
                "heir": key_of(each.heir),
                "name": each.name.by_language(),
                "count": each.count,
                "fraction": str(each.now * each.count),
                "each": str(each.now),
                "lots": int(each.now * each.count * base),
                "rule": rule,
            }
            for each in now
        ],
        "base": base,
        "awl": False,
        "awl_base": None,
        "radd": False,
        "radd_base": None,
        "corrected_base": base,
        "blocked": [],
        "to_treasury": None,
        "trace": [
            {**_step(step), "possibility": possibility.name.by_language()}
            for possibility in ranged.possibilities
            for step in possibility.division.steps
        ],
    }


def _ranged(ranged: Ranged) -> Json:
    return {
        "heirs": [
            {
                "heir": key_of(each.heir),
                "name": each.name.by_language(),
                "count": each.count,
                "each_least": str(each.least),
                "each_most": str(each.most),
                "each_now": str(each.now),
            }
            for each in ranged.ranges
        ],
        "reserved": str(ranged.reserved),
        "possibilities": [
            {
                **possibility.name.by_language(),
                "shares": {key_of(kin): str(fraction) for kin, fraction in possibility.division.fractions.items()},
                "to_treasury": str(possibility.division.treasury) if possibility.division.treasury else None,
            }
            for possibility in ranged.possibilities
        ],
    }


def _succession(succession: Succession, money: Fraction | None) -> Json:
    amounts = [None] * len(succession.holders) if money is None else in_money([each.fraction for each in succession.holders], money)
    return {
        "base": succession.base,
        "holders": [
            {
                "label": holder.label,
                "name": holder.name.by_language(),
                "count": holder.count,
                "fraction": str(holder.fraction),
                "each": str(holder.fraction / holder.count),
                **({} if amount is None else {"amount": float(amount)}),
            }
            for holder, amount in zip(succession.holders, amounts, strict=True)
        ],
        "to_treasury": str(succession.treasury) if succession.treasury else None,
        "deaths": [[_step(step) for step in division.steps] for division in succession.divisions],
    }
