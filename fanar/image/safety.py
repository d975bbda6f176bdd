"""Says which prompts are not drawn, and why, by words written here. Knows nothing of pictures.

A text that is to be lettered is not depicted, so names that are never depicted can be lettered.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from fanar.errors import ContentFilteredError

_TABLE = Path(__file__).with_name("unsafe.toml")
_DEPICTED = frozenset(("sacred",))
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: str
    why: Bilingual
    phrases: tuple[tuple[str, ...], ...]


def refuse_unsafe(prompt: str, *, lettered: bool = False) -> None:
    """Raise ContentFilteredError that says why a prompt is not drawn; `lettered` says that it is written, not depicted."""
    text = f" {_plain(prompt)} "
    for rule in _rules():
        if lettered and rule.reason in _DEPICTED:
            continue
        if any(all(_stands(part, text) for part in parts) for parts in rule.phrases):
            raise ContentFilteredError(rule.why, kind="safety", param="prompt")


def _stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text as words of its own; the first may have Arabic's article and particles joined on."""
    if f" {phrase} " in text:
        return True
    return not phrase.isascii() and any(f" {joined}{phrase} " in text for joined in ("ال", "و", "ب", "ل", "وال", "بال", "لل"))


def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", normalize(text).lower()).strip()


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return tuple(_Rule(reason, Bilingual(**row["why"]), _phrases(row["words"])) for reason, row in rows.items())


def _phrases(words: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_plain(part) for part in phrase.split("&")) for phrase in words.split(",") if phrase.strip())
