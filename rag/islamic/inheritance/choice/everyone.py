"""Options that say of every heir what he gets: «الأم: السدس، الابن: 10 أسهم». An option holds when all that it says does."""

from __future__ import annotations

import re
from fractions import Fraction

from rag.islamic.inheritance.choice.asked import Asked
from rag.islamic.inheritance.choice.facts import Facts, facts_of
from rag.islamic.inheritance.choice.matching import is_near, of_share
from rag.islamic.inheritance.choice.option import Option, read_option
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.choice.status import by_law
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import is_male
from rag.islamic.inheritance.reading.arabic import mention_at, mentions_in
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.tokens import tokens

_EACH = re.compile(r"\bلكل واحدة?\b")
_ASIDE = re.compile(r"\([^)]*كل[^)]*\)")
_EQUALLY, _DOUBLE = matching("same"), matching("double")
_PAIR = re.compile(r"(?<!\d)[،,]\s*|[،,](?!\d{3})\s*|[;؛]\s*|\.\s+|\n")


def says_all(option: Option, division: Division, *, estate: Fraction | None, strict: bool, lots: bool) -> int | None:
    """Return how many residuaries an option names as such; None where something that it says is wrong or not understood.

    Read strictly, «the daughter» is one of them and «the daughters» are all; where lots are asked for, a fraction is no answer.
    """
    rests = 0
    for part in _PAIR.split(option.text.strip(" .")):
        name, colon, value = _ASIDE.sub(" ", part).partition(":")
        if not colon:
            name, equals, value = part.partition("=")
            name, value = (name, value) if equals else _cut(part)
        if not value.strip():
            return None
        facts, said = facts_of(division, _named(name)), read_option(value)
        if facts is None or not _holds(facts, said, name, estate=estate, strict=strict):
            return None
        if lots and facts.total and said.number is None:
            return None
        rests += said.rest or said.number is not None
    return rests


def _cut(part: str) -> tuple[str, str]:
    """Cut «لكل بنت سهم واحد» behind who is named."""
    found = tokens(part)
    for at in range(len(found)):
        mention = mention_at(found, at)
        if mention and mention.options:
            end = next((place for place in range(at + 1, mention.end) if found[place].number is not None), mention.end)
            return " ".join(token.text for token in found[:end]), " ".join(token.text for token in found[end:])
    return part, ""


def _named(text: str) -> tuple[Mention, ...]:
    return tuple(mentions_in(tokens(text)))


def _holds(facts: Facts, said: Option, name: str, *, estate: Fraction | None, strict: bool) -> bool:
    if not facts.total:
        return said.nothing or said.number == 0
    named = _named(name)
    one = "كل" in name.split() or all(mention.count == 1 for mention in named)
    amounts = ({facts.each} if one and facts.alike else {facts.total}) if strict else {facts.total, facts.each}
    if not said.fractions and (said.number is not None or said.decimals):
        money = estate is not None and any(is_near(said, amount * estate, Fraction(1)) for amount in amounts)
        return money or said.number in {amount * facts.whole.corrected for amount in amounts}
    if said.nothing:
        return False
    mixed = len({is_male(kin) for kin in facts.kin}) > 1
    if facts.rest and mixed and _EQUALLY.search(said.plain):
        return False
    men = not mixed and is_male(facts.kin[0]) and all(mention.head != "C" for mention in named)
    if men and _DOUBLE.search(said.plain) and not _sister_of(facts):
        return False
    if said.fractions and _EACH.search(said.plain) and said.fractions[-1] not in (facts.each, (facts.asked or 0) / facts.count):
        return False
    if by_law(said):
        return True
    asked = Asked("", name, "share", (), one and facts.asked is None, together=False, out_of=None)
    return any(test(said) for test in of_share(asked, facts))


def _sister_of(facts: Facts) -> bool:
    """Whether women of the same kind share with these men."""
    kin = facts.kin[0]
    women = {"S": f"{kin[:-1]}D", "B": f"Z{kin[1:]}"}.get(kin[0] if kin[0] == "B" and len(kin) == 2 else kin[-1], "")
    return facts.whole.fractions.get(women, Fraction(0)) > 0
