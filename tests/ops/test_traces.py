"""One message is one trace: from the socket or the request, through Kafka and the outbox, to whoever reads it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis import tracing
from chassis.ids import new_id
from chassis.settings import Settings
from chassis.spans import Spans
from services.cases.app import create as create_cases
from services.cases.settings import CasesSettings
from services.chat.tests.world import Customer, Instance, Person, running
from tests.support.neighbours import Neighbours, broker, eventually, neighbours, settings

__all__ = ["broker", "neighbours", "settings"]

SECRET_WORDS = "my password is hunter2"


@dataclass
class Traces:
    """The spans that ended, by the trace that they belong to."""

    exporter: InMemorySpanExporter

    async def of(self, first: str, through: set[str]) -> list[ReadableSpan]:
        """The trace that began with this span, once it went through all of these."""

        async def found() -> list[ReadableSpan]:
            spans = self.exporter.get_finished_spans()
            roots = [it.context.trace_id for it in spans if it.name == first and it.context]
            return [it for it in spans if roots and it.context and it.context.trace_id == roots[-1]]

        return await eventually(found, lambda spans: {it.name for it in spans} >= through)


@pytest.fixture
def traces() -> Iterator[Traces]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.use(Spans(provider))
    yield Traces(exporter)
    tracing.use(None)


@asynccontextmanager
async def cases_beside(settings: Settings) -> AsyncIterator[FastAPI]:
    app = create_cases(CasesSettings.model_validate(settings.model_dump()))
    async with app.router.lifespan_context(app):
        await eventually(app.state.runtime.readiness, lambda checks: not any(checks.values()))
        yield app


async def test_what_is_asked_for_is_one_trace_to_the_last_reader(
    settings: Settings, neighbours: Neighbours, traces: Traces
) -> None:
    await neighbours.list_portal()
    ann = await neighbours.employ("Ann")
    async with cases_beside(settings) as cases, running(settings) as chat:
        customer = Customer(neighbours)
        await customer.opens(chat)
        await a_message_on_a_socket(chat, customer, traces)
        await a_request_of_cases(neighbours.client(cases, ann), customer.conversation, traces)


async def a_message_on_a_socket(chat: Instance, customer: Customer, traces: Traces) -> None:
    async with Person.at(chat, customer.token) as cleo:
        conversation = customer.conversation
        await cleo.say(t="watch", conversation=conversation)
        await cleo.hears("entries")
        said = {"conversation": conversation, "client_id": new_id(), "text": SECRET_WORDS}
        await cleo.say(t="send", **said)
        await cleo.hears("ack")
        through = {
            "frame send",
            "chat-log publish",
            "chat-log fan-out",
            "chat-log process",
            "case-events publish",
        }
        spans = await traces.of("frame send", through)
    expect_one_tree(spans, "frame send")
    finished = traces.exporter.get_finished_spans()
    assert not any("hunter2" in span.to_json() for span in finished)
    stored = [link for it in finished if it.name == "chat-log store" for link in it.links]
    assert trace_of(spans[0]) in {link.context.trace_id for link in stored}


async def a_request_of_cases(ann: AsyncClient, case_id: str, traces: Traces) -> None:
    path = f"/api/cases/cases/{case_id}"

    async def version() -> int | None:
        answer = await ann.get(path)
        return int(answer.json()["state_version"]) if answer.is_success else None

    found = await eventually(version, lambda known: known is not None)
    stranger = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    body = {"state_version": found}
    answer = await ann.post(f"{path}/assign", json=body, headers={"traceparent": stranger})
    answer.raise_for_status()
    name = "POST /api/cases/cases/{case_id}/assign"
    through = {
        name,
        "case-events publish",
        "case-events process",
        "chat-log publish",
    }
    spans = await traces.of(name, through)
    expect_one_tree(spans, name)
    assert trace_of(spans[0]) != int(stranger.split("-")[1], 16)
    (root,) = [span for span in spans if span.name == name]
    assert (root.attributes or {})["http.response.status_code"] == answer.status_code


def expect_one_tree(spans: list[ReadableSpan], root: str) -> None:
    """Every span hangs on another one of the trace, but for the one with which it began."""
    known = {span.context.span_id for span in spans if span.context}
    assert [span.name for span in spans if span.parent is None] == [root]
    assert all(span.parent.span_id in known for span in spans if span.parent)


def trace_of(span: ReadableSpan) -> int:
    assert span.context is not None
    return int(span.context.trace_id)
