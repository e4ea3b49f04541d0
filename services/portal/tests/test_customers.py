"""Customers, on fakes."""

from dataclasses import replace
from hashlib import sha256

import pytest

from chassis.erasure import ConversationDeleted
from chassis.errors import Invalid
from services.portal import handlers
from services.portal.customers import (
    AdmissionTaken,
    ConversationUnknown,
    PortalNotTakingChats,
    PortalUnknown,
)
from services.portal.domain import (
    ADMISSION_KEPT,
    ADMISSION_REPEATABLE,
    Admission,
    conversation_of,
)
from services.portal.tests.examples import (
    ADMISSION,
    World,
    admission,
)


async def test_a_portal_takes_chats_once_someone_is_available(world: World) -> None:
    assert (await handlers.look_at_portal(world.desk, "demo")).view == "request"
    await world.make_available()
    look = await handlers.look_at_portal(world.desk, "demo")
    assert (look.view, look.company.name) == ("chat", "Demo Ltd")


async def test_only_technicians_with_access_count(world: World) -> None:
    await world.make_available()
    await world.save(replace(await world.technician(), companies=()))
    assert (await handlers.look_at_portal(world.desk, "demo")).view == "request"


async def test_an_unknown_subdomain_is_no_portal(world: World) -> None:
    with pytest.raises(PortalUnknown):
        await handlers.look_at_portal(world.desk, "demon")
    with pytest.raises(PortalUnknown):
        await handlers.admit(world.desk, "demon", admission())


async def test_an_admitted_customer_gets_a_ticket_and_a_token_for_one_conversation(
    world: World,
) -> None:
    await world.make_available()
    admitted = await handlers.admit(world.desk, "demo", admission())
    ticket = world.verifier.ticket(admitted.ticket)
    identity = world.verifier.identity(admitted.access.token)
    assert admitted.conversation_id == conversation_of(str(ADMISSION["admission_id"]))
    assert ticket.conversation_id == identity.conversation == admitted.conversation_id
    assert ticket.secret_hash == sha256(str(ADMISSION["secret"]).encode()).hexdigest()
    assert (ticket.visitor.first_name, ticket.visitor.last_name) == ("Carla", "Núñez")
    assert ticket.portal_address == "desk.example/p/demo"
    assert (identity.kind, identity.name) == ("customer", "")


async def test_a_double_click_is_one_conversation_of_one_customer(world: World) -> None:
    await world.make_available()
    first = await handlers.admit(world.desk, "demo", admission())
    await handlers.set_availability(world.desk, await world.identity(), available=False)
    second = await handlers.admit(world.desk, "demo", admission())
    assert first.conversation_id == second.conversation_id
    identities = [world.verifier.identity(a.access.token).id for a in (first, second)]
    assert identities[0] == identities[1]
    assert await world.store.ids(Admission) == [first.conversation_id]


async def test_availability_is_looked_at_again_at_submission(world: World) -> None:
    await world.make_available()
    await handlers.set_availability(world.desk, await world.identity(), available=False)
    with pytest.raises(PortalNotTakingChats) as refused:
        await handlers.admit(world.desk, "demo", admission())
    assert refused.value.params == {"view": "request"}
    assert await world.store.ids(Admission) == []


async def test_with_nobody_available_a_request_is_taken(world: World) -> None:
    admitted = await handlers.admit(world.desk, "demo", admission(kind="request"))
    assert world.verifier.ticket(admitted.ticket).kind == "request"


async def test_a_request_is_taken_while_chats_are_too(world: World) -> None:
    await world.make_available()
    admitted = await handlers.admit(world.desk, "demo", admission(kind="request"))
    assert world.verifier.ticket(admitted.ticket).kind == "request"


@pytest.mark.parametrize("kind", ["live", "request"])
async def test_an_inactive_portal_lets_nobody_in(world: World, kind: str) -> None:
    await world.make_available()
    await world.close_portal()
    with pytest.raises(PortalNotTakingChats) as refused:
        await handlers.admit(world.desk, "demo", admission(kind=kind))
    assert refused.value.params == {"view": "unavailable"}
    assert await world.store.ids(Admission) == []


