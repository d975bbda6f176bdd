"""`fanar serve`: the socket first, the platform, a graceful stop."""

from __future__ import annotations

import asyncio
import io
import os
import re
import signal
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, IndexMismatchError
from fanar.settings import Settings
from orchestrator.cli import platforms, serving
from orchestrator.cli.connect import address_file, local_url
from orchestrator.cli.exits import Exit
from orchestrator.cli.listening import listening
from orchestrator.cli.terminal import Terminal
from orchestrator.platform import Capability, Platform
from tests.fakes.platform import fake_platform
from tests.unit.orchestrator.cli.conftest import Fanar, free_port


def _settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)


def test_a_port_in_use_is_named_with_the_command_that_takes_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Port {port} is in use.*--port {port + 1}"), listening(_settings(port=port)):
            pass


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "host.invalid"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ConfigurationError, match="not an address of this machine"), listening(_settings(host=host, port=free_port())):
        pass


def test_a_port_that_only_root_may_take_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(socket.socket):
        def bind(self, address: object) -> None:
            raise PermissionError(13, "denied")

    monkeypatch.setattr(socket, "socket", Refusing)
    with pytest.raises(ConfigurationError, match="may not listen on port 80"), listening(_settings(port=80)):
        pass


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80"), ("::1", "http://[::1]:80")],
)
def test_commands_on_this_machine_reach_every_kind_of_address(host: str, url: str) -> None:
    assert local_url(host, 80) == url


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Serve the fake platform; what happens to it is told in order."""
    told: list[str] = []

    @asynccontextmanager
    async def open_platform(settings: Settings, *, progress: object) -> AsyncIterator[Platform]:
        told.append("opened")
        settings.data.mkdir(exist_ok=True)
        yield fake_platform(settings)
        told.append("closed")

    monkeypatch.setattr(platforms, "open_platform", open_platform)
    return told


async def _until_it_answers(url: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                if (await client.get(f"{url}/readyz")).is_success:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.02)


def _stop_when_it_answers(url: str) -> None:
    asyncio.run(_until_it_answers(url))
    os.kill(os.getpid(), signal.SIGTERM)


def test_a_server_answers_leaves_its_address_and_stops_gracefully(fanar: Fanar, fake: list[str], surroundings: Path) -> None:
    port = free_port()
    stopper = threading.Thread(target=_stop_when_it_answers, args=(f"http://127.0.0.1:{port}",))
    stopper.start()
    said = fanar("serve", "--port", str(port))
    stopper.join()
    assert said.code == Exit.OK
    assert fake == ["opened", "closed"]
    assert f"Fanar listens on http://127.0.0.1:{port}" in said.err
    assert "Fanar has stopped." in said.err
    assert not (surroundings / "data" / "server.url").exists()


@pytest.mark.parametrize(
    ("on_a_terminal", "lines"), [(True, ["✓ 6,236 verses", "– Not here yet: hadith. `fanar doctor` says what adds each."]), (False, [])]
)
def test_a_person_reads_in_a_line_each_what_is_there_and_in_one_what_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, on_a_terminal: bool, lines: list[str]
) -> None:
    there = Capability("quran", available=True, detail=Bilingual("6,236 verses", "6,236 آية"))
    missing = Capability("hadith", available=False, detail=Bilingual("None.", "لا شيء."), remedy="fanar corpora add sunnah FILE")
    platform = replace(fake_platform(_settings(data=tmp_path)), capabilities=lambda: [there, missing])
    screen = io.StringIO()
    screen.isatty = lambda: on_a_terminal  # type: ignore[method-assign]
    with caplog.at_level("INFO", logger="fanar.serve"):
        serving._say_capabilities(platform, Terminal("en", err=screen))
    assert re.sub("\x1b\\[[0-9;]*m", "", screen.getvalue()).splitlines() == lines
    logged = [(record.levelname, record.remedy) for record in caplog.records]  # type: ignore[attr-defined]
    assert logged == ([] if on_a_terminal else [("INFO", None), ("INFO", "fanar corpora add sunnah FILE")])


def test_beyond_loopback_the_command_that_makes_keys_is_named(fanar: Fanar, fake: list[str]) -> None:
    port = free_port()
    stopper = threading.Thread(target=_stop_when_it_answers, args=(f"http://127.0.0.1:{port}",))
    stopper.start()
    said = fanar("serve", "--host", "0.0.0.0", "--port", str(port), language="ar")
    stopper.join()
    assert said.code == Exit.OK
    assert "fanar keys create" in said.err


def test_a_platform_that_cannot_start_is_one_line(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    @asynccontextmanager
    async def open_platform(settings: Settings, *, progress: object) -> AsyncIterator[Platform]:
        raise IndexMismatchError(Bilingual("Run fanar corpora reindex.", "نفّذ fanar corpora reindex."))
        yield

    monkeypatch.setattr(platforms, "open_platform", open_platform)
    said = fanar("serve", "--port", str(free_port()))
    assert (said.code, said.err) == (Exit.MISSING, "error: Run fanar corpora reindex.\n")


def test_a_signal_during_the_start_ends_it(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    @asynccontextmanager
    async def open_platform(settings: Settings, *, progress: object) -> AsyncIterator[Platform]:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.Event().wait()
            yield fake_platform(settings)
        finally:
            closed.append(True)

    monkeypatch.setattr(platforms, "open_platform", open_platform)
    assert fanar("serve", "--port", str(free_port())).code == Exit.INTERRUPTED
    assert closed == [True]


async def test_a_second_signal_does_not_wait_for_answers() -> None:
    class Server:
        should_exit = False
        force_exit = False

    stop = serving._Stop(asyncio.create_task(asyncio.sleep(0)))
    server = Server()
    stop.gracefully(server)  # type: ignore[arg-type]
    stop()
    first = (server.should_exit, server.force_exit)
    stop()
    assert (first, server.force_exit) == ((True, False), True)
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().remove_signal_handler(each)


def test_the_address_is_left_only_while_the_server_runs(tmp_path: Path) -> None:
    settings = _settings(data=tmp_path, port=8123)
    with serving._announced(settings):
        assert address_file(settings).read_text() == "http://127.0.0.1:8123"
    assert not address_file(settings).exists()


def test_several_workers_share_one_socket_and_prepare_once(fanar: Fanar, fake: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    started = []

    class Workers:
        def __init__(self, config, *, sockets):  # type: ignore[no-untyped-def]
            started.append((config.workers, config.factory, len(sockets), config.app()))

        def run(self) -> None:
            started.append("ran")

    monkeypatch.setattr(serving, "Multiprocess", Workers)
    assert fanar("serve", "--workers", "2", "--port", str(free_port())).code == Exit.OK
    (workers, factory, sockets, app), ran = started
    assert (workers, factory, sockets, app.title, ran) == (2, True, 1, "Fanar", "ran")
    assert fake == ["opened", "closed"]
