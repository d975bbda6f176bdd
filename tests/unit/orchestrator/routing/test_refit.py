"""What is learned from corrections, how it is judged, and which weights the router then uses."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fanar.errors import ConfigurationError, UnprocessableError
from fanar.events import Route, RoutingDecision
from fanar.feedback import Feedback, RecordedDecision
from fanar.messages import ChatMessage
from orchestrator.routing import refit as module
from orchestrator.routing.classifier import SHIPPED, load_classifier
from orchestrator.routing.own import chosen_weights, own_card, own_weights, read_card, reset
from orchestrator.routing.prompts import INTENTS, Prompt, read_prompts
from orchestrator.routing.refit import GUARDED, Refit, corrected_prompts, refit, write

NOW = datetime(2026, 2, 3, tzinfo=UTC)
DECISION = RoutingDecision(Route.GENERAL, "star", 0.6, ())
CARD = {"data": read_card(SHIPPED.with_suffix(".json"))["data"], "route": dict.fromkeys(GUARDED, 0.9)}


def said(answer: str = "a1", **given: object) -> Feedback:
    return Feedback("f", answer, "key-1", NOW, "down", **given)  # type: ignore[arg-type]


def recorded(*texts: str, owner: str = "key-1") -> RecordedDecision:
    messages = tuple(ChatMessage("user" if at % 2 == 0 else "assistant", text) for at, text in enumerate(texts))
    return RecordedDecision("a1", owner, NOW, "Fanar", messages, DECISION)


def few() -> list[Prompt]:
    everything = read_prompts()
    wanted = [("route", route, 6) for route in Route] + [("detail", name, 3) for name in (*INTENTS, "star", "prime")]
    return [prompt for field, value, count in wanted for prompt in [p for p in everything if getattr(p, field) == value][:count]]


@pytest.fixture(scope="module")
def made() -> Refit:
    corrected = [Prompt(Route.POETRY, "gulf", None, ("هات لي شي يطرب عن المطر",))]
    return refit(corrected, base=few(), card=CARD, before=load_classifier())


def test_what_the_client_sent_is_learned_under_its_correction() -> None:
    (prompt,) = corrected_prompts([said(route=Route.POETRY, prompt="هات بيتين")], lambda _: None)
    assert prompt == Prompt(Route.POETRY, "msa", None, ("هات بيتين",))


def test_a_recorded_conversation_is_preferred_with_the_turn_before() -> None:
    conversation = recorded("ما حكم صيام المسافر؟", "…", "وللمريض؟")
    (prompt,) = corrected_prompts([said(route=Route.ISLAMIC, prompt="other")], lambda _: conversation)
    assert prompt.turns == ("ما حكم صيام المسافر؟", "", "وللمريض؟")


def test_a_decision_of_another_key_is_not_learned_from() -> None:
    assert corrected_prompts([said(route=Route.ISLAMIC)], lambda _: recorded("سر", owner="key-2")) == []


def test_a_rating_alone_and_a_correction_without_its_prompt_teach_nothing() -> None:
    assert corrected_prompts([said(prompt="x"), said(route=Route.IMAGE)], lambda _: None) == []


def test_star_or_prime_corrects_a_general_prompt() -> None:
    (prompt,) = corrected_prompts([said(model="prime", prompt="Prove it")], lambda _: None)
    assert (prompt.route, prompt.detail, prompt.variety) == (Route.GENERAL, "prime", "english")


def test_the_last_word_on_a_prompt_counts() -> None:
    both = [said("a1", route=Route.IMAGE, prompt="sho hada"), said("a2", route=Route.POETRY, prompt="sho hada")]
    assert [each.route for each in corrected_prompts(both, lambda _: None)] == [Route.POETRY]


def test_nothing_to_learn_from_names_what_corrects() -> None:
    with pytest.raises(UnprocessableError, match="POST /v1/feedback"):
        refit([], before=load_classifier())


def test_prompts_that_are_not_those_of_the_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "checksum", lambda: "other")
    with pytest.raises(ConfigurationError, match=r"orchestrator\.routing\.fit"):
        refit(few(), before=load_classifier())


def test_a_correction_is_learned(made: Refit) -> None:
    assert (made.corrected, made.right_after) == (1, 1)
    assert made.card["base"] == CARD["data"]
    assert made.card["prompts"] == len(few()) + 1


def test_figures_are_those_of_the_shipped_prompts_alone(made: Refit) -> None:
    assert made.card["route"]["prompts"] == len(few())
    assert made.before == CARD["route"]


def test_a_fall_beyond_the_margin_is_named(made: Refit) -> None:
    fallen = Refit({}, {}, dict.fromkeys(GUARDED, 0.9), dict.fromkeys(GUARDED, 0.9) | {"macro_f1": 0.88}, 1, 0, 1)
    assert fallen.worse() == ["macro_f1"]
    assert fallen.worse(margin=0.05) == []
    assert set(made.worse()) <= set(GUARDED)


def test_written_weights_are_used_until_they_are_reset(made: Refit, tmp_path: Path) -> None:
    assert chosen_weights(tmp_path) == SHIPPED
    write(made, tmp_path)
    assert chosen_weights(tmp_path) == own_weights(tmp_path)
    verse = load_classifier(chosen_weights(tmp_path)).classify("هات لي شي يطرب عن المطر")
    assert verse.ranked[0][0] is Route.POETRY
    assert {path.name for path in own_weights(tmp_path).parent.iterdir()} == {"weights.npz", "weights.json"}
    assert reset(tmp_path)
    assert chosen_weights(tmp_path) == SHIPPED
    assert not reset(tmp_path)


@pytest.mark.parametrize("change", [{"base": "other"}, {"features": -1}, {"weights": "other"}, None])
def test_weights_of_another_version_are_left_alone_with_the_remedy(
    made: Refit, tmp_path: Path, change: dict[str, object] | None, caplog: pytest.LogCaptureFixture
) -> None:
    write(made, tmp_path)
    card = own_card(tmp_path)
    card.write_text("[]" if change is None else json.dumps(read_card(card) | change))
    assert chosen_weights(tmp_path) == SHIPPED
    assert "fanar route fit" in caplog.text
