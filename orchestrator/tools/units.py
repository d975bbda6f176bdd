"""Exact conversion of units by a table of fractions (`units.tsv`). Knows nothing of cups, prices, or units that differ by country.

A row: dimension, symbol, size in the dimension's base unit, Arabic names, English names; `_` joins the words of one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fanar.arabic.normalization import normalize
from fanar.arabic.numerals import read_numeral
from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Bilingual
from orchestrator.tools.result import ToolResult
from orchestrator.tools.wording import read_question, show

_NAME = Bilingual("units", "الوحدات")

_TABLE = Path(__file__).with_name("units.tsv")
_TOKEN = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?|[^\W\d_]+(?:/[^\W\d_]+)?[²³23]?|°[cf]|\S")
_NUMBER = re.compile(r"-?[\d,]*\d(?:\.\d+)?")
_LONGEST_NAME, _SHORTEST_STEM = 3, 3
_PARTS = {"نص": Fraction(1, 2), "نصف": Fraction(1, 2), "ربع": Fraction(1, 4), "half": Fraction(1, 2)}
_MORE = {"ونص": Fraction(1, 2), "ونصف": Fraction(1, 2), "وربع": Fraction(1, 4)}
# Where each scale's zero lies, in kelvin.
_ZEROS = {"°C": Fraction("273.15"), "°F": Fraction("459.67") * Fraction(5, 9), "K": Fraction(0)}
_ARABIC_FRAME = normal_forms(
    "كم كام شحال قداش قديش شكد شگد احسب حول حولي حوللي حولها ما ماذا يساوي تساوي بيساوي بتساوي يعادل تعادل هو هي في ب ل إلى الى بـ كل من "
    "لو سمحت من فضلك يوجد فيه فيها يطلع تطلع بيطلع يعني يكون تكون قيمة عدد درجة واحد واحدة ال شو وش إيش ايه شنو يا ترى من فضلكم ف "
    "عندي بال لل"
)
_FRAME = _ARABIC_FRAME | normal_forms(
    "convert how many much is are in to into what whats what's of equal equals the a an one please there as make makes per do does "
    "you can hey = degrees degree"
)
_PREFIXES = ("بال", "لل", "بل", "ال", "ب", "ل", "ف")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; `size` is in the base unit of its dimension. `name` is what an Arabic answer calls it."""

    dimension: str
    symbol: str
    name: str
    size: Fraction


def _read_table() -> dict[str, Unit]:
    found = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        dimension, symbol, size, arabic, english = line.split("\t")
        unit = Unit(dimension, symbol, arabic.split()[0].replace("_", " "), Fraction(size))
        for name in f"{arabic} {english}".split():
            found[normalize(name.replace("_", " "))] = unit
    return found


_UNITS = _read_table()
# Without single letters, which are words of their own: of two units one at least is written out.
_FIRST_WORDS = frozenset(first for name in _UNITS if len(first := normal_words(name)[0]) > 1)


def begins_unit(word: str) -> bool:
    """Whether a word in `search` form can be a unit's name, or the first of its words: without one there is nothing to convert."""
    return word in _FIRST_WORDS or any(word.removeprefix(prefix) in _FIRST_WORDS for prefix in _PREFIXES)


def parse_units(text: str) -> ToolResult | None:
    """Convert what `text` asks to convert; None unless the whole prompt is one conversion within one dimension."""
    question = read_question(text)
    if question is None:
        return None
    reading = _read(_TOKEN.findall(question.text))
    if reading is None:
        return None
    amount, source, target = reading
    if source.dimension != target.dimension or source == target:
        return None
    if amount < 0 and source.dimension != "temperature":
        return None
    value, exact = show(_convert(amount, source, target))
    given = show(amount)[0]
    if question.language == "ar":
        words = f"{given} {source.name} {'=' if exact else '≈'} {value} {target.name}"
    else:
        words = f"{given} {source.symbol} {'=' if exact else '≈'} {value} {target.symbol}"
    return ToolResult(_NAME, question.digits(words), f"{value} {target.symbol}", question.language)


def _convert(amount: Fraction, source: Unit, target: Unit) -> Fraction:
    if source.dimension == "temperature":
        kelvin = amount * source.size + _ZEROS[source.symbol]
        return (kelvin - _ZEROS[target.symbol]) / target.size
    return amount * source.size / target.size


