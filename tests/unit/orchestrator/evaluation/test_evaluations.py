"""What the evaluations measure, against platforms whose answers are known."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.events import Route
from orchestrator.evaluation.asking import ask_all
from orchestrator.evaluation.llm import STAR, Item, evaluate_llm, language_models
from orchestrator.evaluation.rag import Question, evaluate_rag
from orchestrator.evaluation.report import Evaluation, calibration_error, latencies, macro_f1, share
from orchestrator.evaluation.routing import evaluate_routing
from orchestrator.routing.prompts import Prompt

Json = dict[str, Any]


class KnownPlatform:
    """Answers from tables."""

    def __init__(
        self, *, routes: Mapping[str, tuple[str, float]] | None = None, found: Mapping[str, list[Json]] | None = None, says: str = "B"
    ) -> None:
        self.routes = routes or {}
        self.found = found or {}
        self.says = says
        self.servers = ["tiny"]
        self.asked: list[Json] = []
        self.listed: list[Json] = []

    async def decide(self, messages: list[Json]) -> Json:
        self.asked += messages
        route, confidence = self.routes[messages[-1]["content"]]
        return {"route": route, "confidence": confidence}

    async def search(self, query: str, *, corpora: list[str], top_k: int) -> Json:
        assert corpora == ["quran"]
        return {"results": self.found[query]}

    async def chat(self, body: Json) -> Json:
        self.asked.append(body)
        return {"model": self.servers[len(self.asked) % len(self.servers)], "choices": [{"message": {"content": self.says}}]}

    async def models(self) -> Json:
        return {"data": self.listed}


def silent(_: object) -> None:
    """Take no notice."""


def values(evaluation: Evaluation) -> dict[str, tuple[float | None, int]]:
    return {measure.name.en: (measure.value, measure.cases) for measure in evaluation.measures}


async def test_routing_is_measured_by_variety_and_for_islamic_prompts() -> None:
    prompts = [
        Prompt(Route.ISLAMIC, "msa", "ruling", ("a",)),
        Prompt(Route.ISLAMIC, "english", "ruling", ("b",)),
        Prompt(Route.GENERAL, "msa", "star", ("c",)),
        Prompt(Route.GENERAL, "msa", "star", ("before", "", "d")),
    ]
    routes = {"a": ("islamic", 1.0), "b": ("general", 0.6), "c": ("general", 1.0), "d": ("islamic", 0.5)}
    platform = KnownPlatform(routes=routes)
    measured = values(await evaluate_routing(platform, prompts, data="x", learned=False, report=silent))
    assert measured["accuracy"] == (0.5, 4)
    assert measured["macro-F1"] == (0.5, 4)
    assert measured["macro-F1, english"] == (0.0, 1)
    assert measured["Islamic recall"] == (0.5, 2)
    assert measured["Islamic precision"] == (0.5, 2)
    assert measured["expected calibration error"][0] == pytest.approx((0.6 + 0.5) / 4)
    assert "latency, p99" in measured
    assert [message["content"] for message in platform.asked] == ["a", "b", "c", "before", "d"]


async def test_that_the_router_learned_from_the_prompts_is_said() -> None:
    platform = KnownPlatform(routes={"a": ("islamic", 1.0)})
    prompts = [Prompt(Route.ISLAMIC, "msa", None, ("a",))]
    assert (await evaluate_routing(platform, prompts, data="x", learned=True, report=silent)).notes
    assert not (await evaluate_routing(platform, prompts, data="x", learned=False, report=silent)).notes


def passage(reference: str, *, confident: bool) -> Json:
    return {"reference": reference, "confident": confident}


async def test_retrieval_is_measured_by_what_is_shown_and_what_is_not() -> None:
    found = {
        "right": [passage("2:1", confident=True), passage("2:9", confident=True)],
        "second": [passage("2:9", confident=False), passage("2:1", confident=False)],
        "none": [],
        "silent": [passage("2:1", confident=False)],
        "alarm": [passage("2:1", confident=True)],
    }
    accepted = frozenset(("2:1",))
    questions = [Question("msa", text, accepted if text in ("right", "second", "none") else frozenset()) for text in found]
    measured = values(await evaluate_rag(KnownPlatform(found=found), questions, data="x", fitted=True, report=silent))
    assert measured["confident verses that answer (precision)"] == (pytest.approx(1 / 3), 3)
    assert measured["answerable questions with a confident verse (coverage)"] == (pytest.approx(1 / 3), 3)
    assert measured["first passage answers"] == (pytest.approx(1 / 3), 3)
    assert measured["an answer among the first 10"] == (pytest.approx(2 / 3), 3)
    assert measured["unanswerable questions with a confident verse (false alarms)"] == (0.5, 2)


async def test_models_are_measured_by_language_kind_and_subject() -> None:
    items = [Item("en", "geography", "Which?", ("a", "b"), ("b",)), Item("ar", "science", "كم؟", (), ("8",))]
    platform = KnownPlatform(says="B")
    evaluation = await evaluate_llm(platform, items, model="m", data="x", report=silent)
    measured = values(evaluation)
    assert measured["exact match"] == (0.5, 2)
    assert (measured["exact match, English"], measured["exact match, Arabic"]) == ((1.0, 1), (0.0, 1))
    assert (measured["exact match, multiple choice"], measured["exact match, science"]) == ((1.0, 1), (0.0, 1))
    assert {(body["model"], body["temperature"]) for body in platform.asked} == {("m", 0.0)}
    assert "nothing of writing" in evaluation.notes[0].en
    assert evaluation.answered_by == ("tiny",)


async def test_an_evaluation_says_which_servers_answered() -> None:
    platform = KnownPlatform()
    platform.servers = ["star-7b", "star-7b", "prime-27b"]
    items = [Item("en", "geography", f"Which {number}?", (), ("b",)) for number in range(6)]
    evaluation = await evaluate_llm(platform, items, model="m", data="x", report=silent)
    assert evaluation.answered_by == ("star-7b (4)", "prime-27b (2)")


async def test_each_language_model_is_asked_once_under_one_of_its_ids() -> None:
    platform = KnownPlatform()
    ids = [("Fanar", "router"), ("Fanar-S-1-7B", "x"), ("Fanar-C-1-8.7B", "x"), ("Fanar-Diwan", "x"), ("qwen", "y")]
    platform.listed = [{"id": name, "served_by": by} for name, by in ids]
    assert await language_models(platform) == ["Fanar-S-1-7B", "qwen"]
    platform.listed = platform.listed[:1]
    assert await language_models(platform) == [STAR]


async def test_answers_come_in_order_and_only_so_many_at_once() -> None:
    running = most = 0

    async def ask(case: int) -> Json:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.002 * (5 - case))
        running -= 1
        return {"case": case}

    told: list[tuple[int, int]] = []
    answered = await ask_all(range(5), ask, at_once=2, report=lambda progress: told.append((progress.done, progress.total)))
    assert [each.answer["case"] for each in answered] == list(range(5))
    assert most == 2
    assert told == [(n, 5) for n in range(1, 6)]


async def test_the_first_refusal_ends_it() -> None:
    asked = []

    async def ask(case: int) -> Json:
        asked.append(case)
        raise NotConfiguredError(Bilingual("None.", "لا شيء."))

    with pytest.raises(NotConfiguredError):
        await ask_all(range(50), ask, at_once=1, report=silent)
    assert asked == [0]


def test_nothing_measured_is_no_number() -> None:
    assert share([]) is None
    assert macro_f1([]) is None
    assert calibration_error([]) is None
    assert latencies([0.1]) == ()


def test_a_label_that_nobody_asked_for_counts_against_the_one_that_was() -> None:
    assert macro_f1([("a", "a"), ("a", "b")]) == pytest.approx(2 / 3)
