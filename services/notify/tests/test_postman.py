"""The postman and the ledger: several processes, ones that stand still, and a ledger that is away."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from chassis.errors import RetryLater
from chassis.failpoints import arm
from chassis.keyring import Erased
from chassis.storage import FakeStorage, FakeTx, Tx
from contracts.notify import MailContent
from services.notify.domain import CLAIM, Mail, Persistence
from services.notify.ledger import Ledger
from services.notify.storage import FakeMailStore
from services.notify.tests.examples import CASE
from services.notify.tests.office import FIRST, LAST, Office
from services.notify.tests.test_received_store import received
from tests.support.mail import During, MailServer

# ---- several processes, and ones that stand still ------------------------------------------------


async def test_postmen_share_the_work_and_no_mail_goes_twice(
    office: Office, server: MailServer
) -> None:
    ids = [await office.request() for _ in range(30)]
    postmen = [office.hire() for _ in range(3)]
    for _ in range(10):
        await asyncio.gather(*(postman.send_due() for postman in postmen))
        await asyncio.gather(*(postman.settle_down() for postman in postmen))
    found = sorted(taken.message["Message-ID"] for taken in server.taken)
    sender = office.settings.mail_from
    assert found == sorted(office.threads.message_id(mail_id, CASE, sender) for mail_id in ids)


async def test_who_stood_still_finds_the_mail_taken_over(
    office: Office, server: MailServer
) -> None:
    async def others_take_over() -> None:
        office.clock.advance(CLAIM.total_seconds())
        other = office.hire()
        await other.send_due()
        await other.settle_down()

    server.will("RCPT", During(others_take_over))
    mail_id = await office.request()
    await office.deliver()
    assert len(server.taken) == 1
    assert await office.says(mail_id) == ("accepted", "250", 2)


async def test_what_others_gave_up_for_unknown_is_accepted_when_the_answer_comes(
    office: Office, server: MailServer
) -> None:
    async def others_look() -> None:
        office.clock.advance(CLAIM.total_seconds())
        other = office.hire()
        await other.send_due()
        await other.settle_down()
        assert (await office.says(mail_id))[0] == "unknown"

    server.will("CONTENT", During(others_look))
    mail_id = await office.request()
    await office.deliver()
    assert office.told == ["requested", "sending", "unknown", "accepted"]
    assert len(server.taken) == 1


async def test_a_claim_is_held_while_the_server_thinks(
    office: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notify.postman.HOLD_SECONDS", 0.01)

    async def time_passes() -> None:
        for _ in range(4):
            office.clock.advance(CLAIM.total_seconds() / 2)
            await asyncio.sleep(0.1)
            assert await office.hire().send_due() == 0

    server.will("CONTENT", During(time_passes))
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("accepted", "250", 1)


# ---- when the ledger itself is away --------------------------------------------------------------


class Moody(FakeStorage):
    """A storage that is away when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.away = 0

    async def transact(
        self, work: Callable[[FakeTx], Awaitable[Any]], *, once: str | None = None, seq: int = 0
    ) -> Any:
        if self.away:
            self.away -= 1
            raise RetryLater
        return await super().transact(work, once=once, seq=seq)


@pytest.fixture
def moody(server: MailServer) -> Office:
    office = Office(server)
    office.storage = Moody()
    office.store = FakeMailStore(office.storage)
    office.ledger = Ledger(office.store, office.clock, Persistence(FIRST, LAST, LAST * 24))
    office.postman = office.hire()
    return office


async def test_without_the_note_no_content_leaves(moody: Office, server: MailServer) -> None:
    async def go_away() -> None:
        assert isinstance(moody.storage, Moody)
        moody.storage.away = 1

    server.will("RCPT", During(go_away))
    mail_id = await moody.request()
    await moody.deliver()
    assert await moody.says(mail_id) == ("waiting", "interrupted", 1)
    assert server.taken == []
    await moody.deliver(10)
    assert len(server.taken) == 1


async def test_an_answer_is_noted_as_soon_as_the_ledger_is_back(
    moody: Office, server: MailServer
) -> None:
    async def go_away() -> None:
        assert isinstance(moody.storage, Moody)
        moody.storage.away = 3

    server.will("CONTENT", During(go_away))
    mail_id = await moody.request()
    await moody.deliver()
    assert await moody.says(mail_id) == ("accepted", "250", 1)


async def test_the_note_is_made_before_the_content_leaves(
    office: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    hand_over = Ledger.hand_over

    async def noted(self: Ledger, tx: Tx, attempt: Mail) -> bool:
        assert server.taken == []
        steps.append("noted")
        return await hand_over(self, tx, attempt)

    async def looked() -> None:
        steps.append("content")
        assert (await office.line(mail_id)).handed

    monkeypatch.setattr(Ledger, "hand_over", noted)
    server.will("CONTENT", During(looked))
    mail_id = await office.request()
    await office.deliver()
    assert steps == ["noted", "content"]


async def test_a_postman_who_is_stopped_waits_for_an_answer_on_its_way(
    office: Office, server: MailServer
) -> None:
    arrived = asyncio.Event()

    async def arrive() -> None:
        arrived.set()
        await asyncio.sleep(0.3)

    server.will("CONTENT", During(arrive))
    mail_id = await office.request()
    running = asyncio.create_task(office.postman.run())
    await asyncio.wait_for(arrived.wait(), 30)
    running.cancel()
    await asyncio.wait({running})
    assert await office.says(mail_id) == ("accepted", "250", 1)


async def test_of_an_erased_case_nothing_is_sent(
    office: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def erased(line: Mail) -> MailContent:
        raise Erased(line.case_id)

    monkeypatch.setattr(office.store, "content", erased)
    await office.request()
    await office.deliver()
    assert await office.deliver(1e6) == 0
    assert server.taken == []


# ---- defects -------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["mail.before_note", "mail.before_data"])
async def test_a_defect_before_the_content_is_said_and_tried_again(
    office: Office, server: MailServer, place: str
) -> None:
    arm(f"{place}=raise@1")
    mail_id = await office.request()
    await office.deliver()
    arm("")
    assert await office.says(mail_id) == ("waiting", "internal_error", 1)
    await office.deliver(10)
    assert len(server.taken) == 1


async def test_a_defect_behind_the_content_leaves_it_unknown(
    office: Office, server: MailServer
) -> None:
    arm("mail.after_data=raise@1")
    mail_id = await office.request()
    await office.deliver()
    arm("")
    await office.deliver(CLAIM.total_seconds())
    assert await office.says(mail_id) == ("unknown", "interrupted", 1)
    assert len(server.taken) == 1


async def test_a_mail_continues_the_thread_that_its_reader_began(
    office: Office, server: MailServer
) -> None:
    """Theirs alone: what somebody else wrote into the case is no mail of that reader's."""
    for number, address in enumerate(("cleo@example.com", "bo@example.com")):
        came = replace(received(), message_id=f"<{number}@x>", address=address)
        await office.storage.transact(lambda tx, it=came: office.received.add(tx, it, b""))  # type: ignore[misc]
    await office.request()
    await office.deliver()
    assert server.taken[0].message["In-Reply-To"] == "<0@x>"
    assert server.taken[0].message["References"] == "<0@x>"
