"""Deleting a case, on fakes: who may, what is told, and how the erasure is followed to its end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.ids import new_id
from chassis.producer import BrokerAway, Position
from chassis.tokens import Identity
from contracts.erasure import CaseDeleted, ErasureAnswered, ErasureRequested, StorePurged
from contracts.topics import SERVICES
from services.cases.domain import CaseMovedOn
from services.cases.erasing import (
    ERASE_AGAIN,
    ERASING_FROM_TIMERS,
    SECOND_TOMBSTONE,
    WRITE_TOMBSTONE,
    Erasing,
)
from services.cases.erasure import AdministratorsOnly, ChatNotEnded, Erasure, standing
from services.cases.erasure_store import FakeErasureStore
from services.cases.storage import Scope
from services.cases.tests.examples import (
    ANN,
    CASE,
    COMPANY,
    OTHER_COMPANY,
    OTHER_TENANT,
    TENANT,
    ended,
    opened,
)
from services.cases.tests.house import HERE, House

ANNS = Identity("technician", ANN, TENANT, "Ann", role="technician", companies=(COMPANY,))


class Deleting:
    """The use cases, with a broker that can be away and a keyring that is looked into."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.away = False
        self.forgotten: list[str] = []
        self.buried: list[str] = []
        self.cases = house.keeper.store
        self.erasures = FakeErasureStore(house.storage)
        self.erasing = Erasing(
            house.keeper,
            self.erasures,
            self,
            bury=self._bury,
            clock=house.clock,
            look_again=timedelta(minutes=1),
            contacts=house.book,
            relating=house.relating,
        )
        self.promote(ANN)

    def promote(self, technician_id: str) -> None:
        person = self.house.people.people[technician_id]
        self.house.people.people[technician_id] = person.model_copy(
            update={"role": "administrator"}
        )

    def forget(self, key_id: str) -> None:
        self.forgotten.append(key_id)

    async def _bury(self, key_id: str) -> Position:
        if self.away:
            raise BrokerAway
        self.buried.append(key_id)
        return Position("data-keys", 2, 40 + len(self.buried))

    async def delete(self, version: int = 1, scope: Scope = HERE) -> Erasure:
        return await self.erasing.delete(scope, ANNS, CASE, version)

    async def now(self) -> Erasure:
        found = await self.erasures.get(None, CASE)
        assert found is not None
        return found

    async def answers(self, attempt: int, removed: int = 1, failed: str = "") -> None:
        for service in SERVICES:
            asked = next(it for it in self.requests if it.attempt == attempt)
            stores = (StorePurged(store="things", removed=removed, failed=failed),)
            told = ErasureAnswered(
                **asked.model_dump(exclude={"id", "type"}),
                id=new_id(),
                service=service,
                stores=stores,
            )
            await self.house.storage.transact(
                lambda tx, told=told: self.erasing.answered(tx, told)  # type: ignore[misc]
            )

    async def fires(self, kind: str) -> timedelta:
        """Fires the timer of this kind; returns how far ahead it was."""
        timers = self.house.timers.scheduled
        timer_id = next(name for name, (_, its, _) in timers.items() if its == kind)
        due, _, payload = timers.pop(timer_id)
        handler = ERASING_FROM_TIMERS[kind]
        await self.house.storage.transact(lambda tx: handler(self.erasing, tx, payload))
        return due - self.house.clock.now()

    def waits_for(self, kind: str) -> bool:
        return any(its == kind for _, its, _ in self.house.timers.scheduled.values())

    @property
    def requests(self) -> list[ErasureRequested]:
        return [it for it in self.house.storage.emitted if isinstance(it, ErasureRequested)]


@pytest.fixture
async def deleting(house: House) -> Deleting:
    await house.hears(opened(), ended())
    return Deleting(house)


async def test_the_case_is_gone_and_everybody_is_told_and_asked(deleting: Deleting) -> None:
    erasure = await deleting.delete()
    assert await deleting.cases.get(None, HERE, CASE) is None
    assert (await deleting.cases.counts(HERE, ANN)).all == 0
    told, asked = deleting.house.storage.emitted[-2:]
    assert isinstance(told, CaseDeleted)
    assert isinstance(asked, ErasureRequested)
    assert (told.number, told.technician_id, told.aggregate_version) == (1001, ANN, 3)
    assert asked.attempt == 1
    assert (erasure.number, standing(erasure)) == (1001, "purging")
    assert deleting.forgotten == [CASE]


async def test_a_second_deletion_is_the_same(deleting: Deleting) -> None:
    first = await deleting.delete()
    told = len(deleting.house.storage.emitted)
    assert await deleting.delete(version=99) == first
    assert len(deleting.house.storage.emitted) == told


