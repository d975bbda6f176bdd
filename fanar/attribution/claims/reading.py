"""One sentence as it is compared: its tokens, dates, numbers, and which words are denied. Knows nothing of other sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fanar.attribution.claims.changes import changes_between, read_changes
from fanar.attribution.claims.denials import Denials, read_denials
from fanar.attribution.claims.lexicon import CONCEPTS
from fanar.attribution.claims.moments import Moment, read_moments
from fanar.attribution.claims.quantities import Quantity, read_quantities
from fanar.attribution.claims.ranks import Rank, read_ranks
from fanar.attribution.claims.tokens import Token, of_weak_verb, tokens

_LONGEST = 4_000  # characters that are read of one sentence
_MOST_TOKENS = 400  # of one sentence; what has more is a list or a table


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that was read. `content` are the tokens that carry meaning, by position; those of dates and quantities are not among them.

    `changes` are percentages that the quantities tell together: "from 4 to 8 million".
    """

    tokens: Sequence[Token]
    content: Sequence[int]
    moments: Sequence[Moment]
    quantities: Sequence[Quantity]
    changes: Sequence[Quantity]
    ranks: Sequence[Rank]
    denials: Denials
    by_form: dict[str, list[int]] = field(repr=False)
    by_stem: dict[str, list[int]] = field(repr=False)
    by_concept: dict[str, list[int]] = field(repr=False)


def read(text: str) -> Reading:
    """Read one sentence."""
    found = tokens(text[:_LONGEST])[:_MOST_TOKENS]
    moments = read_moments(found)
    dated = frozenset(at for moment in moments for at in range(moment.first, moment.after))
    ranks = read_ranks(found)
    ranked = dated | {at for rank in ranks for at in rank.taken}
    changes = read_changes(found, taken=ranked)
    taken = ranked | {at for each in changes for at in range(each.first, each.after)}
    quantities = sorted([*changes, *read_quantities(found, taken=taken)], key=lambda each: each.first)
    numbers = ranked | {at for each in quantities for at in range(each.first - each.bounded, each.after)}
    denials = read_denials(found, numbers=numbers)
    idle = numbers | denials.idle
    content = [at for at, token in enumerate(found) if not token.stop and token.kind == "word" and at not in idle]
    by_form: dict[str, list[int]] = {}
    by_stem: dict[str, list[int]] = {}
    by_concept: dict[str, list[int]] = {}
    for at in content:
        token = found[at]
        by_form.setdefault(token.form, []).append(at)
        by_stem.setdefault(token.stem, []).append(at)
        for concept in concepts(token):
            by_concept.setdefault(concept, []).append(at)
    return Reading(found, content, moments, quantities, changes_between(found, quantities), ranks, denials, by_form, by_stem, by_concept)


def concepts(token: Token) -> Sequence[str]:
    """Return the ids of the groups of like-meaning words that a word belongs to."""
    others = (token.form, token.stem, token.form.removeprefix("ف"), *of_weak_verb(token.form))
    return next((found for form in others if (found := CONCEPTS.get(form))), ())
