"""Puts what a later turn says of heirs into the story that was told: what was open, who was forgotten, how many they really are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.kin import HUSBAND, WIFE
from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.numerals import number_at
from rag.islamic.inheritance.reading.story import Story, read_story
from rag.islamic.inheritance.reading.tokens import tokens

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
# «لأب» after «أخت» names nobody else.
_STRENGTH_ALONE = re.compile(r"(?:\w+ )?(?:من |ل)(?:ال)?(?:أب|اب|أم|ام)[.!؟]?")
_HOW_MANY = frozenset(("كم", "كام", "شحال", "قديش", "many"))
_NOT = frozenset(("مو", "مش", "مب", "ليس", "لا", "not", "بدل"))
_OF_SEX = {"S": "B", "D": "Z", "B": "B", "Z": "Z"}
_CORRECTING = re.compile(
    r"(?<!\w)(?:مو|مش|مب|ماشي|ليس|ليسوا|لا|بل|قصدي|أقصد|اقصد|تصحيح|صحح|غلطت|أخطأت|اخطات|بدل)(?!\w)|\b(?:not|instead|meant|actually|correction|sorry)\b",
    re.IGNORECASE,
)


def strength_in(text: str) -> str | None:
    """Return whether a text says that siblings are full, the father's or the mother's, if it says one of them."""
    found = [strength for strength, pattern in _STRENGTHS if pattern.search(text)]
    return found[0] if found else None


def with_addition(story: Story, turn: str) -> tuple[Story, tuple[Mention, ...]]:
    """Close what is open by what a later turn says, and add those whom it names besides; return the kin, too, whom it names again."""
    added = list(read_story(turn).mentions) if _STRENGTH_ALONE.fullmatch(turn.strip()) is None else []
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
    others_named = [_asked_number(each, turn) for each in added if each.options]
    return _with_others(replace(story, mentions=tuple(mentions)), others_named, corrects=_corrects(turn))


def _asked_number(mention: Mention, turn: str) -> Mention:
    """«كم بنت؟ 3 مش 2»: of whom the number is asked for, it is the one that is not denied; MANY where none is told."""
    found = tokens(turn)
    if mention.count != 1 or not mention.start or found[mention.start - 1].form not in _HOW_MANY:
        return mention
    numbers = (at for at in range(mention.end, len(found)) if number_at(found, at) and found[at - 1].form not in _NOT)
    at = next(numbers, None)
    number = None if at is None else number_at(found, at)
    return replace(mention, count=number[0] if number else MANY)


def _with_others(story: Story, others: Sequence[Mention], *, corrects: bool) -> tuple[Story, tuple[Mention, ...]]:
    """Add those who are new; «4 بنات مو ثلاث» corrects how many they are, and what only says it again changes nothing."""
    mentions = list(story.mentions)
    again: list[Mention] = []
    for other in others:
        at = next((at for at, mention in enumerate(mentions) if set(mention.options) & set(other.options)), None)
        if at is None:
            mentions.append(other)
        elif corrects and other.count != MANY:
            mentions[at] = replace(mentions[at], options=other.options, count=other.count)
        elif other.count not in (mentions[at].count, MANY) and not (other.definite and other.count == 1):
            again.append(other)
    spouse = {(HUSBAND,): False, (WIFE,): True}
    male = next((spouse[mention.options] for mention in mentions if mention.options in spouse), story.male)
    return replace(story, mentions=tuple(mentions), male=male), tuple(again)


def _corrects(turn: str) -> bool:
    return _CORRECTING.search(turn) is not None


def _fitted(added: Mention, mention: Mention) -> Mention:
    """Return what `added` leaves of the open `mention`; of siblings «ولدين وبنت أشقاء» are two brothers and a sister, of full blood."""
    options = set(added.options)
    if mention.head == SIBLING and added.head in _OF_SEX:
        siblings = (option for option in mention.options if option[0] == _OF_SEX[added.head])
        options = {option for option in siblings if not added.strength or option[-1] in added.strength}
    return replace(added, options=tuple(option for option in mention.options if option in options))


def _of_strength(mention: Mention, turn: str) -> Mention:
    strength = strength_in(turn)
    narrowed = tuple(option for option in mention.options if strength and strength in option)
    return replace(mention, options=narrowed) if len(mention.options) > 1 and narrowed else mention


def _counted(mention: Mention, turn: str) -> Mention:
    found = tokens(turn)
    numbers = [number[0] for at in range(len(found)) if (number := number_at(found, at))]
    return replace(mention, count=numbers[0]) if mention.count == MANY and len(numbers) == 1 else mention
