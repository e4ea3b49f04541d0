"""The audit log, on fakes: what goes in, who reads it, and what leaves."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chassis.audit import noted
from chassis.ids import new_id
from chassis.tokens import AdministratorsOnly, Identity, TokenInvalid
from contracts.audit import ApiKeyUsed, AuditDetail
from contracts.envelope import Actor
from services.portal import auditing, handlers
from services.portal.domain_audit import AuditEntry, AuditFilter, FieldChange
from services.portal.export import csv_lines, json_lines
from services.portal.sessions import SessionEnded, SignInFailed
from services.portal.tests.examples import ADA, GRETA, HERE, PASSWORD, World
from services.portal.tests.integrations import ENTRY

EVERYTHING = AuditFilter()


async def lines(world: World, wanted: AuditFilter = EVERYTHING) -> list[AuditEntry]:
    tenant = (await world.technician()).tenant
    return await world.store.entries_of(tenant, wanted, None, 100)


async def test_a_change_of_a_record_is_told_field_by_field(world: World) -> None:
    identity = await world.identity()
    await handlers.set_availability(world.desk, identity, available=True)
    (line,) = await lines(world)
    assert (line.action, line.group, line.by_name) == ("technician.changed", "people", "Greta Lind")
    assert line.changes == (FieldChange("available", "no", "yes"),)
    assert (line.subject_id, line.subject_name) == (identity.id, "Greta Lind")


async def test_what_changes_nothing_is_not_told(world: World) -> None:
    await handlers.set_availability(world.desk, await world.identity(), available=False)
    assert await lines(world) == []


async def test_a_password_is_told_to_have_changed_and_nothing_of_it(world: World) -> None:
    greta = await world.technician()
    actor = Actor(kind="technician", id=greta.id, via="console")
    changed = replace(greta, password_hash="new hash", version=greta.version + 1)
    await world.storage.transact(lambda tx: world.desk.save(tx, changed, actor))
    (line,) = await lines(world)
    assert line.changes == (FieldChange("password_hash", "•••", "•••"),)
    assert "hash" not in {line.changes[0].before, line.changes[0].after}


async def test_what_the_desk_does_by_itself_is_no_line(world: World) -> None:
    await handlers.republish(world.desk)
    assert await lines(world) == []


async def test_sessions_are_told_from_their_beginning_to_their_end(world: World) -> None:
    entered = await world.signed_in()
    await handlers.sign_out(world.desk, entered.session.id, entered.secret, everywhere=False)
    again = await world.signed_in()
    await handlers.sign_out(world.desk, again.session.id, again.secret, everywhere=True)
    found = [line.action for line in await lines(world, AuditFilter(group="sessions"))]
    assert sorted(found) == [
        "session.closed",
        "session.closed_everywhere",
        "session.opened",
        "session.opened",
    ]


async def test_a_refused_sign_in_is_told_to_the_account_of_whoever_was_tried(world: World) -> None:
    for email in (GRETA, "nobody@demo.example"):
        with pytest.raises(SignInFailed):
            await handlers.sign_in(world.desk, email=email, password="wrong", address=HERE)
    (line,) = await lines(world)
    assert (line.action, line.by_name) == ("session.refused", "Greta Lind")
    entries = world.storage.table("audit")
    # The other one is told to nobody's account, and does not repeat what was typed.
    assert len(entries) == 2
    assert "nobody@" not in repr(entries)


async def test_a_copied_session_is_told(world: World) -> None:
    entered = await world.signed_in()
    for _ in range(2):
        await handlers.renew_session(world.desk, entered.session.id, entered.secret)
    world.clock.advance(60)
    with pytest.raises(SessionEnded):
        await handlers.renew_session(world.desk, entered.session.id, entered.secret)
    assert (await lines(world))[0].action == "session.copied"


async def test_what_another_service_tells_is_kept_once_under_the_name_of_then(
    world: World,
) -> None:
    greta = await world.technician()
    case_id = new_id()
    message = noted(
        world.clock,
        "case.assigned",
        Actor(kind="technician", id=greta.id, via="console"),
        greta.tenant,
        case_id=case_id,
        details=[AuditDetail(name="number", value="1001")],
    )
    await world.storage.transact(lambda tx: auditing.keep_note(world.desk, tx, message))
    await world.save(replace(greta, name="Greta Berg"))
    await world.storage.transact(lambda tx: auditing.keep_note(world.desk, tx, message))
    (line,) = await lines(world)
    assert (line.by_name, line.case_id, line.details) == (
        "Greta Lind",
        case_id,
        {"number": "1001"},
    )


async def test_what_another_service_changed_is_told_from_what_to_what(world: World) -> None:
    ada = await world.technician()
    actor = Actor(kind="technician", id=ada.id, via="console")
    details = [
        AuditDetail(name="seconds", value="20", before="30"),
        AuditDetail(name="times", value="2"),
    ]
    message = noted(world.clock, "ringing.changed", actor, ada.tenant, details=details)
    await world.storage.transact(lambda tx: auditing.keep_note(world.desk, tx, message))
    (line,) = await lines(world)
    assert line.details == {"seconds": "20", "times": "2"}
    assert line.changes == (FieldChange("seconds", "30", "20"),)


async def test_an_id_of_another_account_has_no_name_here(world: World) -> None:
    actor = Actor(kind="technician", id=(await world.technician()).id, via="console")
    other = new_id()
    message = noted(world.clock, "case.assigned", actor, other)
    await world.storage.transact(lambda tx: auditing.keep_note(world.desk, tx, message))
    (line,) = await world.store.entries_of(other, EVERYTHING, None, 10)
    assert line.by_name == ""


def use(world: World, key_id: str, tenant: str, count: int) -> ApiKeyUsed:
    return ApiKeyUsed(
        id=new_id(),
        time=world.clock.now(),
        tenant=tenant,
        key=key_id,
        aggregate_version=0,
        actor=Actor(kind="technician", id=key_id, via="api"),
        correlation_id=new_id(),
        api_key_id=key_id,
        count=count,
        last_at=world.clock.now(),
        address="192.0.2.9",
    )


# ---- reading -------------------------------------------------------------------------------------


async def test_pages_hold_every_line_once(world: World) -> None:
    for available in (True, False) * 3:
        world.clock.advance(1)
        await handlers.set_availability(world.desk, await world.identity(), available=available)
    ada, after, seen = await world.identity(ADA), None, list[str]()
    while True:
        page = await handlers.read_audit(world.desk, ada, EVERYTHING, after, 4)
        seen += [entry.id for entry in page.entries]
        if (after := page.next) is None:
            break
    assert seen == [entry.id for entry in await lines(world)]
    assert len(set(seen)) == 6


async def test_only_administrators_and_keys_that_may_read_it(world: World) -> None:
    with pytest.raises(AdministratorsOnly):
        await handlers.read_audit(world.desk, await world.identity(), EVERYTHING, None, 10)
    ada = await world.identity(ADA)
    key = Identity("technician", new_id(), ada.tenant, "SIEM", scopes=("audit:read",))
    assert (await handlers.read_audit(world.desk, key, EVERYTHING, None, 10)).entries == []
    stranger = replace(ada, tenant="other")
    with pytest.raises(TokenInvalid):
        await handlers.read_audit(world.desk, stranger, EVERYTHING, None, 10)


async def test_an_export_holds_all_of_it_and_says_that_it_was_made(world: World) -> None:
    await handlers.set_availability(world.desk, await world.identity(), available=True)
    ada = await world.identity(ADA)
    entries = [it async for it in await handlers.export_audit(world.desk, ada, EVERYTHING, "csv")]
    assert [it.action for it in entries] == ["audit.exported", "technician.changed"]
    with pytest.raises(AdministratorsOnly):
        await handlers.export_audit(world.desk, await world.identity(), EVERYTHING, "csv")


async def test_a_spreadsheet_runs_nothing_of_what_a_browser_called_itself() -> None:
    async def entries() -> AsyncIterator[AuditEntry]:
        yield replace(ENTRY, id=new_id(), user_agent="=HYPERLINK(1)", by_name='Ada "the" Berg')

    header, line = [it async for it in csv_lines(entries())]
    assert header.startswith("\ufefftime,by,")
    assert ",'=HYPERLINK(1)" in line
    assert '"Ada ""the"" Berg"' in line
    (as_json,) = [it async for it in json_lines(entries())]
    assert '"user_agent":"=HYPERLINK(1)"' in as_json
    assert as_json.endswith("}\n")


async def test_the_password_of_a_sign_in_is_nowhere_in_the_log(world: World) -> None:
    await world.signed_in()
    assert PASSWORD not in repr(world.storage.table("audit"))
