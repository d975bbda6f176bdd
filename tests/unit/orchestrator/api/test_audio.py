from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from openai import AsyncOpenAI

from fanar.bilingual import Bilingual
from fanar.errors import OverloadedError, UnprocessableError
from fanar.llm.catalog import ModelCatalog
from fanar.settings import LimitSettings, Settings
from orchestrator.transcription import Transcriptions
from tests.fakes.speech import FakeTranscriber
from tests.unit.orchestrator.api.conftest import Connect

PATH = "/v1/audio/transcriptions"
LONG = "Fanar-Aura-STT-LF-1"
SOUND = ("speech.wav", b"RIFF sound", "audio/wav")
TEXT = "السلام عليكم وعليكم السلام"


@pytest.fixture
def transcriber() -> FakeTranscriber:
    return FakeTranscriber()


@pytest.fixture
async def client(connect: Connect, transcriber: FakeTranscriber, tmp_path: Path) -> httpx.AsyncClient:
    return await listening(connect, transcriber, tmp_path)


async def listening(connect: Connect, transcriber: FakeTranscriber | None, folder: Path, **given: Any) -> httpx.AsyncClient:
    def transcription(settings: Settings) -> Transcriptions:
        return Transcriptions(
            catalog=ModelCatalog(), transcriber=transcriber, folder=folder / "uploads", most_bytes=100_000, short_seconds=30.0
        )

    return await connect(transcription=transcription, **given)


async def sent(client: httpx.AsyncClient, path: str = PATH, sound: Any = SOUND, **fields: Any) -> httpx.Response:
    return await client.post(path, files={"file": sound}, data={"model": LONG, **fields})


def events(response: httpx.Response) -> list[Any]:
    frames = [frame.removeprefix("data: ") for frame in response.text.split("\n\n") if frame.startswith("data: ")]
    assert frames[-1] == "[DONE]"
    return [orjson.loads(frame) for frame in frames[:-1]]


async def test_json_is_the_form_of_the_answer(client: httpx.AsyncClient, transcriber: FakeTranscriber) -> None:
    answer = await sent(client)
    body = answer.json()
    assert answer.status_code == 200
    assert body.pop("id").startswith("transcription-")
    assert body == {"text": TEXT, "usage": {"type": "duration", "seconds": 4}}
    assert transcriber.asked[0][0] == SOUND[1]
    assert transcriber.closed == 1


@pytest.mark.parametrize(("form", "kind"), [("text", "text/plain"), ("srt", "text/plain"), ("vtt", "text/vtt")])
async def test_text_and_subtitles_are_plain(client: httpx.AsyncClient, form: str, kind: str) -> None:
    answer = await sent(client, response_format=form)
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert "السلام" in answer.text
    assert ("-->" in answer.text) == (form != "text")


async def test_verbose_json_tells_segments_or_words(client: httpx.AsyncClient) -> None:
    segments = (await sent(client, response_format="verbose_json")).json()
    assert (segments["task"], segments["language"], segments["duration"]) == ("transcribe", "ar", 3.2)
    assert [segment["tokens"] for segment in segments["segments"]] == [[1, 2], [3, 4]]
    assert "words" not in segments
    words = (await sent(client, response_format="verbose_json", **{"timestamp_granularities[]": "word"})).json()
    assert words["words"][0] == {"word": "السلام", "start": 0.0, "end": 0.7}
    assert "segments" not in words


async def test_diarized_json_and_fanars_json_say_who_speaks(client: httpx.AsyncClient, transcriber: FakeTranscriber) -> None:
    diarized = (await sent(client, response_format="diarized_json")).json()
    assert [(turn["speaker"], turn["text"]) for turn in diarized["segments"]] == [("A", "السلام عليكم"), ("B", "وعليكم السلام")]
    fanars = (await sent(client, format="json")).json()
    assert fanars["json"]["segments"][1] == {
        "speaker": "B", "start_time": 2.0, "end_time": 3.0, "duration": 1.0, "text": "وعليكم السلام",
    }  # fmt: skip
    assert all(options.channels for _, options in transcriber.asked)


async def test_fanars_other_forms_stand_in_json(client: httpx.AsyncClient) -> None:
    assert (await sent(client, format="text")).json()["text"] == TEXT
    assert "-->" in (await sent(client, format="srt")).json()["srt"]


async def test_a_stream_is_pieces_that_join_to_the_text(client: httpx.AsyncClient) -> None:
    told = events(await sent(client, stream="true", **{"include[]": "logprobs"}))
    assert [event["type"] for event in told] == ["transcript.text.delta", "transcript.text.delta", "transcript.text.done"]
    assert "".join(event["delta"] for event in told[:-1]) == told[-1]["text"] == TEXT
    assert [entry["token"] for entry in told[0]["logprobs"]] == [" السلام", " عليكم"]


