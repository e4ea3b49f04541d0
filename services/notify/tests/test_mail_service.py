"""The real service on MongoDB and the embedded broker, with a mail server: what arrives, is told and shown."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from chassis.clock import SystemClock
from chassis.codec import decode
from chassis.ids import new_id
from chassis.keyring import Keyring
from chassis.links import CaseRef, Links
from chassis.mongo import Database
from chassis.positions import OFFSETS
from chassis.settings import Settings
from chassis.storage import INBOX
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.cases import CaseChanged
from contracts.envelope import Actor
from contracts.notify import MailChanged, SendMail
from contracts.topics import NOTIFY_EVENTS
from services.notify.app import create
from services.notify.domain import CLAIM, acknowledgement_id
from services.notify.planned import PLANNED
from services.notify.settings import NotifySettings
from services.notify.tests.examples import about, mail, rated, request, resolved
from tests.support.mail import MailServer
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]

DONE = {"accepted", "failed", "unknown"}


@pytest.fixture
def posted(settings: Settings, server: MailServer) -> NotifySettings:
    return NotifySettings(
        **settings.model_dump(),
        smtp=server.address,
        smtp_security="none",
        mail_from="desk@deskbus.example",
        mail_retry_seconds=0.2,
        survey_after_seconds=1,
    )


def asked(neighbours: Neighbours, case_id: str, mail_id: str = "") -> SendMail:
    command: SendMail = about(mail(mail_id=mail_id or new_id()), neighbours, case_id)
    return command


async def told(
    settings: Settings, enough: Callable[[list[MailChanged]], bool]
) -> list[MailChanged]:
    """What was told of mails, from the beginning."""
    found: list[MailChanged] = []
    async with (
        asyncio.timeout(60),
        Database.connect(settings.mongo, settings.database("notify")) as database,
        Tail(settings, [NOTIFY_EVENTS]) as tail,
    ):
        keyring = Keyring(database, settings)
        async for batch in tail:
            for record in batch.records:
                message = await decode(record.value, record.headers, keyring)
                found += [message] if isinstance(message, MailChanged) else []
            if enough(found):
                break
    return found


def settled(count: int) -> Callable[[list[MailChanged]], bool]:
    return lambda found: sum(change.state in DONE for change in found) >= count


def customer_of(neighbours: Neighbours, case_id: str) -> Identity:
    return Identity("customer", new_id(), neighbours.tenant, "", conversation=case_id)


async def shown(browser: AsyncClient, mail_id: str) -> dict[str, Any]:
    async def ask() -> Any:
        return (await browser.get(f"/api/notify/mails/{mail_id}")).json()

    answer: dict[str, Any] = await eventually(ask, lambda a: a.get("state") in DONE)
    return answer


async def test_a_mail_is_sent_told_and_shown(
    posted: NotifySettings, neighbours: Neighbours, case_id: str, server: MailServer
) -> None:
    ann = await neighbours.employ("Ann")
    command = asked(neighbours, case_id).model_copy(
        update={"actor": Actor(kind="technician", id=ann.id, via="transcripts")}
    )
    async with running(create(posted)) as app, neighbours.client(app, ann) as browser:
        await neighbours.say(command)
        view = await shown(browser, command.mail_id)
        listed = (await browser.get(f"/api/notify/cases/{case_id}/mails")).json()
        changes = await told(posted, settled(1))
    assert len(server.taken) == 1
    assert [change.state for change in changes] == ["requested", "sending", "accepted"]
    assert [change.aggregate_version for change in changes] == [1, 2, 3]
    assert {change.recipient for change in changes} == {"cleo@example.com"}
    assert listed == {"mails": [view]}
    assert view.pop("requested_at").endswith("Z")
    assert view.pop("changed_at").endswith("Z")
    assert view == {
        "mail_id": command.mail_id,
        "kind": "transcript",
        "state": "accepted",
        "reason": "250",
        "attempts": 1,
        "recipient": "cleo@example.com",
        "asked_by": {"kind": "technician", "id": ann.id, "name": "Ann"},
    }


async def test_a_customer_sees_the_mails_of_their_own_conversation_only(
    posted: NotifySettings, neighbours: Neighbours, case_id: str
) -> None:
    asker = Actor(kind="technician", id=new_id(), via="transcripts")
    command = asked(neighbours, case_id).model_copy(update={"actor": asker})
    mine, foreign = customer_of(neighbours, case_id), customer_of(neighbours, new_id())
    other_company = await neighbours.employ("Ben", companies=(new_id(),))
    async with running(create(posted)) as app:
        await neighbours.say(command)
        async with neighbours.client(app, mine) as browser:
            seen = await shown(browser, command.mail_id)
            assert (seen["state"], seen["asked_by"]) == ("accepted", None)
            listing = await browser.get(f"/api/notify/cases/{case_id}/mails")
            assert listing.status_code == 401
        for stranger in (foreign, other_company):
            await refuses(app, neighbours, stranger, command.mail_id)
        async with neighbours.client(app, other_company) as browser:
            listing = await browser.get(f"/api/notify/cases/{case_id}/mails")
            assert listing.json() == {"mails": []}


async def refuses(app: FastAPI, neighbours: Neighbours, stranger: Identity, mail_id: str) -> None:
    async with neighbours.client(app, stranger) as browser:
        for asked_for in (mail_id, new_id(), "nonsense"):
            answer = await browser.get(f"/api/notify/mails/{asked_for}")
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "mail_unknown")


async def test_a_request_is_acknowledged_in_its_customers_language(
    posted: NotifySettings, neighbours: Neighbours, case_id: str, server: MailServer
) -> None:
    async with running(create(posted)):
        await neighbours.say(
            about(request(locale="es-MX", problem=("Ayuda",)), neighbours, case_id)
        )
        (*_, last) = await told(posted, settled(1))
    assert (last.kind, last.state) == ("acknowledgement", "accepted")
    assert last.mail_id == acknowledgement_id(case_id)
    (taken,) = server.taken
    assert taken.message["Subject"] == "Hemos recibido su solicitud 1001"
    assert "> Ayuda" in taken.part("plain")


async def test_what_is_delivered_twice_or_replayed_from_the_start_sends_no_second_mail(
    posted: NotifySettings, neighbours: Neighbours, case_id: str, server: MailServer
) -> None:
    command, case = asked(neighbours, case_id), about(request(), neighbours, case_id)
    async with running(create(posted)):
        for message in (command, case, command, case):
            await neighbours.say(message)
        await neighbours.say(asked(neighbours, case_id, command.mail_id))
        await told(posted, settled(2))
    async with Database.connect(posted.mongo, posted.database("notify")) as database:
        # As if the inbox had expired, and the whole topic were read again.
        for name in (INBOX, OFFSETS):
            await database.collection(name).delete_many({})
    last = asked(neighbours, case_id)
    async with running(create(posted)):
        await neighbours.say(last)
        changes = await told(posted, settled(3))
    assert len(server.taken) == 3
    assert len({taken.message["Message-ID"] for taken in server.taken}) == 3
    assert [change.aggregate_version for change in changes][-1] == 1 + 9
    assert changes[-1].mail_id == last.mail_id


def of(neighbours: Neighbours, event: CaseChanged, case_id: str) -> Any:
    """The event of a case that came in by the account's own portal."""
    at_home = event.case.model_copy(update={"portal_id": neighbours.portal})
    return about(event.model_copy(update={"case": at_home}), neighbours, case_id)


