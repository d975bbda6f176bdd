"""Writes the numbers of a prompt out as digits, and puts together what is said in parts. Knows nothing of what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from fanar.arabic.normalization import normalize
from fanar.arabic.numerals import SCALES as _IN_WORDS
from fanar.arabic.numerals import TWICE, read_numeral
from rag.islamic.zakat.currencies import CURRENCY
from rag.islamic.zakat.line import exact

SCALES = {**_IN_WORDS, "k": 1_000}
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = rf"(?: ?(?P<scale{{0}}>{'|'.join(SCALES)})(?!\w))?"
NUMBER, ANOTHER = (rf"(?<![\d.,])(?P<number{at}>{DIGITS}){_SCALE.format(at)}" for at in ("", "2"))
"""A number and its scale; the other is for a second place of the same pattern."""
ENDLESS = re.compile(r"[\d.,٬٫]{25,}")
"""Digits that are no sum of anybody's."""
# «5 000»: no number of its own begins with naughts.
_APART = re.compile(r"(?<![\d.,])(\d{1,3})((?: 000)+)(?!\d)")
_PARTS = {"نص": Fraction(1, 2), "نصف": Fraction(1, 2), "half": Fraction(1, 2), "ربع": Fraction(1, 4), "quarter": Fraction(1, 4)}
_BETWEEN = ("a", "of")
# What is written together with a number, and how short its word is at most that is no number: «لست» is not six.
_TOGETHER = {"و": 2, "ب": 3, "ل": 4, "ف": 4}
# What is halved though it is no scale.
_WEIGHTS = ("كيلو", "kilo", "كيلوجرام", "كيلوغرام", "طن", "ton")
_PUNCTUATION = re.compile(r"[،؛;؟?!:()«»]|[.,](?!\d)")
# «أربع تلاف», «ميت جرام»: a hundred in construct, which is else «dead».
_DIALECT = re.compile(r"(?<!\w)(?:تلاف|ميت(?= (?:الف|مليون|جرام|غرام|قرام|ريال|دينار|درهم|جنيه|دولار|كيلو|راس)))(?!\w)")
_JOINED = rf"(?:{'|'.join(SCALES)})"
# «3 آلاف و500 ريال», «مليون و200 ألف ريال», "5k and 200 riyals": one sum of the currency behind it, or of the one that ends the clause.
_SUM = re.compile(
    rf"(?<![\d.,])(?:(?P<digits>{DIGITS}) ?|(?<!\w))(?P<scale>{_JOINED}) (?:و ?|and )"
    rf"(?P<more>{DIGITS})(?: ?(?P<times>{_JOINED})(?!\w))?(?= ?{CURRENCY}(?!\w)| ?(?:[؟?،;]|[.,](?!\d)|$))"
)
_MORE = re.compile(rf"(?<![\d.,])(?:(?P<digits>{DIGITS}) ?|(?<!\w))(?P<scale>{_JOINED}) (?:و ?|and a )(?P<part>{'|'.join(_PARTS)})(?!\w)")
_MONEY = re.compile(rf"{CURRENCY}(?!\w)")


# The same turn is asked whether it is about zakat, and then read.
@lru_cache(maxsize=8)
def with_digits(text: str) -> str:
    """Return the normal form with numbers written out as digits."""
    text = ENDLESS.sub(" ", text)
    written = _APART.sub(lambda match: match[1] + match[2].replace(" ", ""), normalize(text).replace("٫", "."))
    words = _DIALECT.sub(_standard, _PUNCTUATION.sub(r" \g<0> ", written)).split()
    found, at = [], 0
    while at < len(words):
        prefix, read = _read(words, at)
        found.append(words[at] if read is None else f"{prefix} {exact(read[0])}".lstrip())
        at = at + 1 if read is None else read[1]
    return _SUM.sub(_summed, _MORE.sub(_halved, " ".join(found)))


def value(number: str | None, scale: str | None = None) -> Fraction:
    """Return a number in digits times its scale."""
    return Fraction((number or "0").replace(",", "")) * SCALES.get(scale or "", 1)


def _read(words: Sequence[str], at: int) -> tuple[str, tuple[Fraction, int] | None]:
    """Read a number, and what is written together with it: «وثلاثة آلاف», «بمئة»."""
    word = words[at]
    for prefix in ("", *(letter for letter, least in _TOGETHER.items() if word.startswith(letter) and len(word) > least)):
        rest = [*words[:at], word.removeprefix(prefix), *words[at + 1 :]] if prefix else words
        if read := _part(rest, at) or _numeral(rest, at):
            return prefix, read
    return "", None


def _standard(match: re.Match[str]) -> str:
    return "الاف" if match.group() == "تلاف" else "ميه"


def _part(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    """Read «نص مليون», "half a million"; of «نص كيلو» the number alone."""
    part = _PARTS.get(words[at])
    after = at + 1
    while part is not None and after < len(words) and words[after] in _BETWEEN:
        after += 1
    if part is None or after == len(words):
        return None
    if words[after] in SCALES:
        return part * SCALES[words[after]], after + 1
    return (part, after) if words[after] in _WEIGHTS else None


def _numeral(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    read = read_numeral(words, at)
    if read is None or (words[at] in SCALES and not _alone(words, at, read[1])):
        return None
    number, after = read
    scale = SCALES.get(words[after - 1]) or TWICE.get(words[after - 1])
    part = _PARTS.get(words[after].removeprefix("و")) if after < len(words) and words[after].startswith("و") else None
    return (Fraction(number) + part * scale, after + 1) if scale and part else (Fraction(number), after)


def _alone(words: Sequence[str], at: int, after: int) -> bool:
    """Whether a number that begins with a scale stands by itself: «مليون ريال», and neither «25 ألفا» nor «ألف شكر»."""
    multiplies = at > 0 and words[at - 1][-1].isdigit()
    return not multiplies and after < len(words) and _MONEY.match(words[after]) is not None


def _summed(match: re.Match[str]) -> str:
    """Return both parts as one number; what stands there where the second is too large to be the rest of the first."""
    more = value(match["more"], match["times"])
    if more >= SCALES[match["scale"]]:
        return match.group()
    whole = value(match["digits"] or "1", match["scale"]) + more
    return exact(whole) if whole.denominator == 1 else match.group()


def _halved(match: re.Match[str]) -> str:
    return exact((value(match["digits"] or "1") + _PARTS[match["part"]]) * SCALES[match["scale"]])
