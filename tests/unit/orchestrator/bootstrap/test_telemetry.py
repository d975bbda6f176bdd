"""Telemetry as the settings ask for it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from fanar.errors import ConfigurationError
from fanar.settings import Settings
from fanar.telemetry.traces import GenerationSpan
from orchestrator.bootstrap.telemetry import open_telemetry


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


class Collector:
    """Takes what exporters post."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, bytes]] = []
        posts = self.posts

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                posts.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    thread = Thread(target=collector.server.serve_forever)
    thread.start()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()
    thread.join()


def test_spans_go_to_the_collector_that_is_set_at_the_latest_at_the_end(collector: Collector) -> None:
    with open_telemetry(Settings(otlp_endpoint=collector.url + "/")) as provider, GenerationSpan(model="Fanar", provider=provider):
        pass
    ((path, body),) = collector.posts
    assert path == "/v1/traces"
    assert b"chat Fanar" in body


def test_without_a_collector_nothing_is_recorded() -> None:
    with open_telemetry(Settings()) as provider:
        assert not provider.get_tracer("x").start_span("y").is_recording()


def test_a_missing_extra_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(ConfigurationError, match="make run EXTRAS=telemetry"), open_telemetry(Settings(otlp_endpoint="http://x")):
        pass


def test_logs_have_the_level_and_form_that_are_set(capsys: pytest.CaptureFixture[str]) -> None:
    with open_telemetry(Settings(log_level="warning", log_format="json")):
        logging.getLogger("fanar").info("no")
        logging.getLogger("fanar").warning("yes")
    assert [line.startswith('{"time"') for line in capsys.readouterr().err.splitlines()] == [True]
