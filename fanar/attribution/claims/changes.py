"""By how much something changed, where words and not a number of hundredths say it: halved, «تضاعف», "by a third", "from 4 to 8".

Each is a percentage, as «بنسبة 50 في المئة» is; the verb says whether it went up or down. Knows nothing of other sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from fanar.arabic.normalization import normalize
from fanar.arabic.numerals import read_numeral
from fanar.arabic.words import normal_forms
from fanar.attribution.claims.bounds import bound_of
from fanar.attribution.claims.quantities import Quantity, interval
from fanar.attribution.claims.tokens import Token, parted
from fanar.attribution.claims.units import FRACTIONS, unit_of

_WIDE = 0.1  # of what "doubled" leaves open
_VERBS: Mapping[str, float] = {
    form: percent
    for percent, forms in (
        (50, "halve halved halves halving"),
        (100, "double doubled doubles doubling تضاعف تضاعفت يتضاعف تتضاعف تضاعفا ضاعف ضاعفت مضاعفة"),
        (200, "triple tripled triples tripling treble trebled"),
        (300, "quadruple quadrupled quadruples"),
    )
    for form in normalize(forms).split()
}
_FOLD = {"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "sixfold": 6, "tenfold": 10}
_TIMES = normal_forms("مرات مرة أضعاف times")
_TWICE = normal_forms("مرتين مرتان ضعفين")
_TO_TWICE = normal_forms("الضعف ضعفي ضعفين")
_JOINED = ("و", "ف")
_ARTICLES = frozenset(("a", "an", "one"))
_SIZES = normal_forms("بمقدار بنسبة مقدار")
_NEAR = 3  # words between a change and how often: «تضاعفت المبيعات ثلاث مرات»
_BETWEEN = 4  # words between the two numbers of a change: "from 4 million in 2019 to 8 million"
_FROM, _TO = frozenset(("from", "من")), frozenset(("to", "الي"))


def read_changes(tokens: Sequence[Token], *, taken: frozenset[int] = frozenset()) -> list[Quantity]:
    """Return the changes that words tell, in order; the tokens in `taken` are passed over."""
    forms = [token.form for token in tokens]
    found: list[Quantity] = []
    for at in range(len(forms)):
        if at in taken or (found and at < found[-1].after):
            continue
        told = _multiplied(forms, at) or _by_part(tokens, forms, at)
        if told is not None:
            low, high, first, after = told
            found.append(_percentage(forms, low, high, first, after))
    return found


def _percentage(forms: Sequence[str], low: float, high: float, first: int, after: int) -> Quantity:
    nominal = (low + high) / 2
    bound, bounded = bound_of(forms, first, after)
    if bound in ("exact", "about", "nearly"):
        return Quantity(low * (1 - _WIDE), high * (1 + _WIDE), nominal, "percent", "exact", first, after)
    return Quantity(*interval(nominal, 0.0, bound), nominal, "percent", bound, first, after, bounded=bounded)


def _multiplied(forms: Sequence[str], at: int) -> tuple[float, float, int, int] | None:
    """Return (least and most percentage, first token, position after) of "tripled", «تضاعفت ثلاث مرات», "threefold", «ثلاثة أضعاف»."""
    form = forms[at] if forms[at][:1] not in _JOINED or forms[at] in _VERBS else forms[at][1:]
    if form in _VERBS:
        often = [(first, *_times(forms, first)) for first in range(at + 1, at + 2 + _NEAR)]
        first, many, after = next((each for each in often if each[1]), (at, 0.0, at))
        percent = _VERBS[form] if not many else (many - 1) * 100
        # The verb says something besides: that it rose.
        return percent, percent, first, after
    if form in _FOLD:
        return (_FOLD[form] - 1) * 100.0, (_FOLD[form] - 1) * 100.0, at, at + 1
    if form == "twice" and forms[at + 1 : at + 2] in (["as"], ["the"]):
        return 100.0, 100.0, at, at + 1
    if form in _TO_TWICE and at and forms[at - 1] in ("الي", "ب"):
        return 100.0, 100.0, at, at + 1
    many, after = _times(forms, at)
    if many and forms[after - 1] in ("اضعاف", "times"):
        # «ارتفع بثلاثة أضعاف»: to three times as much, or by as much.
        return (many - 1) * 100, many * 100, at, after
    return None


def _times(forms: Sequence[str], at: int) -> tuple[float, int]:
    """Return how often «ثلاث مرات» is, and the position after it; 0 where no such words stand at `at`."""
    if at >= len(forms):
        return 0.0, at
    if forms[at] in _TWICE:
        return 2.0, at + 1
    bare = forms[at].removeprefix("ب") if len(forms[at]) > 4 else forms[at]
    read = (int(bare), 1) if bare.isdigit() and len(bare) < 4 else read_numeral([bare, *forms[at + 1 : at + 4]], 0)
    after = at + read[1] if read else at
    if not read or read[0] < 2 or after >= len(forms) or forms[after] not in _TIMES:
        return 0.0, at
    return float(read[0]), after + 1


def _by_part(tokens: Sequence[Token], forms: Sequence[str], at: int) -> tuple[float, float, int, int] | None:
    """Return (percentage twice, first token, position after) of "in half", "by a third", «بمقدار الربع», «إلى النصف»."""
    form = forms[at]
    joined = form.removeprefix("ب").removeprefix("ال")
    if form.startswith("بال") and joined in FRACTIONS:  # «بالنصف»
        return FRACTIONS[joined], FRACTIONS[joined], at, at + 1
    to = form in _TO
    if not (to or form in ("in", "by") or form in _SIZES):
        return None
    named = at + 1
    while named < len(forms) and forms[named] in _ARTICLES:
        named += 1
    bare = forms[named].removeprefix("ال") if named < len(forms) else ""
    if bare not in FRACTIONS or (form == "in" and bare != "half") or (not bare.isascii() and bare == forms[named]):
        return None
    if _goes_on(tokens, named):
        return None
    percent = 100 - FRACTIONS[bare] if to else FRACTIONS[bare]
    return percent, percent, at, named + 1


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the fraction at `at` is one of something that is named behind it: "half an hour", "a third party", «النصف الثاني»."""
    if at + 1 == len(tokens) or parted(tokens[at], tokens[at + 1]):
        return False
    behind = tokens[at + 1]
    return behind.form in _ARTICLES or behind.form.startswith("ال") or (tokens[at].form.isascii() and not behind.stop)