async def test_a_survey_is_mailed_once_whatever_is_read_again(
    posted: NotifySettings, neighbours: Neighbours, case_id: str, server: MailServer
) -> None:
    await neighbours.list_portal()
    other = new_id()
    await neighbours.make_key(other)
    asked_for = [of(neighbours, resolved(), case_id)]
    answered = [of(neighbours, event, other) for event in (resolved(), rated())]
    async with running(create(posted)):
        for event in (*answered, *asked_for, *asked_for):
            await neighbours.say(event)
        await told(posted, settled(1))
    async with Database.connect(posted.mongo, posted.database("notify")) as database:
        # As if the inbox had expired, and the whole topic were read again.
        for name in (INBOX, OFFSETS):
            await database.collection(name).delete_many({})
    last = of(neighbours, resolved(), new_id())
    await neighbours.make_key(last.conversation_id)
    async with running(create(posted)):
        await neighbours.say(last)
        changes = await told(posted, settled(2))
    assert [change.conversation_id for change in changes if change.state == "accepted"] == [
        case_id,
        last.conversation_id,
    ]
    assert {change.kind for change in changes} == {"survey"}
    assert len(server.taken) == 2
    token = server.taken[0].part("plain").partition("/c#")[2].split()[0]
    assert Links(posted).case_behind(token) == CaseRef(neighbours.tenant, case_id)


