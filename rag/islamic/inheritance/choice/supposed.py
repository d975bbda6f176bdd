"""What a question supposes beyond the story: of what kind heirs are, what the unborn turn out to be, who is meant. Knows no shares.

A supposition that is not understood is never passed over: the question is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.kin import MOTHER, WIFE, Kin
from rag.islamic.inheritance.reading.arabic import mention_at
from rag.islamic.inheritance.reading.dying import without_deaths
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.modifiers import strength_at
from rag.islamic.inheritance.reading.story import Story
from rag.islamic.inheritance.reading.tokens import Token, tokens
from rag.islamic.inheritance.reading.unborn import outcome_of

_OPENS = matching("conditional")
_MAIN = matching("main")
_ABSENT = matching("absent")
_HARMLESS = matching("harmless")
_SAME_PERSON = matching("same_person")
_HAD, _DIVORCED, _STILL, _NO_LONGER = matching("had"), matching("divorced"), matching("still"), matching("no_longer")
_AND = re.compile(r"\s(?:،\s)?و(?=(?:ان|كان|كانت|قسمت|تقسم)\s)")
_DIED_BEFORE = re.compile(r"(?<!\S)(?:مات|ماتت|ماتا|ماتوا|توفي|توفيت|توفيا|توفوا|متوف\S+)(?: \S+){0,4}? قبل(?:ه|ها)?(?!\S)")
_OR = "او"
_FEWEST = 2
_SISTERS = ("Zf", "Zp", "Zm")
_LINKING = re.compile(r"(?:و|ف)?(?:كان|كانت|كانا|كانتا|كانوا|كن|يكون|تكون|هو|هي|هم|هن|ان|انه|انها|المذكور|المذكورة|المذكورين|المقصود|مثلا)")


@dataclass(frozen=True, slots=True)
class Supposed:
    """A question without its supposition, and the words of that; `clause` is empty where nothing is supposed."""

    text: str
    clause: str = ""


def without_supposition(text: str) -> Supposed:
    """Part «if the brother is maternal, what is his share» into both halves."""
    match = _OPENS.search(text)
    if match is None:
        return Supposed(text)
    rest = text[match.end() :]
    main = _MAIN.search(rest)
    if main:
        return Supposed(f"{text[: match.start()]} {rest[main.end() :]}".strip(), rest[: main.start()])
    return Supposed(text[: match.start()].strip(), rest)


def suppose(story: Story, clause: str, about: Sequence[Mention]) -> Story | None:
    """Return the story as the question wants it; None where what it supposes is not understood."""
    whole = _suppose(story, clause, about)
    parts = [] if whole is not None else _AND.split(clause)
    if len(parts) < _FEWEST:
        return whole
    # «الأم هي أم الميت وأن المنزل تركة»: one beside the other.
    supposed: Story | None = story
    for part in parts:
        supposed = None if supposed is None else _suppose(supposed, part, about)
    return supposed


def _suppose(story: Story, clause: str, about: Sequence[Mention]) -> Story | None:
    whole = tokens(clause)
    if (dead := _DIED_BEFORE.search(" ".join(token.form for token in whole if not token.stop))) and not _HARMLESS.search(dead.group()):
        return _dead_before(story, whole)
    found = without_deaths(tokens(clause)).words
    plain = " ".join(token.form for token in found if not token.stop)
    if _SAME_PERSON.search(plain):
        return _same_person(story, plain)
    if not plain or _HARMLESS.search(plain):
        return story
    if story.births and "حمل" in plain:
        born = outcome_of(found)
        return replace(story, born=born) if born is not None else None
    if _ABSENT.search(plain):
        return story if _nobody_of(story, found) else None
    if _HAD.match(plain):
        return _added(story, found, plain)
    if _DIVORCED.search(plain):
        return _divorced(story, plain)
    told = _told(found, about)
    for mention in told:
        narrowed = _narrowed(story, mention)
        if narrowed is None:
            return None
        story = narrowed
    return story if told else None


def _nobody_of(story: Story, found: Sequence[Token]) -> bool:
    """Whether who is said not to be there is not in the story either."""
    there = {kin for mention in story.mentions for kin in mention.options}
    return not any(set(mention.options) & there for at in range(len(found)) if (mention := mention_at(found, at)))


def _added(story: Story, found: Sequence[Token], plain: str) -> Story | None:
    """«If she had a maternal brother»: he is told of what kind he is, or comes to the others."""
    named = (mention for at in range(len(found)) if (mention := mention_at(found, at)) and mention.options)
    told = next(named, None)
    if told is None:
        return None
    told = replace(told, count=MANY) if "فاكثر" in plain else told
    there = {kin for mention in story.mentions for kin in mention.options}
    if set(told.options) & there:
        narrowed = _narrowed(story, told)
        if narrowed is None or told.count == MANY:
            return narrowed
        counted = [replace(mention, count=told.count) if mention.options == told.options else mention for mention in narrowed.mentions]
        return replace(narrowed, mentions=tuple(counted))
    return replace(story, mentions=(*story.mentions, told)) if told.clear else None


def _told(found: Sequence[Token], about: Sequence[Mention]) -> list[Mention]:
    """Return the kinds that a clause tells; nothing where any of its words is not understood."""
    told: list[Mention] = []
    subjects: list[Mention] = []
    at = 0
    while at < len(found):
        if found[at].stop or _LINKING.fullmatch(found[at].form):
            at += 1
            continue
        if found[at].form == _OR and subjects and (more := strength_at(found, at + 1))[0]:
            # «شقيقين أو من الأب».
            told = [_or(mention, subjects, more[0]) for mention in told]
            at = more[1]
            continue
        strength, end = strength_at(found, at)
        mention = None if strength else mention_at(found, at)
        if strength and (told or about):
            # «الأخ والأخت شقيقين» are both.
            siblings = [mention for mention in told if mention.head in ("B", "Z") and not mention.strength]
            subjects = siblings if len(siblings) > 1 else told[-1:] or list(about[:1])
            others = [mention for mention in told if mention not in subjects]
            told = [*others, *(replace(subject, options=_of_strength(subject, strength)) for subject in subjects)]
            at = end
        elif mention and mention.options:
            told.append(mention)
            at = mention.end
        else:
            return []
    return _alike(told) if all(mention.options for mention in told) else []


def _alike(told: Sequence[Mention]) -> list[Mention]:
    """«الأخ والأخت شقيقين أو من الأب»: what stands behind both is said of both."""
    kinds = {kin[1:] for mention in told if mention.head in ("B", "Z") for kin in mention.options if len(mention.options) < len(_SISTERS)}
    if not kinds or {mention.head for mention in told} != {"B", "Z"}:
        return list(told)
    return [replace(mention, options=tuple(kin for kin in mention.options if kin[1:] in kinds)) for mention in told]


def _or(mention: Mention, subjects: Sequence[Mention], strength: str) -> Mention:
    """Return what a mention may be where another kind is told behind «أو»."""
    subject = next((each for each in subjects if each.start == mention.start), None)
    more = _of_strength(subject, strength) if subject else ()
    return replace(mention, options=tuple(dict.fromkeys((*mention.options, *more))))


def _of_strength(mention: Mention, strength: str) -> tuple[Kin, ...]:
    return tuple(kin for kin in mention.options if set(kin) & set("fpm") <= set(strength))


def _narrowed(story: Story, told: Mention) -> Story | None:
    """Leave of each mention's kinds those that are told; «the brothers» are the sisters beside them too."""
    options = set(told.options)
    both = told.head == "B" and told.count == MANY
    if both:
        options |= {f"Z{kin[1:]}" for kin in told.options}
    changed, mentions = False, []
    for mention in story.mentions:
        there = tuple(kin for kin in mention.options if kin in options)
        touched = bool(there) or (both and mention.options == _SISTERS)
        changed |= touched
        mentions.append(replace(mention, options=there or mention.options) if touched else mention)
    return replace(story, mentions=tuple(mentions)) if changed else None


