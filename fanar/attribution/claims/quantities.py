"""Numbers of a sentence as intervals: «أكثر من ٢٥ مليون نسمة» is everything above 25 million people. Knows nothing of dates.

A number is as exact as it is written: 26 million stands for what rounds to it, "over 26 million" for what lies above. So two numbers
compare as intervals, whoever rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from fanar.arabic.numerals import read_numeral
from fanar.arabic.words import normal_forms
from fanar.attribution.claims.bounds import Bound, bound_of
from fanar.attribution.claims.tokens import Token
from fanar.attribution.claims.units import CURRENCIES, FRACTIONS, SCALES, counted, two_of, unit_of

_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_APPROXIMATE = 0.1  # what "about" leaves open
_ROUNDED = 0.05  # most that rounding may have hidden
_LITTLE = 1.25  # "over 20" says that it is not much over 20, else one would have said 30
_STOP = 2  # characters between tokens that a stop stands between
_AMONG = normal_forms("منها منهم منهن منهما")
_AMONG_ENGLISH = frozenset((("of", "them"), ("of", "whom"), ("of", "which"), ("of", "these"), ("of", "those")))
_SUFFIXES = frozenset(("m", "k", "mn"))
_ALONE = frozenset(("one", "واحد", "واحده", "اول", "first", "زوج", "سته"))
_ARTICLES = frozenset(("a", "an"))
_JOINED = ("و", "ف", "ب", "ل")
_SHORTEST = 4  # letters of a number's word that others are written to: «وست» and «لست» are none
_LONGEST = 12  # words of a number
_SCALED = 1_000
# What only says that a number follows.
_AMOUNTING = normal_forms("worth totalling مبلغ بمبلغ مبلغا قيمة بقيمة قيمته قيمتها قدره قدرها مقداره مقدارها بلغ بلغت يبلغ تبلغ")
_SHARE_CUES = frozenset(("of", "من", "the", "ال"))
# «ساعتين ونصف سكان المدينة»: a half of these is no half more of what stands before.
_WHOLES = normal_forms(
    "سكان عدد أعداد أعضاء موظفي عمال طلاب ناخبي أصوات نساء رجال أطفال شباب أسر عائلات دول مدن بلدان ميزانية إيرادات عائدات أرباح صادرات "
    "واردات إنتاج مبيعات مساحة أراضي مقاعد أسهم ثروة دخل ديون مياه غابات"
)
# «نصف قطر» is a radius, «ربع نهائي» a round of games.
_NO_WHOLE = normal_forms("نهائي النهائي قطر قطره قطرها دائرة سنوي سنوية شهري شهرية يومي يومية")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as an interval [low, high], in the unit's dimension; `nominal` is the number that was written.

    `first` and `after` are the tokens that it takes; `part` says that it counts some of what the number before it counts; `bounded` words
    right before it make it a bound, or say that it follows.
    """

    low: float
    high: float
    nominal: float
    dimension: str
    bound: Bound
    first: int
    after: int
    ordinal: bool = False
    part: bool = False
    bounded: int = 0

    @property
    def typical(self) -> tuple[float, float]:
        """The interval as a reader would take it: "over 20" is not 1,000."""
        if self.bound in ("above", "least"):
            return self.low, self.nominal * _LITTLE if self.nominal > 0 else self.high
        if self.bound in ("below", "most"):
            return self.nominal / _LITTLE if self.nominal > 0 else self.low, self.high
        return self.low, self.high


def read_quantities(tokens: Sequence[Token], *, taken: frozenset[int] = frozenset()) -> list[Quantity]:
    """Return the numbers of a sentence in order; the tokens in `taken` (those of dates) are passed over."""
    forms = [token.form for token in tokens]
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        read = None if at in taken else _number(tokens, forms, at)
        if read is None:
            at += 1
            continue
        value, grain, after, ordinal = read
        quantity = _quantity(tokens, forms, at, after, value, grain, ordinal=ordinal)
        if found and quantity.dimension == "plain" and _among(forms, quantity.after):
            quantity = replace(quantity, dimension=found[-1].dimension, part=True)
        found.append(quantity)
        at = max(found[-1].after, at + 1)
    return found


