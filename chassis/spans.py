"""What `chassis.tracing` does while it is on. Only imported then: this is the one module that knows OpenTelemetry."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanContext, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from chassis.tracing import TRACEPARENT, Fact, Headers, Kind, without

EXPORT_SECONDS: Final = 3.0
LINKS: Final = 64
"""A span has room for 128; a batch may be thousands of records."""
_KINDS: Final = {"server": SpanKind.SERVER, "internal": SpanKind.INTERNAL}
_KAFKA: Final[Mapping[str, Fact]] = {"messaging.system": "kafka"}
_NOWHERE: Final = Context()


def exporting(endpoint: str, service: str, instance: str) -> "Spans":
    """Spans that are sent in the background. OTEL_TRACES_SAMPLER says which; all, unless it is set."""
    resource = Resource.create({"service.name": service, "service.instance.id": instance})
    provider = TracerProvider(resource=resource)
    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return Spans(provider)


class Spans:
    """Spans of one process."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("deskbus")
        self._form = TraceContextTextMapPropagator()

    def close(self) -> None:
        """Send what was not sent yet."""
        self._provider.shutdown()

    def begin(
        self, name: str, kind: Kind, facts: Mapping[str, Fact]
    ) -> AbstractContextManager[None]:
        return self._span(name, _KINDS[kind], facts)

    def follow(
        self, name: str, headers: Headers, facts: Mapping[str, Fact]
    ) -> AbstractContextManager[None]:
        told = self._told(headers)
        if told is None:
            return nullcontext()
        return self._span(name, SpanKind.CONSUMER, {**_KAFKA, **facts}, told)

    def follow_all(
        self, name: str, headers_of_all: Iterable[Headers]
    ) -> AbstractContextManager[None]:
        links: list[Link] = []
        for headers in headers_of_all:
            if len(links) < LINKS and (told := self._told(headers)) is not None:
                links.append(Link(_position(told)))
        if not links:
            return nullcontext()
        return self._span(name, SpanKind.CONSUMER, _KAFKA, _NOWHERE, links)

    @contextmanager
    def sending(self, topic: str, headers: Headers) -> Iterator[Headers]:
        parent = None if self.current_id() else self._told(headers)
        if parent is None and not self.current_id():
            yield headers
            return
        facts = {**_KAFKA, "messaging.destination.name": topic}
        with self._span(f"{topic} publish", SpanKind.PRODUCER, facts, parent):
            yield self.onward(headers)

    def onward(self, headers: Headers) -> Headers:
        if not self.current_id():
            return headers
        carrier: dict[str, str] = {}
        self._form.inject(carrier)
        return [*without(headers), (TRACEPARENT, carrier[TRACEPARENT].encode())]

    def name_it(self, name: str, failed: str, facts: Mapping[str, Fact]) -> None:
        span = trace.get_current_span()
        span.update_name(name)
        span.set_attributes(facts)
        if failed:
            span.set_status(StatusCode.ERROR, failed)

    def current_id(self) -> str | None:
        context = trace.get_current_span().get_span_context()
        return trace.format_trace_id(context.trace_id) if context.is_valid else None

    @contextmanager
    def _span(
        self,
        name: str,
        kind: SpanKind,
        facts: Mapping[str, Fact],
        parent: Context | None = None,
        links: Iterable[Link] = (),
    ) -> Iterator[None]:
        """The SDK's own note of an exception would hold its text, which may quote what people wrote."""
        with self._tracer.start_as_current_span(
            name,
            context=parent,
            kind=kind,
            attributes=dict(facts),
            links=list(links),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield
            except Exception as error:
                span.set_status(StatusCode.ERROR, type(error).__name__)
                raise

    def _told(self, headers: Headers) -> Context | None:
        """The sender's trace; None when there is none, or none that can be read."""
        value = next((value for name, value in headers if name == TRACEPARENT), None)
        if not value:
            return None
        carrier = {TRACEPARENT: value.decode(errors="replace")}
        context = self._form.extract(carrier, context=_NOWHERE)
        return context if _position(context).is_valid else None


def _position(context: Context) -> SpanContext:
    return trace.get_current_span(context).get_span_context()
