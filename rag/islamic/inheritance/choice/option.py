"""What an option says: a fraction, a number, the rest, nothing, yes or no, whom it names. Knows nothing of the question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from rag.islamic.inheritance.choice.amounts import decimals, named_fractions, number_in, slashed
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.reading.arabic import mention_at
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.tokens import tokens

_LETTER = re.compile(r"^\s*[A-Fa-fأ-ي]\s*[).:-]\s*")
_NOTHING = matching("nothing")
_REST = re.compile(r"باقي|تعصيب|عصب|الانثيين|ما بقي|المتبقي|residu")
_AFTER_SHARES = re.compile(r"بعد (?:\S+ ){0,2}(?:ال)?فر[وا]?ض\w*")
_SHARE = re.compile(r"فر[وا]?ض")
_RETURN = re.compile(r"\b(?:ب|بال|وال|ال|و)?رد(?:ا|اً)?\b|بالرد")
_ALL = re.compile(r"\b(?:كل|جميع|كامل) (?:المال|التركة|الميراث|الباقي|مال\w+|تركت\w+)|\bالكل\b|(?:التركة|المال) كل\w+|\bجميعها\b")
_YES = re.compile(r"^(?:نعم|yes)\b")
_NO = re.compile(r"^(?:لا|كلا|no)\b")
_OTHER = re.compile(r"وصية|رحم|ولاء|هبة|نذر|الولا")


@dataclass(frozen=True, slots=True)
class Option:
    """One option as it is understood."""

    text: str
    plain: str
    fractions: tuple[Fraction, ...]
    number: Fraction | None
    decimals: tuple[Fraction, ...]
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
    named, at = [], 0
    while at < len(found):
        mention = mention_at(found, at)
        if mention and mention.options:
            named.append(mention)
        at = max(mention.end, at + 1) if mention else at + 1
    return Option(
        text,
        plain,
        (*slashed(text), *named_fractions(words)),
        number_in(words),
        tuple(decimals(text)),
        bool(_NOTHING.search(plain)),
        bool(_REST.search(plain)),
        bool(_SHARE.search(_AFTER_SHARES.sub(" ", plain))),
        bool(_RETURN.search(plain)),
        bool(_ALL.search(plain)),
        bool(_YES.search(plain)),
        bool(_NO.search(plain)) and not plain.startswith("لا شي"),
        bool(_OTHER.search(plain)),
        tuple(named),
    )
