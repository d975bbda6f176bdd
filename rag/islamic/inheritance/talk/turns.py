"""Puts the turns of a talk together: the story, and what later turns add to it. Divides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rag.islamic.inheritance.choice.worth import debts_in, estate_in
from rag.islamic.inheritance.kin import WIFE
from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.numerals import number_at
from rag.islamic.inheritance.reading.story import Story, read_story
from rag.islamic.inheritance.reading.tokens import tokens
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.talk.reasons import Asked, asks_of, asks_why

_DIED = r"(?:^|[^\w])(?:(?:ات|ت)وف[يىّ]+ت?|مات|ماتت|هلك|هلكت|توفت|توفات|died|dies|passed away|deceased|death)(?![^\W\d_])"
_LEFT = (
    r"(?:^|[^\w])(?:عن|[وف]?(?:ترك|تركت|خل[اىف]|خل[ّ]?[اىت]ت?|خلات|خلفت|ساب|سابت|له|لها|عنده|عندها|عندو|ليه|ليها|لهما|إلها|إلو|ورث\w+)"
    r"|leav\w+|left|surviv\w+|has|had|heirs?)(?![^\W\d_])"
)
# Who died and who is left, in this order, or a word that is said of estates only. In small letters: every prompt is asked this.
_DEATH, _LEAVING = re.compile(_DIED), re.compile(_LEFT)
_OF_ESTATES = re.compile(
    r"(?:^|[^\w])(?:و?(?:ال)?(?:ميراث|تركة|ورث|ورثة|ورثته|ورثتها|هالك|هالكة|متوفى)|الميت)(?![^\W\d_])"
    r"|\b(?:inherit\w*|estate|heirs?|survived by|survivors)\b"
)
_GENERAL = re.compile(r"^\s*[وف]?(?:هل|متى|لماذا|لم|ليش|ليه|علاش|does|do|is|are|can|why|when)\s")
_SCHOOLS: tuple[tuple[SchoolName, re.Pattern[str]], ...] = (
    ("hanafi", re.compile(r"حنفي|الحنفي|الأحناف|أبي حنيفة|hanafi", re.IGNORECASE)),
    ("maliki", re.compile(r"مالكي|المالكية|مالك\b|maliki", re.IGNORECASE)),
    ("shafii", re.compile(r"شافعي|الشافعية|shafi", re.IGNORECASE)),
    ("hanbali", re.compile(r"حنبلي|الحنابلة|أحمد بن حنبل|hanbali", re.IGNORECASE)),
)
_STRENGTHS = (
    (
        "f",
        re.compile(
            r"نفس (?:ال)?(?:أب|اب|أم|ام) و|same (?:father and|mother and|parents)|شقيق|أشقاء|اشقاء|شقايق|لأبوين|\bfull\b", re.IGNORECASE
        ),
    ),
    ("p", re.compile(r"لأب|لاب|من الأب|من الاب|غير شقيق|\b(?:paternal|father)\b", re.IGNORECASE)),
    ("m", re.compile(r"لأم|لام\b|من الأم|من الام|\b(?:maternal|uterine|mother)\b", re.IGNORECASE)),
)
_LATER = re.compile(
    r"(?:^|[^\w])[وف]?(?:مات\w*|(?:ات)?توف\w*|هلك\w*|died|dies|passed away)\W+(?:\w+\W+){0,3}?"
    r"(?:بعد(?:ه|ها|هم|و|هما|ين)?(?!\w)|after (?:him|her|that|them|the)|afterwards|later)",
    re.IGNORECASE,
)
_DIVORCE = re.compile(r"طلق|طلاق|divorc", re.IGNORECASE)
_FINAL = re.compile(r"با[ئي]ن|خلع|(?:انته|خلص|انقض|طلع)\w* (?:من )?(?:ال)?عد|irrevocab|final|expired|was over", re.IGNORECASE)
_REVOCABLE = re.compile(r"رجعي|(?:ب|في |فى )(?:ال)?عد[ةهت]|revocab|waiting period", re.IGNORECASE)
_OF_SEX = {"S": "B", "D": "Z", "B": "B", "Z": "Z"}
_LONGEST_ADDITION = 25
_FEWEST = 2
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Talk:
    """What the turns tell together. `text` is the turn that tells the story, `school` the one that is named.

    `estate` and `debts` are the last ones that were told. `later`: the last turn tells of a death after the deceased's.
    `why` says of whom the last turn asks why they have a share or none; None where it asks nothing of the kind.
    """

    story: Story
    text: str
    school: SchoolName | None
    estate: Fraction | None = None
    debts: Fraction = Fraction(0)
    later: bool = False
    why: Asked | None = None


def tells_an_estate(text: str) -> bool:
    """Whether a text surely tells who died and who is left, so that no other service can mean it."""
    head = text[:_LONGEST]
    small = head.lower()
    death = _DEATH.search(small)
    told = death is not None and _LEAVING.search(small, death.end()) is not None
    if not (told or _OF_ESTATES.search(small)) or _GENERAL.search(small):
        return False
    story = read_story(head)
    return len(story.mentions) + len(story.unplaced) >= _FEWEST


def adds_to_an_estate(text: str) -> bool:
    """Whether a text can be an answer to what was asked back: short, and with a kind, a number, a school or kin in it."""
    words = text.split()
    if not words or len(words) > _LONGEST_ADDITION:
        return False
    numbered = any(number_at(tokens(text), at) for at in range(len(tokens(text))))
    if asks_why(text):
        return True
    divorce = _FINAL.search(text) or _REVOCABLE.search(text)
    return bool(named_school(text) or _strength_in(text) or numbered or divorce or read_story(text).mentions)


def read_talk(turns: Sequence[str]) -> Talk | None:
    """Return what the user's turns tell, the last one that tells a story and those after it; None where none does."""
    tells = [tells_an_estate(turn) for turn in turns]
    start = next((at for at in range(len(turns) - 1, -1, -1) if tells[at] and not (any(tells[:at]) and _LATER.search(turns[at]))), None)
    if start is None:
        return None
    story = read_story(turns[start])
    divorced = story.unclear and _DIVORCE.search(turns[start]) is not None
    for turn in turns[start + 1 :]:
        story = story if _LATER.search(turn) or asks_why(turn) else _with_addition(_with_divorce(story, turn) if divorced else story, turn)
    back = turns[start:][::-1]
    return Talk(
        story,
        turns[start],
        next((named for turn in back if (named := named_school(turn))), None),
        next((told for turn in back if (told := estate_in(turn))), None),
        next((told for turn in back if (told := debts_in(turn))), Fraction(0)),
        later=len(back) > 1 and _LATER.search(back[0]) is not None,
        why=asks_of(back[0]) if len(back) > 1 and asks_why(back[0]) else None,
    )


