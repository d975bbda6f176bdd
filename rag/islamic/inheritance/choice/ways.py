"""All cases that a story can mean where it leaves something open. Divides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Literal

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.story import Story
from rag.islamic.inheritance.schools import SchoolName, Treasury

_MOST = 64
_MANY = (3, 4, 5)
_SIBLINGS = (frozenset(("Bf", "Bp", "Bm")), frozenset(("Zf", "Zp", "Zm")))
Kinds = Literal["every", "father's", "first"]
KINDS: tuple[Kinds, ...] = ("every", "father's", "first")
"""How kin of untold kind may be read: in every way; as the father's, since who means the mother's says so; as the first kind."""


def ways(story: Story, school: SchoolName, *, treasury: Treasury | None = None, kinds: Kinds = "every") -> Iterator[Case]:
    """Yield the cases; «several» are tried with more than one number, kin of whom the kind is not told with each.

    Brothers and sisters who are named without their kind are all of one.
    """
    choices = [list(_choices(mention, kinds=kinds)) for mention in story.mentions]
    together = [len(mention.options) > 1 and any(one.issuperset(mention.options) for one in _SIBLINGS) for mention in story.mentions]
    consistent = (each for each in product(*choices) if len({kin[-1] for (kin, _), tied in zip(each, together, strict=True) if tied}) <= 1)
    for combination in islice(consistent, _MOST):
        heirs: dict[Kin, int] = {}
        for kin, count in combination:
            heirs[kin] = heirs.get(kin, 0) + count
        try:
            yield Case(story.male is not False, heirs, school, treasury)
        except UnprocessableError:
            continue


def _choices(mention: Mention, *, kinds: Kinds) -> Iterator[tuple[Kin, int]]:
    options: Sequence[Kin] = mention.options[:1] if kinds == "first" else mention.options
    if kinds == "father's":
        options = [kin for kin in options if "m" not in kin] or options
    wives = mention.options == ("W",)
    counts = ((2, 3) if wives else _MANY) if mention.count == MANY else (mention.count,)
    yield from product(options, counts)
