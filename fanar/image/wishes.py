"""Reads what a prompt asks to be drawn by rule: a pattern, or lettering and its text. Understands all of a prompt or nothing of it.

Knows nothing of how anything is drawn, nor of scripture.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from fanar.arabic.normalization import normalize
from fanar.image.lettering.scripts import Script
from fanar.image.patterns.design import PatternSpec
from fanar.image.patterns.recipes import Style

T = TypeVar("T")

MOST_TEXT = 600
"""Characters of a text that is lettered."""

_TABLE = Path(__file__).with_name("wishes.toml")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"|﴿([^﴿﴾]+)﴾|'([^']{2,})'")
_PREFIXES = re.compile(r"(?:و|ف)?(?:ب|ل|ك)?(?:ال|ل)?(?=\w{2})")
# A text without quotation marks stands between what asks for lettering and what names the script.
_UNQUOTED = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"^\s*(?P<before>(?:من فضلك |لو سمحت )?(?:ارسم|[أا]رسملي|اكتب|اكتبلي|خ[ُ]?ط|خطلي|صمم|[أا]ريد)(?: لي| لنا)?"
        r"(?: (?:لوحة|بطاقة|لافتة|ملصقا?)(?: (?:مكتوب(?:ة)? ?(?:عليها|عليه|فيها)?|فيها|عليها))?)?(?: (?:كلمة|عبارة|جملة|اسم|نص))?)"
        r"[\s:،]+(?P<text>.+?)\s+(?P<after>(?:ب|بال|في )?(?:خط|الخط|خط ال)\s*(?:ال)?(?:كوفي|نسخ|النسخ|عربي)\S*(?:\s.*)?)$",
        r"^\s*(?P<before>(?:من فضلك |لو سمحت )?(?:ارسم|[أا]رسملي|اكتب|اكتبلي|خط|صمم)(?: لي| لنا)? "
        r"(?:لوحة |بطاقة |لافتة |ملصقا? )(?:مكتوب(?:ة|ا)? ?)?(?:عليها|عليه|فيها|فيه))[\s:،]+(?P<text>[^«»\"]+)(?P<after>)$",
        r"^\s*(?P<before>[^:«»\"]{0,60}(?:كوفي|نسخ|kufic|kufi|naskh|calligraphy|lettering))\s*:\s*(?P<text>[^«»\"]+)(?P<after>)$",
        r"^\s*(?P<before>(?:please )?(?:draw|write|letter|paint|design|make|create|render|calligraph|show)(?: me| us)?"
        r"(?: (?:the|a|an))?(?: (?:word|name|phrase|words|sentence|text|verse))?)[\s:]+(?P<text>.+?)\s+"
        r"(?P<after>(?:in|as|with) (?:\w+ ){0,4}?(?:kufic|kufi|naskh|calligraphy|lettering)\b.*)$",
        r"^\s*(?P<before>(?:please )?(?:(?:draw|write|paint|design|make|create|show)(?: me| us)? )?(?:an? )?(?:\w+ ){0,3}?"
        r"(?:calligraphy|lettering|sign|poster|banner|card)(?: of| for| saying| that says| reading)"
        r"(?: the (?:word|name|phrase|words|verse))?)"
        r"[\s:]+(?P<text>[^«»\"]+?)(?P<after>(?: in (?:\w+ ){0,3}?(?:kufic|naskh)(?: \w+){0,4})?)$",
    )
)
# What says that a text is to be seen, and the text between its quotation marks.
_WITHIN = re.compile(
    r"(?:(?:و?مكتوب(?:ة|ا)?|كُ?تبت?|تحمل|يحمل|عليها|عليه|فيها|فيه|عبارة|كلمة|نص|عنوان(?:ها|ه)?|that says|saying|says|reading|reads|written|"
    r"with the (?:words?|text|title)|titled|the words?|the text)[\s:،]*){1,4}[«“\"](?P<text>[^«»“”\"]+)[»”\"]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a prompt asks for: a pattern, with a text on it where `text` is one."""

    pattern: PatternSpec
    text: str | None = None
    script: Script = "naskh"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    known: frozenset[str]
    patterns: frozenset[str]
    lettering: frozenset[str]
    styles: Mapping[str, Style]
    scripts: Mapping[str, Script]
    folds: Mapping[str, int]
    palettes: Mapping[str, str]