async def test_a_planned_survey_outlives_the_process(
    posted: NotifySettings, neighbours: Neighbours, case_id: str, server: MailServer
) -> None:
    await neighbours.list_portal()
    patient = posted.model_copy(update={"survey_after_seconds": 3})
    async with (
        Database.connect(posted.mongo, posted.database("notify")) as database,
        running(create(patient)),
    ):
        await neighbours.say(of(neighbours, resolved(), case_id))
        rows = database.collection(PLANNED)
        await eventually(lambda: rows.find_one({"_id": case_id}), lambda row: row is not None)
        assert server.taken == []
    async with running(create(patient)):
        (*_, change) = await told(posted, settled(1))
    assert (change.kind, change.state, len(server.taken)) == ("survey", "accepted", 1)


async def test_a_mail_outlives_the_process_and_is_sent_when_the_server_is_back(
    posted: NotifySettings, neighbours: Neighbours, case_id: str, server: MailServer
) -> None:
    await server.down()
    async with running(create(posted)):
        await neighbours.say(asked(neighbours, case_id))
        await told(posted, lambda found: any(change.state == "waiting" for change in found))
    await server.up()
    async with running(create(posted)):
        (*_, last) = await told(posted, settled(1))
    assert (last.state, len(server.taken)) == ("accepted", 1)
    assert last.attempts > 1


# ---- kill -9 -------------------------------------------------------------------------------------


@asynccontextmanager
async def child(
    posted: NotifySettings, server: MailServer, failpoints: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Notify as a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("DESKBUS_")}
    chosen = {
        "KAFKA": posted.kafka,
        "MONGO": posted.mongo,
        "DATABASE_PREFIX": posted.database_prefix,
        "EMBEDDED": "true",
        "SECRET": posted.secret.get_secret_value(),
        "PORT": str(port),
        "SMTP": server.address,
        "SMTP_SECURITY": "none",
        "MAIL_FROM": posted.mail_from,
        "FAILPOINTS": failpoints,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "chassis.cli", "serve", "notify"),
        env=own | {f"DESKBUS_{name}": value for name, value in chosen.items()},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


class Later(SystemClock):
    """A clock by which whatever a dead process had claimed is free again."""

    def now(self) -> datetime:
        return super().now() + CLAIM


async def dies(
    posted: NotifySettings, server: MailServer, place: str, work: Callable[[], Awaitable[None]]
) -> None:
    async with asyncio.timeout(60), child(posted, server, f"{place}=kill@1") as process:
        await work()
        assert await process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(("mail.before_note", "accepted", 1), id="not noted yet: sent by the next"),
        pytest.param(("mail.before_data", "unknown", 0), id="noted and not sent: unknown"),
        pytest.param(("mail.after_data", "unknown", 1), id="sent and not settled: unknown"),
    ],
)
async def test_a_killed_process_leads_to_no_second_mail(
    posted: NotifySettings,
    neighbours: Neighbours,
    case_id: str,
    server: MailServer,
    fault: tuple[str, str, int],
) -> None:
    place, state, mails = fault
    command = asked(neighbours, case_id)
    await dies(posted, server, place, lambda: neighbours.say(command))
    async with running(create(posted, clock=Later())):
        changes = await told(posted, settled(1))
        # Time enough for a second try to begin, were there one.
        await asyncio.sleep(1)
    assert changes[-1].state == state
    assert len(server.taken) == mails
    assert changes[-1].attempts == (2 if state == "accepted" else 1)


@pytest.mark.parametrize("place", ["transaction.after_commit", "consumer.after_effect"])
async def test_a_process_killed_around_the_request_leads_to_one_mail(
    posted: NotifySettings, neighbours: Neighbours, case_id: str, server: MailServer, place: str
) -> None:
    command = asked(neighbours, case_id)
    await dies(posted, server, place, lambda: neighbours.say(command))
    async with running(create(posted)):
        changes = await told(posted, settled(1))
    assert changes[-1].state == "accepted"
    assert len(server.taken) == 1
