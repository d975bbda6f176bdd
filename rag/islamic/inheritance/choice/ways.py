"""All cases that a story can mean where it leaves something open. Divides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from fanar.errors import UnprocessableError
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.story import Story
from rag.islamic.inheritance.schools import SchoolName, Treasury

_MOST = 64
_MANY = (3, 4, 5)


def ways(story: Story, school: SchoolName, *, treasury: Treasury | None = None, open_kinds: bool = True) -> Iterator[Case]:
    """Yield the cases; «several» are tried with more than one number, kin of whom the kind is not told with each."""
    choices = [list(_choices(mention, open_kinds=open_kinds)) for mention in story.mentions]
    for combination in islice(product(*choices), _MOST):
        heirs: dict[Kin, int] = {}
        for kin, count in combination:
            heirs[kin] = heirs.get(kin, 0) + count
        try:
            yield Case(story.male is not False, heirs, school, treasury)
        except UnprocessableError:
            continue


def _choices(mention: Mention, *, open_kinds: bool) -> Iterator[tuple[Kin, int]]:
    options: Sequence[Kin] = mention.options if open_kinds else mention.options[:1]
    wives = mention.options == ("W",)
    counts = ((2, 3) if wives else _MANY) if mention.count == MANY else (mention.count,)
    yield from product(options, counts)
