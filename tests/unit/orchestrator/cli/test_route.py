"""`fanar route fit` and `fanar route replay`, and how a prompt is told from a command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.events import Route, RoutingDecision
from fanar.feedback import Feedback, RecordedDecision
from fanar.messages import ChatMessage
from fanar.storage.decisions import SqlDecisionRepository
from fanar.storage.engine import open_engine
from fanar.storage.feedback import SqlFeedbackRepository
from fanar.storage.migrate import upgrade
from orchestrator.cli.exits import Exit
from orchestrator.routing import refit as module
from orchestrator.routing.own import chosen_weights, own_weights
from orchestrator.routing.policy import SHIPPED
from orchestrator.routing.prompts import Prompt
from orchestrator.routing.refit import Refit
from tests.unit.orchestrator.cli.conftest import Fanar, Serve

NOW = datetime.now(UTC)
QUESTION = "ما حكم صيام المسافر؟"
FIGURES = dict.fromkeys(module.GUARDED, 0.9)


@pytest.fixture
def database(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("FANAR_DISCOVER", "false")
    url = f"sqlite:///{surroundings / 'data' / 'fanar.db'}"
    upgrade(open_engine(url))
    return url


def record(url: str, *decisions: RecordedDecision) -> None:
    SqlDecisionRepository(engine=open_engine(url), most=100).record(decisions, since=NOW - timedelta(days=1))


def decided(answer: str, text: str, route: Route, model: str, *, asked: str = "Fanar", whole: bool = True) -> RecordedDecision:
    decision = RoutingDecision(route, model, 0.5, (Bilingual("classifier", "المصنِّف"),))
    return RecordedDecision(answer, "key-1", NOW, asked, (ChatMessage("user", text),), decision, whole)


@pytest.mark.parametrize(
    "words",
    [
        ("fit my desk into the small room",),
        ("fit", "my", "desk"),
        ("replay", "the", "match"),
        ("policy", "of", "the", "bank"),
        ("prompt", "fit"),
    ],
)
def test_a_prompt_may_begin_with_a_commands_name(fanar: Fanar, serve: Serve, words: tuple[str, ...]) -> None:
    serve()
    said = fanar("route", *words)
    assert (said.code, said.out.split()[0]) == (Exit.OK, "greeting")


def test_help_teaches_the_prompt_and_the_commands(fanar: Fanar) -> None:
    said = fanar("route", "--help")
    assert said.code == Exit.OK
    assert all(f"fanar route {name}" in said.out for name in ('"', "replay", "fit"))
    assert "--model" in fanar("route", "prompt", "--help").out


def test_the_policy_table_is_printed_so_that_it_can_be_changed_and_checked(
    fanar: Fanar, surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = fanar("route", "policy").out
    assert table == SHIPPED.read_text(encoding="utf-8")
    mine = surroundings / "policy.toml"
    mine.write_text(table.replace("addressed = false", "addressed = true"))
    monkeypatch.setenv("FANAR_POLICY", str(mine))
    assert "addressed = true" in fanar("route", "policy").out
    mine.write_text(table.replace("use = ", "model = "))
    said = fanar("route", "policy")
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert "FANAR_POLICY" in said.err


def test_replay_shows_what_would_change(fanar: Fanar, database: str) -> None:
    record(
        database,
        decided("a1", QUESTION, Route.GENERAL, "star", whole=False),
        decided("a2", "السلام عليكم", Route.GREETING, "greeting"),
        decided("a3", "hello", Route.GENERAL, "star", asked="a-model-that-left"),
    )
    said = fanar("route", "replay")
    assert said.code == Exit.OK
    assert f"{QUESTION}\n  general star → islamic sadiq" in said.out
    assert "its model is not there any more" in said.out
    assert "السلام" not in said.out
    assert "2 of 3 recorded prompts would go elsewhere." in said.err
    assert "1 of them were too long to keep whole." in said.err
    told = fanar("route", "replay", "--json").json
    assert told["replayed"] == 3
    assert [(each["answer"], each["now"] and each["now"]["route"]) for each in told["changed"]] == [("a1", "islamic"), ("a3", None)]


def test_replay_follows_the_policy_table(fanar: Fanar, database: str, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(database, decided("a1", "What is the capital of Qatar?", Route.GENERAL, "star"))
    table = surroundings / "policy.toml"
    monkeypatch.setenv("FANAR_POLICY", str(table))
    models = []
    for use in ("star", "prime"):
        table.write_text(f'[[rule]]\nuse = "{use}"\nreason = "the house rule"\n')
        models += [each["now"]["model"] for each in fanar("route", "replay", "--json").json["changed"]]
    assert models == ["prime"]
    assert "policy: the house rule -> prime" in fanar("route", "replay").out


def test_nothing_recorded_names_the_setting(fanar: Fanar, database: str) -> None:
    assert "FANAR_RECORD_DECISIONS" in fanar("route", "replay").err


def test_nothing_corrected_names_what_corrects(fanar: Fanar, database: str) -> None:
    said = fanar("route", "fit")
    assert said.code == Exit.USAGE
    assert "POST /v1/feedback" in said.err


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[Prompt]:
    """Fit on few prompts; return what is learned from."""
    learned: list[Prompt] = []
    real = module.refit

    def few(corrected: Sequence[Prompt], **given: object) -> Refit:
        learned.extend(corrected)
        chosen = [prompt for route in Route for prompt in [p for p in module.read_prompts() if p.route is route][::60]]
        details = [
            prompt
            for detail in ("verse", "ruling", "star", "prime")
            for prompt in [p for p in module.read_prompts() if p.detail == detail][:5]
        ]
        card = {
            "data": module.read_card(module.SHIPPED.with_suffix(".json"))["data"],
            "route": FIGURES | dict.fromkeys(module.GUARDED, 0.0),
        }
        return real(corrected, base=chosen + details, card=card, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "refit", few)
    return learned


def correct(url: str, *said: Feedback) -> None:
    repository = SqlFeedbackRepository(engine=open_engine(url), per_owner=100)
    for each in said:
        repository.add(each)


def test_corrections_are_learned_and_can_be_unlearned(fanar: Fanar, database: str, surroundings: Path, fitted: list[Prompt]) -> None:
    record(database, decided("a1", "أبغى قصيدة نبطية", Route.IMAGE, "image"))
    correct(
        database,
        Feedback("f1", "a1", "key-1", NOW, "down", Route.POETRY),
        Feedback("f2", "a2", "key-1", NOW, "down", Route.RECENCY, prompt="وش صار اليوم في السوق؟"),
    )
    said = fanar("route", "fit")
    assert said.code == Exit.OK, said.err
    assert [(each.text, each.route) for each in fitted] == [("أبغى قصيدة نبطية", Route.POETRY), ("وش صار اليوم في السوق؟", Route.RECENCY)]
    assert "macro-F1" in said.out
    assert "2/2" in said.out
    assert "fanar route fit --reset" in said.err
    data = surroundings / "data"
    assert chosen_weights(data) == own_weights(data)
    assert fanar("route", "fit", "--reset").code == Exit.OK
    assert not own_weights(data).exists()


def test_weights_that_route_worse_are_not_written(fanar: Fanar, database: str, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(database, Feedback("f1", "a1", "key-1", NOW, "down", Route.POETRY, prompt="أبغى قصيدة"))
    fallen = FIGURES | {"islamic_recall": 0.7}
    monkeypatch.setattr(module, "refit", lambda corrected, before: Refit({}, {}, FIGURES, fallen, 1, 0, 1))
    said = fanar("route", "fit", "--json")
    assert said.code == Exit.FINDING
    assert said.json["written"] is False
    assert said.json["worse"] == ["islamic_recall"]
    assert "Islamic recall fell by more than 0.01" in said.err
    assert not own_weights(surroundings / "data").exists()
