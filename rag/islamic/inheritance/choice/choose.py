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
from rag.islamic.inheritance.choice.ways import ways
from rag.islamic.inheritance.choice.worth import estate_in
from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import DAUGHTER, SON
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.story import Story, read_story
from rag.islamic.inheritance.reading.tokens import folded
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.solver import solve

_FAR = 2
_FEWEST = 2
_WORDS_FOR_AN_HEIR = 6
_UNSURE = matching("unsure")
_OF_THE_DEAD = frozenset(("share", "inherits", "manner", "lots"))
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
    answer, reason = _answer(asked, story, [read_option(option) for option in options], school)
    return Choice(answer, reason, story, asked)


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
    for open_kinds in (True,) if _doubtful(asked, story) else (True, False):
        answers = _answers(asked, story, options, school, open_kinds=open_kinds)
        if len(answers) == 1 and None not in answers:
            return next(iter(answers)), "computed"
    if not answers:
        return None, "no such case"
    return None, "no option matches" if answers == {None} else "the story leaves it open"


def _followed(asked: Asked, story: Story) -> bool:
    """Whether the heirs explain the story: more than one of them, and few other words."""
    number = len(story.mentions)
    return not (number < _FEWEST or len(asked.story.split()) > _WORDS_FOR_AN_HEIR * number)


def _doubtful(asked: Asked, story: Story) -> bool:
    """Whether it is not told of what kind those are who are asked about."""
    kinds = {kin for mention in story.mentions if len(mention.options) > 1 for kin in mention.options}
    return any(kinds & set(mention.options) for mention in asked.about)


def _leaves_open(asked: Asked, story: Story) -> bool:
    """Whether something is said, or supposed in the question, that the reader of stories does not follow."""
    text = story.plain or folded(asked.story)
    pregnant = "حامل" in text and not story.unborn
    return bool(pregnant or _UNSURE.search(text) or _DEAD.search(asked.text))


def _answers(asked: Asked, story: Story, options: Sequence[Option], school: SchoolName, *, open_kinds: bool) -> set[int | None]:
    answers: set[int | None] = set()
    for case in ways(_with_asked(story, asked), school, treasury="disordered", open_kinds=open_kinds):
        try:
            answers |= {_matched(asked, solve(each), options) for each in (_births(case) if story.unborn else (case,))}
        except UnprocessableError:
            answers.add(None)
    return answers


def _births(case: Case) -> Iterator[Case]:
    """Yield what may be born to a pregnant widow: only what is true of all is an answer."""
    yield case
    for kin in (SON, DAUGHTER):
        for number in (1, 2):
            yield replace(case, heirs={**case.heirs, kin: case.heirs.get(kin, 0) + number})


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
        return found if found is not None or any(option.named for option in options) else _of_all(asked, division, options)
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
    return estate_in(asked.story) or estate_in(asked.text)