async def test_only_who_is_an_administrator_now_may_delete(deleting: Deleting) -> None:
    person = deleting.house.people.people[ANN]
    for changes in ({"role": "technician"}, {"active": False}):
        deleting.house.people.people[ANN] = person.model_copy(update=changes)
        with pytest.raises(AdministratorsOnly):
            await deleting.delete()
        with pytest.raises(AdministratorsOnly):
            await deleting.erasing.list_erasures(HERE, ANNS, None, 10)
    assert await deleting.cases.get(None, HERE, CASE) is not None


async def test_a_key_that_administers_deletes_under_its_own_name(deleting: Deleting) -> None:
    plain = replace(ANNS, id=new_id(), name="Retention", scopes=("cases:write",))
    with pytest.raises(AdministratorsOnly):
        await deleting.erasing.delete(HERE, plain, CASE, 1)
    key = replace(plain, role="administrator", scopes=("administer",))
    erasure = await deleting.erasing.delete(HERE, key, CASE, 1)
    assert erasure.requested_by == key.id
    (told,) = [it for it in deleting.house.storage.emitted if isinstance(it, CaseDeleted)]
    assert (told.actor.id, told.actor.via, told.technician_id) == (key.id, "api", key.id)


async def test_not_while_the_chat_goes_on(house: House) -> None:
    await house.hears(opened())
    with pytest.raises(ChatNotEnded):
        await Deleting(house).delete()


async def test_not_what_has_moved_on_since_it_was_looked_at(deleting: Deleting) -> None:
    with pytest.raises(CaseMovedOn):
        await deleting.delete(version=7)
    assert await deleting.cases.get(None, HERE, CASE) is not None


@pytest.mark.parametrize(
    "scope", [Scope(OTHER_TENANT, (COMPANY,)), Scope(TENANT, (OTHER_COMPANY,))]
)
async def test_someone_elses_case_and_its_receipt_are_unknown(
    deleting: Deleting, scope: Scope
) -> None:
    with pytest.raises(Exception, match="There is no such case"):
        await deleting.delete(scope=scope)
    await deleting.delete()
    with pytest.raises(Exception, match="There is no such case"):
        await deleting.delete(scope=scope)
    with pytest.raises(Exception, match="There is no such case"):
        await deleting.erasing.show(scope, ANNS, CASE)
    assert (await deleting.erasing.list_erasures(scope, ANNS, None, 10)).erasures == []


async def test_it_is_followed_to_a_second_look_that_finds_nothing(deleting: Deleting) -> None:
    await deleting.delete()
    await deleting.answers(1)
    assert standing(await deleting.now()) == "purged"
    assert await deleting.fires(ERASE_AGAIN) == timedelta(minutes=1)
    await deleting.answers(2, removed=0)
    assert standing(await deleting.now()) == "complete"
    await deleting.fires(ERASE_AGAIN)
    assert [it.attempt for it in deleting.requests] == [1, 2]
    assert not deleting.waits_for(ERASE_AGAIN)


async def test_what_failed_is_said_and_asked_for_again(deleting: Deleting) -> None:
    await deleting.delete()
    await deleting.answers(1, failed="DatabaseAway")
    assert standing(await deleting.now()) == "incomplete"
    await deleting.fires(ERASE_AGAIN)
    assert [it.attempt for it in deleting.requests] == [1, 2]
    assert deleting.waits_for(ERASE_AGAIN)
    await deleting.answers(2)
    assert standing(await deleting.now()) == "purged"


async def test_the_key_goes_from_the_topic_at_once_and_once_more(deleting: Deleting) -> None:
    await deleting.delete()
    deleting.away = True
    assert await deleting.fires(WRITE_TOMBSTONE) == timedelta(0)
    assert (await deleting.now()).tombstones == ()
    deleting.away = False
    assert await deleting.fires(WRITE_TOMBSTONE) > timedelta(0)
    assert await deleting.fires(WRITE_TOMBSTONE) == SECOND_TOMBSTONE
    now = await deleting.now()
    assert [(it.partition, it.offset) for it in now.tombstones] == [(2, 41), (2, 42)]
    assert not deleting.waits_for(WRITE_TOMBSTONE)


async def test_of_a_case_that_was_never_deleted_no_answer_counts(deleting: Deleting) -> None:
    await deleting.delete()
    await deleting.answers(1)
    asked = replace(await deleting.now(), id=new_id())
    handler = ERASING_FROM_TIMERS[ERASE_AGAIN]
    emitted = len(deleting.house.storage.emitted)
    await deleting.house.storage.transact(
        lambda tx: handler(deleting.erasing, tx, {"case_id": asked.id})
    )
    assert len(deleting.house.storage.emitted) == emitted
