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
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import is_male
from rag.islamic.inheritance.reading.tokens import folded

Test = Callable[[Option], bool]
_NOBODY_ELSE = re.compile(r"(?:لا يوجد|ليس ل\w+|ليس هناك) (?:\S+ ){0,3}?(?:وارث|ورثة|غير|سو)|وحيد|فقط|سواه|غيره|ولا وارث|لا وارث")
_NO_HEIR_ELSE = re.compile(r"عدم وجود (?:اي )?(?:وارث|ورثة)|(?:لا يوجد|ليس ل\w+|ليس هناك) (?:\S+ ){0,2}?(?:وارث|ورثة)|لا وارث")
_RETURNED = re.compile(r"بالرد|ردا\b")
_EACH_OF = re.compile(r"\bلكل\b")
_DOUBLE = matching("double")
_THIRD = Fraction(1, 3)
_EXACT, _NEAR = Fraction(1, 200), Fraction(1, 100)
_ROUNDED = Fraction(1, 2000)


def decide(options: Sequence[Option], tests: Iterator[Test]) -> int | None:
    """Return the one option that the first deciding test leaves. What says «if» is no answer to what was computed."""
    for test in tests:
        passed = [at for at, option in enumerate(options) if not option.conditional and test(option)]
        if passed and len({options[at].plain for at in passed}) == 1:
            # An option that stands there twice is the first of both.
            return passed[0]
        if passed:
            return None
    return None


def of_share(asked: Asked, facts: Facts) -> Iterator[Test]:
    """Test for what share some heirs have."""
    if not facts.total:
        yield from _of_nothing(facts)
        return
    of_one = asked.each and not asked.together
    yield from _of_whole(asked, facts)
    if facts.of_rest:
        yield lambda option: option.fractions == (_THIRD,) and option.rest
    if facts.asked is not None:
        yield from _of_fixed(facts, facts.asked / facts.count if of_one and facts.count > 1 else facts.asked)
    if facts.rest:
        if len({is_male(kin) for kin in facts.kin}) > 1:
            yield lambda option: _DOUBLE.search(option.plain) is not None and not (option.share or option.returned or option.fractions)
        yield lambda option: _only_rest(option) and not option.fractions and (facts.total == 1 or not option.whole)
        yield lambda option: _only_rest(option) and _plausible(option, facts)
    final = facts.each if of_one and facts.alike else facts.total
    yield lambda option: option.fractions == (final,) and not option.nothing
    yield lambda option: final == 1 and option.whole and not option.nothing
    if not of_one:
        yield lambda option: facts.total in option.fractions
        yield (
            lambda option: (
                facts.alike and facts.count > 1 and option.fractions == (facts.each,) and _EACH_OF.search(option.plain) is not None
            )
        )


def _of_nothing(facts: Facts) -> Iterator[Test]:
    """Test for no share: excluded by whom it is, or nothing and no more."""
    yield lambda option: option.nothing and "حجو" in option.plain and not option.fractions and _blames_nobody_else(option, facts)
    yield lambda option: option.nothing and not option.fractions and not option.rest and not option.named and "حجو" not in option.plain
    yield lambda option: option.nothing and not option.fractions and not option.rest
    yield lambda option: option.nothing


def _of_whole(asked: Asked, facts: Facts) -> Iterator[Test]:
    """Test for all of it, and for what returns."""
    if facts.total == 1 and "فرض" not in asked.text and _NOBODY_ELSE.search(f"{folded(asked.story)} {asked.text}"):
        yield lambda option: option.whole and not option.returned and not option.nothing
    if facts.whole.returned and "فرض" not in asked.text and _NO_HEIR_ELSE.search(f"{folded(asked.story)} {asked.text}"):
        final = facts.each if asked.each and not asked.together and facts.alike else facts.total
        yield lambda option: option.fractions == (final,) and not option.nothing and not option.share
    if facts.whole.returned and facts.asked is not None:
        returned = facts.total - facts.asked
        if _RETURNED.search(asked.text):
            yield lambda option: option.fractions == (returned,) or (option.rest and not option.fractions)
        yield lambda option: facts.asked in option.fractions and option.returned
    if facts.total == 1 and facts.whole.returned:
        yield lambda option: option.whole and option.returned


