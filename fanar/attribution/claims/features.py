"""What plain comparison tells of a claim and a passage, as numbers of stated meaning. Knows nothing of weights or verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fanar.attribution.claims.alignment import Alignment, align
from fanar.attribution.claims.comparison import Compared, compare, tally
from fanar.attribution.claims.reading import Reading
from fanar.attribution.claims.sides import exchanged

_RUN = 4
_STOP = 2  # characters between words that a stop stands between


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything that was compared, by name, with what the methods of a verdict are told from."""

    values: Mapping[str, float]
    alignment: Alignment
    compared: Sequence[Compared]


def signals(claim: Reading, passage: Reading, *, rarity: Mapping[str, float] | None = None) -> Signals:
    """Compare a claim with a passage."""
    alignment = align(claim, passage, rarity=rarity)
    compared = compare(claim, passage, alignment.pairs)
    values = {
        **_words(claim, passage, alignment),
        **_numbers(compared),
        **_denials(claim, passage, alignment),
        **_places(claim, passage, alignment),
    }
    return Signals(_crossed(values), alignment, compared)


def _words(claim: Reading, passage: Reading, alignment: Alignment) -> dict[str, float]:
    unmatched = [at for at in claim.content if at not in alignment.pairs]
    names = [at for at in claim.content if claim.tokens[at].capital and at > 0]
    lost = [at for at in names if at not in alignment.pairs]
    coverage = alignment.coverage
    return {
        "coverage": coverage,
        "whole": float(not unmatched),
        "one_missing": float(len(unmatched) == 1),
        "two_missing": float(len(unmatched) == 2),
        "many_missing": min(len(unmatched), 6) / 6,
        "coverage_squared": coverage * coverage,
        "little": float(coverage < 0.4),
        "names_missing": min(len(lost), 3) / 3,
        "exactness": sum(likeness for _, likeness in alignment.pairs.values()) / max(1, len(alignment.pairs)),
        "opposed": min(len(alignment.opposed), 2) / 2,
        "short": float(len(claim.content) <= 3),
        "wordy": min(len(passage.content) / max(1, len(claim.content)), 6) / 6,
    }


def _numbers(compared: Sequence[Compared]) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind, dated in (("number", False), ("date", True)):
        counted = tally(compared, dated=dated)
        total = sum(counted.values())
        for relation in ("same", "near", "apart", "missing"):
            found[f"{kind}_{relation}"] = float(counted[relation] > 0)
        found[f"{kind}_all_same"] = float(total > 0 and counted["same"] == total)
    found["bound_same"] = float(any(not each.exact and each.relation == "same" for each in compared))
    found["bound_apart"] = float(any(not each.exact and each.relation == "apart" for each in compared))
    return found


def _denials(claim: Reading, passage: Reading, alignment: Alignment) -> dict[str, float]:
    crossed = [
        at for at, (place, likeness) in alignment.pairs.items() if likeness < 2 and (at in claim.negated) != (place in passage.negated)
    ]
    # «غاب» and «لم يحضر» agree: a denial of the opposite denies nothing.
    if any((at in claim.negated) != (place in passage.negated) for at, place in alignment.opposed):
        crossed = []
    in_claim, in_passage = claim.negations > 0, passage.negations > 0
    denied = {at for at in crossed if at in claim.negated}
    contradicted = [pair for pair in alignment.opposed if (pair[0] in claim.negated) == (pair[1] in passage.negated)]
    around = exchanged(claim, passage, alignment)
    return {
        "claim_denies": float(bool(denied)),
        "passage_denies": float(len(crossed) > len(denied)),
        "claim_negates": float(in_claim),
        "only_claim_negates": float(in_claim and not in_passage),
        "only_passage_negates": float(in_passage and not in_claim),
        # Who is the smaller of two is what the other is larger than.
        "opposite": float(bool(contradicted) != around),
    }


