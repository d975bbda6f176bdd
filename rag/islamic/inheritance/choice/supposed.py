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
    at = 0
    while at < len(found):
        if found[at].stop or _LINKING.fullmatch(found[at].form):
            at += 1
            continue
        strength, end = strength_at(found, at)
        mention = None if strength else mention_at(found, at)
        if strength and (told or about):
            subject = told.pop() if told else about[0]
            told.append(replace(subject, options=_of_strength(subject, strength)))
            at = end
        elif mention and mention.options:
            told.append(mention)
            at = mention.end
        else:
            return []
    return told if all(mention.options for mention in told) else []


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
    if _STILL.search(plain):
        return replace(story, unclear=False) if wives else None
    if _NO_LONGER.search(plain):
        return replace(story, unclear=False, mentions=tuple(mention for mention in story.mentions if mention not in wives))
    return None


def _same_person(story: Story, plain: str) -> Story | None:
    """«If the mother named is his wife»: read her as a wife; «if she is his own mother»: as she stands there."""
    mothers = [mention for mention in story.mentions if mention.options == (MOTHER,)]
    wives = [mention for mention in story.mentions if mention.options == (WIFE,)]
    if "زوج" in plain:
        swapped = [replace(mention, options=(WIFE,)) if mention.options == (MOTHER,) else mention for mention in story.mentions]
        return replace(story, male=True, mentions=tuple(swapped)) if mothers and not wives else None
    return story if mothers else None