def _read(words: Sequence[str]) -> tuple[Fraction, Unit, Unit] | None:
    """Find an amount, its unit and the other unit; every other word must belong to the question's frame."""
    amounts: list[tuple[int, Fraction]] = []
    units: list[tuple[int, Unit]] = []
    at = ended = 0
    while at < len(words):
        if found := _unit_at(words, at, after_amount=bool(amounts) and amounts[-1][0] == at):
            units.append((at, found[0]))
            at = ended = found[1]
        elif two := _two_of(words[at]):
            amounts.append((at, Fraction(2)))
            units.append((at, two))
            at = ended = at + 1
        elif ended == at and units and words[at] in _MORE:
            # «كيلو ونص», «3 ساعات ونصف»: of the unit right before it.
            of_it = bool(amounts) and amounts[-1][0] == units[-1][0]
            amounts.append((units[-1][0], (amounts.pop()[1] if of_it else 1) + _MORE[words[at]]))
            at += 1
        elif read := _amount_at(words, at):
            at = read[1]
            amounts.append((at, read[0]))
        elif words[at] in _FRAME or words[at] == "?":
            at += 1
        else:
            return None
    if len(units) != 2 or len(amounts) > 1:
        return None
    return _arranged(words, amounts, units)


def _amount_at(words: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    """Read a number, in digits or words, or the half or quarter of a unit that follows; return it and the position after it."""
    if _NUMBER.fullmatch(words[at]):
        return Fraction(words[at].replace(",", "")), at + 1
    if words[at] in _PARTS:
        after = at + 1 + (words[at + 1 : at + 2] in (["a"], ["an"]))
        return (_PARTS[words[at]], after) if after < len(words) and _unit_at(words, after, after_amount=True) else None
    numeral = None if words[at] in _FRAME else read_numeral(list(words), at)
    return None if numeral is None else (Fraction(numeral[0]), numeral[1])


def _two_of(word: str) -> Unit | None:
    """Return the unit of which a word is two: «ساعتين», «كيلوين»."""
    stem = word.removesuffix("ين").removesuffix("ان")
    if stem == word or len(stem) < _SHORTEST_STEM:
        return None
    return _UNITS.get(f"{stem[:-1]}ه" if stem.endswith("ت") else stem)


def _arranged(
    words: Sequence[str], amounts: list[tuple[int, Fraction]], units: list[tuple[int, Unit]]
) -> tuple[Fraction, Unit, Unit] | None:
    (first_at, first), (second_at, second) = units
    if not amounts:
        # "How many feet are in a mile": the question word stands before the unit that is sought.
        asks = any(word in ("كم", "كام", "شحال", "قداش", "قديش", "شكد", "many") for word in words[:first_at])
        return (Fraction(1), second, first) if asks else None
    after, amount = amounts[0]
    if after == first_at:
        return amount, first, second
    return (amount, second, first) if after == second_at else None


def _unit_at(words: Sequence[str], at: int, *, after_amount: bool) -> tuple[Unit, int] | None:
    for size in range(_LONGEST_NAME, 0, -1):
        phrase = " ".join(words[at : at + size])
        if len(words) - at < size:
            continue
        # «كم» is "how many" before a number, kilometres after it; single letters are units only after an amount or "in".
        if size == 1 and not after_amount and (phrase == "كم" or len(phrase) == 1) and not (at and words[at - 1] in ("to", "in", "into")):
            return None
        unit = _named(phrase)
        if unit is not None:
            return unit, at + size
    return None


def _named(phrase: str) -> Unit | None:
    head, _, rest = phrase.partition(" ")
    # «ميلا في الساعة»: the accusative of a counted noun.
    found = _UNITS.get(phrase) or (_UNITS.get(f"{head[:-1]} {rest}".strip()) if head.endswith("ا") and len(head) > 2 else None)
    if found is not None:
        return found
    for prefix in _PREFIXES:
        if phrase.startswith(prefix):
            stem = phrase[len(prefix) :]
            found = _UNITS.get(stem) or _UNITS.get(" ".join(word.removeprefix("ال") for word in stem.split()))
            if found is not None and len(stem) > 1:
                return found
    return None