def named_school(text: str) -> SchoolName | None:
    """Return the school that a text names, if it is one."""
    named = [school for school, pattern in _SCHOOLS if pattern.search(text)]
    return named[0] if len(named) == 1 else None


def _strength_in(text: str) -> str | None:
    found = [strength for strength, pattern in _STRENGTHS if pattern.search(text)]
    return found[0] if found else None


def _with_divorce(story: Story, turn: str) -> Story:
    """A wife whose divorce was final is none; one who could be taken back is one."""
    final = _FINAL.search(turn)
    if not (final or _REVOCABLE.search(turn)):
        return story
    mentions = [mention for mention in story.mentions if not (final and mention.options == (WIFE,) and mention.count == 1)]
    fewer = [replace(each, count=each.count - 1) if final and each.options == (WIFE,) and each.count != MANY else each for each in mentions]
    return replace(story, unclear=False, mentions=tuple(fewer))


def _with_addition(story: Story, turn: str) -> Story:
    """Close what is open by what a later turn says."""
    added = list(read_story(turn).mentions)
    others = bool(added)
    mentions: list[Mention] = []
    for mention in story.mentions:
        found = {} if mention.clear else {at: one for at, each in enumerate(added) if (one := _fitted(each, mention)).options}
        fitting = list(found.values())
        if fitting:
            added = [each for at, each in enumerate(added) if at not in found]
            counted = [replace(each, count=mention.count) if len(fitting) == 1 and each.count == MANY else each for each in fitting]
            closed = [replace(each, count=max(each.count, mention.count)) if len(fitting) == 1 else each for each in counted]
            mentions += [_of_strength(each, turn) for each in closed]
        else:
            # A turn that names others says nothing of this one.
            mentions.append(mention if mention.clear or others else _counted(_of_strength(mention, turn), turn))
    return replace(story, mentions=tuple(mentions))


def _fitted(added: Mention, mention: Mention) -> Mention:
    """Return what `added` leaves of the open `mention`; of siblings «ولدين وبنت أشقاء» are two brothers and a sister, of full blood."""
    options = set(added.options)
    if mention.head == SIBLING and added.head in _OF_SEX:
        siblings = (option for option in mention.options if option[0] == _OF_SEX[added.head])
        options = {option for option in siblings if not added.strength or option[-1] in added.strength}
    return replace(added, options=tuple(option for option in mention.options if option in options))


def _of_strength(mention: Mention, turn: str) -> Mention:
    strength = _strength_in(turn)
    narrowed = tuple(option for option in mention.options if strength and strength in option)
    return replace(mention, options=narrowed) if len(mention.options) > 1 and narrowed else mention


def _counted(mention: Mention, turn: str) -> Mention:
    found = tokens(turn)
    numbers = [number[0] for at in range(len(found)) if (number := number_at(found, at))]
    return replace(mention, count=numbers[0]) if mention.count == MANY and len(numbers) == 1 else mention