def _number(tokens: Sequence[Token], forms: Sequence[str], at: int) -> tuple[float, float, int, bool] | None:
    """Return (value, the step it is rounded to, position after it, whether it is an ordinal)."""
    if tokens[at].kind == "number":
        value, grain, after = float(forms[at]), _grain(forms[at]), at + 1
        if after < len(forms) and tokens[after].start == tokens[at].end:
            if forms[after] in _ORDINALS:
                return value, 0.0, after + 1, True
            if forms[after] not in SCALES and forms[after] != "%" and unit_of(forms[after]) is None:
                # A letter that sticks to a number makes it a name: A4, 3D.
                return (value, 0.0, after, False) if forms[after] == "s" else None
        return (*_scaled(forms, value, grain, after), False)
    if forms[at] in FRACTIONS:
        return _fraction(forms, at)
    if two_of(forms[at]):
        return 2.0, 0.0, at, False
    return _written_out(forms, at)


def _written_out(forms: Sequence[str], at: int) -> tuple[float, float, int, bool] | None:
    word = next((bare for bare in _bare(forms[at]) if read_numeral([bare], 0)), forms[at])
    article = at > 0 and forms[at - 1] in _ARTICLES
    read = read_numeral([word, *forms[at + 1 : at + _LONGEST]], 0) or ((int(SCALES[word]), 1) if article and word in SCALES else None)
    if read is None:
        return None
    value, after = float(read[0]), at + read[1]
    bare_scale = word in SCALES and not article
    halved = _half_more(forms, after, after - 1)
    if after == at + 1 and halved is None and (word in _ALONE or bare_scale) and not (after < len(forms) and forms[after] in SCALES):
        return None
    if halved is not None:
        value, after = value + halved[0], halved[1]
    return (*_scaled(forms, value, _step(read[0]), after), False)


def _step(value: int) -> float:
    """Return the step that a number in words is told in: a million for «ثلاثة ملايين», 0 for "three"."""
    return max((float(scale) for scale in (10**3, 10**6, 10**9) if value and value % scale == 0), default=0.0)


def _bare(form: str) -> Sequence[str]:
    """Return a word as it stands and, where enough is left, without what is written to it: «وخمسين», «بالخمسين»."""
    bare = form[1:] if form[:1] in _JOINED else form
    return [each for each in (form, bare, bare.removeprefix("ال")) if each == form or len(each) >= _SHORTEST]


def _half_more(forms: Sequence[str], after: int, last: int) -> tuple[float, int] | None:
    """Return what «ونصف» or "and a half" adds to the number whose last word is at `last`, and the position after it."""
    if forms[after : after + 1] == ["ونصف"]:
        scale = SCALES.get(forms[last], 1.0)
        named = after + 1 < len(forms) and forms[after + 1].startswith("ال") and forms[after + 1].removeprefix("ال") in SCALES
        return scale / 2, after + 1 + named
    return (0.5, after + 3) if forms[after : after + 3] == ["and", "a", "half"] else None


def _fraction(forms: Sequence[str], at: int) -> tuple[float, float, int, bool] | None:
    follows = forms[at + 1] if at + 1 < len(forms) else ""
    named = at + 1 + (follows in _ARTICLES)
    if FRACTIONS[forms[at]] in (25.0, 50.0) and named < len(forms) and forms[named] in SCALES:
        # "half a million", «نصف مليون»
        value = FRACTIONS[forms[at]] / 100 * SCALES[forms[named]]
        return value, 0.0, named + 1, False
    if _measured(forms, at, named):
        return FRACTIONS[forms[at]] / 100, 0.001, named, False
    # «نصف سكان البلد» is a share of them.
    shared = bool(follows) and not follows.isascii() and unit_of(follows) is None and follows not in _NO_WHOLE
    if follows not in _SHARE_CUES and not shared:
        return None
    return FRACTIONS[forms[at]], 5.0, at + 1, False


def _measured(forms: Sequence[str], at: int, named: int) -> bool:
    """Whether a unit follows a fraction, and is neither «الشهر», whose middle it may be, nor English without its article."""
    name = forms[named] if named < len(forms) else ""
    return unit_of(name) is not None and not name.startswith("ال") and (not name.isascii() or named > at + 1)


