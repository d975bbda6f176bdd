"""Words of like and of opposite meaning, and those that deny. Our own lists; knows nothing of sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms
from fanar.attribution.claims.tokens import stem_of

_TABLE = Path(__file__).with_name("lexicon.txt")

STRONG = normal_forms("لا لم لن ليس ليست ليسوا لست دون بدون عدم غير no not never none neither nor without cannot hardly nobody nothing")
_CONTRACTED = normal_forms(
    "don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't mustn't"
)
# What makes the verb behind it untrue: «فشل في», "failed to".
_UNTRUE = normal_forms("fail fails failed refuse refuses refused deny denies denied lacks lack lacked نفى نفت ينفي تنفي أنكر أنكرت")
"""Words that deny, and say nothing besides."""
NEGATORS = STRONG | _CONTRACTED | _UNTRUE
QUALIFIERS = normal_forms(
    "if unless only except than may might could would should few ما مش مو موب مب ماكو مافي مفيش فيش ماكانش",
    "إذا لو لولا كلما إلا سوى فقط إنما لعل ليت",
)
"""Words that set a condition, except something or leave it open, and those that deny only now and then («ما»)."""
_HARMLESS = (
    "not only|لا سيما|لا يزال|لا تزال|لا زال|لا زالت|لا يزالون|لم يزل|لا شك|لا بد|no doubt|no longer|without doubt|no less|no fewer|"
    "no more|not less|not more|لا يقل|لا يزيد|لا تقل|لا تزيد|لا يتجاوز|لا تتجاوز|لم يتجاوز|غير أن|دون سن"
)
NOT_NEGATING = frozenset(tuple(normalize(pair).split()) for pair in _HARMLESS.split("|"))
"""Pairs of words whose first would deny, and does not."""


def reach(form: str) -> int:
    """Return how many words a negation reaches."""
    return 3 if form in ("غير", "بدون", "دون", "عدم", "without", "no") else 5


def _read() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    by_form: dict[str, list[str]] = {}
    by_stem: dict[str, list[str]] = {}
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    opposites: dict[str, str] = {}
    for number, line in enumerate(lines):
        sides = line.split("|")
        for side, words in enumerate(sides):
            name = f"{number}{'+-'[side]}"
            if len(sides) == 2:
                opposites[name] = f"{number}{'-+'[side]}"
            for form in normalize(words).split():
                by_form.setdefault(form, []).append(name)
                by_stem.setdefault(stem_of(form), []).append(name)
    merged = {stem: tuple(dict.fromkeys(names)) for stem, names in by_stem.items()}
    merged |= {form: tuple(dict.fromkeys(names)) for form, names in by_form.items()}
    return merged, opposites


CONCEPTS, OPPOSITES = _read()
"""Form or stem → the groups it belongs to; group → the group of the opposite meaning."""