async def test_a_stream_of_speakers_tells_their_turns(client: httpx.AsyncClient) -> None:
    told = events(await sent(client, stream="true", response_format="diarized_json"))
    assert [event["speaker"] for event in told if event["type"] == "transcript.text.segment"] == ["A", "B"]


async def test_a_stream_that_fails_says_so(connect: Connect, tmp_path: Path) -> None:
    failing = FakeTranscriber(error=UnprocessableError(Bilingual("The sound is damaged.", "الصوت تالف."), param="file"))
    client = await listening(connect, failing, tmp_path)
    assert events(await sent(client, stream="true"))[-1]["error"]["status"] == 422
    assert (await sent(client)).json()["error"]["message"] == "The sound is damaged."


async def test_translations_ask_for_english(client: httpx.AsyncClient, transcriber: FakeTranscriber) -> None:
    answer = await sent(client, "/v1/audio/translations", response_format="verbose_json")
    assert answer.json()["task"] == "translate"
    assert transcriber.asked[0][1].task == "translate"
    assert (await sent(client, "/v1/audio/translations", language="ar")).status_code == 422


async def test_options_reach_the_model(client: httpx.AsyncClient, transcriber: FakeTranscriber) -> None:
    fields = {"language": "ar-QA", "prompt": "نشرة", "temperature": "0.2", "keywords[]": ["فنار", "الدوحة"], "chunking_strategy": "auto"}
    assert (await sent(client, model="Fanar-Aura-STT-1", **fields)).status_code == 200
    options = transcriber.asked[0][1]
    assert (options.language, options.prompt, options.temperature, options.hotwords) == ("ar", "نشرة", 0.2, "فنار, الدوحة")
    assert (options.speech_only, options.longest) == (True, 30.0)


REFUSED = {
    "an unknown field": {"voice": "x"},
    "an unknown form": {"response_format": "docx"},
    "two forms": {"response_format": "json", "format": "srt"},
    "a temperature that is too high": {"temperature": "1e999"},
    "a temperature that is none": {"temperature": "warm"},
    "a language that is a path": {"language": "../../etc"},
    "words without their form": {"timestamp_granularities[]": "word"},
    "logprobs in another form": {"response_format": "text", "include[]": "logprobs"},
    "something else to include": {"include[]": "everything"},
    "a stream of subtitles": {"stream": "true", "response_format": "srt"},
    "a switch that is none": {"stream": "perhaps"},
    "a strategy with bounds": {"chunking_strategy": '{"type": "server_vad", "threshold": 0.1}'},
    "a strategy that is no JSON": {"chunking_strategy": "{"},
    "a field that stands twice": {"prompt": ["a", "b"]},
    "a surrogate": {"prompt": b"\xed\xa0\x80"},
    "a model id that is none": {"model": "a b"},
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_cannot_be_meant_is_refused(client: httpx.AsyncClient, case: str) -> None:
    answer = await sent(client, **REFUSED[case])
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["code"] == "unprocessable"


async def test_models_that_do_not_listen_are_not_found(client: httpx.AsyncClient) -> None:
    assert [(await sent(client, model=model)).status_code for model in ("Fanar", "whisper-9")] == [404, 404]


async def test_the_id_that_openais_clients_send_listens(client: httpx.AsyncClient) -> None:
    assert (await sent(client, model="whisper-1")).json()["text"] == TEXT


async def test_without_a_model_the_answer_names_the_command(connect: Connect, tmp_path: Path) -> None:
    answer = await sent(await listening(connect, None, tmp_path))
    assert (answer.status_code, answer.headers["x-should-retry"]) == (503, "false")
    assert answer.json()["error"]["code"] == "model_not_configured"
    assert "fanar models pull whisper-" in answer.json()["error"]["message"]


async def test_when_too_many_wait_clients_are_told_when_to_come_back(connect: Connect, tmp_path: Path) -> None:
    full = FakeTranscriber((), error=OverloadedError(Bilingual("Full.", "ممتلئ."), retry_after=3))
    answer = await sent(await listening(connect, full, tmp_path))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")


async def test_no_recording_is_left_behind(client: httpx.AsyncClient, tmp_path: Path) -> None:
    for fields in ({}, {"stream": "true"}, {"model": "Fanar"}, {"voice": "x"}):
        await sent(client, **fields)
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "x" * 4000, "CON", "صوت.mp3", 'a"b.wav', "nul\0.wav"])
async def test_the_name_of_a_file_means_nothing(client: httpx.AsyncClient, name: str) -> None:
    answer = await sent(client, sound=(name, SOUND[1], "audio/wav"))
    assert answer.status_code in (200, 400)
    assert "passwd" not in answer.text


