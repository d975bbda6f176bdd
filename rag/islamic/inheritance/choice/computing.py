"""Which option of a question says what a division says, by the kind of what is asked. Reads no story and refuses nothing by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rag.islamic.inheritance.choice.asked import Asked, Kind
from rag.islamic.inheritance.choice.everyone import says_all
from rag.islamic.inheritance.choice.facts import Facts, facts_of, meant, other_sex
from rag.islamic.inheritance.choice.matching import Test, decide, is_near, of_base, of_lots, of_money, of_share
from rag.islamic.inheritance.choice.option import Option
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.choice.status import (
    by_law,
    of_compared,
    of_excluder,
    of_inheriting,
    of_manner,
    of_people,
    of_ratio,
    of_reason,
    of_returned,
    of_rule,
)
from rag.islamic.inheritance.choice.worth import debts_in, estate_in
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import SPOUSES
from rag.islamic.inheritance.reading.mention import Mention

_CENT = Fraction(1, 100)
_INHERITS, _BARE_DENIAL, _EXCLUDED = matching("bare"), matching("bare_denial"), matching("excluded")
_ONE_LOT, _LEFT_OVER = matching("one_lot"), matching("left_over")


def matched(asked: Asked, division: Division, options: Sequence[Option]) -> int | None:
    """Return the one option that says what the division says of what is asked; None where none or several do."""
    estate = _estate(asked)
    if asked.kind == "everyone":
        found = _of_everyone(asked, division, options, estate)
        return found if found is not None or any(":" in option.text for option in options) else _of_all(asked, division, options)
    if asked.kind == "rule" and not asked.about:
        return _of_all(asked, division, options)
    if asked.kind in ("lots", "base") and estate is not None and _ONE_LOT.search(asked.text):
        return _of_one_lot(estate / division.corrected, options)
    if asked.kind == "base":
        return decide(options, of_base(asked, division))
    if asked.kind == "who":
        return decide(options, of_people(asked, division, lambda option: set(meant(division, option.named))))
    return _of_some(asked, division, options, estate)


def _of_some(asked: Asked, division: Division, options: Sequence[Option], estate: Fraction | None) -> int | None:
    if not asked.about and division.returned and _LEFT_OVER.search(asked.text):
        return decide(options, of_returned(division, lambda option: set(meant(division, option.named))))
    facts = facts_of(division, asked.about)
    if facts is None:
        return None
    kind = asked.kind
    if kind == "ratio" and len(asked.about) == 1 and all("%" in option.text or "٪" in option.text for option in options):
        # «What part in a hundred»: of the whole estate, not of another's share.
        kind = "share"
    if kind == "ratio":
        return _of_ratio(asked, division, options)
    mostly = len(options) // 2
    if asked.kind == "lots" and (answer := decide(options, of_lots(asked, facts))) is not None:
        return answer
    if estate is not None and asked.kind in ("share", "lots") and sum(option.sum is not None for option in options) > mostly:
        return decide(options, of_money(asked, facts, estate))
    if kind == "share" and sum(option.number is not None and not option.fractions for option in options) > mostly:
        kind = "lots"
    if _says_it_twice(kind, asked, facts, options):
        return None
    return decide(options, _tests(kind, asked, facts))


def _says_it_twice(kind: Kind | None, asked: Asked, facts: Facts, options: Sequence[Option]) -> bool:
    """Whether two options are right: «لا يرث» beside «محجوب», «يرث» beside the way of it, a fraction beside its lots."""
    plain = [option.plain for option in options]
    if kind == "manner":
        ways = any((option.share or option.rest) and not option.nothing for option in options)
        bare = ways and any(_INHERITS.fullmatch(text) for text in plain)
        denied = any(_BARE_DENIAL.fullmatch(text) for text in plain) and any(_EXCLUDED.fullmatch(text) for text in plain)
        return bare if facts.total else denied
    if kind != "share" or not facts.total or facts.of_rest:
        return False
    amount = facts.each if asked.each and not asked.together and facts.alike else facts.total
    lots = amount * facts.whole.corrected
    counted = any("سهم" in option.plain and not option.fractions and option.out_of is None and option.number == lots for option in options)
    told = any(option.fractions == (amount,) for option in options)
    parts = any(option.out_of and option.number == amount * option.out_of for option in options)
    rest = any(
        option.rest and option.fractions and option.fractions != (amount,) and _of_rest(option, facts) == amount for option in options
    )
    return told and (counted or parts or rest)


def _of_rest(option: Option, facts: Facts) -> Fraction | None:
    """Return what «ثلثا الباقي» are of the whole: a part of what the spouse leaves."""
    spouse = next((share.fraction for share in facts.whole.shares if share.heir in SPOUSES), Fraction(0))
    return option.fractions[0] * (1 - spouse) if len(option.fractions) == 1 else None


def _of_one_lot(value: Fraction, options: Sequence[Option]) -> int | None:
    return decide(options, iter((lambda option: is_near(option, value, max(_CENT, value / 2000)),)))


def _tests(kind: Kind | None, asked: Asked, facts: Facts) -> Iterator[Test]:
    match kind:
        case "lots":
            yield from of_lots(asked, facts)
        case "inherits":
            yield from of_inheriting(facts, asked)
        case "manner":
            yield from of_manner(facts)
            yield from of_share(asked, facts)
        case "rule":
            yield from of_rule(asked, facts)
        case "reason":
            yield from of_reason(facts)
        case "excluder":
            yield from of_excluder(facts)
        case "share":
            yield from of_share(asked, facts)
            yield of_compared(facts)
            yield from of_lots(asked, facts)


def _of_ratio(asked: Asked, division: Division, options: Sequence[Option]) -> int | None:
    about = asked.about[:2]
    if len(about) == 1 and len(about[0].options) == 1:
        about = (about[0], Mention((other_sex(about[0].options[0]),), 1, 0, 0))
    sides = [facts_of(division, (mention,)) for mention in about]
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return None
    return decide(options, of_ratio(sides[0], sides[1]))


def _of_all(asked: Asked, division: Division, options: Sequence[Option]) -> int | None:
    """Return the option that says how all heirs share: one rule where there is one, or that each has what is his."""
    heirs = [share.heir for share in division.shares]
    facts = facts_of(division, [Mention((kin,), 1, 0, 0) for kin in heirs])
    residuaries = (
        facts is not None
        and facts.asked is None
        and facts.total == 1
        and all("residue" in rule or rule == "all" for share in division.shares for rule in share.rules)
    )
    return decide(options, of_rule(asked, facts) if facts and residuaries else iter((by_law,)))


def _of_everyone(asked: Asked, division: Division, options: Sequence[Option], estate: Fraction | None) -> int | None:
    """Return the one option that is right in all it says, strictly read before loosely, and where two are, the one that says more."""
    for strict, lots in ((True, "سهم" in asked.text), (True, False), (False, False)):
        held = {
            at: said
            for at, option in enumerate(options)
            if (said := says_all(option, division, estate=estate, strict=strict, lots=lots, absent=asked.absent)) is not None
        }
        best = [at for at, said in held.items() if said == max(held.values())]
        if held:
            return best[0] if len(best) == 1 else None
    return None


def _estate(asked: Asked) -> Fraction | None:
    """Return what the heirs divide in money: the estate, less debts that are told as a sum."""
    estate = estate_in(asked.supposed) or estate_in(asked.story) or estate_in(asked.text)
    debts = debts_in(asked.story) or Fraction(0)
    return estate - debts if estate is not None and debts < estate else estate
