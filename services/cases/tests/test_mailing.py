"""Mails that notify has taken in (S43, S61, X7), on fakes: a case of its own, or an answer that is heard."""

from typing import Any

import pytest

from chassis.ids import derived_id, new_id
from chassis.keyring import Erased
from contracts.envelope import Actor
from contracts.incoming import CaseMailed, MailBody, MailReceived, MailSender
from services.cases import domain
from services.cases.actions import Snooze
from services.cases.consumers import notify_events
from services.cases.follow_up_desk import FollowUps
from services.cases.keeping import SYSTEM, CaseUnknown, Cause
from services.cases.mailed import customer_of
from services.cases.mailing import Mailing
from services.cases.rules import trigger_of
from services.cases.tests.examples import ANN, AT, CASE, COMPANY, EMAIL, PORTAL, TENANT
from services.cases.tests.house import HERE, House, who

TEXT = "The printer is on fire."


def mail(case_id: str = CASE, **different: Any) -> MailReceived:
    """Cleo writes to the portal."""
    usual: dict[str, Any] = {
        "mail_id": new_id(),
        "portal_id": PORTAL,
        "opens": True,
        "automatic": False,
        "received_at": AT,
        "locale": "es",
        "mail": body(),
    }
    return MailReceived(
        id=new_id(),
        time=AT,
        tenant=TENANT,
        key=case_id,
        aggregate_version=1,
        actor=Actor(kind="customer", via="mail"),
        correlation_id=new_id(),
        company_id=COMPANY,
        conversation_id=case_id,
        **(usual | different),
    )


def body(text: str = TEXT, address: str = EMAIL, name: str = "Cleo Cox") -> MailBody:
    return MailBody(sender=MailSender(name=name, address=address), subject="Printer", text=text)


def answer(**different: Any) -> MailReceived:
    return mail(**({"opens": False, "portal_id": None} | different))


async def hears(house: House, *mails: MailReceived) -> None:
    mailing = Mailing(house.keeper, house.keyring, house.clock)
    follow_ups = FollowUps(house.keeper, house.clock)
    handle = notify_events(mailing, follow_ups).handlers[MailReceived]
    for one in mails:
        await house.storage.transact(lambda tx, it=one: handle(tx, it), once=one.id)  # type: ignore[misc]


async def assigned(house: House) -> None:
    await hears(house, mail())
    await house.act("assign", ANN, 1)


async def test_a_mail_is_a_case_that_waits_in_unassigned(house: House) -> None:
    await hears(house, mail())
    case = await house.case()
    assert (case.now.case_type, case.now.live, case.now.state) == ("email", False, "unassigned")
    assert (case.now.created_at, case.now.waiting_since, case.now.unanswered) == (AT, AT, 1)
    assert (case.now.portal_id, case.company_id, case.text.locale) == (PORTAL, COMPANY, "es")
    assert (case.text.title, case.text.preview) == ("Printer", TEXT)
    assert [line.text for line in case.text.problem] == [TEXT]
    assert case.text.customer.email == EMAIL
    # An address that stands under From proves nothing (S19).
    assert case.now.contact_id is not None
    assert not case.now.contact_verified
    assert house.told == ["case.opened"]


async def test_a_mail_without_a_word_is_told_by_its_subject(house: House) -> None:
    await hears(house, mail(mail=body("")))
    assert (await house.case()).text.preview == "Printer"


async def test_what_is_told_twice_is_one_case(house: House) -> None:
    first = mail()
    await hears(house, first, first, mail(mail_id=first.mail_id))
    assert house.told == ["case.opened"]


async def test_an_answer_stands_in_the_history_and_waits_for_one(house: House) -> None:
    await assigned(house)
    await house.storage.transact(lambda tx: _answered(house, tx))
    came = answer(mail=body("It still burns."))
    await hears(house, came)
    case = await house.case()
    assert (case.now.unanswered, case.now.waiting_since, case.now.followed_up) == (1, AT, False)
    assert case.text.problem[0].text == TEXT
    entry = (await house.history.read(None, CASE))[-1]
    assert entry.type == "case.mailed"
    assert entry.tells == {"mail_id": came.mail_id, "automatic": False, "from_customer": True}
    assert entry.personal["mail"]["text"] == "It still burns."


