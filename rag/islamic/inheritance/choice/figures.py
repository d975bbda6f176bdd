"""Whole numbers and sums as options and stories write them: «أربعة وعشرون سهما», «مائة وعشرة آلاف ريال ونصف», «30.000». Knows no shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from fanar.arabic.numerals import HUNDREDS, SCALES, TWICE
from rag.islamic.inheritance.reading.numerals import VALUES
from rag.islamic.inheritance.reading.tokens import LONGEST_NUMBER, Token, folded

_HUNDREDS = {word: value for value, words in HUNDREDS.items() for word in (folded(words) + " " + folded(words).replace("ة", "ه")).split()}
_ONE_HUNDRED = frozenset(word for word, value in _HUNDREDS.items() if value == 100)
_TEENS = frozenset(("عشر", "عشرة"))
# «سهمان» counts itself, and so do the dual's currencies and measures.
_DUALS = frozenset(("سهمان", "سهمين", "جزءان", "جزان", "قسمان", "قسمين", "حصتان", "حصتين", "هكتاران", "فدانان", "ديناران", "ريالان"))
_SINGLES = frozenset(("سهم", "سهما"))
_PARTS = {
    "نصف": Fraction(1, 2),
    "ثلث": Fraction(1, 3),
    "ربع": Fraction(1, 4),
    "ربعا": Fraction(1, 4),
    "نصفا": Fraction(1, 2),
    "ثلثا": Fraction(1, 3),
    "ثلثان": Fraction(2, 3),
    "ثلثين": Fraction(2, 3),
}
_QUARTERS = frozenset(("ارباع",))
# «نصف مليون», «مليون ونص»: parts of a scale. «ربع آلاف» are four thousand.
_OF_SCALE = {"نصف": Fraction(1, 2), "نص": Fraction(1, 2), "half": Fraction(1, 2), "ربع": Fraction(1, 4)}
_COUNTED = frozenset(("الاف", "ملايين", "مليارات"))
_WORDS = {**VALUES, **dict.fromkeys(_TEENS, 10), **_HUNDREDS, **SCALES, **TWICE}
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_GROUPED = re.compile(r"[,٬]")


@dataclass(slots=True)
class _Sum:
    """What has been read so far: whole groups, the group that a scale may multiply, and whether anything was read."""

    whole: Fraction = Fraction(0)
    group: Fraction = Fraction(0)
    read: bool = False

    def add(self, value: Fraction | int) -> None:
        """Take in one more number."""
        self.group, self.read = self.group + value, True

    def scale(self, value: int) -> None:
        """Take in «thousand»."""
        self.whole, self.group, self.read = self.whole + (self.group or 1) * value, Fraction(0), True

    def take(self, word: str) -> None:
        """Take in one word."""
        if word in SCALES:
            self.scale(SCALES[word])
        elif word in TWICE:
            self.whole, self.read = self.whole + 2 * TWICE[word], True
        elif word in _ONE_HUNDRED and 2 < self.group < 10:
            self.group *= 100
        else:
            self.add(_WORDS[word])

    @property
    def total(self) -> Fraction:
        """What was read."""
        return self.whole + self.group


def is_number(form: str) -> bool:
    """Whether a form is a number in digits, no longer than one is read."""
    return form[:1].isdecimal() and sum(map(str.isdecimal, form)) <= LONGEST_NUMBER


def written(digits: str, *, scaled: bool = False) -> Fraction:
    """Return a number in digits; «30.000» are thirty thousand unless «thousand» follows."""
    plain = _GROUPED.sub("", digits).replace("٫", ".").rstrip(".")
    if not scaled and _THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "")
    return Fraction(plain) if plain.count(".") <= 1 else Fraction(plain.replace(".", ""))


def part_of_scale(found: Sequence[Token], at: int) -> Fraction | None:
    """Return which part of a scale a word is: «نصف» of «نصف مليون», «ونص» of «مليون ونص»; None where it is none."""
    form = found[at].form
    behind = next((token.form for token in found[at + 1 : at + 3] if token.form != "a"), "")
    if behind in SCALES and behind not in _COUNTED:
        return _OF_SCALE.get(form) or _OF_SCALE.get(form[1:] if form[:1] in "وب" else "")
    before = found[at - 1].form if at else ""
    return _OF_SCALE.get(form[1:]) if form.startswith("و") and _bare(before) in SCALES else None


def number_in(found: Sequence[Token]) -> Fraction | None:
    """Return the one number that words or digits write; «سهمان» is two, «ربع سهم» a quarter, «سهمان لكل واحدة» two."""
    each = next((at for at, token in enumerate(found) if token.form == "لكل"), 0)
    if each and (number := number_in(found[:each])) is not None:
        return number
    got = _read(found)
    forms = [token.form for token in found]
    if got.read:
        return got.total
    part = next((_PARTS[form] for form in forms if form in _PARTS), None) or _quarters(forms)
    if any(form in _DUALS for form in forms):
        return Fraction(2) + _added(forms)
    if any(form in _SINGLES for form in forms) or forms == ["جزء"]:
        return part if part is not None and not _added(forms) else 1 + _added(forms)
    return None


def sum_in(found: Sequence[Token]) -> Fraction | None:
    """Return the sum that is written, with what is said of halves and quarters: «ثلاثة هكتارات ونصف», «هكتاران إلا ربعا»."""
    number = number_in(found)
    forms = [token.form for token in found]
    if number is None:
        return None
    if not _read(found).read:
        return number - _taken(forms)
    of_scale = any(part_of_scale(found, at) for at in range(len(found)))
    return number + (0 if of_scale else _added(forms)) - _taken(forms)


def _read(found: Sequence[Token]) -> _Sum:
    """Read the first number: what follows another word without «and» counts something else («ثلاثة أسهم لكل واحدة»)."""
    got = _Sum()
    last = -1
    for at, token in enumerate(found):
        following = found[at + 1].form if at + 1 < len(found) else ""
        if is_number(token.form):
            if got.read:
                break
            got.add(written(token.form, scaled=following in SCALES))
            last = at
            continue
        part = part_of_scale(found, at)
        if part is not None:
            # In front of its scale it is multiplied by it, behind it it is added.
            before = SCALES.get(_bare(found[at - 1].form)) if at and token.form.startswith("و") else None
            if before and following not in SCALES:
                got.whole += part * before
            else:
                got.add(part)
            last = at
            continue
        if token.form == "a" and last == at - 1 and got.read:
            last = at
            continue
        word = token.form if token.form in _WORDS else _bare(token.form)
        if word not in _WORDS or following in _QUARTERS or (word == "احد" and following not in _TEENS):
            continue
        if got.read and last != at - 1 and word == token.form:
            break
        got.take(word)
        last = at
    return got


def _added(forms: Sequence[str]) -> Fraction:
    """Return what «ونصف» and «وثلاثة أرباع» add."""
    part = next((_PARTS[form[1:]] for form in forms if form.startswith("و") and form[1:] in _PARTS), None)
    return part or _quarters([form.removeprefix("و") for form in forms if form.startswith("و") or form in _QUARTERS]) or Fraction(0)


def _quarters(forms: Sequence[str]) -> Fraction | None:
    return next((Fraction(VALUES.get(number, 1), 4) for number, form in pairwise(forms) if form in _QUARTERS), None)


def _taken(forms: Sequence[str]) -> Fraction:
    """Return what «إلا ربعا» takes away."""
    return next((_PARTS[form] for before, form in pairwise(forms) if before == "الا" and form in _PARTS), Fraction(0))


def _bare(form: str) -> str:
    for prefix in ("و", "ب"):
        rest = form.removeprefix(prefix)
        if rest != form and rest in _WORDS and rest not in _PARTS:
            return rest
    return form
