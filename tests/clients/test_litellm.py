"""LiteLLM as a client, unmodified."""

from __future__ import annotations

import pytest

from tests.clients.observing import Observations, observed_in_python
from tests.clients.serving import Served
from tests.clients.upstreams import ANSWER, ModelServers


@pytest.fixture(scope="module")
def client(server: Served) -> Observations:
    # Without this the library fetches its price list from the network.
    return observed_in_python("litellm", server, LITELLM_LOCAL_MODEL_COST_MAP="True")


def test_an_answer_is_whole(client: Observations) -> None:
    seen = client.of("completion")
    assert (seen["text"], seen["reason"]) == (ANSWER, "stop")
    assert seen["tokens"] > 0


def test_a_stream_adds_up_to_the_answer(client: Observations) -> None:
    assert client.of("stream") == {"text": "الدوحة هي عاصمة قطر.", "built": "الدوحة هي عاصمة قطر."}


def test_progress_does_not_disturb_a_stream(client: Observations) -> None:
    assert "quran.com/2/255" in client.of("stream_with_progress")


def test_the_platforms_own_tools_are_no_calls_for_the_client(client: Observations) -> None:
    seen = client.of("server_tools")
    assert "391" in seen["text"]
    assert "391" in seen["streamed"]
    assert seen["calls"] == 0


def test_the_clients_tools_are_called_and_their_results_are_read(client: Observations) -> None:
    assert client.of("tools") == {"name": "weather", "arguments": '{"city": "Doha"}', "after": "The tool says: 41 degrees"}


def test_json_mode_reaches_the_model(client: Observations) -> None:
    assert client.of("json_object") == '{"city": "Doha", "country": "Qatar"}'


def test_the_asynchronous_client_streams(client: Observations) -> None:
    assert client.of("asynchronous") == "الدوحة هي عاصمة قطر."


def test_leaving_a_stream_stops_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("abort")
    assert models.abandoned("litellm")


@pytest.mark.parametrize(
    ("scenario", "kinds", "status"),
    [
        ("unknown_model", {"NotFoundError"}, 404),
        ("wrong_value", {"UnprocessableEntityError", "BadRequestError"}, 422),
        ("wrong_key", {"AuthenticationError"}, 401),
    ],
)
def test_errors_are_the_librarys_own(client: Observations, scenario: str, kinds: set[str], status: int) -> None:
    error = client.error(scenario)
    assert error["kind"] in kinds
    assert error["status_code"] == status
