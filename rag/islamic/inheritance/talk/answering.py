"""Answers a talk about an estate: shows the case as understood, divides it, or asks for what decides and is not told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any

from fanar.bilingual import Bilingual, Language
from fanar.errors import UnprocessableError
from rag.islamic.inheritance.calculator import Inquiry, Result, calculate
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.choose import choose
from rag.islamic.inheritance.choice.ways import ways
from rag.islamic.inheritance.estate import Estate
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.lexicon import SIBLING
from rag.islamic.inheritance.report import table
from rag.islamic.inheritance.schools import SCHOOLS, SchoolName
from rag.islamic.inheritance.talk import wording
from rag.islamic.inheritance.talk.reasons import Asked, reasons
from rag.islamic.inheritance.talk.turns import Talk, read_talk
from rag.islamic.inheritance.telling import told
from rag.islamic.inheritance.uncertain import Unborn, Uncertain

_OPTION = re.compile(r"^\s*([A-Fa-f]|[أبجدهو])\s*[).:\-]\s*(\S.*)$", re.MULTILINE)
_FEWEST_OPTIONS = 2
_MOST_WAYS = 16


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
    if talk.later:
        return _said([case, wording.LATER], language, answered=False)
    if questions:
        return _said([case, *questions], language, answered=False)
    return _divided(talk, asked, case, language)


def _said(lines: Sequence[Bilingual], language: Language, *, answered: bool, data: Mapping[str, Any] | None = None) -> Reply:
    return Reply("\n\n".join(line.in_language(language) for line in lines), answered, data or {})


def _questions(talk: Talk, schools: Sequence[SchoolName]) -> list[Bilingual]:
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
    uncertain = Uncertain(Unborn("S", "D")) if talk.story.unborn else Uncertain()
    debts = talk.debts if talk.estate is not None else Fraction(0)
    return Inquiry(case, Estate(talk.estate, debts=debts), uncertain=uncertain)


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
    money = [] if talk.estate is None else [wording.worth(talk.estate, talk.debts)]
    lines = [case, *money, *([] if talk.story.clear else [wording.ASSUMED])]
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
        found.setdefault((tuple(sorted(result.division.fractions.items())), result.division.treasury, now), result)
    return list(found.values())


def _chosen(talk: Talk, lettered: Sequence[tuple[str, str]], schools: Sequence[SchoolName], language: Language) -> Reply:
    question = talk.text[: _OPTION.search(talk.text).start()]  # type: ignore[union-attr]  # there are options
    chosen = [choose(question, [text for _, text in lettered], school=school) for school in schools]
    case = wording.case_of(chosen[0].story)
    at = chosen[0].answer
    if at is None or any(choice.answer != at for choice in chosen):
        return _said([case, wording.NOT_CHOSEN], language, answered=False)
    return _said([case, wording.chosen(") ".join(lettered[at]))], language, answered=True, data={"choice": "ABCDEF"[at]})