def _divorced(story: Story, plain: str) -> Story | None:
    """A wife whom he could take back is one; one who was his wife no longer is none."""
    wives = [mention for mention in story.mentions if mention.options == (WIFE,)]
    if _NO_LONGER.search(plain):
        return replace(story, unclear=False, mentions=tuple(mention for mention in story.mentions if mention not in wives))
    if _STILL.search(plain):
        # She of whom it was open is not among those who were read.
        hers = () if wives else (Mention((WIFE,), 1, 0, 0, head=WIFE),)
        return replace(story, unclear=False, mentions=(*story.mentions, *hers)) if wives or story.unclear else None
    return None


def _dead_before(story: Story, found: Sequence[Token]) -> Story | None:
    """«If the mother had died before him»: who is named is no heir; None where somebody else is named, or nobody."""
    before = next((at for at, token in enumerate(found) if token.form.startswith("قبل")), len(found))
    named = [mention for at in range(before) if (mention := mention_at(found, at)) and mention.options]
    dead = {kin for mention in named for kin in mention.options}
    there = [mention for mention in story.mentions if set(mention.options) <= dead]
    gone = all(any(set(each.options) <= set(mention.options) for each in there) or mention.options in story.gone for mention in named)
    if not named or not gone:
        return None
    left = tuple(mention for mention in story.mentions if mention not in there)
    return replace(story, mentions=left, gone=story.gone | {mention.options for mention in there})


def _same_person(story: Story, plain: str) -> Story | None:
    """«If the mother named is his wife»: read her as a wife; «if she is his own mother»: as she stands there."""
    mothers = [mention for mention in story.mentions if mention.options == (MOTHER,)]
    wives = [mention for mention in story.mentions if mention.options == (WIFE,)]
    if "زوج" in plain:
        swapped = [replace(mention, options=(WIFE,)) if mention.options == (MOTHER,) else mention for mention in story.mentions]
        return replace(story, male=True, mentions=tuple(swapped)) if mothers and not wives else None
    return story if mothers else None
