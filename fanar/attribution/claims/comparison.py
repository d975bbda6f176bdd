"""Numbers and dates of a claim against those of a passage, as intervals. Knows nothing of words but those beside a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fanar.attribution.claims.moments import Moment
from fanar.attribution.claims.quantities import Quantity
from fanar.attribution.claims.ranks import PLACE, Rank
from fanar.attribution.claims.reading import Reading
from fanar.attribution.claims.tokens import parted

Relation = Literal["same", "near", "apart", "missing"]
_AROUND = 4
_NOUN = 2  # words from a number to what it counts
_CALENDARS = 1  # days: where the moon is seen on another evening, the day is another


@dataclass(frozen=True, slots=True)
class Compared:
    """One number or date of a claim, and how the passage's best comparable one stands to it; `place` is that one's first token.

    `alone` says that the passage has one number of the claim's dimension and no other.
    """

    relation: Relation
    dated: bool
    exact: bool
    place: int | None = None
    alone: bool = False


def compare(claim: Reading, passage: Reading, pairs: Mapping[int, tuple[int, float]]) -> list[Compared]:
    """Compare each number and date of `claim`; `pairs` tells which of its words stand where in `passage`."""
    numbers = [_number(claim, quantity, passage, pairs) for quantity in claim.quantities]
    dates = [_date(moment, passage.moments) for moment in claim.moments]
    ranks = [_rank(claim, rank, passage, pairs) for rank in claim.ranks]
    return [*numbers, *dates, *(each for each in ranks if each is not None)]


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
    others = [(_comparable(quantity, other), other) for other in (*passage.quantities, *passage.changes)]
    least = max((likeness for likeness, _ in others), default=0.0) / 2
    for likeness, other in others:
        if likeness == 0 or likeness < least:
            continue
        shared = len(expected & set(_neighbours(passage, other.first, other.after)))
        relation = _relation(quantity, other)
        of_a_part = of_a_part or (other.part and relation == "same")
        ranked.append((likeness + shared + 0.1 * (relation == "same"), relation, other.first))
    exact = quantity.bound == "exact"
    if not ranked:
        none = _none_of(claim, quantity, passage, pairs)
        return Compared("missing" if none is None else "apart", dated=False, exact=exact, place=none, alone=none is not None)
    _, relation, place = max(ranked)
    alone = quantity.dimension != "plain" and sum(other.dimension == quantity.dimension for other in passage.quantities) == 1
    if relation == "apart" and of_a_part:
        # «ثلاث شركات قطرية» is no denial of «أربع شركات، ثلاث منها قطرية».
        relation = "near"
    return Compared(relation, dated=False, exact=exact, place=place, alone=alone)


def _none_of(claim: Reading, quantity: Quantity, passage: Reading, pairs: Mapping[int, tuple[int, float]]) -> int | None:
    """Return where a passage denies what a claim counts, "no village" against "three villages", None where it does not."""
    noun = next((at for at in range(quantity.after, quantity.after + _NOUN) if at in pairs), None)
    if noun is None or noun in claim.denials.reached or quantity.nominal <= 0:
        return None
    return pairs[noun][0] if pairs[noun][0] in passage.denials.reached else None


def _rank(claim: Reading, rank: Rank, passage: Reading, pairs: Mapping[int, tuple[int, float]]) -> Compared | None:
    """Compare a rank; what is the largest on both sides is compared by its words alone."""
    others = [other for other in passage.ranks if rank.qualities & other.qualities]
    # «جاء ثالثا بين أطول المباني» is «ثالث أطول مبنى».
    others = others or [other for other in passage.ranks if rank.told and other.told and PLACE in (rank.qualities, other.qualities)]
    if not (rank.told or any(other.told for other in others)):
        return None
    if not others:
        return Compared("missing", dated=False, exact=True)
    ours = _beside(claim, rank)
    expected = {pairs[at][0]: weight for at, weight in ours.items() if at in pairs}
    among = any(at > rank.first for at in ours)
    ranked: list[tuple[float, Relation, int]] = []
    for other in others:
        theirs = _beside(passage, other)
        shared = sum(min(weight, expected.get(at, 0.0)) for at, weight in theirs.items())
        relation = relation_of(rank.low, rank.high, other.low, other.high)
        behind = [at for at in theirs if at > other.first]
        # "one of the largest" says no number, and the largest employer is not the largest plant.
        if relation == "near" or (among and behind and other.qualities != PLACE and expected.keys().isdisjoint(behind)):
            relation = "missing"
        ranked.append((shared + 0.1 * (relation == "same"), relation, other.first))
    _, relation, place = max(ranked)
    return Compared(relation, dated=False, exact=True, place=place, alone=len(others) == 1)


def _beside(reading: Reading, rank: Rank) -> Mapping[int, float]:
    """Return what each word of the clause says of which rank it is: among whom most, then whose place, what is ranked least."""
    clause = _clause(reading, rank.first)
    ends = min((other.first for other in reading.ranks if other.first > rank.first), default=clause.stop)
    behind = [at for at in reading.content if rank.after <= at < min(ends, clause.stop)]
    placed = rank.qualities == PLACE
    before = {at: 2.0 if placed else 1.0 for at in reading.content if clause.start <= at < rank.first}
    return before | {at: 3.0 if placed or at > behind[0] else 1.0 for at in behind}


def _clause(reading: Reading, at: int) -> range:
    """Return the words around one that no stop parts from it."""
    tokens = reading.tokens
    first, after = at, at + 1
    while first and not parted(tokens[first - 1], tokens[first]):
        first -= 1
    while after < len(tokens) and not parted(tokens[after - 1], tokens[after]):
        after += 1
    return range(first, after)


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
    found = [(_when(moment, other), other.first) for other in others]
    relation, place = min(found, key=lambda each: order[each[0]])
    return Compared(relation, dated=True, exact=exact, place=place)


def _when(claimed: Moment, said: Moment) -> Relation:
    slack = _CALENDARS if claimed.calendar != said.calendar else 0
    return relation_of(claimed.low - slack, claimed.high + slack, said.low, said.high)


def tally(compared: Sequence[Compared], *, dated: bool) -> Counter[Relation]:
    """Count the relations of numbers, or of dates."""
    return Counter(each.relation for each in compared if each.dated is dated)
