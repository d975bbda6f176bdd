"""OpenTelemetry spans in the words of its GenAI conventions. Knows no exporter: without one configured, a span costs next to nothing.

What was asked or answered is never put into a span.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from opentelemetry import trace
from opentelemetry.trace import SpanKind, StatusCode, TracerProvider

from fanar.errors import FanarError
from fanar.events import ResponseCompleted


class GenerationSpan:
    """The span of one generation, from the request to the last piece of its answer.

    A context manager that does not become the current span: an async generator may be closed in another context than it was begun in.
    """

    def __init__(self, *, model: str, operation: str = "chat", route: str | None = None, provider: TracerProvider | None = None) -> None:
        attributes = {"gen_ai.operation.name": operation, "gen_ai.provider.name": "fanar", "gen_ai.request.model": model}
        if route is not None:
            attributes["fanar.route"] = route
        tracer = trace.get_tracer("fanar", tracer_provider=provider)
        self._span = tracer.start_span(f"{operation} {model}", kind=SpanKind.CLIENT, attributes=attributes)

    def completed(self, event: ResponseCompleted) -> None:
        """Note what really answered, with how many tokens and why it ended."""
        self._span.set_attributes(
            {
                "gen_ai.response.model": event.model,
                "gen_ai.response.finish_reasons": (event.finish_reason,),
                "gen_ai.usage.input_tokens": event.usage.prompt_tokens,
                "gen_ai.usage.output_tokens": event.usage.completion_tokens,
            }
        )

    def __enter__(self) -> Self:
        """Return itself; it began when it was made."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """End the span, with the kind of the error that ended it."""
        if error is not None:
            self._span.set_attribute("error.type", error.code if isinstance(error, FanarError) else type(error).__name__)
            self._span.set_status(StatusCode.ERROR)
        self._span.end()
