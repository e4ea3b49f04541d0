"""The real service on MongoDB and the embedded broker."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from chassis.codec import decode
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.notify import AlertRaised
from contracts.topics import NOTIFY_EVENTS
from services.notify.app import create
from services.notify.settings import NotifySettings
from services.notify.tests.examples import about, ends, given, opened
from tests.support.neighbours import Neighbours, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
def impatient(settings: Settings) -> NotifySettings:
    """A second of patience, so that a test has the time to see it end."""
    return NotifySettings(**settings.model_dump(), ring_again_seconds=1, ring_again_times=1)


async def alerts(settings: Settings) -> AsyncGenerator[AlertRaised, None]:
    async with asyncio.timeout(60), Tail(settings, [NOTIFY_EVENTS]) as tail:
        async for batch in tail:
            for record in batch.records:
                alert = await decode(record.value, record.headers, FakeKeyring())
                assert isinstance(alert, AlertRaised)
                yield alert


async def first(settings: Settings, count: int) -> list[AlertRaised]:
    found: list[AlertRaised] = []
    async with aclosing(alerts(settings)) as told:
        async for alert in told:
            found.append(alert)
            if len(found) == count:
                break
    return found


async def staff(neighbours: Neighbours) -> tuple[Identity, Identity]:
    return await neighbours.employ("Ann"), await neighbours.employ("Ben", available=False)


async def test_a_new_case_is_told_and_told_again_while_nobody_comes(
    impatient: NotifySettings, neighbours: Neighbours, case_id: str
) -> None:
    ann, ben = await staff(neighbours)
    async with running(create(impatient)):
        await neighbours.say(about(opened(), neighbours, case_id))
        told = await first(impatient, 2)
    assert [alert.alert for alert in told] == ["waiting", "waiting_again"]
    assert {alert.told for alert in told} == {(ann.id,)}
    reasons = {routed.technician_id: routed.reason for routed in told[0].considered}
    assert reasons == {ann.id: "available", ben.id: "not_available"}


async def test_a_wait_that_ended_is_told_no_more_even_by_a_replay(
    impatient: NotifySettings, neighbours: Neighbours, case_id: str
) -> None:
    await staff(neighbours)
    other = new_id()
    await neighbours.make_key(other)
    async with running(create(impatient)):
        await neighbours.say(about(opened(), neighbours, case_id))
        await neighbours.say(about(ends()[0], neighbours, case_id))
        await neighbours.say(about(opened(), neighbours, case_id))
        # Another case's second alert shows that the time is up, and that everything was read.
        await neighbours.say(about(opened(), neighbours, other))
        told = await first(impatient, 3)
    assert [alert.alert for alert in told if alert.key == case_id] == ["waiting"]
    assert [alert.alert for alert in told if alert.key == other] == ["waiting", "waiting_again"]


async def test_a_wait_outlives_the_process(
    impatient: NotifySettings, neighbours: Neighbours, case_id: str
) -> None:
    await staff(neighbours)
    patient = impatient.model_copy(update={"ring_again_seconds": 2})
    async with running(create(patient)):
        await neighbours.say(about(opened(), neighbours, case_id))
        await first(patient, 1)
    async with running(create(patient)):
        told = await first(patient, 2)
    assert [alert.alert for alert in told] == ["waiting", "waiting_again"]


async def test_why_somebody_was_not_told_is_answered_by_rest_with_names(
    impatient: NotifySettings, neighbours: Neighbours, case_id: str
) -> None:
    _, ben = await staff(neighbours)
    eve = await neighbours.employ("Eve", companies=(new_id(),))
    url = f"/api/notify/cases/{case_id}/alerts"
    async with running(create(impatient)) as app:
        await neighbours.say(about(opened(), neighbours, case_id))
        await first(impatient, 1)
        async with neighbours.client(app, ben) as browser:
            alert, *_ = (await browser.get(url)).json()["alerts"]
        async with neighbours.client(app, eve) as browser:
            assert (await browser.get(url)).json() == {"alerts": []}
        async with neighbours.client(app, neighbours.customer(case_id)) as browser:
            assert (await browser.get(url)).status_code == 401
    assert alert["alert"] == "waiting"
    assert sorted((it["name"], it["told"], it["reason"]) for it in alert["considered"]) == [
        ("Ann", True, "available"),
        ("Ben", False, "not_available"),
        ("Eve", False, "no_access"),
    ]


async def test_the_inbox_is_asked_for_read_and_cleared_by_its_owner(
    impatient: NotifySettings, neighbours: Neighbours, case_id: str
) -> None:
    ann, ben = await staff(neighbours)
    inbox = "/api/notify/inbox"
    async with running(create(impatient)) as app, neighbours.client(app, ann) as browser:
        event = about(given(ann.id, by=ben.id), neighbours, case_id)
        await neighbours.say(event.model_copy(update={"time": datetime.now(UTC)}))
        async with asyncio.timeout(60):
            while not (found := (await browser.get(inbox)).json())["entries"]:
                await asyncio.sleep(0.05)
        (entry,) = found["entries"]
        assert (entry["kind"], entry["case_id"], found["unread"]) == ("assigned", case_id, 1)
        assert (entry["by"], entry["number"]) == ({"id": ben.id, "name": "Ben"}, 1001)
        for body in ({"through": entry["position"]}, {"case_id": case_id}):
            answer = await browser.put(f"{inbox}/{entry['id']}", json={"read": False})
            assert answer.status_code == 204
            assert (await browser.post(f"{inbox}/read", json=body)).json() == {"unread": 0}
        assert (await browser.post(f"{inbox}/read", json={})).status_code == 422
        async with neighbours.client(app, ben) as other:
            assert (await other.get(inbox)).json() == {"entries": [], "next": None, "unread": 0}
            assert (await other.delete(f"{inbox}/{entry['id']}")).status_code == 404
        assert (await browser.delete(f"{inbox}/{entry['id']}")).status_code == 204
        assert (await browser.get(inbox)).json()["entries"] == []
