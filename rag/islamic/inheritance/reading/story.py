"""Reads a story of an estate, in Arabic, its dialects or English, as a case with what is not told left open. Divides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fanar.arabic.script import shares
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.arabic_story import read_arabic
from rag.islamic.inheritance.reading.english import names_kin
from rag.islamic.inheritance.reading.english_story import read_english
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.unborn import Birth

_LONGEST = 4_000
_ONE: frozenset[tuple[Kin, ...]] = frozenset((("F",), ("M",), ("H",), ("FF",), ("FM",), ("MM",)))


@dataclass(frozen=True, slots=True)
class Story:
    """What a story tells.

    `male` is None where it neither says who died nor leaves a spouse. `unclear`: something it says must be asked about. `plain` are its
    words as far as they had to be understood, `births` the pregnancies, `born` how many boys and girls the first brought. `gone` died
    before, `barred` may not inherit, of `missing` nobody knows whether they live. `unplaced` are named by words that do not say how they
    are kin.
    """

    male: bool | None
    mentions: tuple[Mention, ...]
    unclear: bool = False
    plain: str = ""
    births: tuple[Birth, ...] = ()
    born: tuple[int, int] | None = None
    gone: frozenset[tuple[Kin, ...]] = frozenset()
    barred: tuple[Mention, ...] = ()
    unplaced: tuple[str, ...] = ()
    missing: tuple[tuple[Kin, int], ...] = ()

    @property
    def unborn(self) -> bool:
        """Whether a child of the deceased is not yet born."""
        return Birth("S", "D") in self.births and self.born is None

    @property
    def clear(self) -> bool:
        """Whether it is one case."""
        return bool(self.mentions) and not (self.unclear or self.unplaced) and all(mention.clear for mention in self.mentions)


def may_name_heirs(text: str) -> bool:
    """Whether `read_story` may find anybody: a quick look, which says no only to English."""
    share = shares(text[:_LONGEST])
    return share.latin <= share.arabic or names_kin(text.lower())


def read_story(text: str) -> Story:
    """Return what `text` tells; nothing is divided that it does not tell."""
    text = text[:_LONGEST]
    share = shares(text)
    told = read_english(text) if share.latin > share.arabic else read_arabic(text)
    mentions = _merged(told.mentions)
    births = told.births or ((Birth("S", "D"),) if any(mention.note == "pregnant" for mention in mentions) else ())
    return Story(
        _sex(mentions, told=told.male), mentions, told.unclear, told.plain, births, told.born, told.gone, told.barred, told.unplaced
    )


def _sex(mentions: Sequence[Mention], *, told: bool | None) -> bool | None:
    options = [mention.options for mention in mentions]
    if ("H",) in options:
        return False
    return True if ("W",) in options else told


def _merged(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Settle children by the daughters beside them, and add up who is named twice; «the mother» named again is the same one."""
    daughters = any(mention.options == ("D",) for mention in mentions)
    found: dict[tuple[Kin, ...], Mention] = {}
    for mention in mentions:
        options = ("S",) if mention.options == ("S", "D") and mention.head == "C" and daughters else mention.options
        before = found.get(options)
        if before and (mention.definite or options in _ONE):
            continue
        count = mention.count if before is None else MANY if MANY in (before.count, mention.count) else before.count + mention.count
        found[options] = replace(mention, options=options, count=count)
    return tuple(found.values())
