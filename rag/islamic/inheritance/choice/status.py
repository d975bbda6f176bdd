"""Whether an option says how heirs stand: that and how they inherit, who keeps them out, why, and in what ratio. Knows no numbers of lots.

As in `matching`, each function returns tests in order: the first that exactly one option passes decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from rag.islamic.inheritance.choice.asked import Asked
from rag.islamic.inheritance.choice.facts import Facts
from rag.islamic.inheritance.choice.matching import Test, names_excluders, of_share
from rag.islamic.inheritance.choice.option import Option
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import DAUGHTER, SIBLINGS, SON, SPOUSES, Kin, is_descendant, is_distant, is_male

_DOUBLE = matching("double")
_DOUBLE_TOO = matching("double_too")
_BY_LAW = matching("by_law")
_TWICE, _HALF_OF, _SAME = matching("twice"), matching("half_of"), matching("same")
_KINDRED = matching("kindred")
_TWO = Fraction(2)
_RATIOS = {_TWO: matching("twice"), Fraction(1, 2): matching("half_of"), Fraction(1): matching("like")}
_INHERITS, _EVERYONE, _WHO_NOT = matching("bare"), matching("everybody"), matching("who_not")
_RETURNS = re.compile(r"\b(?:ي|ت)رد\b|بالرد")
_LEFT_NOTHING, _BRANCH = matching("left_nothing"), matching("branch")


def of_inheriting(facts: Facts, asked: Asked) -> Iterator[Test]:
    """Test for whether some heirs inherit."""
    yield lambda option: option.plain == ("نعم" if facts.total else "لا")
    if facts.total:
        yield lambda option: _INHERITS.fullmatch(option.plain) is not None
        for test in [*of_manner(facts), *of_share(asked, facts)]:
            yield lambda option, test=test: (option.yes or not option.no) and not option.nothing and not option.other and test(option)  # type: ignore[misc]
        yield lambda option: option.yes and not (option.other or option.nothing)
        yield lambda option: not option.no and not option.nothing
        return
    if all(map(is_distant, facts.kin)):
        yield lambda option: _denied(option) and _KINDRED.search(option.plain) is not None
    yield lambda option: _denied(option) and not option.other and names_excluders(option, facts)
    yield lambda option: _denied(option) and "حرمان" in option.plain
    yield lambda option: _denied(option) and not option.named and bool(_LEFT_NOTHING.search(option.plain)) == facts.empty_handed
    yield lambda option: _denied(option) and not option.named
    yield _denied


def of_dead() -> Iterator[Test]:
    """Test for what is due to one who died before the deceased: nothing, and nobody excludes him."""
    yield lambda option: (_denied(option) or option.number == 0) and not option.named and "حجو" not in option.plain
    yield _denied


def _denied(option: Option) -> bool:
    return (option.no or option.nothing) and not option.yes


def of_manner(facts: Facts) -> Iterator[Test]:
    """Test for how some heirs inherit: by share, as residuaries, both, or not at all."""
    if not facts.total:
        if all(map(is_distant, facts.kin)):
            yield lambda option: _KINDRED.search(option.plain) is not None
        yield lambda option: "حرمان" in option.plain
        yield lambda option: option.nothing and not option.other and names_excluders(option, facts)
        yield lambda option: option.nothing and not option.named and ("حجو" in option.plain) != facts.empty_handed
        yield lambda option: option.nothing and not option.yes and not option.other
        return
    if all(map(is_distant, facts.kin)):
        yield lambda option: "رحم" in option.plain or "ارحام" in option.plain
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
    yield lambda option: _INHERITS.fullmatch(option.plain) is not None


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
    children = SON in facts.kin and DAUGHTER in facts.whole.case.heirs
    if facts.rest and (
        len(sexes) > 1 or children or any(mention.head == "C" and is_descendant(mention.options[0]) for mention in asked.about)
    ):
        yield lambda option: _DOUBLE.search(option.plain) is not None and not (option.share or option.returned)
        yield lambda option: _DOUBLE.search(option.plain) is not None
        yield lambda option: _DOUBLE_TOO.search(option.plain) is not None
    elif facts.total:
        yield lambda option: _SAME.search(option.plain) is not None
    yield from of_manner(facts)
    yield by_law


def by_law(option: Option) -> bool:
    """Whether an option says no more than that everyone has the share that the law gives."""
    return _BY_LAW.search(option.plain) is not None and not option.nothing


def of_people(asked: Asked, division: Division, meant: Callable[[Option], set[Kin]]) -> Iterator[Test]:
    """Test for who inherits, or who does not."""
    inheriting = {share.heir for share in division.shares}
    excluded = {exclusion.heir for exclusion in division.exclusions}
    wanted = excluded if _WHO_NOT.search(asked.text) else inheriting
    if re.search(r"عاصب|عصبة|الباقي|بقي", asked.text):
        wanted = {share.heir for share in division.shares if any(rule.startswith("residue") or rule == "all" for rule in share.rules)}
    if re.search(r"يرد|الرد", asked.text) and division.returned:
        wanted = {share.heir for share in division.shares if share.heir not in SPOUSES}
    yield lambda option: meant(option) == wanted
    if wanted == inheriting and not excluded:
        yield lambda option: _EVERYONE.search(option.plain) is not None and not option.named
    yield lambda option: bool(meant(option)) and meant(option) <= wanted
    if not wanted:
        yield lambda option: "لا احد" in option.plain or "لا يوجد" in option.plain


def of_returned(division: Division, meant: Callable[[Option], set[Kin]]) -> Iterator[Test]:
    """Test for what becomes of what is left over where it returns to heirs."""
    heirs = {share.heir for share in division.shares if share.heir not in SPOUSES}
    yield lambda option: _RETURNS.search(option.plain) is not None and not option.nothing and meant(option) in (set(), heirs)


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


def of_reason(facts: Facts) -> Iterator[Test]:
    """Test for why some heirs have what they have, or nothing: who is there, or who is not."""
    if not facts.total:
        yield lambda option: not _absent(option) and names_excluders(option, facts)
        return
    shares = {share.heir: share for share in facts.whole.shares}
    rules = {rule for kin in facts.kin for rule in shares[kin].rules}
    heirs = facts.whole.case.heirs
    for rule, (present, who) in _REASONS.items():
        if rule in rules:
            yield lambda option, present=present: _absent(option) != present and _BRANCH.search(option.plain) is not None  # type: ignore[misc]
            yield lambda option, present=present, who=who: (  # type: ignore[misc]
                _absent(option) != present
                and bool(option.named)
                and all(any(who(kin) and (kin in heirs) == present for kin in mention.options) for mention in option.named)
            )


def _absent(option: Option) -> bool:
    return re.search(r"عدم|لا يوجد|ليس|لم ", option.plain) is not None


def _is_sibling(kin: Kin) -> bool:
    return kin in SIBLINGS


_REASONS: dict[str, tuple[bool, Callable[[Kin], bool]]] = {
    **dict.fromkeys(("husband_quarter", "wife_eighth", "mother_sixth_child", "father_sixth", "grandfather_sixth"), (True, is_descendant)),
    **dict.fromkeys(("father_sixth_and_rest", "grandfather_sixth_and_rest"), (True, is_descendant)),
    **dict.fromkeys(("husband_half", "wife_quarter"), (False, is_descendant)),
    "mother_sixth_siblings": (True, _is_sibling),
    "residue_with_daughters": (True, is_descendant),
}


def of_compared(facts: Facts) -> Test:
    """Test for a share that is told by another's: «ضعف نصيب البنت»."""

    def says(option: Option) -> bool:
        """Whether the part of whom an option names stands in the told ratio."""
        told = next((ratio for ratio, words in _RATIOS.items() if words.search(option.plain)), None)
        named = [kin for mention in option.named for kin in mention.options if facts.whole.fractions.get(kin)]
        if told is None or option.fractions not in ((), (told,)) or len(named) != 1 or not facts.total or not facts.alike:
            return False
        return facts.each == told * facts.whole.fractions[named[0]] / facts.whole.case.heirs[named[0]]

    return says


def of_ratio(first: Facts, second: Facts) -> Iterator[Test]:
    """Test for how the share of one is to the share of another."""
    if not (first.total and second.total):
        return
    ratio = first.each / second.each
    words = {_TWO: _TWICE, Fraction(1, 2): _HALF_OF, Fraction(1): _SAME}.get(ratio)
    yield lambda option: option.ratio == ratio
    if ratio == _TWO:
        yield lambda option: _DOUBLE.search(option.plain) is not None
    if words:
        yield lambda option: words.search(option.plain) is not None and option.ratio is None
