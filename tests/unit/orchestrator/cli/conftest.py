"""A terminal whose words can be read, and a real server of the fake platform."""

from __future__ import annotations

import io
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from fanar.bilingual import Language
from fanar.settings import Settings
from orchestrator.api.app import create_app
from orchestrator.api.server import server_config
from orchestrator.cli.main import run
from orchestrator.cli.terminal import Terminal
from orchestrator.platform import Platform
from tests.fakes.platform import Answer, echo, fake_platform, opener


@dataclass(frozen=True)
class Said:
    """What a command line said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Fanar = Callable[..., Said]
Serve = Callable[..., str]


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment of its own: no server, no data, no `.env` of the machine."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG", "FANAR_BASE_URL", "FANAR_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FANAR_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FANAR_PORT", str(free_port()))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def fanar(surroundings: Path, capsys: pytest.CaptureFixture[str]) -> Fanar:
    """Run a command line and return what it said; `given` is what is piped in."""

    def ran(*arguments: str, given: str | bytes = b"", language: Language | None = None) -> Said:
        out, err = io.StringIO(), io.StringIO()
        source = io.BytesIO(given.encode() if isinstance(given, str) else given)
        code = run(arguments, terminal=Terminal(language or "en", out=out, err=err, source=source))
        # Help and version are written by typer, not by the terminal.
        printed = capsys.readouterr()
        return Said(code, out.getvalue() + printed.out, err.getvalue() + printed.err)

    return ran


@pytest.fixture
def serve(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start a server of a fake platform that answers by a function, point the commands at it, and return its address."""
    with ExitStack() as stack:

        def served(answer: Answer = echo, *, named: bool = True, **given: object) -> str:
            settings = Settings(_env_file=None, port=free_port(), **given)
            url = stack.enter_context(running(fake_platform(settings, answer)))
            if named:
                monkeypatch.setenv("FANAR_BASE_URL", url)
            return url

        yield served


@contextmanager
def running(platform: Platform) -> Iterator[str]:
    """Serve a platform from a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(server_config(create_app(opener(platform), settings=platform.settings), platform.settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