def read_wish(prompt: str, *, bare: bool = False) -> Wish | None:
    """Return what the prompt asks to be drawn by rule, or None when it asks for anything else, or not surely.

    With `bare` a prompt need not name a pattern: colours alone will do, for models that draw nothing else.
    """
    text, rest = _divided(prompt[:4000])
    if text is None and any(mark in prompt for mark in "«“﴿"):
        return None
    words = [_known(word) for word in _WORD.findall(normalize(rest))]
    if None in words:
        return None
    return _read([word for word in words if word is not None], text, bare=bare)


def lettering_in(prompt: str) -> tuple[str | None, str]:
    """Return the text that is to stand within a scene («لافتة مكتوب عليها «خبز»»), and the prompt without it."""
    match = _WITHIN.search(prompt)
    if match is None or not 0 < len(match["text"].strip()) <= MOST_TEXT:
        return None, prompt
    return match["text"].strip(), " ".join(f"{prompt[: match.start()]} {prompt[match.end() :]}".split())


def _read(words: list[str], text: str | None, *, bare: bool) -> Wish | None:
    table = _lexicon()
    found = set(words)
    if text is None:
        if not (found & table.patterns or (bare and found)):
            return None
    elif len(text) > MOST_TEXT or not (found & table.lettering or found & set(table.scripts) or bare or _asks_to_write(found)):
        return None
    spec = PatternSpec(style=_first(words, table.styles), fold=_first(words, table.folds), palette=_first(words, table.palettes))
    if spec.palette == "gold":
        # Gold goes with other colours; alone it is the one with most of it.
        others = [table.palettes[word] for word in words if table.palettes.get(word, "gold") != "gold"]
        spec = replace(spec, palette=others[0] if others else "lapis")
    return Wish(spec, text, _first(words, table.scripts) or "naskh")


def _asks_to_write(words: set[str]) -> bool:
    return bool(words & {"write", "اكتب", "اكتبي", "اكتبلي", "خط", "خطلي", "letter", "calligraph"})


def _divided(prompt: str) -> tuple[str | None, str]:
    """Return the text that is to be lettered, and what is said around it."""
    quoted = list(_QUOTED.finditer(prompt))
    if len(quoted) == 1:
        match = quoted[0]
        text = next(group for group in match.groups() if group is not None)
        text = f"﴿{text.strip()}﴾" if match[0].startswith("﴿") else text.strip()
        return text or None, f"{prompt[: match.start()]} {prompt[match.end() :]}"
    for pattern in _UNQUOTED:
        around = pattern.match(prompt.strip(" .!؟?"))
        if around is None or _all_known(around["text"]):
            continue
        rest = f"{around['before']} {around['after']}"
        if _all_known(rest):
            return around["text"].strip(" :،,.«»\"'"), rest
    return None, prompt


def _all_known(text: str) -> bool:
    return all(_known(word) is not None for word in _WORD.findall(normalize(text)))


def _known(word: str) -> str | None:
    """Return the word as the lexicon has it, without what Arabic joins on before it; None when it is not there."""
    word = word.lower()
    known = _lexicon().known
    if word in known:
        return word
    joined = _PREFIXES.match(word)
    return next((word[end:] for end in range(joined.end() if joined else 0, 0, -1) if word[end:] in known), None)


def _first(words: list[str], table: Mapping[str, T]) -> T | None:
    return next((table[word] for word in words if word in table), None)


@cache
def _lexicon() -> _Lexicon:
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    tables = {
        name: {word: key for key, words in rows[name].items() for word in normalize(words).split()}
        for name in ("styles", "scripts", "folds", "palettes")
    }
    lists = {name: frozenset(normalize(rows[name]).split()) for name in ("pattern", "lettering", "draw", "filler")}
    known = frozenset().union(*lists.values(), *tables.values())
    folds = {word: int(fold) for word, fold in tables["folds"].items()}
    styles, scripts = cast("dict[str, Style]", tables["styles"]), cast("dict[str, Script]", tables["scripts"])
    return _Lexicon(known, lists["pattern"], lists["lettering"], styles, scripts, folds, tables["palettes"])
