from __future__ import annotations

from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from orchestrator.routing.policy import PromptTraits, TierPolicy, load_rules, read_traits


def traits(text: str, *, thinking: bool = False, tier: str = "star", confidence: float = 0.9, conversation: int = 0) -> PromptTraits:
    return read_traits(text, conversation=conversation or len(text), thinking=thinking, tier=tier, confidence=confidence)


POLICY = TierPolicy(rules=load_rules())


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("كيف أصنع القهوة العربية؟", "star"),
        ("write a python script that renames files", "prime"),
        ("برهن أن جذر اثنين غير نسبي", "prime"),
        ("solve for x: 3x + 2 = 11", "prime"),
        ("نكتة قصيرة", "star"),
        ("word " * 400, "prime"),
    ],
)
def test_the_built_in_table_sends_a_prompt_to_its_model(text: str, tier: str) -> None:
    assert POLICY.choose(traits(text)).tier == tier


def test_thinking_goes_to_prime_whatever_is_asked() -> None:
    choice = POLICY.choose(traits("صباح الخير", thinking=True))
    assert [choice.tier, *map(str, choice.reasons)] == ["prime", "policy: thinking was asked for -> prime"]


def test_the_classifier_decides_only_when_it_is_sure() -> None:
    assert POLICY.choose(traits("قارن بين المذهبين الاقتصاديين", tier="prime", confidence=0.9)).tier == "prime"
    assert POLICY.choose(traits("قارن بين المذهبين الاقتصاديين", tier="prime", confidence=0.55)).tier == "star"


def test_a_model_that_is_not_there_is_passed_over_with_a_reason() -> None:
    policy = TierPolicy(rules=load_rules(), available=lambda: frozenset({"prime"}))
    choice = policy.choose(traits("نكتة قصيرة"))
    assert (choice.tier, choice.reasons[-1].en) == ("prime", "policy: star is not available -> prime")


def test_a_conversation_that_does_not_fit_goes_to_the_larger_context() -> None:
    policy = TierPolicy(rules=load_rules(), contexts={"star": 1000, "prime": 8000})
    choice = policy.choose(traits("نكتة قصيرة", conversation=10_000))
    assert choice.tier == "prime"
    assert "do not fit star" in choice.reasons[-1].en


def test_a_larger_context_that_is_not_there_helps_nobody() -> None:
    policy = TierPolicy(rules=load_rules(), contexts={"star": 1000, "prime": 8000}, available=lambda: frozenset({"star"}))
    assert policy.choose(traits("نكتة قصيرة", conversation=10_000)).tier == "star"


def test_operators_change_the_table(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(
        '[[rule]]\nuse = "prime"\nreason = "short English"\nlanguage = "en"\nshorter = 50\n\n[[rule]]\nuse = "star"\nreason = "the rest"\n',
        encoding="utf-8",
    )
    policy = TierPolicy(rules=load_rules(path))
    assert policy.choose(traits("a joke, please")).reasons == (
        Bilingual("policy: short English -> prime", "السياسة: short English ← برايم"),
    )
    assert policy.choose(traits("نكتة")).tier == "star"


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("", "last rule"),
        ("not toml =", "TOML"),
        ('[[rule]]\nuse = "moon"\nreason = "x"\n', "rule 1.use"),
        ('[rule]\nuse = "star"\n', "rule: "),
        ('[[rules]]\nuse = "star"\nreason = "x"\n', "no rules"),
        ('[[rule]]\nuse = "star"\nreason = "x"\n[failovers]\nrouted = false\n', "no failovers"),
        ('[[rule]]\nuse = "star"\nreason = "x"\nweather = "fine"\n', "weather"),
        ('[[rule]]\nuse = "star"\nreason = "x"\ncode = true\n', "last rule"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_fault(tmp_path: Path, table: str, fault: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_rules(path)
    assert fault in error.value.message.en
    assert "FANAR_POLICY" in error.value.message.ar


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        load_rules(tmp_path / "none.toml")