def _part(name: str, value: bytes, *, file: str | None = None) -> bytes:
    more = f'; filename="{file}"' if file else ""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"


FORM = "multipart/form-data; boundary=b"
FILE, MODEL, END = _part("file", b"sound", file="a.wav"), _part("model", LONG.encode()), b"--b--\r\n"
BROKEN_FORMS = {
    "no form": ("application/json", b"{}", 415),
    "no boundary": ("multipart/form-data", FILE + MODEL + END, 415),
    "an endless boundary": ("multipart/form-data; boundary=" + "b" * 300, FILE + MODEL + END, 415),
    "another boundary": ("multipart/form-data; boundary=c", FILE + MODEL + END, 400),
    "no end": (FORM, FILE + MODEL, 400),
    "nothing": (FORM, b"", 400),
    "no file": (FORM, MODEL + END, 422),
    "an empty file": (FORM, _part("file", b"", file="a.wav") + MODEL + END, 422),
    "a file that is none": (FORM, _part("file", b"sound") + MODEL + END, 422),
    "two files": (FORM, FILE + FILE + MODEL + END, 422),
    "another file": (FORM, _part("voice", b"sound", file="a.wav") + MODEL + END, 422),
    "100,000 parts": (FORM, _part("x", b"") * 3000 + END, 400),
    "a part without a name": (FORM, b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + FILE + END, 400),
    "a part without a head": (FORM, b"--b\r\n\r\nx\r\n" + FILE + END, 400),
    "a head of 10 KB": (FORM, b"--b\r\nContent-Disposition: " + b"x" * 10_000 + b"\r\n\r\nx\r\n" + END, 400),
    "a field of 80 KB": (FORM, _part("prompt", b"x" * 80_000) + FILE + END, 413),
    "a nested form": (FORM, b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n" + END, 400),
    "a file that is too large": (FORM, _part("file", b"x" * 100_001, file="a.wav") + MODEL + END, 413),
    "a body that is too large": (FORM, _part("file", b"x" * 1_300_000, file="a.wav") + MODEL + END, 413),
}


@pytest.mark.parametrize("case", BROKEN_FORMS)
@pytest.mark.parametrize("chunked", [False, True])
async def test_broken_forms_are_refused_and_the_next_is_read(client: httpx.AsyncClient, case: str, *, chunked: bool) -> None:
    kind, body, status = BROKEN_FORMS[case]

    async def pieces() -> AsyncIterator[bytes]:
        for begin in range(0, len(body), 70_000):
            yield body[begin : begin + 70_000]

    answer = await client.post(PATH, content=pieces() if chunked else body, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    assert (await sent(client)).status_code == 200


async def test_compressed_forms_are_not_read(client: httpx.AsyncClient) -> None:
    answer = await client.post(PATH, content=FILE + MODEL + END, headers={"content-type": FORM, "content-encoding": "gzip"})
    assert answer.status_code == 415


async def test_a_form_that_comes_too_slowly_is_left(connect: Connect, transcriber: FakeTranscriber, tmp_path: Path) -> None:
    client = await listening(connect, transcriber, tmp_path, limits=LimitSettings(body_seconds=0.2))

    async def slowly() -> AsyncIterator[bytes]:
        for byte in FILE:
            yield bytes([byte])
            await asyncio.sleep(0.05)

    assert (await client.post(PATH, content=slowly(), headers={"content-type": FORM})).status_code == 408


async def test_openais_client_reads_every_form(client: httpx.AsyncClient) -> None:
    api = AsyncOpenAI(api_key="x", base_url="http://127.0.0.1:8000/v1", http_client=client)
    listen = api.audio.transcriptions.create
    sound: Any = ("speech.wav", SOUND[1])
    assert (await listen(file=sound, model=LONG)).text == TEXT
    assert "-->" in await listen(file=sound, model=LONG, response_format="srt")
    verbose = await listen(file=sound, model=LONG, response_format="verbose_json", timestamp_granularities=["word", "segment"])
    assert (verbose.words[0].word, verbose.segments[1].id) == ("السلام", 1)
    diarized: Any = await listen(file=sound, model=LONG, response_format="diarized_json", chunking_strategy="auto")
    assert diarized.segments[1].speaker == "B"
    assert (await listen(file=sound, model=LONG, include=["logprobs"])).logprobs[1].token == " عليكم"
    stream = await listen(file=sound, model=LONG, stream=True, chunking_strategy={"type": "server_vad"})
    assert [event.type async for event in stream][-1] == "transcript.text.done"
    with pytest.warns(DeprecationWarning, match="deprecated"):  # OpenAI's word on its own endpoint
        assert (await api.audio.translations.create(file=sound, model=LONG)).text == TEXT
