"""Takes out of a story what changes nobody's share: who lives on, who died afterwards, who is by another marriage. Knows no kin's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

from rag.islamic.inheritance.reading.lexicon import nouns
from rag.islamic.inheritance.reading.tokens import Token

_MARRIAGE = re.compile(
    r"(?:\( )?من (?P<spouse>زوجة|زوجته|الزوجة|امراة|زوج|زوجها|الزوج|رجل) "
    r"(?:اخر|اخري|سابق|سابقة|السابق|السابقة|اولي|الاولي|اول|الاول|ثانية|الثانية|ثان|ثاني|الثاني|ثالثة|متوفاة|مطلقة)(?: \))?"
)
_SHE = re.compile(r"^\W*(?:توفيت|ماتت|هلكت)\b")
_CHILDREN = frozenset("SDC")
_LOOKED_BACK = 5


def without_remarks(found: Sequence[Token]) -> list[Token]:
    """Return the words without such remarks."""
    plain, places = _joined(found)
    gone = {at for start, end in _spans(plain, found, places) for at in range(len(found)) if start <= places[at] < end}
    return [token for at, token in enumerate(found) if at not in gone]


def _spans(plain: str, found: Sequence[Token], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    for pattern in _REMARKS:
        yield from (match.span() for match in pattern.finditer(plain))
    female = _SHE.search(plain) is not None
    for match in _MARRIAGE.finditer(plain):
        hers = match["spouse"] in ("زوج", "زوجها", "الزوج", "رجل")
        before = [at for at in range(len(found)) if places[at] < match.start()][-_LOOKED_BACK:]
        if hers == female and _ends_with_child(found, before):
            yield match.span()


def _ends_with_child(found: Sequence[Token], places: Sequence[int]) -> bool:
    """Whether the last kin named there are children of the deceased, and not through anybody else."""
    named = [nouns(found[at])[0] for at in places if nouns(found[at])]
    return bool(named) and named[-1].code in _CHILDREN and not any(noun.code in "BZUAKL" for noun in named[-2:])


def _joined(found: Sequence[Token]) -> tuple[str, list[int]]:
    """Return the forms with a blank between, and where each begins."""
    places, at = [], 0
    for token in found:
        places.append(at)
        at += len(token.form) + 1
    return " ".join(token.form for token in found), places


def _read_table() -> tuple[re.Pattern[str], ...]:
    table = files("rag.islamic.inheritance.reading").joinpath("remarks.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple(re.compile(pattern) for _, pattern in rows)


_REMARKS = _read_table()
