"""LangChain's chat model for OpenAI-compatible servers, unmodified."""

from __future__ import annotations

import pytest

from tests.clients.observing import Observations, observed_in_python
from tests.clients.serving import Served
from tests.clients.upstreams import ANSWER, ModelServers


@pytest.fixture(scope="module")
def client(server: Served) -> Observations:
    return observed_in_python("langchain_openai", server)


def test_an_answer_is_whole(client: Observations) -> None:
    seen = client.of("invoke")
    assert (seen["text"], seen["reason"]) == (ANSWER, "stop")
    assert seen["usage"]["total_tokens"] > 0


def test_a_stream_adds_up_to_the_answer(client: Observations) -> None:
    seen = client.of("stream")
    assert seen["text"] == "الدوحة هي عاصمة قطر."
    assert seen["pieces"] > 3
    assert seen["tokens"] > 0


def test_progress_does_not_disturb_a_stream(client: Observations) -> None:
    assert "quran.com/2/255" in client.of("stream_with_progress")


def test_the_platforms_own_tools_are_no_calls_for_the_client(client: Observations) -> None:
    seen = client.of("server_tools")
    assert "391" in seen["text"]
    assert "391" in seen["streamed"]
    assert not seen["calls"]
    assert not seen["streamed_calls"]


def test_the_clients_tools_are_called_and_their_results_are_read(client: Observations) -> None:
    assert client.of("tools") == {"name": "weather", "arguments": {"city": "Doha"}, "after": "The tool says: 41 degrees in Doha"}


def test_streamed_tool_calls_come_together(client: Observations) -> None:
    assert client.of("tools_streamed") == [{"name": "weather", "arguments": {"city": "Doha"}}]


def test_structured_output_is_parsed(client: Observations) -> None:
    assert client.of("structured") == {"city": "Doha", "country": "Qatar"}


def test_log_probabilities_come_back(client: Observations) -> None:
    assert client.of("logprobs") == ANSWER


def test_the_asynchronous_client_streams(client: Observations) -> None:
    assert client.of("asynchronous") == "الدوحة هي عاصمة قطر."


def test_leaving_a_stream_stops_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("abort") == 3
    assert models.abandoned("langchain-openai")


@pytest.mark.parametrize(
    ("scenario", "status", "code", "param"),
    [("unknown_model", 404, "Not found", "model"), ("wrong_value", 422, "unprocessable", "temperature")],
)
def test_errors_are_the_sdks_own(client: Observations, scenario: str, status: int, code: str, param: str) -> None:
    error = client.error(scenario)
    assert (error["status_code"], error["code"], error["param"]) == (status, code, param)
