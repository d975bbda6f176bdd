"""Answers a talk about an estate: shows the case as understood, divides it, or asks for what decides and is not told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from typing import Any

from fanar.bilingual import Bilingual, Language
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.calculator import Inquiry, Result, calculate
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.choose import choose
from rag.islamic.inheritance.choice.ways import ways
from rag.islamic.inheritance.estate import Bequest, Estate
from rag.islamic.inheritance.kin import Kin, is_male, key_of
from rag.islamic.inheritance.reading.absent import Absent
from rag.islamic.inheritance.reading.later import KNOWN, Death, kin_of, of_first
from rag.islamic.inheritance.reading.lexicon import SIBLING
from rag.islamic.inheritance.reading.spans import words_of
from rag.islamic.inheritance.report import table
from rag.islamic.inheritance.schools import SCHOOLS, SchoolName
from rag.islamic.inheritance.solver import solve
from rag.islamic.inheritance.successive import LaterDeath
from rag.islamic.inheritance.talk import wording
from rag.islamic.inheritance.talk.reasons import Asked, reasons
from rag.islamic.inheritance.talk.turns import Talk, read_talk
from rag.islamic.inheritance.telling import told
from rag.islamic.inheritance.uncertain import Unborn, Uncertain

_OPTION = re.compile(r"^\s*([A-Fa-f]|[أبجدهو])\s*[).:\-]\s*(\S.*)$", re.MULTILINE)
_FEWEST_OPTIONS = 2
_MOST_WAYS = 16
_CHILDREN = ("S", "D")
_NONE_ABSENT = Absent(words_of(""))


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, whether it is an answer (and not a question asked back), and its data."""

    text: str
    answered: bool
    data: Mapping[str, Any] = field(default_factory=dict)


def answer(turns: Sequence[str], *, schools: Sequence[SchoolName] = (), language: Language) -> Reply | None:
    """Answer the user's last turn; None where the turns tell no estate."""
    talk = read_talk(turns)
    if talk is None:
        return None
    asked = (talk.school,) if talk.school else tuple(schools) or tuple(SCHOOLS)
    options = _OPTION.findall(talk.text)
    if len(options) >= _FEWEST_OPTIONS:
        return _chosen(talk, options, asked, language)
    questions = _questions(talk, asked)
    case = wording.case_of(talk.story)
    if questions:
        return _said([case, *questions], language, answered=False)
    return _divided(talk, asked, case, language)


def _said(lines: Sequence[Bilingual], language: Language, *, answered: bool, data: Mapping[str, Any] | None = None) -> Reply:
    return Reply("\n\n".join(line.in_language(language) for line in lines), answered, data or {})


def _questions(talk: Talk, schools: Sequence[SchoolName]) -> list[Bilingual]:
    if talk.doubts:
        return [wording.DOUBTS[doubt] for doubt in dict.fromkeys(talk.doubts)]
    if talk.again:
        return [wording.again(talk.again)]
    there = {kin for mention in talk.story.mentions for kin in mention.options}
    if any(not set(mention.options) & there for mention in talk.asked):
        return [wording.NOT_THERE]
    if talk.strangers:
        return [wording.strangers(talk.strangers)]
    if talk.story.unplaced:
        return [wording.unplaced(talk.story.unplaced)]
    if talk.story.unclear:
        return [wording.UNCLEAR]
    if talk.story.clear or all(_indifferent(talk, school) for school in schools):
        return []
    return list(dict.fromkeys(wording.question_about(mention) for mention in talk.story.mentions if not mention.clear))


def _indifferent(talk: Talk, school: SchoolName) -> bool:
    """Whether what is not told changes nobody's part."""
    if any(mention.head == "C" and not mention.clear for mention in talk.story.mentions):
        return False
    results = set()
    siblings = [at for at, mention in enumerate(talk.story.mentions) if mention.head == SIBLING and not mention.clear]
    for case in islice(ways(talk.story, school), _MOST_WAYS):
        try:
            results.add(_parts(talk, calculate(Inquiry(case)).division.fractions))
        except UnprocessableError:
            return False
    # Siblings who take something may be brothers and sisters at once.
    return len(results) == 1 and not any(parts[at] for parts in results for at in siblings)


def _parts(talk: Talk, fractions: Mapping[Kin, Fraction]) -> tuple[Fraction, ...]:
    return tuple(sum((fractions.get(kin, Fraction(0)) for kin in mention.options), Fraction(0)) for mention in talk.story.mentions)


def _inquiry(talk: Talk, school: SchoolName) -> Inquiry:
    case: Case = next(ways(talk.story, school))
    absent = talk.absent or _NONE_ABSENT
    unborn = Unborn("S", "D") if talk.story.unborn else None
    funeral, debts = (talk.funeral, talk.debts) if talk.estate is not None else (Fraction(0), Fraction(0))
    estate = Estate(talk.estate, funeral, debts, _bequests(talk, case))
    uncertain = Uncertain(unborn, missing=absent.missing, together=absent.together)
    return Inquiry(case, estate, uncertain=uncertain, later=[_later(death, talk, case) for death in talk.deaths])


def _bequests(talk: Talk, case: Case) -> list[Bequest]:
    """Say of each bequest whether it goes to an heir: to one who takes something, or would if he were left."""
    found = []
    for bequest, kin in talk.bequests:
        named = [one for one in kin if one in case.heirs]
        takes = any(solve(case).fractions.get(one) for one in named)
        # Who is not named among the heirs is none only where he would take nothing beside them.
        if not named and any(solve(replace(case, heirs={**case.heirs, one: 1})).fractions.get(one) for one in kin):
            raise UnprocessableError(wording.DOUBTS["bequest"], param="bequests")
        found.append(replace(bequest, to_heir=takes))
    return found