def _scaled(forms: Sequence[str], value: float, grain: float, after: int) -> tuple[float, float, int]:
    while after < len(forms) and forms[after] in SCALES and not (forms[after] == "m" and value > 999):
        value, grain, after = value * SCALES[forms[after]], (grain or 1.0) * SCALES[forms[after]], after + 1
    return value, grain, after


def _grain(digits: str) -> float:
    """Return the step that a number is written in: 0.1 for 12.3, 0 for 125, 5 for 1200."""
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return 10.0 ** (zeros - 1) if zeros >= 2 else 0.0


def _quantity(
    tokens: Sequence[Token], forms: Sequence[str], first: int, after: int, value: float, grain: float, *, ordinal: bool
) -> Quantity:
    bound, bounded = bound_of(forms, first, after)
    bounded += first > bounded and forms[first - bounded - 1] in _AMOUNTING
    dimension, factor, end = _dimension(tokens, forms, first, after, ordinal=ordinal)
    if end > after and value < _SCALED:  # «مليون دولار ونصف» is as often half a million more
        added, end = _part_more(forms, end)
        value += added
    if forms[first] in FRACTIONS and after == first + 1 and dimension.startswith(("count", "plain")):
        dimension = "percent"
    value, grain = value * factor, grain * factor
    slack = min(grain / 2, abs(value) * _ROUNDED)
    low, high = interval(value, slack, bound)
    return Quantity(low, high, value, dimension, bound, first, end, ordinal, bounded=bounded)


def _part_more(forms: Sequence[str], after: int) -> tuple[float, int]:
    """Return what «ونصف» behind a unit adds, with «الساعة» where that follows, and the position after it; «ونصف السكان» adds nothing."""
    form, follows = (forms[at] if at < len(forms) else "" for at in (after, after + 1))
    again = unit_of(follows) == unit_of(forms[after - 1])
    whole = (follows.startswith("ال") and not again) or follows in _WHOLES
    if form[:1] != "و" or form[1:] not in FRACTIONS or whole:
        return 0.0, after
    return FRACTIONS[form[1:]] / 100, after + 1 + again


def interval(value: float, slack: float, bound: Bound) -> tuple[float, float]:
    """Return what a number that is exact up to `slack` stands for under a bound."""
    wide = abs(value) * _APPROXIMATE
    step = abs(value) * 1e-9
    return {
        "exact": (value - slack, value + slack),
        "about": (value - wide, value + wide),
        "nearly": (value - wide, value + wide),
        "above": (value + step, inf),
        "least": (value, inf),
        "below": (-inf, value - step),
        "most": (-inf, value),
    }[bound]


def _among(forms: Sequence[str], after: int) -> bool:
    """Whether a number counts some of what was counted before it: «أربع شركات، ثلاث منها قطرية», "forty pupils, twelve of them girls"."""
    follows = tuple(forms[after : after + 2])
    return follows in _AMONG_ENGLISH or not _AMONG.isdisjoint(follows[:1])


def _dimension(tokens: Sequence[Token], forms: Sequence[str], first: int, after: int, *, ordinal: bool) -> tuple[str, float, int]:
    """Return (dimension, factor, position after the unit)."""
    if ordinal:
        return "ordinal", 1.0, after
    if first > 0 and tokens[first - 1].kind == "sign" and (unit := unit_of(forms[first - 1])) is not None and forms[first - 1] != "%":
        return unit[0], unit[1], after
    if first > 0 and forms[first - 1] in CURRENCIES:
        return CURRENCIES[forms[first - 1]], 1.0, after
    if after < len(forms):
        unit = unit_of(forms[after])
        if unit is not None and (unit[0] != "power" or unit[1] > 1):
            return unit[0], unit[1], after + 1
        if forms[after] in ("في", "ب") and after + 1 < len(forms) and forms[after + 1] in ("المئه", "المائه", "الميه"):
            return "percent", 1.0, after + 2
        follows = tokens[after].start - tokens[after - 1].end < _STOP
        if tokens[after].kind == "word" and follows and not tokens[after].stop and forms[after] not in _AMONG:
            return counted(forms[after]), 1.0, after
    return "plain", 1.0, after
