"""What the reader of one language hands on. Knows no language."""

from __future__ import annotations

from dataclasses import dataclass

from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.unborn import Birth


@dataclass(frozen=True, slots=True)
class Told:
    """Who is left, whether the deceased is a man (None: not told), and whether something must be asked about.

    `plain` are the folded words, without what is said of those who died before; these are `gone`, those who may not inherit `barred`.
    `unplaced` are those, as they are told, of whom the word does not say how they are kin.
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
