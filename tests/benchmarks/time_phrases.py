"""Expressions of time as people write them, what they mean, and whether a reading of one is right. Knows nothing of what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rag.recency.dates.expressions import TimeExpression, read_times

PHRASES = Path(__file__).parent / "data" / "time_expressions.tsv"
_MARKED = re.compile("⟦(.*?)⟧")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its expressions between ⟦ and ⟧, asked at a moment; `wanted` says what each means."""

    split: str
    variety: str
    marked: str
    wanted: tuple[str, ...]
    now: datetime
    zone: ZoneInfo

    @property
    def text(self) -> str:
        """The sentence as people write it."""
        return _MARKED.sub(r"\1", self.marked)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the expressions stand in `text`."""
        return [(match.start() - 2 * place, match.end() - 2 * place - 2) for place, match in enumerate(_MARKED.finditer(self.marked))]


def cases(path: Path = PHRASES) -> Iterator[Case]:
    """Yield the sentences of a file."""
    split, zone, now = "", ZoneInfo("UTC"), datetime.now(UTC)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            _, split, moment, name = line.split()
            zone = ZoneInfo(name)
            now = datetime.fromisoformat(moment).replace(tzinfo=zone)
        elif line and not line.startswith("#"):
            variety, marked, wanted = line.split("\t")
            yield Case(split, variety, marked, () if wanted == "-" else tuple(wanted.split(" ; ")), now, zone)


def judged(case: Case) -> tuple[bool, list[str], bool]:
    """Return whether all intervals of a sentence are right, how they were read, and whether each stands where it is marked."""
    found = read_times(case.text, now=case.now, zone=case.zone)
    read = [_shown(each, case) for each in found]
    right = read == [_whole(wanted, case) for wanted in case.wanted]
    overlapping = all(
        each.start < end and start < each.end and case.text[each.start : each.end] == each.text
        for each, (start, end) in zip(found, case.spans, strict=False)
    )
    return right, read, overlapping


def _shown(found: TimeExpression, case: Case) -> str:
    if found.kind == "latest":
        return "latest"
    bounds = [
        bound.astimezone(case.zone).strftime("%Y-%m-%dT%H:%M") if bound else ".." for bound in (found.interval.start, found.interval.end)
    ]
    return ("as_of:" if found.kind == "as_of" else "") + "/".join(bounds)


def _whole(wanted: str, case: Case) -> str:
    if wanted == "latest":
        return wanted
    prefix = "as_of:" if wanted.startswith("as_of:") else ""
    return prefix + "/".join(_moment(bound, case) for bound in wanted.removeprefix(prefix).split("/"))


def _moment(bound: str, case: Case) -> str:
    if bound == "now":
        return case.now.strftime("%Y-%m-%dT%H:%M")
    return bound if bound == ".." or "T" in bound else f"{bound}T00:00"
