"""Numbers and dates of a claim against those of a passage, as intervals. Knows nothing of words but those beside a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fanar.attribution.claims.moments import Moment
from fanar.attribution.claims.quantities import Quantity
from fanar.attribution.claims.reading import Reading

Relation = Literal["same", "near", "apart", "missing"]
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """One number or date of a claim, and how the passage's best comparable one stands to it; `place` is that one's first token."""

    relation: Relation
    dated: bool
    exact: bool
    place: int | None = None


def compare(claim: Reading, passage: Reading, pairs: Mapping[int, tuple[int, float]]) -> list[Compared]:
    """Compare each number and date of `claim`; `pairs` tells which of its words stand where in `passage`."""
    numbers = [_number(claim, quantity, passage, pairs) for quantity in claim.quantities]
    dates = [_date(moment, passage.moments) for moment in claim.moments]
    return [*numbers, *dates]


def relation_of(low: float, high: float, other_low: float, other_high: float) -> Relation:
    """Return how [other_low, other_high], which a passage says, stands to [low, high], which a claim says."""
    if other_low > high or other_high < low:
        return "apart"
    return "same" if low <= other_low and other_high <= high else "near"


def _number(claim: Reading, quantity: Quantity, passage: Reading, pairs: Mapping[int, tuple[int, float]]) -> Compared:
    around = _neighbours(claim, quantity.first, quantity.after)
    expected = {pairs[at][0] for at in around if at in pairs}
    ranked: list[tuple[float, Relation, int]] = []
    of_a_part = False
    for other in passage.quantities:
        likeness = _comparable(quantity, other)
        if likeness == 0:
            continue
        shared = len(expected & set(_neighbours(passage, other.first, other.after)))
        relation = _relation(quantity, other)
        of_a_part = of_a_part or (other.part and relation == "same")
        ranked.append((likeness + shared + 0.1 * (relation == "same"), relation, other.first))
    exact = quantity.bound == "exact"
    if not ranked:
        return Compared("missing", dated=False, exact=exact)
    _, relation, place = max(ranked)
    if relation == "apart" and of_a_part:
        # «ثلاث شركات قطرية» is no denial of «أربع شركات، ثلاث منها قطرية».
        relation = "near"
    return Compared(relation, dated=False, exact=exact, place=place)


def _relation(claimed: Quantity, said: Quantity) -> Relation:
    # Of two plain numbers either may be the rounded one.
    if claimed.bound == said.bound == "exact" and (claimed.low <= said.nominal <= claimed.high or said.low <= claimed.nominal <= said.high):
        return "same"
    return relation_of(claimed.low, claimed.high, *said.typical)


def _comparable(one: Quantity, other: Quantity) -> float:
    """Return how surely two numbers measure the same thing; 0 where they cannot."""
    if one.dimension == other.dimension:
        return 2.0
    kinds = {one.dimension.partition(".")[0], other.dimension.partition(".")[0]}
    if kinds <= {"count", "plain"}:
        return 1.0 if "plain" in kinds else 0.5
    if kinds == {"plain", "ordinal"} or ("plain" in kinds and kinds & {"money", "percent"}):
        return 0.5
    return 0.0


def _neighbours(reading: Reading, first: int, after: int) -> Sequence[int]:
    return [at for at in range(max(0, first - _AROUND), min(len(reading.tokens), after + _AROUND)) if not first <= at < after]


def _date(moment: Moment, others: Sequence[Moment]) -> Compared:
    exact = moment.bound == "exact"
    if not others:
        return Compared("missing", dated=True, exact=exact)
    order: Mapping[Relation, int] = {"same": 0, "near": 1, "apart": 2, "missing": 3}
    found = [(relation_of(moment.low, moment.high, other.low, other.high), other.first) for other in others]
    relation, place = min(found, key=lambda each: order[each[0]])
    return Compared(relation, dated=True, exact=exact, place=place)


def tally(compared: Sequence[Compared], *, dated: bool) -> Counter[Relation]:
    """Count the relations of numbers, or of dates."""
    return Counter(each.relation for each in compared if each.dated is dated)
