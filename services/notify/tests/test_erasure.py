"""Of a deleted case nothing stays behind: neither a decision, nor a mail, nor what was planned."""

from datetime import timedelta

import pytest

from chassis.clock import SystemClock
from chassis.erasure import Holdings
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import MongoStorage, Tx
from chassis.timers import TIMERS, MongoTimers
from services.notify import domain
from services.notify.domain import Waiting
from services.notify.handlers import timers_of
from services.notify.inbox import entries_of
from services.notify.inbox_store import ENTRIES, KEPT, MongoInboxStore
from services.notify.planned import PLANNED, MongoPlannedStore
from services.notify.storage import (
    DECISIONS,
    MAILS,
    STREAMS,
    WAITS,
    MongoAlertStore,
    MongoMailStore,
)
from services.notify.tests.examples import ANN, AT, CASE, COMPANY, TENANT, given, mail, technician

pytestmark = pytest.mark.mongo
WAITING = Waiting(CASE, TENANT, COMPANY, 1001, new_id(), new_id())


async def everything_of_a_case(database: Database) -> Holdings:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    storage = MongoStorage(database, keyring)
    alerts, mails = MongoAlertStore(database), MongoMailStore(database, keyring)
    planned = MongoPlannedStore(database, keyring)
    inbox = MongoInboxStore(database)
    timers = MongoTimers(database, storage, SystemClock(), "one")
    for store in (alerts, planned, inbox, timers):
        await store.prepare()

    async def work(tx: Tx) -> None:
        command = mail()
        await alerts.put_wait(tx, WAITING)
        await alerts.record(tx, domain.decide(WAITING, [technician(ANN)], AT, 1))
        await alerts.next_version(tx, CASE)
        await mails.put(tx, domain.requested(command, AT), command.content)
        for entry in entries_of(given(ANN), technician, AT, KEPT):
            await inbox.put(tx, entry)
        await planned.put(tx, CASE, 3, mail(kind="survey"))
        for timer_id in timers_of(CASE):
            await timers.schedule(tx, timer_id, AT + timedelta(hours=1), "any", {"case_id": CASE})

    await storage.transact(work)
    kept = alerts.holdings() | mails.holdings() | planned.holdings() | inbox.holdings()
    return kept | timers.holdings(timers_of)


async def test_every_store_is_purged_of_the_case_and_of_nothing_else(
    mongo_database: Database,
) -> None:
    holdings = await everything_of_a_case(mongo_database)
    assert {name: await purge(new_id()) for name, purge in holdings.items()} == dict.fromkeys(
        holdings, 0
    )
    removed = {name: await purge(CASE) for name, purge in holdings.items()}
    once = dict.fromkeys((WAITS, DECISIONS, STREAMS, MAILS, PLANNED, ENTRIES), 1)
    assert removed == once | {TIMERS: 2}
    for name in holdings:
        assert await mongo_database.collection(name).find({}) == []
