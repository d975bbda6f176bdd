"""Answers a multiple-choice question about an estate by computing, or says why it does not. Knows nothing of chat or HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.asked import Asked, Kind, read_asked
from rag.islamic.inheritance.choice.everyone import says_all
from rag.islamic.inheritance.choice.facts import Facts, facts_of, meant
from rag.islamic.inheritance.choice.matching import Test, decide, of_base, of_lots, of_money, of_share
from rag.islamic.inheritance.choice.option import Option, read_option
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.choice.status import (
    by_law,
    of_dead,
    of_excluder,
    of_inheriting,
    of_manner,
    of_people,
    of_ratio,
    of_reason,
    of_rule,
)
from rag.islamic.inheritance.choice.supposed import suppose
from rag.islamic.inheritance.choice.waiting import is_held, of_waiting, outcomes
from rag.islamic.inheritance.choice.ways import KINDS, Kinds, ways
from rag.islamic.inheritance.choice.worth import estate_in
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import MOTHER, WIFE, is_distant
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.story import Story, read_story
from rag.islamic.inheritance.reading.tokens import folded
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.solver import solve

_FAR = 2
_FEWEST = 1
_WORDS_FOR_AN_HEIR = 6
_UNSURE = matching("unsure")
_OF_THE_DEAD = frozenset(("share", "inherits", "manner", "lots"))
_HIS = matching("his")
_DEAD = matching("dead")


@dataclass(frozen=True, slots=True)
class Choice:
    """The option that was computed, counted from 0, or the reason why there is none; and what was read."""

    answer: int | None
    reason: str
    story: Story
    asked: Asked


def choose(question: str, options: Sequence[str], *, school: SchoolName) -> Choice:
    """Return the option that says what is computed. `reason` names the cause where there is none."""
    asked = read_asked(question)
    told = read_story(asked.story)
    story = suppose(told, asked.supposed, asked.about)
    if story is None:
        return Choice(None, "circumstances that the story leaves open", told, asked)
    asked = _whom(asked, story)
    answer, reason = _answer(asked, story, [read_option(option) for option in options], school)
    return Choice(answer, reason, story, asked)


def _whom(asked: Asked, story: Story) -> Asked:
    """Return the question about those whom its supposition makes of them: who was born, the wife who was called mother."""
    there = {kin for mention in story.mentions for kin in mention.options}
    if asked.supposed and MOTHER not in there and WIFE in there:
        wives = [replace(mention, options=(WIFE,)) if mention.options == (MOTHER,) else mention for mention in asked.about]
        return replace(asked, about=tuple(wives))
    if not asked.about and len(story.mentions) == 1 and _HIS.search(asked.text):
        return replace(asked, about=story.mentions)
    if asked.about or story.born is None or "حمل" not in f"{asked.supposed} {asked.text}":
        return asked
    kinds = zip((story.births[0].male, story.births[0].female), story.born, strict=True) if story.births else ()
    return replace(asked, about=tuple(Mention((kin,), number, 0, 0) for kin, number in kinds if number))


def _answer(asked: Asked, story: Story, options: Sequence[Option], school: SchoolName) -> tuple[int | None, str]:
    if asked.dead and asked.kind in _OF_THE_DEAD:
        answer = decide(options, of_dead())
        return answer, "computed" if answer is not None else "no option matches"
    if not story.mentions:
        return None, "no heirs read"
    if story.unclear or _leaves_open(asked, story):
        return None, "circumstances that the story leaves open"
    if asked.kind is None:
        return None, "what is asked is not about shares"
    if not _followed(asked, story):
        return None, "too little of the story is understood"
    for kinds in KINDS[:2] if _doubtful(asked, story) else KINDS:
        answers = _answers(asked, story, options, school, kinds=kinds)
        if len(answers) == 1 and None not in answers:
            return next(iter(answers)), "computed"
    if not answers:
        return None, "no such case"
    return None, "no option matches" if answers == {None} else "the story leaves it open"


def _followed(asked: Asked, story: Story) -> bool:
    """Whether the heirs explain the story: more than one of them, and few other words."""
    number = len(story.mentions)
    words = sum(word[:1].isalpha() for word in (story.plain or asked.story).split())
    alone = number == 1 and all(map(is_distant, story.mentions[0].options))
    return number >= _FEWEST and not alone and words <= _WORDS_FOR_AN_HEIR * (number + 1)


def _doubtful(asked: Asked, story: Story) -> bool:
    """Whether it is not told of what kind those are who are asked about."""
    kinds = {kin for mention in story.mentions if len(mention.options) > 1 for kin in mention.options}
    return any(kinds & set(mention.options) for mention in asked.about)


def _leaves_open(asked: Asked, story: Story) -> bool:
    """Whether something is said, or supposed in the question, that the reader of stories does not follow."""
    text = story.plain or folded(asked.story)
    return bool(_UNSURE.search(text) or _DEAD.search(asked.text))


def _answers(asked: Asked, story: Story, options: Sequence[Option], school: SchoolName, *, kinds: Kinds) -> set[int | None]:
    answers: set[int | None] = set()
    for case in ways(_with_asked(story, asked), school, treasury="disordered", kinds=kinds):
        try:
            answers |= _of_case(asked, case, story, options)
        except UnprocessableError:
            answers.add(None)
    return answers


def _of_case(asked: Asked, case: Case, story: Story, options: Sequence[Option]) -> set[int | None]:
    """Return what one case says; while a child is not born only what is true of all outcomes is an answer, or what is given meanwhile."""
    found = {_matched(asked, solve(each), options) for each in outcomes(case, story)}
    if len(story.births) == 1 and asked.kind in ("lots", "base") and (None in found or len(found) > 1 or is_held(asked)):
        return {decide(options, of_waiting(asked, case, story))}
    return found


def _with_asked(story: Story, asked: Asked) -> Story:
    """Add those whom only the question names, where they are not the nearest kin."""
    there = {kin for mention in story.mentions for kin in mention.options}
    new = [mention for mention in asked.about if not set(mention.options) & there]
    if asked.kind not in ("share", "inherits", "manner") or len(new) != len(asked.about) or len(new) != 1 or len(new[0].options[0]) < _FAR:
        return story
    return replace(story, mentions=(*story.mentions, *new))


def _matched(asked: Asked, division: Division, options: Sequence[Option]) -> int | None:
    estate = _estate(asked)
    if asked.kind == "everyone":
        found = _of_everyone(asked, division, options, estate)
        return found if found is not None or any(":" in option.text for option in options) else _of_all(asked, division, options)
    if asked.kind == "rule" and not asked.about:
        return _of_all(asked, division, options)
    if asked.kind == "base":
        return decide(options, of_base(asked, division))
    if asked.kind == "who":
        return decide(options, of_people(asked, division, lambda option: set(meant(division, option.named))))
    facts = facts_of(division, asked.about)
    if facts is None:
        return None
    if asked.kind == "ratio":
        return _of_ratio(asked, division, options)
    mostly = len(options) // 2
    if asked.kind == "lots" and (answer := decide(options, of_lots(asked, facts))) is not None:
        return answer
    if estate is not None and asked.kind in ("share", "lots") and sum(option.sum is not None for option in options) > mostly:
        return decide(options, of_money(asked, facts, estate))
    kind = asked.kind
    if kind == "share" and sum(option.number is not None and not option.fractions for option in options) > mostly:
        kind = "lots"
    return decide(options, _tests(kind, asked, facts))


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
            yield from of_lots(asked, facts)


def _of_ratio(asked: Asked, division: Division, options: Sequence[Option]) -> int | None:
    sides = [facts_of(division, (mention,)) for mention in asked.about[:2]]
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
        and all("residue" in rule for share in division.shares for rule in share.rules)
    )
    return decide(options, of_rule(asked, facts) if facts and residuaries else iter((by_law,)))


def _of_everyone(asked: Asked, division: Division, options: Sequence[Option], estate: Fraction | None) -> int | None:
    """Return the one option that is right in all it says, strictly read before loosely, and where two are, the one that says more."""
    for strict, lots in ((True, "سهم" in asked.text), (True, False), (False, False)):
        held = {
            at: said
            for at, option in enumerate(options)
            if (said := says_all(option, division, estate=estate, strict=strict, lots=lots)) is not None
        }
        best = [at for at, said in held.items() if said == max(held.values())]
        if held:
            return best[0] if len(best) == 1 else None
    return None


def _estate(asked: Asked) -> Fraction | None:
    return estate_in(asked.supposed) or estate_in(asked.story) or estate_in(asked.text)
