"""Cases and notify on one bus: what the desk gives to somebody by itself rings for nobody else (S37, N3)."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from chassis.codec import decode
from chassis.keyring import FakeKeyring
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.notify import AlertRaised
from contracts.topics import NOTIFY_EVENTS
from services.cases import app as cases
from services.cases.settings import CasesSettings
from services.notify import app as notify
from services.notify.settings import NotifySettings
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@dataclass(frozen=True)
class Office:
    """Ann and Ben are available, and Ada decides what is assigned."""

    neighbours: Neighbours
    ada: AsyncClient
    alerts: AsyncGenerator[AlertRaised, None]
    able: frozenset[str]

    async def assigns(self, *, automatic: bool) -> None:
        at = f"/api/cases/assignment/portals/{self.neighbours.portal}"
        await eventually(
            lambda: self.ada.put(at, json={"automatic": automatic}),
            lambda it: it.status_code == 200,
        )

    async def takes(self, chats: int) -> None:
        room = {"chats": chats, "cases": 20}
        (await self.ada.put("/api/cases/assignment/capacity", json=room)).raise_for_status()

    async def told_of(self, case_id: str) -> AlertRaised:
        """The next alert, which must be about this case."""
        alert = await anext(self.alerts)
        assert alert.key == case_id
        return alert


@pytest.fixture
async def office(settings: Settings, neighbours: Neighbours) -> AsyncIterator[Office]:
    ann, ben = await neighbours.employ("Ann"), await neighbours.employ("Ben")
    admin = await neighbours.employ("Ada", role="administrator", available=False)
    await neighbours.list_portal()
    desk = cases.create(CasesSettings(**settings.model_dump()))
    # It would ring again in an hour at the earliest, so whatever rings rings for the first time.
    ringing = NotifySettings(**settings.model_dump(), ring_again_seconds=3_600)
    async with (
        running(desk),
        running(notify.create(ringing)),
        neighbours.client(desk, admin) as ada,
        aclosing(alerts(settings)) as told,
    ):
        await known(desk, admin)
        yield Office(neighbours, ada, told, frozenset({ann.id, ben.id}))


async def known(desk: FastAPI, me: Identity) -> None:
    async def look() -> object:
        return desk.state.desk.people.technician(me.id)

    await eventually(look, bool)


async def alerts(settings: Settings) -> AsyncGenerator[AlertRaised, None]:
    async with asyncio.timeout(60), Tail(settings, [NOTIFY_EVENTS]) as tail:
        async for batch in tail:
            for record in batch.records:
                alert = await decode(record.value, record.headers, FakeKeyring())
                if isinstance(alert, AlertRaised):
                    yield alert


async def test_whoever_is_given_a_chat_is_told_alone_and_first(office: Office) -> None:
    await office.assigns(automatic=True)
    given = set()
    for _ in range(2):
        alert = await office.told_of(await office.neighbours.open_chat())
        (technician,) = alert.told
        reasons = {it.technician_id: it.reason for it in alert.considered}
        assert reasons[technician] == "assignee"
        assert "available" not in reasons.values()
        given.add(technician)
    assert given == office.able
    # Where nobody has room all are told, and where people take cases by hand too; of the two before nothing more.
    await office.takes(0)
    assert {*(await office.told_of(await office.neighbours.open_chat())).told} == office.able
    await office.assigns(automatic=False)
    assert {*(await office.told_of(await office.neighbours.open_chat())).told} == office.able
