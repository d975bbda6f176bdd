"""One sentence as it is compared: its tokens, dates, numbers, and which words are denied. Knows nothing of other sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fanar.attribution.claims.lexicon import CONCEPTS, NEGATORS, NOT_NEGATING, reach
from fanar.attribution.claims.moments import Moment, read_moments
from fanar.attribution.claims.quantities import Quantity, read_quantities
from fanar.attribution.claims.tokens import Token, tokens

_LONGEST = 4_000  # characters that are read of one sentence
_MOST_TOKENS = 400  # of one sentence; what has more is a list or a table


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that was read. `content` are the tokens that carry meaning, by position; those of dates and quantities are not among them.

    `negated` are the positions of words in the reach of a negation; `negations` counts the negations.
    """

    tokens: Sequence[Token]
    content: Sequence[int]
    moments: Sequence[Moment]
    quantities: Sequence[Quantity]
    negated: frozenset[int]
    negations: int
    by_form: dict[str, list[int]] = field(repr=False)
    by_stem: dict[str, list[int]] = field(repr=False)
    by_concept: dict[str, list[int]] = field(repr=False)


def read(text: str) -> Reading:
    """Read one sentence."""
    found = tokens(text[:_LONGEST])[:_MOST_TOKENS]
    moments = read_moments(found)
    dated = frozenset(at for moment in moments for at in range(moment.first, moment.after))
    quantities = read_quantities(found, taken=dated)
    numbers = dated | {at for each in quantities for at in range(each.first - each.bounded, each.after)}
    content = [at for at, token in enumerate(found) if not token.stop and token.kind == "word" and at not in numbers]
    negated, negations = _denied(found)
    by_form: dict[str, list[int]] = {}
    by_stem: dict[str, list[int]] = {}
    by_concept: dict[str, list[int]] = {}
    for at in content:
        token = found[at]
        by_form.setdefault(token.form, []).append(at)
        by_stem.setdefault(token.stem, []).append(at)
        for concept in concepts(token):
            by_concept.setdefault(concept, []).append(at)
    return Reading(found, content, moments, quantities, negated, negations, by_form, by_stem, by_concept)


def concepts(token: Token) -> Sequence[str]:
    """Return the ids of the groups of like-meaning words that a word belongs to."""
    return CONCEPTS.get(token.form) or CONCEPTS.get(token.stem) or ()


def _denied(found: Sequence[Token]) -> tuple[frozenset[int], int]:
    negated: set[int] = set()
    negations = 0
    for at, token in enumerate(found):
        form = _denial(token.form)
        if not form:
            continue
        behind = found[at + 1].form if at + 1 < len(found) else ""
        if (form, behind) in NOT_NEGATING:
            continue
        negations += 1
        negated.update(range(at + 1, min(at + 1 + reach(form), len(found))))
    return frozenset(negated), negations


def _denial(form: str) -> str:
    """Return the negation that a word is, without a conjunction written to it; empty for other words."""
    if form in NEGATORS:
        return form
    return form[1:] if form[:1] in ("و", "ف", "ب") and len(form) > 2 and form[1:] in NEGATORS else ""
