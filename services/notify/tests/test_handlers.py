from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.clock import FakeClock
from chassis.errors import RetryLater
from chassis.ids import derived_id
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from chassis.tokens import Identity
from contracts.envelope import Message
from contracts.notify import AlertRaised, MailChanged
from contracts.portal import CompanyListed, TechnicianListed
from services.notify import consumers, domain
from services.notify.domain import Persistence
from services.notify.handlers import FROM_TIMERS, Alerts, Mails, Patience
from services.notify.ledger import Ledger
from services.notify.storage import FakeAlertStore, FakeMailStore
from services.notify.tests.examples import (
    ANN,
    ANNS,
    AT,
    BEN,
    CASE,
    OTHER_COMPANY,
    company,
    contact_changed,
    ends,
    mail,
    opened,
    ready,
    reopened,
    request,
    requested,
    technician,
)


class FakePeople:
    """The directory as far as notify asks it."""

    def __init__(self, *people: TechnicianListed) -> None:
        self.loaded = True
        self.people = list(people)

    def everyone(self, tenant: str) -> list[TechnicianListed]:
        return [person for person in self.people if person.tenant == tenant]

    def technician(self, technician_id: str) -> TechnicianListed | None:
        return next((it for it in self.people if it.technician_id == technician_id), None)

    def company(self, company_id: str) -> CompanyListed | None:
        listed = company()
        return listed if listed.company_id == company_id else None


class House:
    """Notify on fakes, with the bus in front of it and the clock in the test's hand."""

    def __init__(self, times: int = 3) -> None:
        self.storage, self.timers, self.clock = FakeStorage(), FakeTimers(), FakeClock(AT)
        self.people = FakePeople(technician(ANN), technician(BEN, available=False))
        patience = Patience(timedelta(seconds=60), times)
        store = FakeAlertStore(self.storage)
        self.alerts = Alerts(store, self.timers, self.people, self.clock, patience)
        self.ledger = FakeMailStore(self.storage)
        persistence = Persistence(timedelta(seconds=10), timedelta(hours=1), timedelta(hours=24))
        mails = Mails(self.ledger, Ledger(self.ledger, self.clock, persistence), self.people)
        self.mails = mails
        subscriptions = (consumers.case_events(self.alerts, mails), consumers.commands(mails))
        self.handlers = {k: h for s in subscriptions for k, h in s.handlers.items()}

    async def hears(self, event: Message, *, once: str | None = None) -> None:
        handle = self.handlers[type(event)]
        await self.storage.transact(lambda tx: handle(tx, event), once=once)

    async def after(self, seconds: float) -> None:
        """Let time pass, and fire what is due."""
        self.clock.advance(seconds)
        due = [n for n, (at, _, _) in self.timers.scheduled.items() if at <= self.clock.now()]
        for name in due:
            _, kind, payload = self.timers.scheduled.pop(name)
            handle = FROM_TIMERS[kind]
            await self.storage.transact(
                lambda tx, h=handle, p=payload: h(self.alerts, tx, p)  # type: ignore[misc]
            )

    @property
    def told(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(m.alert, m.told) for m in self.storage.emitted if isinstance(m, AlertRaised)]

    @property
    def mailed(self) -> list[tuple[str, str, str]]:
        changes = [m for m in self.storage.emitted if isinstance(m, MailChanged)]
        return [(m.kind, m.recipient, m.state) for m in changes]


@pytest.fixture
def house() -> House:
    return House()


async def test_whoever_can_come_is_told_at_once(house: House) -> None:
    await house.hears(opened())
    assert house.told == [("waiting", (ANN,))]


async def test_an_unclaimed_chat_rings_again_after_its_time_and_at_most_so_often(
    house: House,
) -> None:
    await house.hears(opened())
    await house.after(59)
    assert len(house.told) == 1
    await house.after(1)
    assert house.told[1:] == [("waiting_again", (ANN,))]
    for _ in range(5):
        await house.after(60)
    assert [alert for alert, _ in house.told] == ["waiting", *["waiting_again"] * 3]
    versions = [message.aggregate_version for message in house.storage.emitted]
    assert versions == [1, 2, 3, 4]


async def test_ringing_again_can_be_turned_off() -> None:
    house = House(times=0)
    await house.hears(opened())
    assert house.timers.scheduled == {}


async def test_who_became_available_meanwhile_is_told_then(house: House) -> None:
    await house.hears(opened())
    house.people.people = [technician(ANN, available=False), technician(BEN)]
    await house.after(60)
    assert house.told[-1] == ("waiting_again", (BEN,))


@pytest.mark.parametrize("end", ends(), ids=lambda event: event.type)
async def test_nobody_is_told_again_once_the_wait_has_ended(house: House, end: Message) -> None:
    await house.hears(opened())
    await house.hears(end)
    assert house.timers.scheduled == {}
    await house.after(600)
    assert len(house.told) == 1


async def test_a_timer_that_fires_late_tells_nothing_of_an_ended_wait(house: House) -> None:
    await house.hears(opened())
    kept = dict(house.timers.scheduled)
    await house.hears(ends()[0])
    house.timers.scheduled.update(kept)
    await house.after(60)
    assert len(house.told) == 1


async def test_a_timer_that_fires_twice_tells_once(house: House) -> None:
    await house.hears(opened())
    kept = dict(house.timers.scheduled)
    await house.after(60)
    house.timers.scheduled |= kept
    await house.after(0)
    assert len(house.told) == 2


async def test_a_replay_tells_nobody_twice_even_without_an_inbox(house: House) -> None:
    event = opened()
    await house.hears(event)
    await house.hears(ends()[0])
    await house.hears(event)
    assert len(house.told) == 1
    assert house.timers.scheduled == {}


