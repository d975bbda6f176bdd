"""Whether an option says what was computed, for each kind of question. A rule that fits no option, or several, decides nothing.

Each function returns tests in order: the first that exactly one option passes decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from rag.islamic.inheritance.choice.asked import Asked
from rag.islamic.inheritance.choice.facts import Facts
from rag.islamic.inheritance.choice.option import Option
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import Kin, is_male
from rag.islamic.inheritance.reading.tokens import folded

Test = Callable[[Option], bool]
_DOUBLE = re.compile(r"ذكر (?:مثل|كمثل) (?:حظ|نصيب) ال?انثيين|ذكر ضعف|ذكر مثلا")
_NOBODY_ELSE = re.compile(r"لا يوجد|ليس له|ليس لها|ليس هناك|وحيد|فقط|سواه|غيره|ولا وارث|لا وارث")
_NEAR = Fraction(1, 100)


def decide(options: Sequence[Option], tests: Iterator[Test]) -> int | None:
    """Return the one option that the first deciding test leaves."""
    for test in tests:
        passed = [at for at, option in enumerate(options) if test(option)]
        if len(passed) == 1:
            return passed[0]
        if passed:
            return None
    return None


def of_share(asked: Asked, facts: Facts) -> Iterator[Test]:
    """Test for what share some heirs have."""
    if not facts.total:
        yield lambda option: option.nothing and "حجو" in option.plain and not option.fractions and _blames_nobody_else(option, facts)
        yield lambda option: option.nothing and not option.fractions and not option.rest
        yield lambda option: option.nothing
        return
    of_one = asked.each and not asked.together
    if facts.total == 1 and "فرض" not in asked.text and _NOBODY_ELSE.search(f"{folded(asked.story)} {asked.text}"):
        yield lambda option: option.whole
    if facts.total == 1 and facts.whole.returned:
        yield lambda option: option.whole and option.returned
    if facts.asked is not None and facts.rest:
        yield lambda option: facts.asked in option.fractions and option.rest
    if facts.asked is not None:
        own = facts.asked / facts.count if of_one and facts.count > 1 else facts.asked
        if facts.whole.returned:
            yield lambda option: own in option.fractions and option.returned
        yield lambda option: option.fractions == (own,) and not option.rest and not option.returned
        yield lambda option: option.fractions == (facts.asked,) and not option.rest and not option.nothing
    if facts.rest:
        yield lambda option: option.rest and not option.fractions and not option.nothing and not option.share
        yield lambda option: option.rest and not option.nothing and not option.share and _plausible(option, facts)
    final = facts.each if of_one and facts.alike else facts.total
    yield lambda option: option.fractions == (final,) and not option.nothing
    yield lambda option: final == 1 and option.whole
    if not of_one:
        yield lambda option: facts.total in option.fractions


def _blames_nobody_else(option: Option, facts: Facts) -> bool:
    return not option.named or _names_excluders(option, facts)


def _plausible(option: Option, facts: Facts) -> bool:
    return all(fraction in (facts.total, facts.each, facts.asked) for fraction in option.fractions)


def of_lots(asked: Asked, facts: Facts) -> Iterator[Test]:
    """Test for how many lots some heirs have."""
    division = facts.whole
    bases = [asked.out_of] if asked.out_of else [division.corrected]
    if asked.out_of is None:
        bases += [base for base in (division.raised, division.returned, division.base) if base]
    one = bool(asked.about) and all(mention.count == 1 for mention in asked.about) and len(asked.about) == 1
    of_one = facts.alike and not asked.together and (asked.each or one)
    if re.search(r"ب?ال?فرضا?\b", asked.text) and facts.asked is not None and facts.rest:
        for base in dict.fromkeys(bases):
            yield _number(facts.asked * base, facts)
    for base in dict.fromkeys(bases):
        first, second = (facts.each, facts.total) if of_one else (facts.total, facts.each)
        yield _number(first * base, facts)
        if not asked.together and not asked.each:
            yield _number(second * base, facts)


def _number(value: Fraction, facts: Facts) -> Test:
    return lambda option: option.number == value or (not facts.total and option.nothing) or (option.decimals == (value,) and value != 0)


def of_base(asked: Asked, division: Division) -> Iterator[Test]:
    """Test for what the estate is cut into."""
    numbers = [division.corrected, division.raised, division.returned, division.base]
    if "اصل" in asked.text and "تصح" not in asked.text:
        numbers = [division.base, division.raised, division.returned, division.corrected]
    for number in dict.fromkeys(each for each in numbers if each):
        yield lambda option, number=number: option.number == number  # type: ignore[misc]


def of_inheriting(facts: Facts, asked: Asked) -> Iterator[Test]:
    """Test for whether some heirs inherit."""
    yield lambda option: option.plain == ("نعم" if facts.total else "لا")
    if facts.total:
        details = list(of_share(asked, facts))
        for test in [*of_manner(facts), *details]:
            yield lambda option, test=test: (option.yes or not option.no) and not option.nothing and not option.other and test(option)  # type: ignore[misc]
        yield lambda option: option.yes and not (option.other or option.nothing)
        yield lambda option: not option.no and not option.nothing
        return
    yield lambda option: (option.no or option.nothing) and not option.yes and not option.other and _names_excluders(option, facts)
    yield lambda option: (option.no or option.nothing) and not option.yes and "حرمان" in option.plain
    yield lambda option: (option.no or option.nothing) and not option.yes and not option.named
    yield lambda option: (option.no or option.nothing) and not option.yes


def _names_excluders(option: Option, facts: Facts) -> bool:
    named = [set(mention.options) for mention in option.named if not set(mention.options) & set(facts.kin)]
    return bool(named) and all(options & set(facts.excluders) for options in named)


def of_manner(facts: Facts) -> Iterator[Test]:
    """Test for how some heirs inherit: by share, as residuaries, both, or not at all."""
    if not facts.total:
        yield lambda option: "حرمان" in option.plain
        yield lambda option: option.nothing and not option.other and _names_excluders(option, facts)
        yield lambda option: option.nothing and not option.yes and not option.other
        return
    if facts.asked is not None and facts.rest:
        yield lambda option: option.share and option.rest
    elif facts.rest:
        way = _way(facts)
        yield lambda option: option.rest and not option.share and way in option.plain
        yield lambda option: option.rest and not option.share and not option.nothing
    elif facts.whole.returned:
        yield lambda option: option.share and option.returned and not option.rest
    if not facts.rest:
        yield lambda option: option.share and not option.rest and not option.returned and not option.nothing


def _way(facts: Facts) -> str:
    """Return in which of the three ways they are residuaries."""
    if len({is_male(kin) for kin in facts.kin}) > 1:
        return "انثيين"
    if all(is_male(kin) for kin in facts.kin):
        return "بالنفس"
    return "مع الغير" if facts.with_daughters else "بالغير"


def of_rule(asked: Asked, facts: Facts) -> Iterator[Test]:
    """Test for how some heirs share what is theirs."""
    sexes = {is_male(kin) for kin in facts.kin}
    if facts.rest and (len(sexes) > 1 or any(mention.head == "C" for mention in asked.about)):
        yield lambda option: _DOUBLE.search(option.plain) is not None
    elif facts.total:
        yield lambda option: "تساوي" in option.plain or "السوية" in option.plain
    yield from of_manner(facts)


def of_people(asked: Asked, division: Division, meant: Callable[[Option], set[Kin]]) -> Iterator[Test]:
    """Test for who inherits, or who does not."""
    inheriting = {share.heir for share in division.shares}
    excluded = {exclusion.heir for exclusion in division.exclusions}
    wanted = excluded if re.search(r"محجوب|لا يرث|لا ترث|لم يرث|يسقط", asked.text) else inheriting
    if re.search(r"عاصب|عصبة|الباقي", asked.text):
        wanted = {share.heir for share in division.shares if any(rule.startswith("residue") or rule == "all" for rule in share.rules)}
    yield lambda option: meant(option) == wanted
    yield lambda option: bool(meant(option)) and meant(option) <= wanted
    if not wanted:
        yield lambda option: "لا احد" in option.plain or "لا يوجد" in option.plain


def of_excluder(facts: Facts) -> Iterator[Test]:
    """Test for who excludes some heirs."""
    excluders = set(facts.excluders)
    yield (
        lambda option: (
            bool(option.named)
            and {kin for mention in option.named for kin in mention.options if kin in facts.whole.case.heirs} == excluders
        )
    )
    yield lambda option: any(set(mention.options) & excluders for mention in option.named)


def of_money(asked: Asked, facts: Facts, estate: Fraction) -> Iterator[Test]:
    """Test for what some heirs get in money; it may be rounded."""
    of_one = facts.alike and not asked.together and (asked.each or all(mention.count == 1 for mention in asked.about))
    order = (facts.each, facts.total) if of_one else (facts.total, facts.each)
    for fraction in order:
        for error in (_NEAR, Fraction(1)):
            yield lambda option, value=fraction * estate, error=error: any(abs(each - value) <= error for each in option.decimals)  # type: ignore[misc]
