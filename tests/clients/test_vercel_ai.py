"""Vercel's AI SDK with its provider for OpenAI-compatible servers, unmodified."""

from __future__ import annotations

import pytest

from tests.clients.observing import Observations, observed_in_node
from tests.clients.serving import Served
from tests.clients.upstreams import ANSWER, ModelServers


@pytest.fixture(scope="module")
def client(server: Served, tmp_path_factory: pytest.TempPathFactory) -> Observations:
    return observed_in_node("vercel_ai", server, tmp_path_factory.mktemp("vercel_ai"))


def test_an_answer_is_whole(client: Observations) -> None:
    seen = client.of("generate")
    assert (seen["text"], seen["finishReason"]) == (ANSWER, "stop")
    assert seen["usage"]["totalTokens"] > 0


def test_a_stream_adds_up_to_the_answer(client: Observations) -> None:
    seen = client.of("stream")
    assert (seen["text"], seen["finishReason"]) == ("الدوحة هي عاصمة قطر.", "stop")
    assert seen["usage"]["totalTokens"] > 0


def test_progress_does_not_disturb_a_stream(client: Observations) -> None:
    assert "quran.com/2/255" in client.of("stream_with_progress")


def test_the_platforms_own_tools_are_no_calls_for_the_client(client: Observations) -> None:
    seen = client.of("server_tools")
    assert "391" in seen["text"]
    assert "391" in seen["whole"]
    assert not seen["calls"]


@pytest.mark.parametrize("scenario", ["tools", "tools_streamed"])
def test_the_clients_tools_are_run_once_and_their_results_are_read(client: Observations, scenario: str) -> None:
    assert client.of(scenario) == {"asking": ["Doha"], "text": "The tool says: 41 degrees"}


def test_a_schema_reaches_the_model_and_its_answer_is_parsed(client: Observations, models: ModelServers) -> None:
    assert client.of("structured") == {"city": "Doha", "country": "Qatar"}
    assert models.asked("for Vercel")[0]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(("scenario", "status"), [("unknown_model", 404), ("wrong_value", 422)])
def test_errors_are_the_sdks_own_and_not_retried(client: Observations, scenario: str, status: int) -> None:
    error = client.error(scenario)
    assert (error["name"], error["status_code"], error["retryable"]) == ("AI_APICallError", status, False)


def test_an_answer_that_breaks_off_is_an_error(client: Observations) -> None:
    assert client.error("broken_off")["message"]


def test_an_abort_signal_stops_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("abort") >= 3
    assert models.abandoned("vercel-ai")