def changes_between(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return by how many hundredths "from 4 million to 8 million" changes; that is what a passage says, though not in these words."""
    found: list[Quantity] = []
    for one, other in pairwise(quantities):
        first, second = (_word_before(tokens, each) for each in (one, other))
        rising = first in _FROM and second in _TO
        if other.first - one.after > _BETWEEN or not (rising or (first in _TO and second in _FROM)):
            continue
        before, after = (one, other) if rising else (other, one)
        past, now = _alike(tokens, before, after)
        if past > 0 and now > 0 and past != now:
            percent = abs(now / past - 1) * 100
            found.append(Quantity(percent * (1 - _WIDE), percent * (1 + _WIDE), percent, "percent", "exact", other.first, other.after))
    return found


def _word_before(tokens: Sequence[Token], quantity: Quantity) -> str:
    at = quantity.first - 1
    if at >= 0 and tokens[at].kind == "sign":
        at -= 1
    return tokens[at].form if at >= 0 else ""


def _alike(tokens: Sequence[Token], one: Quantity, other: Quantity) -> tuple[float, float]:
    """Return two numbers in one unit, which "six hours to three" names once; nothing for shares, whose difference is told in points."""
    if one.dimension in ("percent", "ordinal") or other.dimension in ("percent", "ordinal"):
        return 0.0, 0.0
    if one.dimension == other.dimension:
        return one.nominal, other.nominal
    units = [unit_of(tokens[each.after - 1].form) if each.after else None for each in (one, other)]
    if other.dimension == "plain" and units[0] is not None:
        return one.nominal / units[0][1], other.nominal
    if one.dimension == "plain" and units[1] is not None:
        return one.nominal, other.nominal / units[1][1]
    counted = {each.dimension.partition(".")[0] for each in (one, other)}
    return (one.nominal, other.nominal) if counted == {"plain", "count"} else (0.0, 0.0)
