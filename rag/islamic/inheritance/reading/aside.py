"""Reads a story with what stands beside the first division: later deaths, bequests, the missing, who died together. Divides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from rag.islamic.inheritance.estate import Bequest
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.absent import Absent, leaves_open, without_absent
from rag.islamic.inheritance.reading.bequests import LIKE_AN_HEIR, without_bequests
from rag.islamic.inheritance.reading.later import Death, without_dead, without_later
from rag.islamic.inheritance.reading.spans import words_of
from rag.islamic.inheritance.reading.story import Story, read_story

Doubt = Literal["later", "like", "bequest", "missing", "together", "sex"]
_DENIED = r"(?<!لم )(?<!بدون )(?<!دون )(?<!بلا )(?<!لا )(?<!any )(?<!no )(?<!without )(?<!without a )(?<!not )"
_DOUBTS: tuple[tuple[Doubt, re.Pattern[str]], ...] = (
    ("bequest", re.compile(rf"(?<!\S)[وف]?{_DENIED}(?:"
        r"اوصي|اوصت|اوصيت|موصي\S*|(?:ب|ال|بال)?وصي[ةه]|وصايا|bequeath\S*|bequests?|willed|(?:a|his|her|the) will(?! be))(?!\S)")),
    ("missing", re.compile(r"(?<!\S)[وف]?(?:ال)?(?:مفقود\S*|missing|disappeared)(?!\S)")),
    ("together", re.compile(r"(?<!\S)(?:ماتا|ماتوا|توفيا|توفوا|غرقوا|غرقا) (?:معا|سويا|جميعا|في)|"
        r"(?<!\S)في حادث واحد|died together|same accident")),
    ("sex", re.compile(r"(?<!\S)[وف]?(?:ال)?خنث[يى]\S*|hermaphrodite|intersex")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """The story of the first division, and what stands beside it. `text` is what tells of money; `doubts` name what was not followed."""

    story: Story
    text: str
    deaths: tuple[Death, ...] = ()
    bequests: tuple[tuple[Bequest, tuple[Kin, ...]], ...] = ()
    absent: Absent | None = None
    doubts: tuple[Doubt, ...] = field(default=())


def read_aside(text: str) -> Aside:
    """Return what a text tells of an estate and beside it."""
    whole = words_of(text)
    later = without_later(without_dead(whole))
    willed = without_bequests(later.words)
    absent = without_absent(willed.words)
    plain = absent.words.plain
    doubts: tuple[Doubt, ...] = tuple(doubt for doubt, pattern in _DOUBTS if pattern.search(plain))
    if "bequest" in doubts and LIKE_AN_HEIR.search(plain):
        doubts = tuple("like" if doubt == "bequest" else doubt for doubt in doubts)
    if leaves_open(absent.words):
        doubts = ("together", *doubts)
    if not later.plain:
        doubts = ("later", *doubts)
    if absent.words is whole:
        return Aside(read_story(text), text, doubts=doubts)
    rest = without_bequests(whole).words.text()
    return Aside(absent.left(read_story(absent.words.text())), rest, later.deaths, willed.bequests, absent, doubts)
