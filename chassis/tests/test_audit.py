"""What a technician causes on an audited topic is noted by the same transaction, and nothing personal with it."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from chassis import asking
from chassis.audit import facts, notes_of
from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import OUTBOX, FakeStorage, MongoStorage, Storage
from chassis.tokens import Identity
from contracts import generate
from contracts.cases import CaseAssigned, CaseChanged
from contracts.envelope import Actor, Message
from contracts.topics import CASE_EVENTS, MESSAGES


def example(name: str, actor: Actor | None = None) -> Message:
    path: Path = generate.EXAMPLES / f"{name}.json"
    message = MESSAGES[name].model_validate(json.loads(path.read_text()))
    changes = {"id": new_id(), **({"actor": actor} if actor else {})}
    return message.model_copy(update=changes)


TECHNICIAN = Actor(kind="technician", id=new_id(), via="console")


@dataclass
class Written:
    """A storage, and what went to the audit log through it."""

    storage: Storage
    keyring: FakeKeyring
    database: Database | None

    async def noted(self) -> list[str]:
        if isinstance(self.storage, FakeStorage):
            return [note.id for note in self.storage.noted]
        assert self.database is not None
        rows = await self.database.collection(OUTBOX).find({"topic": "audit-log"})
        return [row["_id"] for row in rows]


@pytest.fixture(params=["fake", pytest.param("mongo", marks=pytest.mark.mongo)])
def written(request: pytest.FixtureRequest) -> Written:
    if request.param == "fake":
        return Written(FakeStorage(), FakeKeyring(), None)
    database = request.getfixturevalue("mongo_database")
    keyring = FakeKeyring()
    return Written(MongoStorage(database, keyring), keyring, database)


async def test_an_event_and_its_note_are_one_transaction(written: Written) -> None:
    event = example("case.assigned", TECHNICIAN)
    await written.keyring.create(event.conversation_id or "")

    async def work(tx) -> None:  # type: ignore[no-untyped-def]
        tx.emit(event)

    async def fail(tx) -> None:  # type: ignore[no-untyped-def]
        tx.emit(example("case.resolved", TECHNICIAN))
        raise RuntimeError

    await written.storage.transact(work)
    with pytest.raises(RuntimeError):
        await written.storage.transact(fail)
    assert await written.noted() == [derived_id("audit", event.id)]


@pytest.mark.parametrize("kind", CASE_EVENTS.messages, ids=lambda kind: kind.type_name())
def test_every_event_of_a_case_is_noted_when_a_technician_causes_it(kind: type[Message]) -> None:
    event = example(kind.type_name(), TECHNICIAN)
    found = notes_of([event])
    assert [note.action for note in found] == ([event.type] if kind.audited else [])


@pytest.mark.parametrize(
    "actor", [Actor(kind="customer", id=new_id(), via="portal"), Actor(kind="system", via="cases")]
)
def test_what_nobody_of_the_staff_causes_is_not_noted(actor: Actor) -> None:
    assert notes_of([example("case.resolved", actor)]) == []


@pytest.mark.parametrize("kind", CASE_EVENTS.messages, ids=lambda kind: kind.type_name())
def test_no_note_repeats_what_is_personal(kind: type[Message]) -> None:
    event = example(kind.type_name(), TECHNICIAN)
    for note in notes_of([event]):
        text = note.model_dump_json()
        for name in kind.personal_fields():
            for word in _words(event.model_dump(mode="json")[name]):
                assert word not in text, (name, word)


def _words(value: object) -> list[str]:
    """The texts in a value that would be recognised."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in _words(inner)]
    if isinstance(value, list | tuple):
        return [word for inner in value for word in _words(inner)]
    return [value] if isinstance(value, str) and len(value) > 3 else []


def test_a_note_says_what_where_from_and_by_which_way_in() -> None:
    scope = {
        "type": "http",
        "headers": [(b"user-agent", b"Firefox\x01" + b"x" * 400)],
        "client": ("192.0.2.7", 50_000),
    }
    asking.begin(scope)
    key = Identity("technician", TECHNICIAN.id or "", new_id(), "Billing", scopes=("cases:write",))
    asking.authenticated(key)
    event = example("case.assigned", TECHNICIAN)
    assert isinstance(event, CaseAssigned)
    (note,) = notes_of([event])
    assert (note.address, len(note.user_agent), note.actor.via) == ("192.0.2.7", 300, "api")
    assert "\x01" not in note.user_agent
    assert {detail.name: detail.value for detail in note.details} == {
        "number": "1001",
        "technician_id": event.technician_id,
    }
    assert (note.case_id, note.causation_id) == (event.conversation_id, event.id)


def test_open_fields_of_an_event_are_told_without_being_named_here() -> None:
    class CaseFrozen(CaseChanged):
        type: str = "case.frozen"
        reason: str
        hours: int

    fields = example("case.resolved", TECHNICIAN).model_dump() | {"reason": "fraud", "hours": 4}
    del fields["type"], fields["technician_id"]
    from chassis.audit import _details  # noqa: PLC0415 - the one look behind the door

    told = {it.name: it.value for it in _details(CaseFrozen.model_validate(fields))}
    assert told == {"number": "1001", "reason": "fraud", "hours": "4"}


def test_facts_say_from_what_they_changed_and_nothing_of_what_never_was() -> None:
    told = facts({"on": True, "names": ("Ada",), "days": None, "zone": "UTC"})
    assert [(it.name, it.value, it.before) for it in told] == [
        ("on", "yes", None),
        ("names", "Ada", None),
        ("zone", "UTC", None),
    ]
    changed = facts({"on": False, "zone": "UTC", "days": 3}, {"on": True, "zone": "UTC", "warn": 5})
    assert {it.name: (it.before, it.value) for it in changed} == {
        "on": ("yes", "no"),
        "zone": (None, "UTC"),
        "days": ("", "3"),
        "warn": ("5", ""),
    }
