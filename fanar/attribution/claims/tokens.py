"""Tokens of one sentence: words, numbers and signs of money, each in its normal form. Knows nothing of what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from fanar.arabic.letters import MARKS
from fanar.arabic.normalization import normalize
from fanar.arabic.stemming import light10, snowball
from fanar.arabic.stopwords import STOPWORDS

Kind = Literal["word", "number", "sign"]

_DIGITS = {zero + digit: str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)} | {
    0x066A: "%",
    0x066B: ".",
    0x066C: ",",
    0x060C: "،",
}
_TOKEN = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,9}})?(?![\d])|\d{{1,18}}(?:\.\d{{1,9}})?)"
    rf"|(?P<joined>[وفبلك]{{1,2}}ـ?(?=\d))|(?P<word>[^\W\d_](?:[^\W_]|[{MARKS}]|['’ʼ](?=[^\W\d_]))*)|(?P<sign>[%$€£])"
)
_LONGEST = 40  # letters; longer ones are no words
_STOP = 2  # characters between words
_WEAK_PRESENT = 3  # letters
_PREPOSITIONS = ("ب", "ل", "ف")
_SHORTEST_JOINED = 4  # letters
_KEPT = frozenset(("ان", "الي"))
_ENDED = ("'s", "'")


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it is compared; `stop` says that it tells little by itself, `capital` that it is written like a name."""

    form: str
    stem: str
    start: int
    end: int
    kind: Kind
    stop: bool
    capital: bool


def parted(before: Token, behind: Token) -> bool:
    """Whether a stop stands between two tokens that follow one another."""
    return behind.start - before.end >= _STOP


class Vocable(NamedTuple):
    """A token wherever it stands."""

    form: str
    stem: str
    stop: bool
    capital: bool


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text` in order; offsets are code points of `text`."""
    return [_token(match) for match in _TOKEN.finditer(text.translate(_DIGITS))]


def vocabulary(text: str) -> Iterator[Vocable]:
    """Yield each distinct word, number and sign of `text` once, in no order."""
    for number, joined, word, sign in set(_TOKEN.findall(text.translate(_DIGITS))):
        if joined:
            continue  # it says nothing
        if word:
            form, stem, stop = _forms(word if len(word) <= _LONGEST else word[:_LONGEST])
            yield Vocable(form, stem, stop, word[0].isupper())
        else:
            form = (number or sign).replace(",", "")
            yield Vocable(form, form, bool(sign), False)  # noqa: FBT003 - fields, not flags


def _token(match: re.Match[str]) -> Token:
    written = match.group()
    kind: Kind = "word" if match["word"] or match["joined"] else "number" if match["number"] else "sign"
    if kind != "word":
        form = written.replace(",", "")
        return Token(form, form, match.start(), match.end(), kind, kind == "sign", False)  # noqa: FBT003 - fields, not flags
    form, stem, stop = _forms(written if len(written) <= _LONGEST else written[:_LONGEST])
    return Token(form, stem, match.start(), match.end(), kind, stop or bool(match["joined"]), written[0].isupper())


@lru_cache(maxsize=65_536)
def _forms(written: str) -> tuple[str, str, bool]:
    form = normalize(written)
    for ending in _ENDED:
        form = form.removesuffix(ending)
    bare = stem_of(form)
    return form, bare, form in STOPWORDS or not form


@lru_cache(maxsize=16_384)
def of_weak_verb(form: str) -> tuple[str, ...]:
    """Return what a present without its weak letter may be the present of: «يمت» of «مات», «يبن» of «بنى»; nothing for other words."""
    if len(form) != _WEAK_PRESENT or form[0] not in "يتن" or form.isascii():
        return ()
    return f"{form[1]}ا{form[2]}", f"{form[1:]}ي"


def bare_stem(form: str) -> str:
    """Return the stem of an Arabic word without a preposition written to it, «خفض» of «بخفض», where it may have one; else nothing."""
    return stem_of(form[1:]) if form[:1] in _PREPOSITIONS and len(form) >= _SHORTEST_JOINED else ""


def stem_of(form: str) -> str:
    """Return the stem by which words are compared; `form` is in `search` form."""
    if form.isascii():
        return snowball(form)
    stem = light10(form)
    # The alef of «شخصًا» is no letter of the word.
    return stem[:-1] if stem.endswith("ا") and len(stem) > 3 else stem
