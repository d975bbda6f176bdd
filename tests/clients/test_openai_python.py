"""The OpenAI SDK for Python, unmodified."""

from __future__ import annotations

import pytest

from tests.clients.observing import RECORDING, Observations, observed_in_python
from tests.clients.serving import Served
from tests.clients.upstreams import ANSWER, ModelServers


@pytest.fixture(scope="module")
def client(server: Served) -> Observations:
    return observed_in_python("openai_python", server, SOUND=str(RECORDING.path))


def test_all_models_are_listed_by_id(client: Observations) -> None:
    assert {"Fanar", "Fanar-S-1-7B", "Fanar-C-2-27B", "Fanar-Sadiq"} <= set(client.of("models_list"))


def test_pictures_are_drawn_whole_and_streamed(client: Observations) -> None:
    drawn = client.of("image")
    assert drawn["pictures"] == ["iVBORw0KGgoA"] * 2
    assert all("girih" in prompt for prompt in drawn["prompts"])
    assert client.of("image_stream") == ["image_generation.completed"]


def test_an_image_model_draws(client: Observations) -> None:
    drawn = client.of("image_of_a_model")
    assert drawn["picture"] == "iVBORw0KGgoA"
    assert drawn["prompt"]


def test_sound_is_written_down_whole_streamed_and_with_the_times_of_its_words(client: Observations) -> None:
    assert client.of("transcribe").split() == RECORDING.text.split()
    streamed = client.of("transcribe_streamed")
    assert (set(streamed["kinds"]), streamed["text"].split()) == ({"transcript.text.delta", "transcript.text.done"}, RECORDING.text.split())
    timed = client.of("transcribe_with_words")
    assert timed["language"] in ("ar", "arabic")
    assert [word for word, _, _ in timed["words"]] == RECORDING.text.split()
    times = [moment for _, start, end in timed["words"] for moment in (start, end)]
    assert 0 <= times[0] < times[-1] <= RECORDING.words[-1][2] + 1
    assert times == sorted(times)
    subtitles = client.of("subtitles")
    assert subtitles.startswith("1\n00:00:00")
    assert all(word in subtitles for word in RECORDING.text.split())


def test_a_text_is_read_aloud(client: Observations) -> None:
    assert client.of("speak") == {"begins": "RIFF", "kind": "audio/wav"}


def test_an_answer_is_whole(client: Observations) -> None:
    answer = client.of("create")
    assert (answer["text"], answer["role"], answer["reason"]) == (ANSWER, "assistant", "stop")
    assert answer["usage"]["total_tokens"] == answer["usage"]["prompt_tokens"] + answer["usage"]["completion_tokens"] > 0


def test_options_reach_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("create_with_options") == [ANSWER, ANSWER]
    body = models.asked("with options")[0]
    wanted = {"seed": 7, "stop": ["END", "STOP"], "temperature": 0.2, "top_p": 0.9, "max_tokens": 50, "n": 2, "top_k": 5}
    assert body | wanted | {"presence_penalty": 0.1, "frequency_penalty": -0.1} == body


def test_an_answer_that_reaches_its_limit_says_so(client: Observations) -> None:
    assert client.of("create_cut_short") == {"text": "Doha is", "reason": "length"}


def test_the_header_bears_the_id_of_the_body(client: Observations) -> None:
    ids = client.of("raw_response")
    assert ids["header"] == ids["body"]


def test_a_stream_adds_up_to_the_answer(client: Observations) -> None:
    seen = client.of("stream")
    assert (seen["text"], seen["role"], seen["reasons"]) == ("الدوحة هي عاصمة قطر.", "assistant", ["stop"])
    assert len(seen["usages"]) == 1


def test_the_stream_helper_accumulates(client: Observations) -> None:
    seen = client.of("stream_helper")
    assert (seen["text"], seen["reason"]) == (ANSWER, "stop")
    assert seen["kinds"] == ["chunk", "content.delta", "content.done"]


def test_the_stream_helper_bears_progress_and_references(client: Observations) -> None:
    seen = client.of("stream_helper_with_progress")
    assert all({"en", "ar"} <= set(message) for message in seen["progress"])
    assert seen["progress"]
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


def test_streamed_tool_calls_come_together(client: Observations) -> None:
    assert client.of("tools_streamed") == {"calls": [["weather", '{"city": "Doha"}']], "reason": "tool_calls"}


def test_a_schema_reaches_the_model_and_its_answer_is_parsed(client: Observations, models: ModelServers) -> None:
    assert client.of("parsed") == {"city": "Doha", "country": "Qatar"}
    form = models.asked("Qatar as JSON")[0]["response_format"]
    assert (form["type"], form["json_schema"]["name"]) == ("json_schema", "Place")


def test_json_mode_reaches_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("json_object") == '{"city": "Doha", "country": "Qatar"}'
    assert models.asked("as JSON object")[0]["response_format"] == {"type": "json_object"}


def test_log_probabilities_come_back(client: Observations) -> None:
    seen = client.of("logprobs")
    assert seen["text"] == ANSWER
    assert set(seen["tops"]) == {2}


def test_thinking_does_not_leak_into_the_answer(client: Observations) -> None:
    assert client.of("thinking") == ANSWER


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


def test_a_model_that_refuses_a_long_prompt_is_the_clients_error(client: Observations) -> None:
    assert client.error("too_long")["status_code"] in (413, 422)


def test_an_answer_that_breaks_off_is_an_error(client: Observations) -> None:
    assert client.error("broken_off")["code"] == "overloaded"


def test_leaving_a_stream_stops_the_model(client: Observations, models: ModelServers) -> None:
    assert client.of("abort") == 3
    assert models.abandoned("openai-python")


def test_the_asynchronous_client_streams(client: Observations) -> None:
    assert client.of("asynchronous") == "الدوحة هي عاصمة قطر."


def test_files_are_kept_asked_about_and_deleted(client: Observations) -> None:
    seen = client.of("files")
    assert seen["kept"] == ["دليل.md", "uploaded", 36]
    assert (seen["read"], seen["content"], seen["listed"], seen["gone"]) == (
        "processed",
        "# Leave\nThirty days of leave a year.",
        True,
        True,
    )
    assert set(seen["sources"]) <= {"دليل.md, § Leave"}