@pytest.mark.parametrize("put_off", ["resolve", "snooze"])
async def test_an_answer_brings_back_what_was_resolved_or_put_off(
    house: House, put_off: str
) -> None:
    await assigned(house)
    if put_off == "resolve":
        await house.act("resolve", ANN, 2)
    else:
        await house.technicians.act(who(ANN), CASE, Snooze(until="reply"), 2)
    await hears(house, answer())
    case = await house.case()
    assert (case.now.state, case.now.assignee_id) == ("assigned", ANN)
    assert house.told[-2:] == [
        "case.mailed",
        "case.reopened" if put_off == "resolve" else "case.woken",
    ]


async def test_what_a_machine_wrote_is_kept_and_wakes_nobody(house: House) -> None:
    await assigned(house)
    await house.act("resolve", ANN, 2)
    before = await house.case()
    await hears(house, answer(automatic=True))
    after = await house.case()
    assert house.told[-1] == "case.mailed"
    same = {"updated_at"}
    assert after.now.model_dump(exclude=same) == before.now.model_dump(exclude=same)


async def test_another_sender_is_marked(house: House) -> None:
    await assigned(house)
    await hears(
        house,
        answer(mail=body(address="mallory@example.com")),
        answer(mail=body(address=EMAIL.upper())),
    )
    marks = [it.from_customer for it in house.storage.emitted if isinstance(it, CaseMailed)]
    assert marks == [False, True]


async def test_an_answer_to_a_merged_case_is_heard_where_it_goes_on(house: House) -> None:
    other = derived_id("other")
    await hears(house, mail(), mail(other))
    await house.act("assign", ANN, 1)
    await house.act("assign", ANN, 1, other)
    await house.relating.merge(who(ANN), HERE, (CASE, 2), (other, 2))
    await house.act("resolve", ANN, 2, other)
    await hears(house, answer())
    source, target = await house.case(), await house.case(other)
    assert source.now.merged_into == other
    assert source.now.state == "resolved"
    assert target.now.state == "assigned"
    assert [it.type for it in await house.history.read(None, CASE)][-1] == "case.mailed"


async def test_a_deleted_case_is_passed_over_and_an_unknown_one_waits(house: House) -> None:
    await house.keyring.create(CASE)
    with pytest.raises(CaseUnknown):
        await hears(house, answer())
    await house.keyring.erase(CASE)
    for came in (mail(), answer()):
        with pytest.raises(Erased):
            await hears(house, came)
    assert house.told == []


def test_rules_hear_a_person_and_no_machine() -> None:
    assert trigger_of("case.mailed", {"automatic": False}, "customer") == "wrote"
    assert trigger_of("case.mailed", {"automatic": True}, "customer") is None


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Jane Doe", "Jane", "Doe"),
        ("Doe, Jane", "Jane", "Doe"),
        ("Jane van der Berg", "Jane", "van der Berg"),
        ("Cher", "Cher", ""),
        ("Acme Ltd,", "Acme Ltd", ""),
        ("", "jane.doe", ""),
    ],
)
def test_the_customer_as_a_mail_names_them(name: str, first: str, last: str) -> None:
    customer = customer_of(MailSender(name=name, address="jane.doe@example.com"))
    assert (customer.first_name, customer.last_name) == (first, last)


async def _answered(house: House, tx: Any) -> None:
    """A technician has written back."""
    case = await house.keeper.store.get(tx, HERE, CASE)
    assert case is not None
    cause = Cause(AT, SYSTEM, new_id())
    await house.keeper.keep(tx, case, case, domain.hear_technician(case, ANN), cause)
