"""Questions about estates that no arithmetic answers: the option that says what is ruled, from a table of rulings with their sources.

Knows no shares. A ruling decides only where exactly one option says what it says, and nothing where two rulings choose differently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from fanar.bilingual import Bilingual
from rag.islamic.inheritance.choice.asked import Asked
from rag.islamic.inheritance.choice.option import Option
from rag.islamic.inheritance.reading.tokens import folded

_YES = re.compile(r"^(?:نعم|يجوز|يحق|له الحق|لها الحق|لهم الحق|لهن الحق|لا حرج|يجب|تجب|يلزم)\b")
_NO = re.compile(r"^(?:لا|كلا|ليس\w*|غير|لم|لن)\b(?! حرج)")
_ONLY, _EXCEPT = re.compile(r"\bفقط\b"), re.compile(r"\bالا\b")
Polarity = Literal["yes", "no", "-"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What questions it answers, what their story tells, and what the right option says and never says."""

    name: str
    asks: re.Pattern[str]
    told: re.Pattern[str] | None
    polarity: Polarity
    says: re.Pattern[str] | None
    never: re.Pattern[str] | None
    text: Bilingual
    source: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """The option that a ruling chooses, counted from 0."""

    answer: int
    ruling: Ruling


def ruled(asked: Asked, options: Sequence[Option]) -> Ruled | None:
    """Return the option that the rulings choose; None where none does, or two choose differently."""
    text = f"{asked.supposed} {asked.text}".replace("\n", " ").strip()
    whole = f"{folded(asked.story)} {text}"
    found: list[Ruled] = []
    for ruling in rulings():
        if ruling.asks.search(text) and (ruling.told is None or ruling.told.search(whole)):
            answer = _chosen(ruling, options)
            found += [Ruled(answer, ruling)] if answer is not None else []
    return found[0] if len({each.answer for each in found}) == 1 else None


def _chosen(ruling: Ruling, options: Sequence[Option]) -> int | None:
    """Return the only option that says what is ruled, or of these the only one without «if» and «only»; none beside an exception to it."""
    saying = [at for at, option in enumerate(options) if _agrees(ruling, option)]
    if len(saying) > 1:
        saying = [at for at in saying if not (options[at].conditional or _ONLY.search(options[at].plain))]
    return saying[0] if len(saying) == 1 and not _excepted(options, saying[0]) else None


def _excepted(options: Sequence[Option], at: int) -> bool:
    """Whether another option says the same with «unless»: then it is open which is meant."""
    negative = _NO.search(options[at].plain) is not None
    if not negative or _EXCEPT.search(options[at].plain):
        return False
    return any(_NO.search(option.plain) and _EXCEPT.search(option.plain) for option in options)


def _agrees(ruling: Ruling, option: Option) -> bool:
    if (ruling.never and ruling.never.search(option.plain)) or (ruling.says and not ruling.says.search(option.plain)):
        return False
    match ruling.polarity:
        case "yes":
            return _YES.search(option.plain) is not None
        case "no":
            return _NO.search(option.plain) is not None
        case "-":
            return True


@lru_cache(maxsize=1)
def rulings() -> tuple[Ruling, ...]:
    """Return the table's rulings in its order."""
    table = files("rag.islamic.inheritance.choice").joinpath("rulings.tsv").read_text(encoding="utf-8")
    return tuple(_read(line) for line in table.splitlines() if line and not line.startswith("#"))


def _read(line: str) -> Ruling:
    name, asks, told, polarity, says, never, english, arabic, source = line.split("\t")
    text = Bilingual(english, arabic)
    return Ruling(name, _pattern(asks) or re.compile("$"), _pattern(told), polarity, _pattern(says), _pattern(never), text, source)  # type: ignore[arg-type]


def _pattern(text: str) -> re.Pattern[str] | None:
    return re.compile(folded(text)) if text != "-" else None
