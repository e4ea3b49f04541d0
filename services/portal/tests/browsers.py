"""The service run in this process, and browsers that talk to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI

from chassis.clock import Clock, FakeClock
from chassis.producer import Producer
from chassis.topics import admin, issue_epoch, provision
from contracts.topics import TOPICS
from services.portal.app import create
from services.portal.settings import PortalSettings
from services.portal.tests.examples import ADMISSION, GRETA, PASSWORD, cheap_hasher


@asynccontextmanager
async def running(settings: PortalSettings, clock: Clock | None = None) -> AsyncIterator[FastAPI]:
    app = create(settings, clock=clock or FakeClock(), hasher=cheap_hasher())
    async with app.router.lifespan_context(app):
        yield app


def browser(app: FastAPI, scheme: str = "http", address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A client that keeps cookies, as a browser does."""
    transport = httpx.ASGITransport(app, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url=f"{scheme}://127.0.0.1:8080")


async def sign_in(client: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    answer = await client.post("/api/portal/session", json={"email": GRETA, "password": password})
    if answer.is_success:
        client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
    return answer


async def become_available(client: httpx.AsyncClient) -> None:
    assert (await sign_in(client)).is_success
    answer = await client.put("/api/portal/me/availability", json={"available": True})
    assert answer.json()["available"] is True


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def admit(client: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    body = {**ADMISSION, **changes}
    return await client.post("/api/portal/portals/demo/admissions", json=body)


async def begin(settings: PortalSettings, epoch: int) -> None:
    """What chat does to a fresh log."""
    async with admin(settings) as client:
        await provision(client, TOPICS)
    async with Producer(settings) as producer:
        await issue_epoch(settings, producer, epoch)
