"""What plain comparison tells of a claim and a passage, as numbers of stated meaning. Knows nothing of weights or verdicts."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fanar.attribution.claims.alignment import Alignment, align
from fanar.attribution.claims.comparison import Compared, compare, tally
from fanar.attribution.claims.reading import Reading
from fanar.attribution.claims.sides import exchanged
from fanar.attribution.claims.tokens import parted

_RUN = 4
_ONLY_CROSSED = ("clash",)  # say nothing where the passage may speak of another matter


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
    found["clash"] = float(any(each.relation == "apart" and each.alone for each in compared))
    found["apart_beside"] = found["number_apart"] * found["date_same"] + found["date_apart"] * found["number_same"]
    found["bound_same"] = float(any(not each.exact and each.relation == "same" for each in compared))
    found["bound_apart"] = float(any(not each.exact and each.relation == "apart" for each in compared))
    return found


def _denials(claim: Reading, passage: Reading, alignment: Alignment) -> dict[str, float]:
    ours, theirs = claim.denials.reached, passage.denials.reached
    crossed = [at for at, (place, likeness) in alignment.pairs.items() if likeness < 2 and (at in ours) != (place in theirs)]
    # «غاب» and «لم يحضر» agree: a denial of the opposite denies nothing.
    if any((at in ours) != (place in theirs) for at, place in alignment.opposed):
        crossed = []
    in_claim, in_passage = bool(claim.denials.about), bool(passage.denials.about)
    denied = {at for at in crossed if at in ours}
    contradicted = [pair for pair in alignment.opposed if (pair[0] in ours) == (pair[1] in theirs)]
    around = exchanged(claim, passage, alignment)
    return {
        "claim_denies": float(bool(denied)),
        "passage_denies": float(len(crossed) > len(denied)),
        "claim_negates": float(in_claim),
        "only_passage_negates": float(in_passage and not in_claim),
        # Who is the smaller of two is what the other is larger than.
        "opposite": float(bool(contradicted) != around),
        **_about(claim, passage, alignment),
    }


def _about(claim: Reading, passage: Reading, alignment: Alignment) -> dict[str, float]:
    """Return what becomes on either side of what the other denies: it is said, it is denied too, or there is no word of it."""
    places = {at: place for at, (place, _) in alignment.pairs.items()}
    opposed = dict(alignment.opposed)
    back = {place: at for at, place in places.items()}
    back_opposed = {place: at for at, place in alignment.opposed}
    ours = [_met(words, places, opposed, passage.denials.reached) for words in claim.denials.about]
    theirs = [_met(words, back, back_opposed, claim.denials.reached) for words in passage.denials.about]
    return {
        "denial_crossed": float("said" in ours),
        "denial_answered": float("said" in theirs),
        "denial_agreed": float("denied" in ours),
        "denial_unmet": float("unmet" in ours),
        "only_claim_negates": float(bool(ours) and "denied" not in ours),
    }


def _met(words: Sequence[int], places: Mapping[int, int], opposed: Mapping[int, int], denied: Container[int]) -> str:
    """Return whether what a denial is about, in `words`, is "said" or "denied" on the other side, or "unmet" there."""
    met = [at for at in words if at in places]
    if any(places[at] in denied for at in met):
        return "denied"
    if met and met[-1] == words[-1]:
        return "said"
    turned = [opposed[at] in denied for at in words if at in opposed]
    return "unmet" if not turned else "said" if turned[-1] else "denied"


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
        "slot_replaced": float(any(at and to and claim.tokens[at - 1].form == passage.tokens[to - 1].form for at, to in replaced)),
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
    opens = first == 0 or parted(tokens[first - 1], tokens[first])
    return opens and (after == len(tokens) or parted(tokens[after - 1], tokens[after]))


def _crossed(values: dict[str, float]) -> dict[str, float]:
    """Add the products by which a sign counts where the passage speaks of the claim's matter at all."""
    coverage = values["coverage"]
    crossed = ("number_apart", "date_apart", "opposite", "claim_denies", "passage_denies", "replaced", "name_replaced", "slot_replaced",
               "number_missing", "date_missing", "only_claim_negates", "only_passage_negates", "number_same", "date_same", "number_near",
               "date_near", "number_all_same", "date_all_same", "names_missing", "backward", "bound_same", "bound_apart", "clash",
               "denial_crossed", "denial_answered", "denial_agreed")  # fmt: skip
    products = {f"{name}*coverage": values[name] * coverage for name in crossed}
    whole = {f"{name}*whole": values[name] * values["whole"] for name in ("number_all_same", "date_all_same", "number_apart", "date_apart",
             "number_missing", "passage_denies", "claim_denies", "opposite", "backward")}  # fmt: skip
    return {name: value for name, value in values.items() if name not in _ONLY_CROSSED} | products | whole
