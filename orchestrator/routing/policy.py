"""Chooses Star or Prime for a general prompt by a table that operators read and change. Knows nothing of routes or servers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from orchestrator.routing import reasons

SHIPPED = Path(__file__).with_name("policy.toml")
Tier = Literal["star", "prime"]
_TABLES = ("rule", "failover")
_SAMPLE = 4000
# A conservative share of characters that one token stands for; Arabic is cut finer than English.
_CHARACTERS_PER_TOKEN = {"ar": 2.0, "en": 3.0}
_SIGN = re.compile(r"[`(){};#<=>]")
_CODE_SIGNS = re.compile(
    r"```|\bdef \w+\(|\bfunction\s*\w*\(|[;{}]\s*$|#include|</?\w+>|\w+\(\w*\)\s*[;{:]|=>|==", re.IGNORECASE | re.MULTILINE
)
# In small letters, as what they are searched for in: twice as fast as leaving both cases to the expression.
_CODE_WORDS = re.compile(
    r"\b(?:import \w+|select\b.+\bfrom\b|"
    r"python|javascript|typescript|java|rust|golang|c\+\+|sql|regex|docker|kubernetes|api|algorithm|recursion|debug|compile|"
    r"bash|css|html|git)\b|console\.log|"
    r"بايثون|جافا|سكربت|خوارزمي|برمج|\bكود\b|الكود|اكسل|إكسل"
)
_MATHS = re.compile(
    r"\\(?:frac|sum|int|sqrt)|\$[^$\n]+\$|[∫∑√≤≥≠∂∞]|\b\d*[a-z]\s*[+\-−=^]\s*\d|[²³]|"
    r"\b(?:prove|proof|theorem|integral|derivative|equation|probability|eigenvalue|matrix|solve for|logarithm|lemma)\b|"
    r"برهن|أثبت أن|اثبت ان|معادل|تفاضل|تكامل|مشتق|احتمال أن|مصفوف|لوغاريتم|متتالية"
)


class PolicyRule(BaseModel):
    """One row of the table; an absent condition always holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    use: Tier
    reason: str = Field(min_length=1, max_length=200)
    reason_ar: str | None = Field(default=None, min_length=1, max_length=200)
    thinking: bool | None = None
    code: bool | None = None
    maths: bool | None = None
    language: Literal["ar", "en"] | None = None
    longer: int | None = Field(default=None, ge=0)
    shorter: int | None = Field(default=None, ge=1)
    tier: Tier | None = None
    surer: float | None = Field(default=None, ge=0.5, le=1)

    @property
    def why(self) -> Bilingual:
        """The reason in both languages; a table may give one for both."""
        return Bilingual(self.reason, self.reason_ar or self.reason)

    def wanted(self) -> tuple[tuple[str, object], ...]:
        """Return the traits that have to be as the rule names them."""
        named = ("thinking", "code", "maths", "language", "tier")
        return tuple((name, value) for name in named if (value := getattr(self, name)) is not None)

    def holds(self, traits: PromptTraits, wanted: tuple[tuple[str, object], ...]) -> bool:
        """Whether all conditions hold for a prompt; `wanted` is what this rule names, read once for all prompts."""
        # Not `all` of a generator: every general prompt is held against most of the table.
        for name, value in wanted:
            if getattr(traits, name) != value:
                return False
        return (
            (self.longer is None or traits.characters > self.longer)
            and (self.shorter is None or traits.characters < self.shorter)
            and (self.surer is None or traits.confidence >= self.surer)
        )


@dataclass(frozen=True, slots=True)
class PromptTraits:
    """What the table's conditions look at. `tokens` is an estimate of the whole conversation, on the high side."""

    characters: int
    language: Literal["ar", "en"]
    code: bool
    maths: bool
    thinking: bool
    tier: Tier
    confidence: float
    tokens: int


@dataclass(frozen=True, slots=True)
class TierChoice:
    """Which model, and why."""

    tier: Tier
    reasons: tuple[Bilingual, ...]


class TierPolicy:
    """The table, and what is known of the two models: which ones are there, and how much each can read."""

    def __init__(
        self,
        *,
        rules: Sequence[PolicyRule],
        contexts: Mapping[str, int] | None = None,
        available: Callable[[], frozenset[Tier]] = lambda: frozenset(),
    ) -> None:
        self._rules = tuple((rule, rule.wanted()) for rule in rules)
        self._contexts = contexts or {}
        self._available = available

    def choose(self, traits: PromptTraits) -> TierChoice:
        """Return the model for a prompt. When no model is there at all, the table alone decides."""
        rule = next(rule for rule, wanted in self._rules if rule.holds(traits, wanted))
        chosen = reasons.by_policy(rule.why, rule.use)
        other: Tier = "prime" if rule.use == "star" else "star"
        room, other_room = (self._contexts.get(tier, 0) for tier in (rule.use, other))
        there = self._available()
        if there and rule.use not in there:
            return TierChoice(other, (chosen, reasons.absent(rule.use, other)))
        if room and traits.tokens > room and other_room > room and (not there or other in there):
            return TierChoice(other, (chosen, reasons.too_long(traits.tokens, rule.use, other)))
        return TierChoice(rule.use, (chosen,))


def read_traits(text: str, *, conversation: int, thinking: bool, tier: str, confidence: float) -> PromptTraits:
    """Read the traits of the prompt `text`, the last turn of a conversation of so many characters."""
    sample = text[:_SAMPLE]
    language, small = language_hint(sample), sample.lower()
    return PromptTraits(
        characters=len(text),
        language=language,
        code=_CODE_WORDS.search(small) is not None or (_SIGN.search(sample) is not None and _CODE_SIGNS.search(sample) is not None),
        maths=_MATHS.search(small) is not None,
        thinking=thinking,
        tier="prime" if tier == "prime" else "star",
        confidence=confidence,
        tokens=int(conversation / _CHARACTERS_PER_TOKEN[language]),
    )


def load_rules(path: Path | None = None) -> tuple[PolicyRule, ...]:
    """Read the table at `path`, or the built-in one. Raises ConfigurationError naming the fault."""
    try:
        table = tomllib.loads((path or SHIPPED).read_text(encoding="utf-8"))
        rules = TypeAdapter(tuple[PolicyRule, ...]).validate_python(table.get("rule", ()))
    except ValidationError as cause:
        raise _unusable("; ".join(f"{_place(e['loc'])}: {e['msg']}" for e in cause.errors(include_input=False))) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _unusable("it cannot be read as TOML") from cause
    if unknown := table.keys() - _TABLES:
        raise _unusable(f"it has no {', '.join(sorted(unknown))}, only {', '.join(_TABLES)}")
    if not rules or rules[-1].model_dump(exclude={"use", "reason", "reason_ar"}, exclude_none=True):
        raise _unusable("its last rule must have no condition")
    return rules


def _place(location: tuple[int | str, ...]) -> str:
    """Return where a fault is as people count: the first rule is rule 1."""
    match location:
        case (int(number), *field):
            return ".".join((f"rule {number + 1}", *map(str, field)))
        case _:
            return "rule"


def _unusable(fault: str) -> ConfigurationError:
    return ConfigurationError(
        Bilingual(
            f"The policy table (FANAR_POLICY) cannot be used: {fault}.",
            f"لا يمكن استعمال جدول السياسة (‎FANAR_POLICY): {fault}.",
        )
    )
