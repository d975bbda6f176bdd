"""Options that say of every heir what he gets: «الأم: السدس، الابن: 10 أسهم». An option holds when all that it says does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rag.islamic.inheritance.choice.asked import Asked, named_in
from rag.islamic.inheritance.choice.facts import Facts, facts_of, other_sex
from rag.islamic.inheritance.choice.matching import is_near, of_share
from rag.islamic.inheritance.choice.option import Option, read_option
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.choice.status import by_law, of_compared
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import MATERNAL_SIBLINGS, Kin, is_male
from rag.islamic.inheritance.reading.arabic import mention_at
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.numerals import value_of
from rag.islamic.inheritance.reading.tokens import tokens

_ASIDE = re.compile(r"\([^)]*كل[^)]*\)")
_NOTE = re.compile(r"\([^()]*(?:أصل|مجموع)[^()]*\)\s*\.?\s*$")
_OF_EACH = re.compile(r"^\s*لكل واحدة? من\w+")
_EACH = re.compile(r"\bلكل\b")
_EQUALLY, _DOUBLE, _INHERITS = matching("same"), matching("double"), matching("bare")
_PAIR = re.compile(r"(?<!\d)[،,]\s*|[،,](?!\d{3})\s*|[;؛]\s*|\.\s+|\n")
_TENTH = Fraction(1, 10)
_HUNDREDTH = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Said:
    """One part of an option: whom it names, what it gives them, and whether that is for each of them."""

    facts: Facts
    option: Option
    named: tuple[Mention, ...]
    each: bool


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """How much an option says: whether its shares are final and its lots the division's, how many residuaries it names as such."""

    final: bool
    own_base: bool
    rests: int


