"""Traces: nothing at all while they are off, and one thread through everything while they are on."""

import asyncio
import gzip
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from types import SimpleNamespace

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from chassis import tracing
from chassis.spans import Spans

OFF = """
import sys
from importlib import import_module
import chassis.serve
from chassis import tracing
from contracts.topics import SERVICES
for service in SERVICES:
    import_module(f"services.{service}.app")
tracing.arm("", "chat", "1")
# FastAPI imports the interface, which does nothing by itself.
heavy = ("opentelemetry.sdk", "opentelemetry.exporter", "google.protobuf", "requests")
loaded = sorted(name for name in sys.modules if name.startswith(heavy))
assert not loaded, loaded
"""
STRANGER = [("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.use(Spans(provider))
    yield exporter
    tracing.use(None)


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def ids(*spans: ReadableSpan) -> set[int]:
    """The traces to which spans belong."""
    return {span.context.trace_id for span in spans if span.context}


# ---- off -----------------------------------------------------------------------------------------


def test_a_process_without_traces_does_not_even_import_them() -> None:
    subprocess.run([sys.executable, "-c", OFF], check=True, timeout=120)


def test_without_traces_headers_are_what_they_were() -> None:
    headers = [("type", b"case.opened")]
    with tracing.begin("GET /"), tracing.sending("case-events", headers) as sent:
        assert sent is headers
        assert tracing.onward(headers) is headers
        assert tracing.current_id() is None


# ---- on ------------------------------------------------------------------------------------------


def test_a_record_carries_its_trace_to_whoever_reads_it(exporter: InMemorySpanExporter) -> None:
    with tracing.begin("GET /", "server"), tracing.sending("chat-log", []) as sent:
        pass
    with tracing.follow("chat-log process", sent):
        pass
    spans = by_name(exporter)
    assert len(ids(*spans.values())) == 1
    publish, process = spans["chat-log publish"], spans["chat-log process"]
    assert process.parent is not None
    assert publish.context is not None
    assert process.parent.span_id == publish.context.span_id


def test_an_outbox_row_carries_the_trace_past_its_transaction(
    exporter: InMemorySpanExporter,
) -> None:
    with tracing.begin("POST /", "server"):
        row = tracing.onward([("type", b"case.opened")])
    with tracing.sending("case-events", row) as sent:
        pass
    names = [name for name, _ in sent]
    assert names == ["type", "traceparent"]
    assert sent != row
    assert len(ids(*exporter.get_finished_spans())) == 1


def test_what_nobody_asked_for_has_no_trace(exporter: InMemorySpanExporter) -> None:
    with tracing.sending("portal-directory", []) as sent, tracing.follow("process", sent):
        assert sent == []
    with tracing.follow("process", [("traceparent", b"nonsense")]):
        pass
    assert exporter.get_finished_spans() == ()


def test_an_error_is_told_by_its_class_and_never_by_its_text(
    exporter: InMemorySpanExporter,
) -> None:
    with pytest.raises(ValueError, match="hunter2"), tracing.begin("POST /"):
        raise ValueError("the password hunter2 is too short")
    (span,) = exporter.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description == "ValueError"
    assert "hunter2" not in span.to_json()


def test_a_batch_is_linked_to_the_traces_in_it(exporter: InMemorySpanExporter) -> None:
    traced, untraced = SimpleNamespace(headers=STRANGER), SimpleNamespace(headers=[("type", b"x")])
    with tracing.follow_all("chat-log store", [traced, untraced, *[traced] * 200]):
        pass
    (span,) = exporter.get_finished_spans()
    assert len(span.links) == 64
    assert span.links[0].context.trace_id == int("0af7651916cd43dd8448eb211c80319c", 16)


async def test_a_trace_goes_on_in_tasks_that_were_begun_in_it(
    exporter: InMemorySpanExporter,
) -> None:
    async def send() -> None:
        with tracing.sending("chat-log", []):
            await asyncio.sleep(0)

    with tracing.begin("frame send", "server"):
        task = asyncio.create_task(send())
    await task
    assert len(ids(*exporter.get_finished_spans())) == 1
    assert set(by_name(exporter)) == {"frame send", "chat-log publish"}


# ---- sending -------------------------------------------------------------------------------------


@pytest.fixture
def collector() -> Iterator[tuple[str, Queue[tuple[str, bytes]]]]:
    """Something that takes what is posted to it, and its address."""
    got: Queue[tuple[str, bytes]] = Queue()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.put((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", got
        server.shutdown()
        thread.join()


def test_what_ended_is_sent_before_the_process_ends(
    collector: tuple[str, Queue[tuple[str, bytes]]],
) -> None:
    address, got = collector
    tracing.arm(address, "deskbus-chat", "chat-1")
    with tracing.begin("GET /api/chat/conversations", "server"):
        pass
    tracing.disarm()
    path, body = got.get(timeout=10)
    sent = ExportTraceServiceRequest.FromString(gzip.decompress(body) if body[0] == 0x1F else body)
    (of_process,) = sent.resource_spans
    facts = {it.key: it.value.string_value for it in of_process.resource.attributes}
    assert path == "/v1/traces"
    assert (facts["service.name"], facts["service.instance.id"]) == ("deskbus-chat", "chat-1")
    assert of_process.scope_spans[0].spans[0].name == "GET /api/chat/conversations"
    assert tracing.current_id() is None


def test_an_absent_collector_does_not_hold_up_the_end() -> None:
    tracing.arm("http://127.0.0.1:1", "deskbus-chat", "chat-1")
    with tracing.begin("GET /"):
        pass
    started = time.monotonic()
    tracing.disarm()
    assert time.monotonic() - started < 20


def test_a_replay_has_left_its_trace_behind() -> None:
    assert tracing.without([("type", b"x"), *STRANGER]) == [("type", b"x")]
