"""Which stands on which side of a comparison: «القاهرة أكبر من الإسكندرية», "Egypt beat Cameroon". Knows nothing of numbers or verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from fanar.arabic.words import normal_forms
from fanar.attribution.claims.alignment import Alignment
from fanar.attribution.claims.ranks import QUALITIES
from fanar.attribution.claims.reading import Reading
from fanar.attribution.claims.tokens import Token

_NEAR = 3  # words between a quality and the «من» that compares by it: «أكثر سكانا من»
_OVERCOMING = normal_forms("فاز فازت يفوز تفوز فوز فوزه فوزها تغلب تغلبت يتغلب انتصر انتصرت ينتصر تفوق تفوقت يتفوق تتفوق")
_VERBS = frozenset(("beat", "beats", "defeated", "defeats", "overtook", "overtakes", "outsold", "outscored", "هزم", "هزمت", "يهزم", "تهزم"))


def exchanged(claim: Reading, passage: Reading, alignment: Alignment) -> bool:
    """Whether a claim compares what its passage compares, and has both sides the other way round."""
    ours, theirs = _between(claim.tokens), _between(passage.tokens)
    if ours is None or theirs is None:
        return False
    left = [place for at, (place, _) in alignment.pairs.items() if at < ours]
    right = [place for at, (place, _) in alignment.pairs.items() if at > ours]
    return any(place > theirs for place in left) and any(place < theirs for place in right)


def _between(tokens: Sequence[Token]) -> int | None:
    """Return the position of the first word that stands between what is compared, None where nothing is."""
    forms = [token.form for token in tokens]
    for at, form in enumerate(forms):
        if form == "than" or (form in _VERBS and forms[at + 1 : at + 2] != ["by"]):
            return at
        before = forms[max(0, at - _NEAR) : at]
        if (form == "من" and any(each in QUALITIES for each in before)) or (
            form == "علي" and any(each in _OVERCOMING for each in forms[:at])
        ):
            return at
    return None
