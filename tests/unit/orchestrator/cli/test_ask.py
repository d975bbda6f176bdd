"""`fanar ask`, `route`: over a real server, and over the application in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.documents import Citation
from fanar.errors import ModelUnavailableError, NotConfiguredError
from fanar.events import CitationAdded, ContentBlocked, Event, ProgressReported, ResponseCompleted, TextDelta
from fanar.messages import ChatRequest
from orchestrator.cli import platforms
from orchestrator.cli.exits import Exit
from tests.fakes.platform import SECRET, VERSE, Answer, FakeDispatcher, fake_platform, opener
from tests.unit.orchestrator.cli.conftest import Fanar, Serve

ROUTING = {"routing": {"route": "islamic", "confidence": 0.97, "reasons": ["rule:verse"]}}


async def cited(request: ChatRequest) -> AsyncIterator[Event]:
    yield ProgressReported(Bilingual("Searching", "جارٍ البحث"))
    yield TextDelta("الصبر\x1b[2J [1]")
    yield CitationAdded(Citation(1, VERSE, 7))
    yield ResponseCompleted("islamic", metadata=ROUTING)


async def blocked(request: ChatRequest) -> AsyncIterator[Event]:
    yield ContentBlocked("safety", Bilingual("Blocked.", "محجوب."))
    yield ResponseCompleted("guard", finish_reason="content_filter")


async def missing(request: ChatRequest) -> AsyncIterator[Event]:
    raise NotConfiguredError(Bilingual("Set FANAR_STAR__URL.", "اضبط FANAR_STAR__URL."))
    yield


async def broken(request: ChatRequest) -> AsyncIterator[Event]:
    yield TextDelta("half")
    raise ModelUnavailableError(Bilingual("The model server went away.", "غاب خادم النموذج."))


async def faulty(request: ChatRequest) -> AsyncIterator[Event]:
    raise RuntimeError("a secret of ours")
    yield


@pytest.fixture(params=["server", "in process"])
def answering(request: pytest.FixtureRequest, serve: Serve, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Make the commands be answered by a function, by a server and by the application in this process."""

    def answered(answer: Answer) -> None:
        if request.param == "server":
            serve(answer)
        else:
            monkeypatch.setattr(platforms, "opener", lambda settings, terminal: opener(fake_platform(settings, answer)))

    return answered


