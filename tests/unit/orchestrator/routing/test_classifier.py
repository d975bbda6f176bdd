from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from fanar.errors import ConfigurationError
from fanar.events import Route
from orchestrator.routing import classifier as module
from orchestrator.routing.classifier import HEADS, Head, RouteClassifier, load_classifier, save_heads
from orchestrator.routing.concepts import load_concepts
from orchestrator.routing.features import BUCKETS, VERSION
from orchestrator.routing.fit import common_words, fit, label_of, main
from orchestrator.routing.own import card_path
from orchestrator.routing.prompts import INTENTS, Prompt, checksum, read_prompts


@pytest.fixture(scope="module")
def classifier() -> RouteClassifier:
    return load_classifier()


def card() -> dict[str, object]:
    told: dict[str, object] = json.loads(card_path(module.SHIPPED).read_text(encoding="utf-8"))
    return told


def test_the_shipped_weights_were_fitted_on_the_prompts_that_are_checked_in() -> None:
    assert card()["data"] == checksum()


def test_the_shipped_weights_are_of_this_version_of_the_features() -> None:
    assert card()["features"] == VERSION


def test_the_shipped_weights_are_small() -> None:
    assert module.SHIPPED.stat().st_size <= 6_000_000


def test_the_shipped_weights_know_the_common_words_of_the_prompts() -> None:
    with np.load(module.SHIPPED, allow_pickle=False) as stored:
        assert str(stored["words"]).split() == common_words(read_prompts())


def test_words_that_were_looked_up_before_are_not_looked_up_again() -> None:
    table = load_concepts()
    table.warm(["ترجملي", "قطة"])
    before = table._of.cache_info().misses
    table.find(["ترجملي", "قطة"])
    assert table._of.cache_info().misses == before


def test_probabilities_sum_to_one(classifier: RouteClassifier) -> None:
    ranked = classifier.classify("ما حكم صيام المسافر؟").ranked
    assert sum(probability for _, probability in ranked) == pytest.approx(1, abs=1e-4)
    assert {route for route, _ in ranked} == set(Route)


def test_what_it_learned_from_it_knows(classifier: RouteClassifier) -> None:
    prompts = read_prompts()[::25]
    right = [
        classifier.classify(prompt.text, prompt.turns[-3] if len(prompt.turns) > 2 else "").ranked[0][0] is prompt.route
        for prompt in prompts
    ]
    assert sum(right) / len(right) > 0.98


def test_a_follow_up_is_read_in_the_light_of_the_turn_before(classifier: RouteClassifier) -> None:
    alone = classifier.classify("وللمريض؟")
    after = classifier.classify("وللمريض؟", "ما حكم صيام المسافر في رمضان؟")
    assert after.probability(Route.ISLAMIC) > alone.probability(Route.ISLAMIC)
    assert after.ranked[0][0] is Route.ISLAMIC


@pytest.mark.parametrize("variant", ["مَا حُكْمُ صِيَامِ المُسَافِرِ؟", "مـا حكـم صيـام المسـافر؟", "ما حكم صيام المسافر؟\u200f"])
def test_spelling_does_not_matter(classifier: RouteClassifier, variant: str) -> None:
    assert classifier.classify(variant).ranked == classifier.classify("ما حكم صيام المسافر؟").ranked


def test_intent_and_tier_come_from_their_own_heads(classifier: RouteClassifier) -> None:
    assert classifier.intent(classifier.classify("كيف أحسب زكاة الذهب؟").features) == "zakat"
    assert classifier.tier(classifier.classify("Prove that the sum of two odd numbers is even").features)[0] == "prime"


def test_weights_survive_being_written_and_read(tmp_path: Path) -> None:
    table = np.zeros((BUCKETS, len(Route)), dtype=np.float32)
    table[[0, 7, 70_000, BUCKETS - 1], 2] = (1, 2, 3, 4)
    route = Head(tuple(Route), table, np.arange(len(Route), dtype=np.float32), 0.5)
    small = Head(("a", "b"), np.zeros((1 << 10, 2), dtype=np.float32), np.zeros(2, dtype=np.float32), 1.0)
    save_heads(tmp_path / "weights.npz", {"route": route, "intent": small, "tier": small})
    read = load_classifier(tmp_path / "weights.npz")._heads["route"]
    assert read.labels == route.labels
    assert np.array_equal(read.table, table)
    assert np.array_equal(read.bias, route.bias)
    assert read.temperature == 0.5


@pytest.mark.parametrize("content", [None, b"", b"not an archive"])
def test_missing_or_damaged_weights_name_the_command_that_makes_them(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "weights.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as error:
        load_classifier(path)
    assert "python -m orchestrator.routing.fit" in error.value.message.en


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "weights.npz", version=np.array(VERSION + 1))
    with pytest.raises(ConfigurationError):
        load_classifier(tmp_path / "weights.npz")


def test_a_table_of_an_impossible_size_is_refused(tmp_path: Path) -> None:
    save_heads(
        tmp_path / "w.npz", {name: Head(("a",), np.zeros((3, 1), dtype=np.float32), np.zeros(1, dtype=np.float32), 1.0) for name in HEADS}
    )
    with pytest.raises(ConfigurationError):
        load_classifier(tmp_path / "w.npz")


def few(count: int = 6) -> list[Prompt]:
    prompts = read_prompts()
    chosen = [prompt for route in Route for prompt in [p for p in prompts if p.route is route][:count]]
    islamic = [prompt for intent in INTENTS for prompt in [p for p in prompts if p.detail == intent][:3]]
    tiers = [prompt for tier in ("star", "prime") for prompt in [p for p in prompts if p.detail == tier][:count]]
    return chosen + islamic + tiers


def test_fitting_is_deterministic_and_reports_itself() -> None:
    prompts = few()
    first, told = fit(prompts, checksum="x")
    second, _ = fit(prompts, checksum="x")
    assert all(np.array_equal(first[name].table, second[name].table) for name in HEADS)
    assert told["prompts"] == len(prompts)
    assert {"accuracy", "macro_f1", "islamic_recall", "islamic_precision", "temperature"} <= set(told["route"])


def test_the_command_writes_weights_and_their_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestrator.routing.fit.read_prompts", lambda: few(4))
    written: list[str] = []
    main(written.append, path=tmp_path / "weights.npz")
    assert load_classifier(tmp_path / "weights.npz").classify("hello").ranked
    assert json.loads((tmp_path / "weights.json").read_text(encoding="utf-8")) == json.loads("".join(written))


def test_each_head_learns_only_from_prompts_that_it_is_asked_about() -> None:
    islamic = Prompt(Route.ISLAMIC, "msa", "zakat", ("x",))
    assert [label_of(head, islamic) for head in HEADS] == ["islamic", "zakat", None]
