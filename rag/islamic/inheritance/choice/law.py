"""What the law of estates says where nothing is divided, from a table beside this module: each rule with its source. Computes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fanar.bilingual import Bilingual
from rag.islamic.inheritance.choice.option import Option
from rag.islamic.inheritance.reading.tokens import folded

# Wordings are searched in no more than so many characters, which bounds the time that hostile text can take.
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the law: of what questions it holds, what the right option says, its wording and its source."""

    name: str
    asked: re.Pattern[str]
    says: tuple[re.Pattern[str], ...]
    text: Bilingual
    source: str


def ruled(asked: str, options: Sequence[Option]) -> tuple[int, Rule] | None:
    """Return the one option that the rules about what is asked agree on, and the rule; `asked` are folded words."""
    found = [(at, rule) for rule in _rules() if rule.asked.search(asked[:_LONGEST]) and (at := _said(rule, options)) is not None]
    return found[0] if len({at for at, _ in found}) == 1 else None


def _said(rule: Rule, options: Sequence[Option]) -> int | None:
    """Return the option that the first deciding wording of a rule leaves."""
    for says in rule.says:
        passed = [at for at, option in enumerate(options) if says.search(option.plain[:_LONGEST])]
        if len(passed) == 1:
            return passed[0]
    return None


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    text = files("rag.islamic.inheritance.choice").joinpath("law.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    macros: dict[str, str] = {row[0][1:]: row[1] for row in rows if row[0].startswith("@")}
    return tuple(
        Rule(
            name, _pattern(asked, macros), tuple(_pattern(each, macros) for each in says.split(" || ")), Bilingual(english, arabic), source
        )
        for name, asked, says, arabic, english, source in (row for row in rows if not row[0].startswith("@"))
    )


def _pattern(text: str, macros: dict[str, str]) -> re.Pattern[str]:
    # The rows that are named stand for patterns that may name rows before them.
    for name, meant in reversed(macros.items()):
        text = text.replace(f"{{{name}}}", meant)
    return re.compile(folded(text))
