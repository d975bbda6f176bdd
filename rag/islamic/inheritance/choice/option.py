"""What an option says: a fraction, a number, the rest, nothing, yes or no, whom it names. Knows nothing of the question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from rag.islamic.inheritance.choice.amounts import decimals, named_fractions, percentages, slashed
from rag.islamic.inheritance.choice.figures import number_in, sum_in
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.reading.arabic import mentions_in
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.tokens import LONGEST_NUMBER, Token, tokens

_LETTER = re.compile(r"^\s*[A-Fa-fأ-ي]\s*[).:-]\s*")
_NOTHING = matching("nothing")
_IF = re.compile(r"\b(?:اذا|بشرط|شريطة|يعتمد|يتوقف|لو)\b")
_N = rf"(?<!\d)(\d{{1,{LONGEST_NUMBER}}})(?!\d)"
_COLON = re.compile(rf"{_N}\s*[:؛]\s*{_N}|{_N} (?:الي|إلى) {_N}")
_REST = re.compile(r"باقي|تعصيب|عصب|عصوب|عاصب|الانثيين|ما بقي|المتبقي|residu")
_AFTER_SHARES = re.compile(r"بعد (?:\S+ ){0,2}(?:ال)?فر[وا]?ض\w*")
_SHARE = re.compile(r"فر[وا]?ض")
_RETURN = re.compile(r"\b(?:ب|بال|وال|ال|و)?رد(?:ا|اً)?\b|بالرد")
_ALL = re.compile(
    r"\b(?:كل|جميع|كامل) (?:المال|التركة|الميراث|الباقي|مال\w+|تركت\w+)|\b(?:كل|جميع) ما تركت?\b|\bالكل\b"
    r"|(?:التركة|مال\w*|المال) (?:كل|كامل)\w+|\bجميعها\b"
)
_YES = re.compile(r"^(?:نعم|yes)\b")
_NO = re.compile(r"^(?:لا|كلا|no)\b")
_OTHER = re.compile(r"وصية|رحم|ولاء|هبة|نذر|الولا")


@dataclass(frozen=True, slots=True)
class Option:
    """One option as it is understood: `sum` is what it says in money, `out_of` what its number is counted of («سهمان من سبعة»)."""

    text: str
    plain: str
    fractions: tuple[Fraction, ...]
    number: Fraction | None
    decimals: tuple[Fraction, ...]
    sum: Fraction | None
    out_of: Fraction | None
    ratio: Fraction | None
    conditional: bool
    nothing: bool
    rest: bool
    share: bool
    returned: bool
    whole: bool
    yes: bool
    no: bool
    other: bool
    named: tuple[Mention, ...]


def read_option(text: str) -> Option:
    """Return what an option says, without its letter."""
    text = _LETTER.sub("", text)
    found = tokens(text)
    words = [token for token in found if not token.stop]
    plain = " ".join(token.form for token in words)
    lots, out_of = _counted(words)
    percent = percentages(text)
    fractions = (*slashed(text), *(percent or named_fractions(_own(words))))
    return Option(
        text,
        plain,
        fractions,
        None if percent or ("/" in text and slashed(text)) else number_in(lots),
        tuple(decimals(text)),
        sum_in(words),
        out_of,
        _ratio(text),
        bool(_IF.search(plain)),
        bool(_NOTHING.search(plain)),
        bool(_REST.search(plain)),
        bool(_SHARE.search(_AFTER_SHARES.sub(" ", plain))),
        bool(_RETURN.search(plain)),
        bool(_ALL.search(plain)),
        bool(_YES.search(plain)),
        bool(_NO.search(plain)) and not plain.startswith("لا شي"),
        bool(_OTHER.search(plain)),
        tuple(mentions_in(found)),
    )


def _own(words: list[Token]) -> list[Token]:
    """Leave out what a share completes: «السدس تكملة للثلثين»."""
    return [token for at, token in enumerate(words) if not (at and words[at - 1].form == "تكملة")]


def _counted(words: list[Token]) -> tuple[list[Token], Fraction | None]:
    """Part «two of seven lots» into what is counted and what it is counted of."""
    for at, token in enumerate(words):
        if token.form == "من" and at:
            counted, whole = number_in(words[:at]), number_in(words[at + 1 :])
            if counted is not None and whole is not None and whole > 1 and whole.denominator == 1:
                return words[:at], whole
    return words, None


def _ratio(text: str) -> Fraction | None:
    """Return what «2:1» and «سهمان مقابل سهم» say."""
    match = _COLON.search(text)
    if match:
        first, second = match[1] or match[3], match[2] or match[4]
        return Fraction(int(first), int(second)) if int(second) else None
    left, against, right = text.partition(" مقابل ")
    numbers = number_in(tokens(left)), number_in(tokens(right))
    return numbers[0] / numbers[1] if against and numbers[0] and numbers[1] else None