def _places(claim: Reading, passage: Reading, alignment: Alignment) -> dict[str, float]:
    """Return what the order of the matched words tells: replaced words, roles that changed, stretches that were copied."""
    replaced = _replaced(claim, passage, alignment)
    order = [alignment.pairs[at][0] for at in claim.content if at in alignment.pairs]
    steps = list(pairwise(order))
    backward = sum(second < first for first, second in steps)
    copied, verbatim = _longest_run(claim, passage)
    spread = (max(order) - min(order) + 1) / max(1, len(order)) if order else 0.0
    return {
        "replaced": min(len(replaced), 2) / 2,
        "name_replaced": float(any(claim.tokens[at].capital and passage.tokens[to].capital for at, to in replaced)),
        "backward": backward / max(1, len(steps)),
        "copied": copied,
        "clause_copied": float(verbatim),
        "together": 1 / max(1.0, spread / 2) if order else 0.0,
        "end_missing": float(bool(claim.content) and claim.content[-1] not in alignment.pairs),
        "start_missing": float(bool(claim.content) and claim.content[0] not in alignment.pairs),
    }


def _replaced(claim: Reading, passage: Reading, alignment: Alignment) -> list[tuple[int, int]]:
    """Return (word of the claim, word of the passage that stands in its place) for words between matched neighbours."""
    found = []
    used = {place for place, _ in alignment.pairs.values()}
    for index, at in enumerate(claim.content):
        if at in alignment.pairs:
            continue
        left = alignment.pairs.get(claim.content[index - 1]) if index else None
        right = alignment.pairs.get(claim.content[index + 1]) if index + 1 < len(claim.content) else None
        if left and right and left[0] < right[0]:
            between = range(left[0] + 1, right[0])
        elif left and index + 1 == len(claim.content):
            between = range(left[0] + 1, left[0] + 1 + _RUN)
        elif right and not index:
            between = range(max(0, right[0] - _RUN), right[0])
        else:
            continue
        others = [place for place in between if place in passage.content and place not in used] if len(between) <= 2 * _RUN else []
        if others:
            found.append((at, others[0]))
    return found


def _longest_run(claim: Reading, passage: Reading) -> tuple[float, bool]:
    """Return the longest stretch of the claim's tokens that stands in the passage, as a share of the claim, and whether it is a clause."""
    ours, theirs = [token.form for token in claim.tokens], [token.form for token in passage.tokens]
    places: dict[str, list[int]] = {}
    for place, form in enumerate(theirs):
        places.setdefault(form, []).append(place)
    before: dict[int, int] = {}
    best = 0
    for form in ours:
        now = {place: before.get(place - 1, 0) + 1 for place in places.get(form, ())}
        best = max(best, max(now.values(), default=0))
        before = now
    whole = [place for place, length in before.items() if length == len(ours)]
    return best / max(1, len(ours)), any(_a_clause(passage, place + 1 - len(ours), place + 1) for place in whole)


def _a_clause(passage: Reading, first: int, after: int) -> bool:
    """Whether a stretch of a passage stands between stops, so that no word before or behind it takes back what it says."""
    tokens = passage.tokens
    opens = first == 0 or tokens[first].start - tokens[first - 1].end >= _STOP
    return opens and (after == len(tokens) or tokens[after].start - tokens[after - 1].end >= _STOP)


def _crossed(values: dict[str, float]) -> dict[str, float]:
    """Add the products by which a sign counts where the passage speaks of the claim's matter at all."""
    coverage = values["coverage"]
    crossed = ("number_apart", "date_apart", "opposite", "claim_denies", "passage_denies", "replaced", "name_replaced", "number_missing",
               "date_missing", "only_claim_negates", "only_passage_negates", "number_same", "date_same", "number_near", "date_near",
               "number_all_same", "date_all_same", "names_missing", "backward", "bound_same", "bound_apart")  # fmt: skip
    products = {f"{name}*coverage": values[name] * coverage for name in crossed}
    whole = {f"{name}*whole": values[name] * values["whole"] for name in ("number_all_same", "date_all_same", "number_apart", "date_apart",
             "number_missing", "passage_denies", "claim_denies", "opposite", "backward")}  # fmt: skip
    return {**values, **products, **whole}