async def test_nothing_is_decided_before_everybody_is_known(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(opened(), once="message")
    house.people.loaded = True
    await house.hears(opened(), once="message")
    assert house.told == [("waiting", (ANN,))]


async def test_the_alert_is_about_the_case_and_says_nothing_of_the_customer(house: House) -> None:
    await house.hears(opened())
    (alert,) = house.storage.emitted
    assert alert.key == CASE
    assert "cleo" not in alert.model_dump_json().lower()


# ---- requests and pending cases ------------------------------------------------------------------


async def test_a_request_rings_once_and_not_again(house: House) -> None:
    await house.hears(request())
    await house.after(600)
    assert house.told == [("waiting", (ANN,))]


async def test_a_pending_case_rings_when_it_is_ready_and_again(house: House) -> None:
    await house.hears(opened(state="pending"))
    assert house.told == []
    await house.hears(ready())
    await house.after(60)
    assert [alert for alert, _ in house.told] == ["waiting", "waiting_again"]


async def test_who_stops_waiting_is_not_rung_for_again(house: House) -> None:
    await house.hears(opened())
    await house.hears(requested())
    await house.after(600)
    assert house.told == [("waiting", (ANN,))]


async def test_a_pending_chat_that_turns_into_a_request_rings_then(house: House) -> None:
    await house.hears(opened(state="pending"))
    await house.hears(requested())
    await house.after(600)
    assert house.told == [("waiting", (ANN,))]


# ---- reopened cases ------------------------------------------------------------------------------


async def test_a_case_that_came_back_to_nobody_rings_as_a_new_one_once(house: House) -> None:
    await house.hears(opened())
    for end in ends():
        await house.hears(end)
    await house.hears(reopened(4))
    assert house.told == [("waiting", (ANN,))] * 2
    await house.after(600)
    assert len(house.told) == 2


async def test_each_return_rings_and_a_replay_of_it_does_not(house: House) -> None:
    await house.hears(opened())
    for event in (reopened(4), reopened(4), reopened(7), reopened(4)):
        await house.hears(ends()[1])
        await house.hears(event)
    assert len(house.told) == 3


async def test_a_case_that_came_back_to_its_technician_does_not_ring_for_all(house: House) -> None:
    await house.hears(reopened(4, state="assigned", assignee_id=ANN))
    assert house.told == []


# ---- why somebody was told, or not (N3) ----------------------------------------------------------


async def test_every_decision_on_a_case_is_there_with_its_reasons(house: House) -> None:
    await house.hears(opened())
    house.people.people = [technician(ANN, available=False), technician(BEN, available=False)]
    await house.after(60)
    first, again = await house.alerts.of_case(ANNS, CASE)
    assert (first.alert, first.decided_at) == ("waiting", AT)
    assert [(it.told, it.reason) for it in first.considered] == [
        (True, "available"),
        (False, "not_available"),
    ]
    assert again.alert == "waiting_again"
    assert not any(it.told for it in again.considered)


@pytest.mark.parametrize(
    "viewer",
    [
        replace(ANNS, tenant=derived_id("other tenant")),
        replace(ANNS, companies=(OTHER_COMPANY,)),
        replace(ANNS, companies=()),
    ],
)
async def test_decisions_on_cases_out_of_reach_are_not_shown(
    house: House, viewer: Identity
) -> None:
    await house.hears(opened())
    assert await house.alerts.of_case(viewer, CASE) == []
    assert len(await house.alerts.of_case(ANNS, CASE)) == 1


# ---- mails ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [request(), requested(), contact_changed()], ids=lambda e: e.type)
async def test_a_request_is_acknowledged_by_mail(house: House, event: Message) -> None:
    await house.hears(event)
    assert house.mailed == [("acknowledgement", "cleo@example.com", "requested")]


async def test_a_request_is_acknowledged_once_whatever_is_read_again(house: House) -> None:
    for event in (requested(), request(), contact_changed(), requested()):
        await house.hears(event)
    assert len(house.mailed) == 1


@pytest.mark.parametrize(
    "event",
    [opened(), request(email=""), opened(state="pending", email="")],
    ids=["live chat", "request without an address", "pending"],
)
async def test_nobody_else_is_written_to(house: House, event: Message) -> None:
    await house.hears(event)
    assert house.mailed == []


async def test_a_mail_of_another_service_enters_the_ledger_once(house: House) -> None:
    command = mail()
    await house.hears(command)
    await house.hears(command.model_copy(update={"id": command.correlation_id}))
    assert house.mailed == [("transcript", "cleo@example.com", "requested")]
    (line,) = await house.ledger.of_case(CASE)
    assert (line.id, line.state, line.attempts) == (command.mail_id, "requested", 0)


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "cleo@example.com\nBcc: all@example.com", "a@b@c", "cleo@example.com,b@c.de"],
)
async def test_a_mail_to_no_address_has_failed_at_once(house: House, address: str) -> None:
    await house.hears(mail(recipient=address))
    assert house.mailed == [("transcript", address, "failed")]
    (line,) = await house.ledger.of_case(CASE)
    assert (line.reason, line.due) == ("invalid_address", None)


async def test_alerts_and_mails_of_a_case_share_one_stream_without_gaps(house: House) -> None:
    await house.hears(request())
    await house.hears(mail())
    assert [m.aggregate_version for m in house.storage.emitted] == [1, 2, 3]


async def test_an_acknowledgement_waits_until_the_company_is_known(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(requested(state="assigned", assignee_id=ANN), once="message")
    house.people.loaded = True
    await house.hears(requested(state="assigned", assignee_id=ANN), once="message")
    content = await house.ledger.content((await house.ledger.of_case(CASE))[0])
    assert "Demo Ltd" in content.text
    assert domain.acknowledgement_id(CASE) == (await house.ledger.of_case(CASE))[0].id
