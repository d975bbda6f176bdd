"""Ranks of a sentence: "the second largest city", «ثاني أكبر مدينة», "finished third", «المركز الثالث». Knows nothing of other sentences.

What is called the largest is the first by size; that is told apart from a rank only where somebody else names one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.attribution.claims.lexicon import CONCEPTS
from fanar.attribution.claims.tokens import Token

QUALITIES = normal_forms(
    "أكبر أصغر أكثر أقل أعلى أدنى أطول أقصر أسرع أبطأ أقدم أحدث أفضل أسوأ أغنى أفقر أقوى أضعف أثقل أخف أوسع أضيق أعمق أبعد أقرب أغلى أرخص "
    "أشد أهم أسبق أبرد"
)
"""Arabic qualities by which things are compared, without the article."""
_SUPERLATIVES = normal_forms(
    "largest biggest greatest smallest highest lowest longest shortest tallest oldest newest youngest fastest slowest richest poorest "
    "strongest weakest heaviest lightest widest deepest busiest closest nearest furthest cheapest hottest coldest best worst"
)
_ORDINALS: Mapping[str, int] = {
    form: number
    for number, forms in enumerate(
        (
            "first أول الأول الأولى أولا",
            "second ثاني الثاني الثانية ثانية ثانيا ثان",
            "third ثالث الثالث الثالثة ثالثة ثالثا",
            "fourth رابع الرابع الرابعة رابعة رابعا",
            "fifth خامس الخامس الخامسة خامسة خامسا",
            "sixth سادس السادس السادسة سادسة سادسا",
            "seventh سابع السابع السابعة سابعة سابعا",
            "eighth ثامن الثامن الثامنة ثامنة ثامنا",
            "ninth تاسع التاسع التاسعة تاسعة تاسعا",
            "tenth عاشر العاشر العاشرة عاشرة عاشرا",
        ),
        1,
    )
    for form in normalize(forms).split()
}
_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_PLACES = normal_forms("place position spot المركز مركز المرتبة مرتبة الترتيب")
_PLACED = normal_forms(
    "finish finished finishes finishing came coming comes place placed ranked ranks rank stood took takes "
    "حل حلت يحل تحل جاء جاءت احتل احتلت يحتل تحتل نال نالت أنهى أنهت"
)
_SECOND_BEST = frozenset(("runner", "runners"))
_BESIDE = _PLACES | {"في", "in", "the"} | {f"ب{place}" for place in _PLACES}
_BEHIND = normal_forms("among behind worldwide nationally overall عربيا عالميا محليا خلف بين")
_FAR = 5  # words between a verb and the place: «جاء فريق المدينة ثالثا»
_MANY = 20  # that "one of the largest" may be
PLACE = frozenset(("place",))
"""The quality of a rank that names none."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank as an interval [low, high] by the qualities it may be told by; `told` says that a number was.

    `first` is its first token, `after` the one behind it; `taken` are those that say nothing besides.
    """

    low: float
    high: float
    qualities: frozenset[str]
    told: bool
    first: int
    after: int
    taken: Sequence[int] = ()


def read_ranks(tokens: Sequence[Token]) -> list[Rank]:
    """Return the ranks of a sentence in order."""
    forms = [token.form for token in tokens]
    found: list[Rank] = []
    at = 0
    while at < len(forms):
        rank = _numbered(tokens, forms, at) or _best(forms, at)
        if rank is not None:
            found.append(rank)
        at = max(at + 1, rank.after if rank is not None else 0)
    return found


def _numbered(tokens: Sequence[Token], forms: Sequence[str], at: int) -> Rank | None:
    """Read a rank whose number begins at `at`."""
    if forms[at] in _SECOND_BEST and forms[at + 1 : at + 2] == ["up"]:
        return Rank(2, 2, PLACE, told=True, first=at, after=at + 2, taken=range(at, at + 2))
    number, after = _ordinal(tokens, forms, at)
    if number is None:
        return None
    if (qualities := _quality(forms, after)) is not None:
        return Rank(number, number, qualities, told=True, first=at, after=after + 1, taken=range(at, after))
    return _place(tokens, forms, at, after, number)


def _place(tokens: Sequence[Token], forms: Sequence[str], at: int, after: int, number: int) -> Rank | None:
    """Read a place whose number stands from `at` on: "took third place", "finished third", «حل في المركز الثالث», «جاء الفريق ثالثا»."""
    begins, ends = at, after
    if ends < len(forms) and forms[ends] in _PLACES and forms[ends].isascii():
        ends += 1
    while begins and forms[begins - 1] in _BESIDE:
        begins -= 1
    named = any(form.removeprefix("ب") in _PLACES for form in forms[begins:ends])
    # «ثالثا»: how it came, of «مركز ثالث» it would be what kind.
    adverb = forms[at].endswith(("ا", "ه")) and not forms[at].startswith("ال") and forms[begins - 1 : begins] != ["مره"]
    if not (named or adverb or after >= len(tokens) or tokens[after].stop or tokens[after].kind != "word" or forms[after] in _BEHIND):
        return None
    far = _FAR if adverb or (named and not forms[at].isascii()) else 1
    placed = next((each for each in range(begins - 1, max(-1, begins - 1 - far), -1) if forms[each] in _PLACED), None)
    if not named and placed is None:
        return None
    taken = (*(() if placed is None else (placed,)), *range(begins, ends))
    return Rank(number, number, PLACE, told=True, first=at, after=ends, taken=taken)


def _ordinal(tokens: Sequence[Token], forms: Sequence[str], at: int) -> tuple[int | None, int]:
    """Return the number that an ordinal at `at` is, None where there is none, and the position after it."""
    bare = _bare(forms[at])
    if bare in _ORDINALS:
        return _ORDINALS[bare], at + 1
    if tokens[at].kind != "number" or not forms[at].isdigit():
        return None, at
    if at + 1 < len(forms) and forms[at + 1] in _ENDINGS and tokens[at + 1].start == tokens[at].end:
        return int(forms[at]), at + 2
    return (int(forms[at]), at + 1) if at and forms[at - 1].removeprefix("ب") in _PLACES and not forms[at - 1].isascii() else (None, at)


def _quality(forms: Sequence[str], at: int) -> frozenset[str] | None:
    """Return by what a superlative at `at` ranks, None where there is none."""
    form = forms[at] if at < len(forms) else ""
    if form == "most" and at + 1 < len(forms):
        form = forms[at + 1]
    else:
        form = _bare(form)
        if form not in _SUPERLATIVES and form.removeprefix("ال") not in QUALITIES:
            return None
    return frozenset(CONCEPTS.get(form) or CONCEPTS.get(form.removeprefix("ال")) or (form,))


def _bare(form: str) -> str:
    """Return a word without the conjunction that is written to it: «ورابع أعلى قمة»."""
    return form[1:] if form[:1] in ("و", "ف") and (form[1:] in _ORDINALS or form[1:] in QUALITIES) else form


def _best(forms: Sequence[str], at: int) -> Rank | None:
    """Read a superlative without a number: the first of its kind, or one of the first."""
    if forms[at] == "most" or (qualities := _quality(forms, at)) is None or forms[at + 1 : at + 2] in (["من"], ["than"]):
        return None
    before = forms[max(0, at - 3) : at]
    among = (before[-1:] == ["the"] and before[-2:-1] == ["of"]) or "among" in before or before[-1:] in (["من"], ["بين"], ["ضمن"])
    return Rank(1, _MANY if among else 1, qualities, told=False, first=at, after=at + 1)
