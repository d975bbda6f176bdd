"""The OpenAI SDK for Node, unmodified."""

from __future__ import annotations

import pytest

from tests.clients.observing import RECORDING, Observations, observed_in_node
from tests.clients.serving import Served
from tests.clients.upstreams import ANSWER, ModelServers


@pytest.fixture(scope="module")
def client(server: Served, tmp_path_factory: pytest.TempPathFactory) -> Observations:
    return observed_in_node("openai_node", server, tmp_path_factory.mktemp("openai_node"), SOUND=str(RECORDING.path))


def test_all_models_are_listed_by_id(client: Observations) -> None:
    assert {"Fanar", "Fanar-S-1-7B", "Fanar-C-2-27B", "Fanar-Sadiq"} <= set(client.of("models_list"))


def test_sound_is_written_down_whole_and_streamed(client: Observations) -> None:
    seen = client.of("transcribe")
    assert seen["text"].split() == seen["last"].split() == RECORDING.text.split()
    assert set(seen["kinds"]) == {"transcript.text.delta", "transcript.text.done"}


def test_a_text_is_read_aloud_and_a_picture_drawn(client: Observations) -> None:
    assert client.of("speak") == "RIFF"
    assert client.of("image") == "iVBORw0KGgoA"


def test_an_answer_is_whole(client: Observations) -> None:
    answer = client.of("create")
    assert (answer["text"], answer["role"], answer["reason"]) == (ANSWER, "assistant", "stop")
    assert answer["usage"]["total_tokens"] > 0


def test_a_stream_adds_up_to_the_answer(client: Observations) -> None:
    assert client.of("stream") == {"text": "الدوحة هي عاصمة قطر.", "reasons": ["stop"], "usages": 1}


def test_the_stream_helper_accumulates(client: Observations) -> None:
    seen = client.of("stream_helper")
    assert seen["pieces"] > 1
    assert (seen["heard"], seen["text"], seen["role"]) == (ANSWER, ANSWER, "assistant")


def test_the_stream_helper_bears_progress_and_references(client: Observations) -> None:
    seen = client.of("stream_helper_with_progress")
    assert seen["progress"]
    assert all({"en", "ar"} <= set(message) for message in seen["progress"])
    assert "2:255" in [reference["reference"] for reference in seen["references"]]
    assert seen["references"][0]["content"] in seen["text"]


def test_the_platforms_own_tools_are_no_calls_for_the_client(client: Observations) -> None:
    seen = client.of("stream_helper_with_server_tool")
    assert "391" in seen["text"]
    assert not seen["calls"]
    assert len(seen["tool_events"]) == 1


def test_a_routed_answer_says_where_it_went_and_why(client: Observations) -> None:
    routing = client.of("routed")
    assert (routing["route"], routing["answered_by"]) == ("general", "star-tiny")
    assert routing["reasons"]


def test_the_clients_tools_are_called_and_their_results_are_read(client: Observations) -> None:
    assert client.of("tools") == {"name": "weather", "arguments": '{"city": "Doha"}', "after": "The tool says: 41 degrees"}


def test_the_tool_runner_runs_each_tool_once(client: Observations) -> None:
    assert client.of("run_tools") == {"asking": ["Doha"], "text": "The tool says: 41 degrees"}


def test_a_schema_is_honoured(client: Observations) -> None:
    assert client.of("json_schema") == {"city": "Doha", "country": "Qatar"}


def test_log_probabilities_come_back(client: Observations) -> None:
    seen = client.of("logprobs")
    assert seen["text"] == ANSWER
    assert set(seen["tops"]) == {2}


@pytest.mark.parametrize(
    ("scenario", "kind", "status", "code", "param"),
    [
        ("unknown_model", "NotFoundError", 404, "Not found", "model"),
        ("unknown_field", "UnprocessableEntityError", 422, "unprocessable", "api_base"),
        ("wrong_value", "UnprocessableEntityError", 422, "unprocessable", "temperature"),
        ("wrong_key", "AuthenticationError", 401, "invalid_authentication", None),
    ],
)
def test_errors_are_the_sdks_own(client: Observations, scenario: str, kind: str, status: int, code: str, param: str | None) -> None:
    error = client.error(scenario)
    assert (error["kind"], error["status_code"], error["code"], error["param"]) == (kind, status, code, param)


def test_an_answer_that_breaks_off_is_an_error(client: Observations) -> None:
    assert client.error("broken_off")["code"] == "overloaded"


def test_leaving_a_stream_stops_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("abort") == 3
    assert models.abandoned("Tell openai-node")


def test_an_abort_signal_stops_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("abort_by_signal")
    assert models.abandoned("Tell the signal")