@pytest.mark.parametrize(
    ("subdomain", "kind", "enters"),
    [
        ("demo", "live", False),
        ("demo", "request", False),
        ("shop", "live", True),
        ("shop", "request", False),
    ],
)
async def test_without_an_address_one_enters_only_the_chat_of_a_portal_that_allows_it(
    world: World, subdomain: str, kind: str, enters: bool
) -> None:
    await world.make_available()
    nameless = admission(kind=kind, email=" ")
    if enters:
        admitted = await handlers.admit(world.desk, subdomain, nameless)
        assert world.verifier.ticket(admitted.ticket).visitor.email == ""
        return
    with pytest.raises(Invalid) as refused:
        await handlers.admit(world.desk, subdomain, nameless)
    assert refused.value.fields == [{"field": "email", "code": "required", "params": {}}]
    assert await world.store.ids(Admission) == []


async def test_an_admission_to_a_chat_is_not_one_for_a_request(world: World) -> None:
    await world.make_available()
    await handlers.admit(world.desk, "demo", admission())
    with pytest.raises(AdmissionTaken):
        await handlers.admit(world.desk, "demo", admission(kind="request"))


async def test_a_late_repetition_is_looked_at_like_a_new_one(world: World) -> None:
    await world.make_available()
    await handlers.admit(world.desk, "demo", admission())
    await handlers.set_availability(world.desk, await world.identity(), available=False)
    world.clock.advance(ADMISSION_REPEATABLE.total_seconds())
    with pytest.raises(PortalNotTakingChats):
        await handlers.admit(world.desk, "demo", admission())


async def test_another_secret_does_not_take_an_admission_over(world: World) -> None:
    await world.make_available()
    await handlers.admit(world.desk, "demo", admission())
    with pytest.raises(AdmissionTaken):
        await handlers.admit(world.desk, "demo", admission(secret="t" * 43))


async def test_an_admission_keeps_nothing_personal(world: World) -> None:
    await world.make_available()
    admitted = await handlers.admit(world.desk, "demo", admission())
    kept = repr(await world.store.get(None, Admission, admitted.conversation_id))
    personal = [str(ADMISSION[name]) for name in ("first_name", "last_name", "email", "secret")]
    assert not any(value in kept for value in personal)


async def test_a_customer_renews_with_the_secret_for_thirty_days_after_the_last_use(
    world: World,
) -> None:
    await world.make_available()
    admitted = await handlers.admit(world.desk, "demo", admission())
    for _ in range(2):
        world.clock.advance(ADMISSION_KEPT.total_seconds() - 1)
        access = await handlers.renew_customer(world.desk, admitted.conversation_id, "s" * 43)
        identity = world.verifier.identity(access.token)
        assert identity.conversation == admitted.conversation_id
    world.clock.advance(ADMISSION_KEPT.total_seconds())
    with pytest.raises(ConversationUnknown):
        await handlers.renew_customer(world.desk, admitted.conversation_id, "s" * 43)


async def test_a_deleted_conversation_lets_nobody_in_again(world: World) -> None:
    await world.make_available()
    admitted = await handlers.admit(world.desk, "demo", admission())
    await world.keys.erase(admitted.conversation_id)
    with pytest.raises(ConversationDeleted):
        await handlers.renew_customer(world.desk, admitted.conversation_id, "s" * 43)
    with pytest.raises(ConversationDeleted):
        await handlers.admit(world.desk, "demo", admission())


async def test_a_wrong_secret_and_a_wrong_conversation_are_not_told_apart(world: World) -> None:
    await world.make_available()
    admitted = await handlers.admit(world.desk, "demo", admission())
    with pytest.raises(ConversationUnknown):
        await handlers.renew_customer(world.desk, admitted.conversation_id, "t" * 43)
    with pytest.raises(ConversationUnknown):
        await handlers.renew_customer(world.desk, conversation_of("another"), "s" * 43)
