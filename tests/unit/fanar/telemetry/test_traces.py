"""Spans, as the OpenTelemetry SDK sees them."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from fanar.bilingual import Bilingual
from fanar.errors import UpstreamTimeoutError
from fanar.events import ResponseCompleted, Usage
from fanar.telemetry.traces import GenerationSpan


class Recorder(TracerProvider):
    def __init__(self) -> None:
        super().__init__()
        self._exporter = InMemorySpanExporter()
        self.add_span_processor(SimpleSpanProcessor(self._exporter))

    @property
    def span(self) -> ReadableSpan:
        (span,) = self._exporter.get_finished_spans()
        return span


def test_a_generation_is_told_in_the_words_of_the_conventions() -> None:
    recorder = Recorder()
    with GenerationSpan(model="Fanar", route="islamic", provider=recorder) as span:
        span.completed(ResponseCompleted(model="Fanar-Star", usage=Usage(5, 7), finish_reason="length"))
    assert recorder.span.name == "chat Fanar"
    assert dict(recorder.span.attributes) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "fanar",
        "gen_ai.request.model": "Fanar",
        "gen_ai.response.model": "Fanar-Star",
        "gen_ai.response.finish_reasons": ("length",),
        "gen_ai.usage.input_tokens": 5,
        "gen_ai.usage.output_tokens": 7,
        "fanar.route": "islamic",
    }
    assert recorder.span.status.is_ok or recorder.span.status.is_unset


@pytest.mark.parametrize(
    ("error", "kind"),
    [(UpstreamTimeoutError(Bilingual("a secret", "سر")), "timeout"), (KeyError("a secret"), "KeyError")],
)
def test_a_failed_generation_tells_the_kind_of_its_error_and_not_its_text(error: Exception, kind: str) -> None:
    recorder = Recorder()
    with pytest.raises(type(error)), GenerationSpan(model="Fanar", provider=recorder):
        raise error
    assert recorder.span.attributes["error.type"] == kind
    assert not recorder.span.status.is_ok
    assert "secret" not in recorder.span.to_json()


def test_without_an_sdk_configured_a_span_does_nothing() -> None:
    with GenerationSpan(model="Fanar") as span:
        span.completed(ResponseCompleted(model="Fanar"))
