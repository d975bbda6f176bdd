"""What a text says of deaths: «المتوفى» is the deceased himself, the dead link of a chain, or an heir who died before. Knows no shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.islamic.inheritance.kin import Kin, links
from rag.islamic.inheritance.reading.arabic import mention_at
from rag.islamic.inheritance.reading.lexicon import nouns
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.modifiers import closed
from rag.islamic.inheritance.reading.tokens import Token

_DEAD = re.compile(
    r"(?:ال)?(?:متوفي|متوفاة|متوفاه|متوفية|متوفون|متوفين|متوفيين|متوفيان|متوفيتين|متوفيتان|متوفيات|ميت|ميتة|ميتين|مورث|مورثة)"
)
_WHO = frozenset(("الذي", "التي", "الذين", "اللذين", "اللذان", "اللتين", "اللتان", "اللاتي", "اللواتي", "ممن", "من"))
_DIED = re.compile(r"(?:توفي|مات)(?:ت|ا|تا|وا|ن|و)?|توفوا|توفو|توفيا|توفيتا|توفين")
_BOTH_DIED = re.compile(r"ماتا|توفيا|توفيتا|ماتتا|ماتوا|توفوا")
_BEFORE = frozenset(("قبل", "قبله", "قبلها", "قبلهم", "قبلو", "قبلهما"))
_LIVING = re.compile(r"حيا[ةت]\w*|حال")
_ONE_OF = re.compile(r"(?:و)?(?:احدهم|احداهن|احدهما|احداهما|واحدة|واحد)")
_LEFT = frozenset(
    ("وله", "ولها", "ولهم", "ولهما", "ولهن", "له", "لها", "لهما", "وترك", "وتركت", "وخلف", "وخلفت", "وعنده", "وعندها", "ولديه", "ولديها")
)
_HAD = frozenset(("وكان", "كان", "وكانت", "كانت", "لها", "له", "وله", "ولها"))
_CHILDREN = frozenset(("S", "D", "C"))
_ORDER = frozenset(("بعد", "بعده", "بعدها", "معه", "معها", "اولا", "ثانيا", "قبل", "الذي", "التي"))
_ESTATES = frozenset(("من", "مال", "تركة", "ميراث", "ارث", "ورثة"))
_THEIRS = frozenset(("ه", "ها", "هم", "هما", "هن"))
_WHOSE = frozenset("GFMRW")


@dataclass(frozen=True, slots=True)
class Dying:
    """Words without those about deaths. `before`: who is asked about died before; `fewer`: where one of several did; `gone`: who did."""

    words: tuple[Token, ...]
    before: bool
    fewer: frozenset[int]
    gone: frozenset[tuple[Kin, ...]] = frozenset()


def without_deaths(found: Sequence[Token], *, story: bool = False) -> Dying:
    """Take out what is said of deaths and settled by it; what is not understood stays where it is.

    In a `story` he who died before is taken out too, in a question he stays: it is about him.
    """
    kept: list[Token] = []
    fewer: set[int] = set()
    gone: set[tuple[Kin, ...]] = set()
    before, at = False, 0
    while at < len(found):
        end, one = _said_of_death(found, at, kept)
        if end == at:
            kept.append(found[at])
            at += 1
            continue
        mention = _ending_at(kept)
        if mention and not mention.options:
            at = end
            continue
        tail, told = until(found, end)
        if story and mention and mention.count == 1 and _BOTH_DIED.fullmatch(found[end - 1].form):
            # «أبوها وأمها ماتا قبلها»: that is said of more than the last one.
            mention = None
        told = told or (story and mention is not None and _plainly_dead(found, at, end, several=mention.count != 1))
        if one and story and told and mention and mention.count > 1 and not _goes_on(found, tail):
            fewer.add(mention.start)
            at = tail
        elif not one and (_names_deceased(found[at], kept, mention) or is_link(mention)):
            at = tail if told else end
        elif not one and mention and not told and not story and _is_the_deceased(found, at, kept, mention):
            at = end
        elif not one and mention and told and not _of_his_estate(kept, mention) and not (story and _goes_on(found, tail)):
            before, at = True, tail
            gone.add(mention.options)
            del kept[mention.start if story else len(kept) :]
            while story and kept and kept[-1].form in _HAD:
                kept.pop()
        else:
            kept += found[at:end]
            at = end
    return Dying(tuple(kept), before, frozenset(fewer), frozenset(gone))


def is_link(mention: Mention | None) -> bool:
    """Whether he who is dead is one through whom heirs are related."""
    return mention is not None and bool(mention.options) and min(map(links, mention.options)) > 1 and mention.head in _CHILDREN


def _goes_on(found: Sequence[Token], at: int) -> bool:
    """Whether it is told next what the dead one left."""
    return at < len(found) and (found[at].form in _LEFT or found[at].form == "(")


def _said_of_death(found: Sequence[Token], at: int, kept: Sequence[Token]) -> tuple[int, bool]:
    """Return where «المتوفى», «الذي توفي» or «أحدهم توفي» ends, and whether it is said of one of several; `at` where nothing is said."""
    if found[at].form == "(" and kept and at + 1 < len(found) and found[at + 1].form != "(":
        end, one = _said_of_death(found, at + 1, kept)
        return (end, one) if end > at + 1 else (at, False)
    one = _ONE_OF.fullmatch(found[at].form) is not None
    start = at + (one or found[at].form in _WHO)
    if start < len(found) and (_DIED.fullmatch(found[start].form) or _DEAD.fullmatch(found[start].form)):
        told = start > at or _DEAD.fullmatch(found[start].form) or until(found, start + 1)[1]
        return (start + 1, one) if told else (at, False)
    return at, False


def until(found: Sequence[Token], at: int) -> tuple[int, bool]:
    """Return where «قبل أبيها» or «في حياة أمه» ends, and whether it stands there."""
    if (
        at < len(found)
        and found[at].form in ("حال", "في", "اثناء", "خلال")
        and at + 1 < len(found)
        and _LIVING.fullmatch(found[at + 1].form)
    ):
        at += 1
        whole = found[at].form not in ("حياة", "حال")
    elif at < len(found) and found[at].form in _BEFORE:
        whole = found[at].form != "قبل"
    else:
        return at, False
    end = at + 1
    for end in range(at + 1, min(at + 4, len(found) + 1)):
        if whole or nouns(found[end - 1]) or _DEAD.fullmatch(found[end - 1].form):
            return closed(found, end), True
    return at, False


def _ending_at(kept: Sequence[Token]) -> Mention | None:
    """Return the mention that ends with the last of these words."""
    for start in range(max(0, len(kept) - 6), len(kept)):
        mention = mention_at(kept, start)
        # «زوجة ابن» is no heir, and her husband is not meant.
        if mention and mention.end == len(kept):
            return mention
    return None


def _plainly_dead(found: Sequence[Token], at: int, end: int, *, several: bool) -> bool:
    """«أخ متوفى»: dead when the story is told, and nobody says that it was afterwards."""
    after = found[end].form if end < len(found) else ""
    form = found[at].form
    dead = _DEAD.fullmatch(form) is not None and not form.startswith("ال")
    return dead and several == form.endswith(("ين", "ان", "ون", "ات")) and not after.startswith("بعد")


def _of_his_estate(kept: Sequence[Token], mention: Mention) -> bool:
    """«من مال ابنه المتوفى قبله» asks what he left, not what he takes."""
    return mention.start > 0 and kept[mention.start - 1].form in _ESTATES


def _is_the_deceased(found: Sequence[Token], at: int, kept: Sequence[Token], mention: Mention) -> bool:
    """«من تركة أبيهن المتوفى» names whose estate it is."""
    after = found[at + 1].form if at + 1 < len(found) else ""
    his = _of_his_estate(kept, mention) or _is_heirs_own(kept, mention)
    return found[at].form.startswith("ال") and his and after not in _ORDER


def _is_heirs_own(kept: Sequence[Token], mention: Mention) -> bool:
    """«هل يرث أبناء الابن جدهم المتوفى»: who is named behind an heir as his own is the deceased."""
    noun = next(iter(nouns(kept[-1])), None)
    own = noun is not None and noun.code in _WHOSE and noun.suffix in _THEIRS and mention.end - mention.start == 1
    return own and any(mention_at(kept, at) for at in range(mention.start))


def _names_deceased(token: Token, kept: Sequence[Token], mention: Mention | None) -> bool:
    """«والد المتوفى» and «تركة الميت», but not «الابن المتوفى»."""
    if not token.form.startswith("ال") or not kept:
        return False
    if mention is None:
        return True
    noun = next(iter(nouns(kept[-1])), None)
    # «أبي المتوفى» is his father, as «أبو» is in another case.
    return noun is not None and (not noun.definite or kept[-1].form in ("ابي", "اخي")) and mention.end - mention.start == 1