def _of_fixed(facts: Facts, own: Fraction) -> Iterator[Test]:
    """Test for a fixed share, of which each has his `own` where that is asked."""
    if facts.rest:
        yield lambda option: facts.asked in option.fractions and option.rest
    if facts.whole.returned:
        yield lambda option: own in option.fractions and option.returned
    yield lambda option: option.fractions == (own,) and not option.rest and not option.returned
    yield lambda option: option.fractions == (facts.asked,) and not option.rest and not option.nothing


def _only_rest(option: Option) -> bool:
    return option.rest and not option.nothing and not option.share


def _blames_nobody_else(option: Option, facts: Facts) -> bool:
    return not option.named or names_excluders(option, facts)


def _plausible(option: Option, facts: Facts) -> bool:
    return all(fraction in (facts.total, facts.each, facts.asked) for fraction in option.fractions)


def names_excluders(option: Option, facts: Facts) -> bool:
    """Whether whom an option names are those who exclude the heirs."""
    named = [set(mention.options) for mention in option.named if not set(mention.options) & set(facts.kin)]
    return bool(named) and all(options & set(facts.excluders) for options in named)


def of_lots(asked: Asked, facts: Facts) -> Iterator[Test]:
    """Test for how many lots some heirs have."""
    division = facts.whole
    bases = [asked.out_of] if asked.out_of else [division.corrected]
    if asked.out_of is None:
        bases += [base for base in (division.raised, division.returned, division.base) if base]
    one = bool(asked.about) and all(mention.count == 1 for mention in asked.about) and len(asked.about) == 1
    of_one = facts.alike and not asked.together and (asked.each or one)
    if re.search(r"\b(?:ب|بال)?فرضا?\b(?! ورد)", asked.text) and facts.asked is not None and (facts.rest or facts.whole.returned):
        for base in dict.fromkeys(bases):
            yield _number(facts.asked * base, facts)
    for base in dict.fromkeys(bases):
        first, second = (facts.each, facts.total) if of_one else (facts.total, facts.each)
        yield _number(first * base, facts)
        if not asked.together and not asked.each:
            yield _number(second * base, facts)
    yield lambda option: option.fractions == (first,) and first > 0


def _number(value: Fraction, facts: Facts) -> Test:
    def says(option: Option) -> bool:
        """Whether an option counts so many lots, or none where nothing is due."""
        if option.out_of is not None:
            return option.number == value and value / option.out_of in (facts.total, facts.each)
        return option.number == value or (not facts.total and option.nothing) or (option.decimals == (value,) and value != 0)

    return says


def of_base(asked: Asked, division: Division) -> Iterator[Test]:
    """Test for what the estate is cut into."""
    numbers = [division.corrected, division.raised, division.returned, division.base]
    if "عول" in asked.text and division.raised:
        numbers = [division.raised, division.corrected]
    elif "اصل" in asked.text and not re.search(r"تصح|مصحح|تقسم|سهام|اسهم", asked.text):
        numbers = [division.base, division.raised, division.returned, division.corrected]
    for number in dict.fromkeys(each for each in numbers if each):
        yield lambda option, number=number: option.number == number  # type: ignore[misc]


def of_money(asked: Asked, facts: Facts, estate: Fraction) -> Iterator[Test]:
    """Test for what some heirs get in money; it may be rounded."""
    of_one = facts.alike and not asked.together and (asked.each or all(mention.count == 1 for mention in asked.about))
    order = (facts.each, facts.total) if of_one else (facts.total, facts.each)
    for fraction in order:
        value = fraction * estate
        for error in (_EXACT, _NEAR, _ROUNDED * value, min(Fraction(1), value / 20)):
            yield lambda option, value=value, error=error: is_near(option, value, error)  # type: ignore[misc]


def is_near(option: Option, value: Fraction, error: Fraction) -> bool:
    """Whether an option says a sum, rounded perhaps."""
    return any(abs(each - value) <= error for each in (*option.decimals, option.sum) if each is not None)