def _later(death: Death, talk: Talk, first: Case) -> LaterDeath:
    """Read a later death; one that leaves out who of the first heirs would be an heir of his, too, is not followed."""
    who = of_first(death.who, talk.story.mentions)
    if who is None or who not in KNOWN:
        raise UnprocessableError(wording.DOUBTS["later"], param="later_deaths")
    case = _left_by(who, death, first)
    for other, count in first.heirs.items():
        left = count - (other == who)
        may_be = kin_of(who, other)
        # A sibling who is named is one of them, whether by both parents or one.
        named = any(heir in may_be or (heir[0] in "BZ" and any(kin[0] == heir[0] for kin in may_be)) for heir in case.heirs)
        for kin in () if named or not left else may_be:
            if solve(replace(case, heirs={**case.heirs, kin: left})).fractions.get(kin):
                raise UnprocessableError(wording.DOUBTS["later"], param="later_deaths")
    return LaterDeath(key_of(who), case, _same(who, case, first))


def _left_by(who: Kin, death: Death, first: Case) -> Case:
    """Return the case of a later death; siblings of untold kind are the father's children, full or not, where both come to the same."""
    told = replace(death.story, male=is_male(who))
    if not all(mention.clear for mention in told.mentions):
        if who not in _CHILDREN or not first.male:
            raise UnprocessableError(wording.DOUBTS["later"], param="later_deaths")
        kinds = [
            mention if mention.clear else replace(mention, options=tuple(kin for kin in mention.options if kin[-1] != "m"))
            for mention in told.mentions
        ]
        told = replace(told, mentions=tuple(kinds))
    cases = list(ways(told, first.school))
    parts = {tuple(solve(case).fractions.get(kin, Fraction(0)) for kin in case.heirs) for case in cases}
    if len(parts) != 1:
        raise UnprocessableError(wording.DOUBTS["later"], param="later_deaths")
    return cases[0]


def _same(who: Kin, case: Case, first: Case) -> dict[Kin, str]:
    """Return which of the heirs of a child who died later are heirs of his father: as many siblings as the father left other children."""
    found: dict[Kin, str] = {}
    for child in _CHILDREN if who in _CHILDREN and first.male else ():
        siblings = [kin for kin in kin_of(who, child) if kin in case.heirs]
        if len(siblings) == 1 and case.heirs[siblings[0]] == first.heirs.get(child, 0) - (child == who):
            found[siblings[0]] = key_of(child)
    return found


def _divided(talk: Talk, schools: Sequence[SchoolName], case: Bilingual, language: Language) -> Reply:
    results: list[Result] = []
    refusals: list[Bilingual] = []
    for school in schools:
        try:
            results.append(calculate(_inquiry(talk, school)))
        except UnprocessableError as refusal:
            refusals.append(refusal.message)
        except StopIteration:
            return _said([case, wording.WHO], language, answered=False)
    distinct = _distinct(results)
    money = [] if talk.estate is None else [wording.worth(talk.estate, talk.debts, talk.funeral)]
    money += [wording.unpriced(talk.unpriced)] if money and talk.unpriced else []
    willed = [wording.bequeathed(results[0].inquiry.estate.bequests)] if results and talk.bequests else []
    beside = wording.beside(talk.absent, talk.deaths)
    lines = [case, *beside, *money, *willed, *([] if talk.story.clear else [wording.ASSUMED])]
    if len(results) > 1 and len(distinct) == 1:
        lines.append(wording.SAME)
    lines += [table(result) for result in distinct] if talk.why is None else _reasons(results, talk.why)
    lines += list(dict.fromkeys(refusals))
    data = {"inheritance": [told(result) for result in results]}
    return _said([*lines, wording.NO_RULING], language, answered=bool(results), data=data)


def _reasons(results: Sequence[Result], why: Asked) -> list[Bilingual]:
    """Return the lines of the proof that say why, once for the schools that agree on them."""
    said: dict[tuple[Bilingual, ...], list[Bilingual]] = {}
    for result in results:
        said.setdefault(tuple(reasons(result.division, why)), []).append(result.division.case.rules.title)
    if len(said) == 1:
        return list(next(iter(said)))
    return [line for lines, titles in said.items() for line in (wording.by_schools(titles), *lines)]


def _distinct(results: Sequence[Result]) -> list[Result]:
    """Return one result of each kind: schools that agree are shown once."""
    found: dict[Any, Result] = {}
    for result in results:
        now = tuple(each.now for each in result.ranged.ranges) if result.ranged else ()
        held = tuple((holder.label, holder.fraction) for holder in result.succession.holders) if result.succession else ()
        left = result.settlement.heirs
        found.setdefault((tuple(sorted(result.division.fractions.items())), result.division.treasury, now, held, left), result)
    return list(found.values())


def _chosen(talk: Talk, lettered: Sequence[tuple[str, str]], schools: Sequence[SchoolName], language: Language) -> Reply:
    question = talk.text[: _OPTION.search(talk.text).start()]  # type: ignore[union-attr]  # there are options
    chosen = [choose(question, [text for _, text in lettered], school=school) for school in schools]
    case = wording.case_of(chosen[0].story)
    at = chosen[0].answer
    if at is None or any(choice.answer != at for choice in chosen):
        return _said([case, wording.NOT_CHOSEN], language, answered=False)
    return _said([case, wording.chosen(") ".join(lettered[at]))], language, answered=True, data={"choice": "ABCDEF"[at]})
