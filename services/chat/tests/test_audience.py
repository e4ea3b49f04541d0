"""Who hears what of a case, and who does not: by availability, company and the account's wish."""

import pytest

from chassis.ids import new_id
from chassis.tokens import Identity
from contracts.cases import (
    CaseAssigned,
    CaseDescribed,
    CaseOpened,
    CaseReady,
    CaseReopened,
    CaseResolved,
)
from services.chat.tests.telling import activities, alert, happened, inbox_changed, say
from services.chat.tests.world import Customer, Instance, Person
from tests.support.neighbours import Neighbours

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


async def test_what_waits_is_not_shown_to_who_is_not_available(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    ben = await neighbours.employ("Ben", available=False)
    async with (
        Person.at(chat, neighbours.token(ada)) as available,
        Person.at(chat, neighbours.token(ben)) as away,
    ):
        pending = {"state": "pending"}
        await say(chat, happened(CaseOpened, customer, neighbours, status=pending))
        await say(chat, happened(CaseReady, customer, neighbours, 2))
        await say(chat, alert(customer, neighbours, ada, ben))
        assigned = {"state": "assigned"}
        await say(
            chat,
            happened(CaseAssigned, customer, neighbours, 3, technician_id=ada.id, status=assigned),
        )
        for technician in (available, away):
            await technician.hears("case", lambda f: bool(f["event"] == "case.assigned"))
        await available.hears("alert")
        assert [it["event"] for it in available.of("case")] == [
            "case.opened",
            "case.ready",
            "case.assigned",
        ]
        assert [it["event"] for it in away.of("case")] == ["case.assigned"]
        assert away.of("alert") == []
        await neighbours.list_again(ben, 2, available=True)
        await away.hears("technician", lambda f: bool(f["id"] == ben.id and f["available"]))
        await say(chat, happened(CaseReopened, customer, neighbours, 4, technician_id=None))
        await away.hears("case", lambda f: bool(f["event"] == "case.reopened"))


async def test_a_case_that_comes_back_to_nobody_is_withdrawn_from_who_does_not_see_it(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    """Without it, a list would go on showing as resolved what waits."""
    ben = await neighbours.employ("Ben", available=False)
    eve = await neighbours.employ("Eve", available=False, companies=(new_id(),))
    async with (
        Person.at(chat, neighbours.token(ada)) as available,
        Person.at(chat, neighbours.token(ben)) as away,
        Person.at(chat, neighbours.token(eve)) as elsewhere,
    ):
        back = happened(CaseReopened, customer, neighbours, 4, technician_id=None)
        await say(chat, back)
        withdrawn = await away.hears("withdrawn")
        assert withdrawn == {"t": "withdrawn", "case_id": customer.conversation}
        await available.hears("case", lambda f: bool(f["event"] == "case.reopened"))
        # What waited before was not in sight, so there is nothing to withdraw.
        await say(chat, happened(CaseDescribed, customer, neighbours, 5))
        resolved = {"state": "resolved"}
        last = happened(
            CaseResolved, customer, neighbours, 6, technician_id=ada.id, status=resolved
        )
        await say(chat, last)
        await away.hears("case", lambda f: bool(f["event"] == "case.resolved"))
        assert (away.of("case")[0]["event"], len(away.of("withdrawn"))) == ("case.resolved", 1)
        assert available.of("withdrawn") == elsewhere.of("withdrawn") == []


async def test_where_nothing_is_hidden_who_is_not_available_sees_what_waits_and_hears_nothing(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    ben = await neighbours.employ("Ben", available=False)
    async with (
        Person.at(chat, neighbours.token(ada)) as available,
        Person.at(chat, neighbours.token(ben)) as away,
    ):
        await neighbours.list_account(hide_incoming=False)
        for person in (available, away):
            told = await person.hears("account")
            assert told == {"t": "account", "hide_incoming": False}
        await say(chat, happened(CaseOpened, customer, neighbours))
        await say(chat, alert(customer, neighbours, ada, ben))
        await available.hears("alert")
        await away.hears("case", lambda f: bool(f["event"] == "case.opened"))
        await neighbours.list_account(2, hide_incoming=True)
        await away.hears("account", lambda f: bool(f["hide_incoming"]))
        await say(chat, happened(CaseReady, customer, neighbours, 2))
        await available.hears("case", lambda f: bool(f["event"] == "case.ready"))
        assert [it["event"] for it in away.of("case")] == ["case.opened"]
        assert away.of("alert") == []


async def test_cases_and_alerts_reach_those_they_are_for(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    ben = await neighbours.employ("Ben")
    eve = await neighbours.employ("Eve", companies=(new_id(),))
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as told,
        Person.at(chat, neighbours.token(ben)) as untold,
        Person.at(chat, neighbours.token(eve)) as foreign,
    ):
        await cleo.watches(customer.conversation)
        await say(chat, happened(CaseOpened, customer, neighbours))
        await say(chat, inbox_changed(customer, neighbours, ada))
        await say(chat, alert(customer, neighbours, ada))
        frame = await told.hears("case")
        assert frame["event"] == "case.opened"
        assert frame["case"]["id"] == customer.conversation
        assert frame["case"]["preview"] == "it does not start"
        assert (await told.hears("alert")) == {
            "t": "alert",
            "kind": "waiting",
            "case_id": customer.conversation,
            "number": 1001,
        }
        await untold.hears("case")
        await say(chat, happened(CaseAssigned, customer, neighbours, 2, technician_id=ada.id))
        await untold.hears("case", lambda f: bool(f["event"] == "case.assigned"))
        assert untold.of("alert") == untold.of("inbox") == cleo.of("inbox") == []
        assert told.of("inbox") == [
            {"t": "inbox", "case_id": customer.conversation, "kind": "mentioned"}
        ]
        await cleo.finds(lambda: activities(cleo, customer) or None)
        assert cleo.of("case") == cleo.of("alert") == []
        assert foreign.of("case") == foreign.of("alert") == []


async def test_an_alert_that_is_published_twice_rings_once(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    first = alert(customer, neighbours, ada)
    last = alert(customer, neighbours, ada).model_copy(update={"number": 1002})
    async with Person.at(chat, neighbours.token(ada)) as told:
        for message in (first, first, last):
            await say(chat, message)
        # All on one partition: once the last is heard, both copies of the first were read.
        await told.hears("alert", lambda f: bool(f["number"] == last.number))
        assert [f["number"] for f in told.of("alert")] == [first.number, last.number]