def test_an_answer_is_printed_with_its_sources(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(cited)
    said = fanar("ask", "what", "of", "patience")
    assert said.code == Exit.OK
    assert said.out == "الصبر[2J [1]\n\nSources:\n[1] quran 2:153 — https://quran.com/2/153\n"
    assert said.err == ""


def test_why_names_route_model_and_reasons(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(cited)
    assert fanar("ask", "--why", "patience", language="ar").err == "المسار islamic (0.97)، أجاب islamic: rule:verse\n"


def test_json_is_the_whole_answer(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(cited)
    answer = fanar("ask", "--json", "patience").json
    message = answer["choices"][0]["message"]
    assert message["content"].startswith("الصبر")
    assert answer["metadata"]["routing"] == ROUTING["routing"]


def test_what_is_missing_is_said_with_its_remedy_in_the_readers_language(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(missing)
    assert (fanar("ask", "x").code, fanar("ask", "x").err) == (Exit.MISSING, "error: Set FANAR_STAR__URL.\n")
    assert fanar("ask", "--json", "x", language="ar").err == "خطأ: اضبط FANAR_STAR__URL.\n"


def test_an_answer_that_breaks_off_keeps_what_was_said(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(broken)
    said = fanar("ask", "x")
    assert (said.code, said.out, said.err) == (Exit.UNREACHABLE, "half\n", "error: The model server went away.\n")


def test_blocked_content_is_a_finding(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(blocked)
    said = fanar("ask", "x")
    assert (said.code, said.out, said.err) == (Exit.FINDING, "", "error: Blocked.\n")


def test_a_fault_of_ours_tells_nothing_of_itself(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(faulty)
    said = fanar("ask", "x")
    assert said.code == Exit.UNREACHABLE
    assert "secret" not in said.out
    assert "error: Internal server error." in said.err


def test_route_shows_the_decision_and_what_else_was_possible(fanar: Fanar, answering) -> None:  # type: ignore[no-untyped-def]
    answering(cited)
    assert fanar("route", "hello").out == "greeting  0.99  → greeting\n  because rule: a greeting\n  or general  0.01\n"
    assert fanar("route", "--json", given="hello").json["route"] == "greeting"


@pytest.mark.parametrize(
    ("arguments", "given", "asked"),
    [
        (("one", "two"), "", "one two"),
        (("Translate",), "سلام\n", "Translate\n\nسلام"),
        ((), "سلام", "سلام"),
        (("-",), "سلام", "سلام"),
    ],
)
def test_words_and_what_is_piped_in_make_the_prompt(fanar: Fanar, serve: Serve, arguments: tuple[str, ...], given: str, asked: str) -> None:
    serve()
    assert fanar("ask", *arguments, given=given).out.replace(" ", "") == asked.replace(" ", "") + "\n"


def test_nothing_asked_is_misuse(fanar: Fanar) -> None:
    said = fanar("ask")
    assert said.code == Exit.USAGE
    assert 'fanar ask "your question"' in said.err


def test_input_that_is_not_text_is_misuse(fanar: Fanar) -> None:
    assert fanar("ask", given=b"\xff\xfe\x00").code == Exit.USAGE


def test_system_and_model_reach_the_platform(fanar: Fanar, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requests = []

    def opened(settings, terminal):  # type: ignore[no-untyped-def]
        platform = fake_platform(settings)
        assert isinstance(platform.dispatcher, FakeDispatcher)
        requests.append(platform.dispatcher.requests)
        return opener(platform)

    monkeypatch.setattr(platforms, "opener", opened)
    assert fanar("ask", "-m", "Fanar-S-1-7B", "-s", "Be brief.", "x").code == Exit.OK
    (request,) = requests[0]
    assert (request.model, request.messages[0].role, request.messages[0].text) == ("Fanar-S-1-7B", "system", "Be brief.")


def test_no_key_is_asked_of_who_runs_the_platform_itself(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_REQUIRE_KEY", "true")
    monkeypatch.setattr(platforms, "opener", lambda settings, terminal: opener(fake_platform(settings)))
    assert fanar("ask", "x").code == Exit.OK


def test_a_server_that_wants_a_key_gets_the_one_that_is_set(fanar: Fanar, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(require_key=True)
    without = fanar("ask", "x")
    monkeypatch.setenv("FANAR_API_KEY", SECRET)
    assert (without.code, fanar("ask", "x").code) == (Exit.USAGE, Exit.OK)
    assert "fanar keys create" in without.err


@pytest.mark.parametrize("address", ["{}", "{}/", "{}/v1", "{}/v1/"])
def test_an_address_is_understood_as_clients_write_it(fanar: Fanar, serve: Serve, address: str) -> None:
    assert fanar("ask", "--server", address.format(serve(named=False)), "x").out == "x\n"


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://host", "http://", "http://host:port", "http://[::1"])
def test_what_is_no_address_is_refused(fanar: Fanar, address: str) -> None:
    said = fanar("ask", "--server", address, "x")
    assert said.code == Exit.USAGE
    assert "FANAR_BASE_URL" in said.err


def test_a_server_that_was_named_and_is_not_there_is_unreachable(fanar: Fanar) -> None:
    said = fanar("ask", "--server", "http://127.0.0.1:9", "x")
    assert said.code == Exit.UNREACHABLE
    assert "fanar serve" in said.err


def test_a_server_that_runs_here_is_found_by_what_it_left_behind(fanar: Fanar, serve: Serve, surroundings: Path) -> None:
    (surroundings / "data").mkdir()
    (surroundings / "data" / "server.url").write_text(serve(named=False))
    assert fanar("ask", "x").out == "x\n"


@pytest.mark.parametrize("left", ["http://127.0.0.1:9", "nonsense", "\xff"])
def test_a_server_that_is_gone_is_not_waited_for(fanar: Fanar, surroundings: Path, monkeypatch: pytest.MonkeyPatch, left: str) -> None:
    (surroundings / "data").mkdir()
    (surroundings / "data" / "server.url").write_bytes(left.encode("latin-1"))
    monkeypatch.setattr(platforms, "opener", lambda settings, terminal: opener(fake_platform(settings)))
    assert fanar("ask", "x").out == "x\n"


async def _foreign(body: bytes, media_type: str) -> tuple[asyncio.Server, str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"<html>", "text/html"),
        (b"[]", "application/json"),
        (b"{}", "application/json"),
        (b"data: nonsense\n\n", "text/event-stream"),
        (b'data: {"choices": []}\n\n', "text/event-stream"),
        (b'data: {"choices": [{"finish_reason": "error"}]}\n\ndata: [DONE]\n\n', "text/event-stream"),
    ],
)
async def test_an_answer_of_another_api_is_one_line(fanar: Fanar, body: bytes, media_type: str) -> None:
    server, url = await _foreign(body, media_type)
    async with server:
        said = await asyncio.to_thread(fanar, "ask", "--server", url, "x")
    assert said.code == Exit.UNREACHABLE
    assert said.err.count("\n") == 1


async def test_another_service_on_our_port_is_not_taken_for_ours(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    server, url = await _foreign(b'{"status": "ok"}', "application/json")
    monkeypatch.setenv("FANAR_PORT", url.rpartition(":")[2])
    monkeypatch.setattr(platforms, "opener", lambda settings, terminal: opener(fake_platform(settings)))
    async with server:
        said = await asyncio.to_thread(fanar, "ask", "x")
    assert said.out == "x\n"