def says_all(
    option: Option,
    division: Division,
    *,
    estate: Fraction | None,
    strict: bool,
    lots: bool,
    absent: frozenset[tuple[Kin, ...]] = frozenset(),
) -> Rank | None:
    """Return how much an option says; None where something that it says is wrong or not understood.

    Read strictly, «the daughter» is one of them and «the daughters» are all; where lots are asked for, a fraction is no answer.
    `absent` are those whom the story names and who are no heirs.
    """
    parts: list[Said] = []
    for name, value in _pairs(_NOTE.sub("", option.text.strip(" .")).strip(" .")):
        named, said = named_in(name), read_option(value)
        if not value.strip():
            return None
        facts = facts_of(division, named)
        if facts is None:
            if named and said.nothing and all(mention.options in absent for mention in named):
                continue
            return None
        if lots and facts.total and said.number is None:
            return None
        parts.append(Said(facts, said, named, _of_one(name, value, named)))
    if not parts or not all(_holds(part, estate=estate, strict=strict) for part in parts):
        return None
    base = _base(parts, estate) if strict else division.corrected
    if base is None:
        return None
    final = all(not part.option.fractions or part.option.fractions[0] in (part.facts.total, part.facts.each) for part in parts)
    return Rank(final, base == division.corrected, sum(part.option.rest or part.option.number is not None for part in parts))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield who is named and what is said of them; «لكل واحدة منهما تسعة» is said of those before."""
    last = ""
    for part in _PAIR.split(text):
        name, colon, value = _ASIDE.sub(" ", part).partition(":")
        if not colon:
            name, equals, value = part.partition("=")
            of_each = _OF_EACH.search(part)
            name, value = (name, value) if equals else (f"كل {last}", part[of_each.end() :]) if of_each and last else _cut(part)
        elif _ASIDE.search(part):
            name = f"كل {name}"
        last = name
        yield name, value


def _cut(part: str) -> tuple[str, str]:
    """Cut «لكل بنت سهم واحد» behind who is named."""
    found = tokens(part)
    for at in range(len(found)):
        mention = mention_at(found, at)
        if mention and mention.options:
            end = next((place for place in range(at + 1, mention.end) if value_of(found[place]) is not None), mention.end)
            return " ".join(token.text for token in found[:end]), " ".join(token.text for token in found[end:])
    return part, ""


def _of_one(name: str, value: str, named: tuple[Mention, ...]) -> bool:
    return "كل" in name.split() or bool(_EACH.search(value)) or all(mention.count == 1 for mention in named)


def _holds(part: Said, *, estate: Fraction | None, strict: bool) -> bool:
    facts, said = part.facts, part.option
    if not facts.total:
        return said.nothing or said.number == 0
    if said.nothing or _names_others(part):
        return False
    if said.number is not None or said.decimals:
        if estate is not None and any(is_near(said, amount * estate, _error(amount * estate)) for amount in _amounts(part, strict=strict)):
            return True
        if not said.fractions:
            return said.number is not None and (
                strict or said.number in {facts.whole.corrected * each for each in (facts.total, facts.each)}
            )
    if _INHERITS.fullmatch(said.plain):
        return True
    return _shares_as_said(part) and (by_law(said) or _share_as_said(part))


def _names_others(part: Said) -> bool:
    """Whether it gives the same to some who have nothing beside those who have something."""
    several = len(part.named) > 1 and all(len(mention.options) == 1 or mention.options[0][1:] for mention in part.named)
    clear = all(mention.strength or len(mention.options[0]) != len("Bf") for mention in part.named if mention.options)
    return several and clear and any(not part.facts.whole.fractions.get(kin) for kin in part.facts.kin)


def _error(value: Fraction) -> Fraction:
    return min(Fraction(1), max(_HUNDREDTH, value * _HUNDREDTH * _TENTH))


def _amounts(part: Said, *, strict: bool) -> set[Fraction]:
    facts = part.facts
    if not strict:
        return {facts.total, facts.each}
    return {facts.each} if part.each and facts.alike else {facts.total}


def _base(parts: list[Said], estate: Fraction | None) -> Fraction | None:
    """Return the whole number that an option's lots are parts of, the division's where it counts none; None where they fit no one number.

    Where the estate is known what is no sum is counted of the division's lots, and so is the only number that an option gives.
    """
    whole = parts[0].facts.whole
    counted = [part for part in parts if part.facts.total and not part.option.fractions and part.option.number is not None]
    counted = [part for part in counted if estate is None or not _is_money(part, estate)]
    bases = {number / amount for part in counted for amount in _amounts(part, strict=True) if (number := part.option.number) is not None}
    if not bases:
        return Fraction(whole.corrected)
    known = {whole.corrected, whole.raised, whole.returned, whole.base}
    free = len(counted) > 1 and estate is None
    return bases.pop() if len(bases) == 1 and (free or bases <= known) and all(base.denominator == 1 for base in bases) else None


def _is_money(part: Said, estate: Fraction) -> bool:
    return any(is_near(part.option, amount * estate, _error(amount * estate)) for amount in _amounts(part, strict=True))


def _shares_as_said(part: Said) -> bool:
    """Whether they share among themselves, and with the other sex, as is said."""
    facts, plain = part.facts, part.option.plain
    mixed = len({is_male(kin) for kin in facts.kin}) > 1
    beside = any(facts.whole.fractions.get(other_sex(kin)) for kin in facts.kin if facts.rest)
    children = any(mention.head == "C" for mention in part.named)
    if facts.rest and (mixed or beside or children) and _EQUALLY.search(plain):
        return False
    return mixed or beside or children or not is_male(facts.kin[0]) or not _DOUBLE.search(plain)


def _share_as_said(part: Said) -> bool:
    """Whether the fraction, or the way of inheriting, is theirs."""
    facts, said = part.facts, part.option
    maternal = {kin for kin in MATERNAL_SIBLINGS if facts.whole.fractions.get(kin)}
    if set(facts.kin) < maternal:
        return said.fractions == (facts.total,)
    if (
        said.fractions
        and _EACH.search(said.plain)
        and said.fractions[-1] not in (facts.each, (0 if said.whole else facts.asked or 0) / facts.count)
    ):
        return False
    if said.share and not (said.fractions or said.rest):
        return facts.asked is not None
    asked = Asked("", "", "share", (), part.each and facts.asked is None, together=False, out_of=None)
    return any(test(said) for test in (*of_share(asked, facts), of_compared(facts)))
