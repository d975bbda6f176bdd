"""Turns on logs and, where a collector is named, traces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from opentelemetry import trace

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.settings import Settings
from fanar.telemetry.logs import configure_logging

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider


@contextmanager
def open_telemetry(settings: Settings) -> Iterator[trace.TracerProvider]:
    """Configure logging and yield the provider of tracers; at the end its last spans are sent.

    Raises ConfigurationError when a collector is set and the extra that talks to it is not installed.
    """
    configure_logging(level=settings.log_level, form=settings.log_format)
    if settings.otlp_endpoint is None:
        yield trace.NoOpTracerProvider()
        return
    provider = _exporting_to(settings.otlp_endpoint)
    try:
        yield provider
    finally:
        provider.shutdown()


def _exporting_to(endpoint: str) -> TracerProvider:
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ModuleNotFoundError as cause:
        raise ConfigurationError(
            Bilingual(
                "FANAR_OTLP_ENDPOINT needs the extra telemetry: `make run EXTRAS=telemetry` installs it.",
                "يحتاج FANAR_OTLP_ENDPOINT إلى الإضافة telemetry: يثبّتها الأمر `make run EXTRAS=telemetry`.",
            )
        ) from cause
    provider = TracerProvider(resource=Resource.create({"service.name": "fanar", "service.version": version("fanar")}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")))
    return provider
