"""Answers a multiple-choice question about an estate by computing, or says why not. Knows nothing of chat or HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.choice.asked import Asked, read_asked
from rag.islamic.inheritance.choice.computing import matched
from rag.islamic.inheritance.choice.matching import decide
from rag.islamic.inheritance.choice.option import Option, read_option
from rag.islamic.inheritance.choice.pairs import excluder_of
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.choice.status import of_dead
from rag.islamic.inheritance.choice.supposed import suppose
from rag.islamic.inheritance.choice.understood import has_unknown_words
from rag.islamic.inheritance.choice.waiting import ends, is_held, of_waiting, outcomes
from rag.islamic.inheritance.choice.ways import KINDS, Kinds, ways
from rag.islamic.inheritance.kin import MOTHER, SPOUSES, WIFE, Kin, is_distant
from rag.islamic.inheritance.reading.absent import without_absent
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.spans import words_of
from rag.islamic.inheritance.reading.story import Story, read_story
from rag.islamic.inheritance.reading.tokens import folded
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.solver import solve

_FAR = 2
_WORDS_FOR_AN_HEIR = 6
# So many take about half a second; each further pregnancy takes six times as many.
_MOST_DIVISIONS = 1_296
_NUMBERS = frozenset(("lots", "base", "everyone"))
_UNSURE = matching("unsure")
_OF_THE_DEAD = frozenset(("share", "inherits", "manner", "lots"))
_HIS = matching("his")
_DEAD, _GONE, _OTHER = matching("dead"), matching("gone"), matching("other")


@dataclass(frozen=True, slots=True)
class Choice:
    """The option that was computed, counted from 0, or the reason why there is none; and what was read."""

    answer: int | None
    reason: str
    story: Story
    asked: Asked


def choose(question: str, options: Sequence[str], *, school: SchoolName) -> Choice:
    """Return the option that says what is computed. `reason` names the cause where there is none."""
    asked, read = read_asked(question), [read_option(option) for option in options]
    told = _told(asked.story)
    story = suppose(told, asked.supposed, asked.about)
    if story is None:
        return Choice(None, "circumstances that the story leaves open", told, asked)
    asked = _whom(asked, story)
    story = _as_asked(story, asked)
    answer, reason = _answer(asked, story, read, school)
    return Choice(answer, reason, story, asked)


def _told(text: str) -> Story:
    """Read a story, and who of the heirs it tells is missing."""
    words = words_of(text)
    absent = without_absent(words)
    if absent.words is words or absent.together:
        return read_story(text)
    return replace(absent.left(read_story(absent.words.text())), missing=tuple(absent.missing.items()))


def _whom(asked: Asked, story: Story) -> Asked:
    """Return the question about those whom its supposition makes of them: who was born, the wife who was called mother."""
    asked = replace(_of_gone(asked, story), absent=story.gone | {mention.options for mention in story.barred})
    there = {kin for mention in story.mentions for kin in mention.options}
    asked = _explained(asked, there)
    if asked.supposed and MOTHER not in there and WIFE in there:
        wives = [replace(mention, options=(WIFE,)) if mention.options == (MOTHER,) else mention for mention in asked.about]
        return replace(asked, about=tuple(wives))
    if not asked.about and len(story.mentions) == 1 and _HIS.search(asked.text):
        return replace(asked, about=story.mentions)
    if asked.about or story.born is None or "حمل" not in f"{asked.supposed} {asked.text}":
        return asked
    kinds = zip((story.births[0].male, story.births[0].female), story.born, strict=True) if story.births else ()
    return replace(asked, about=tuple(Mention((kin,), number, 0, 0) for kin, number in kinds if number))


def _explained(asked: Asked, there: set[Kin]) -> Asked:
    """Ask about those in brackets where these are in the story («الأخت الكبرى (البنت)»); a wife stays one («الزوجة (الأم)»)."""
    known = bool(asked.explained) and all(set(mention.options) & there for mention in asked.explained)
    spouse = any(mention.options[0] in SPOUSES and mention.options[0] in there for mention in asked.about)
    # «الإخوة من الأم (أخ وأختين)» are of the kind that is told first.
    siblings = [mention for mention in asked.explained if mention.head in ("B", "Z")]
    vaguer = any(set(mention.options) > set(about.options) for mention in siblings for about in asked.about)
    return replace(asked, about=asked.explained) if known and not spouse and not vaguer else asked


def _as_asked(story: Story, asked: Asked) -> Story:
    """«عم» of whom «العم الشقيق» is asked is that one; «أولاد» of whom it is asked how they share are sons and daughters."""
    mentions: list[Mention] = []
    for mention in story.mentions:
        told = [each for each in asked.about if set(each.options) < set(mention.options) and each.head == mention.head]
        if asked.kind == "rule" and mention.head == "C" and mention.options == ("S", "D"):
            mentions += [replace(mention, options=(kin,), count=MANY) for kin in mention.options]
        else:
            mentions.append(replace(mention, options=told[0].options) if len(told) == 1 and told[0].strength else mention)
    return replace(story, mentions=tuple(mentions))


def _of_gone(asked: Asked, story: Story) -> Asked:
    """«الابن المتوفى» died before where the story says so of one; who is barred without others of his kind is meant without more."""
    dead = _GONE.search(asked.text)
    if dead and asked.about and asked.about[0].options in story.gone:
        return replace(asked, dead=True, text=_GONE.sub("", asked.text))
    there = {mention.options for mention in story.mentions}
    absent = {mention.options for mention in story.barred} | story.gone if asked.supposed else {mention.options for mention in story.barred}
    return replace(asked, dead=True) if asked.about and asked.about[0].options in absent - there else asked


def _answer(asked: Asked, story: Story, options: Sequence[Option], school: SchoolName) -> tuple[int | None, str]:
    if asked.dead and asked.kind in _OF_THE_DEAD:
        answer = decide(options, of_dead())
        return answer, "computed" if answer is not None else "no option matches"
    if asked.kind == "excluder" and story.male is None and len(asked.about) == 1:
        answer = excluder_of(asked.about[0], options, school)
        return answer, "computed" if answer is not None else "no option matches"
    if not story.mentions:
        return None, "no heirs read"
    if story.unclear or story.unplaced or _leaves_open(asked, story):
        return None, "circumstances that the story leaves open"
    if asked.kind is None:
        return None, "what is asked is not about shares"
    unread = _unread(asked, story)
    if unread:
        return None, f"too little of the {unread} is understood"
    for kinds in KINDS[:2] if _doubtful(asked, story) else KINDS:
        answers = _answers(asked, story, options, school, kinds=kinds)
        if len(answers) == 1 and None not in answers:
            return next(iter(answers)), "computed"
    if not answers:
        return None, "no such case"
    return None, "no option matches" if answers == {None} else "the story leaves it open"


def _unread(asked: Asked, story: Story) -> str:
    """Return what is not understood, the story or the question, where the heirs do not explain it; nothing where they do.

    Numbers confirm what was read; where none are asked for, every word must be known and everybody asked about be there.
    """
    text, number = story.plain or asked.story, len(story.mentions)
    alone = number == 1 and all(map(is_distant, story.mentions[0].options))
    known = not has_unknown_words(text)
    long = sum(word[:1].isalpha() for word in text.split()) > _WORDS_FOR_AN_HEIR * (number + 1)
    if alone or (long and not known):
        return "story"
    there = {kin for mention in story.mentions for kin in mention.options}
    strangers = asked.kind != "base" and len(asked.about) > 1 and any(not set(mention.options) & there for mention in asked.about)
    if strangers or (asked.kind not in _NUMBERS and not known):
        return "story"
    return "question" if asked.kind not in _NUMBERS and has_unknown_words(asked.text) else ""


def _doubtful(asked: Asked, story: Story) -> bool:
    """Whether it is not told of what kind those are who are asked about."""
    kinds = {kin for mention in story.mentions if len(mention.options) > 1 for kin in mention.options}
    return any(kinds & set(mention.options) for mention in asked.about)


def _leaves_open(asked: Asked, story: Story) -> bool:
    """Whether something is said, or supposed in the question, that the reader of stories does not follow."""
    text = story.plain or folded(asked.story)
    barred = {mention.options for mention in story.barred}
    doubt = not _OTHER.search(asked.text) and any(mention.options in barred for mention in asked.about)
    return doubt or bool(_UNSURE.search(text) or _DEAD.search(asked.text))


def _answers(asked: Asked, story: Story, options: Sequence[Option], school: SchoolName, *, kinds: Kinds) -> set[int | None]:
    """Return what the cases say, every option where they are too many to be divided; none after the first that contradicts is divided."""
    cases = list(ways(_with_asked(story, asked), school, treasury="disordered", kinds=kinds))
    if len(cases) * ends(story) > _MOST_DIVISIONS:
        return {None, *range(len(options))}
    answers: set[int | None] = set()
    for case in cases:
        if len(answers) > 1:
            break
        try:
            answers |= _of_case(asked, case, story, options)
        except UnprocessableError:
            answers.add(None)
    return answers


def _of_case(asked: Asked, case: Case, story: Story, options: Sequence[Option]) -> set[int | None]:
    """Return what one case says: what is true of all outcomes, or what is given while a child is not born or somebody is missing."""
    found = {matched(asked, solve(each), options) for each in outcomes(case, story)}
    waits = len(story.births) == 1 or (story.missing and not story.births)
    if waits and asked.kind in ("lots", "base") and (None in found or len(found) > 1 or is_held(asked)):
        return {decide(options, of_waiting(asked, case, story))}
    return found


def _with_asked(story: Story, asked: Asked) -> Story:
    """Add those whom only the question names, where they are not the nearest kin."""
    there = {kin for mention in story.mentions for kin in mention.options}
    new = [mention for mention in asked.about if not set(mention.options) & there]
    if asked.kind not in ("share", "inherits", "manner") or len(new) != len(asked.about) or len(new) != 1 or len(new[0].options[0]) < _FAR:
        return story
    return replace(story, mentions=(*story.mentions, *new))
