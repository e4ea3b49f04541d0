"""A mail that comes in, on fakes: whose case it becomes, what is told, what is answered, and what is refused."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.ids import derived_id, new_id
from chassis.tokens import Identity
from contracts.incoming import MailReceived
from contracts.keys import DataKeyCreated
from contracts.notify import MailChanged
from services.notify import receiving, targets
from services.notify.addressing import Addresses, ToCase, ToDesk, ToPortal, plain
from services.notify.received_shelf import ReceivedShelf, ReceivedUnknown
from services.notify.receiving import Delivery, TooMany
from services.notify.targets import Refused
from services.notify.tests.examples import ANNS, CASE, COMPANY, TENANT, mail, opened, portal
from services.notify.tests.house import DESK, THREADS, House
from services.notify.tests.test_incoming import dsn

JANE = "jane@example.com"
DEMO = "demo@desk.example"


def letter(
    *more: str, to: str = DEMO, sender: str = JANE, text: str = "Help me", named: str = ""
) -> Delivery:
    """A mail from Jane; `more` are headers, `named` its message id."""
    lines = [f"From: Jane Doe <{sender}>", "Subject: Printer", *more]
    lines += [f"Message-ID: <{named}>"] if named else []
    return Delivery(sender, tuple(to.split()), "\r\n".join([*lines, "", text]).encode())


def told(house: House) -> list[MailReceived]:
    return [it for it in house.storage.emitted if isinstance(it, MailReceived)]


async def mailed_before(house: House, case_id: str = CASE, **different: Any) -> str:
    """The desk has sent a mail about the case: its message id."""
    command = mail(conversation_id=case_id, **different)
    await house.keyring.create(case_id)
    ledger = house.receiving._ledger
    await house.storage.transact(lambda tx: ledger.request(tx, command))
    return THREADS.message_id(command.mail_id, case_id, DESK)


# ---- a case of its own ---------------------------------------------------------------------------


async def test_a_mail_to_a_portal_is_kept_and_told_with_its_key(house: House) -> None:
    await house.receiving.take(letter())
    (said,) = told(house)
    assert said.opens
    assert (said.company_id, said.portal_id) == (COMPANY, derived_id("portal"))
    assert (said.mail.sender.name, said.mail.sender.address) == ("Jane Doe", JANE)
    assert (said.mail.subject, said.mail.text, said.locale) == ("Printer", "Help me", "en")
    (key,) = [it for it in house.storage.emitted if isinstance(it, DataKeyCreated)]
    assert key.key_id == said.conversation_id
    (kept,) = await house.received.of_case(said.conversation_id)
    assert await house.received.raw(kept) == letter().raw


async def test_the_same_mail_twice_is_one_and_another_of_its_id_is_not(house: House) -> None:
    for _ in range(3):
        await house.receiving.take(letter("Date: Mon, 5 Jan 2026 10:00:00 +0000", named="a@x"))
    assert len(told(house)) == 1
    await house.receiving.take(letter("Date: Tue, 6 Jan 2026 10:00:00 +0000", named="a@x"))
    assert len(told(house)) == 2


async def test_without_a_message_id_the_same_words_are_the_same_mail(house: House) -> None:
    for text in ("one", "one", "two"):
        await house.receiving.take(letter(text=text))
    assert [it.mail.text for it in told(house)] == ["one", "two"]


async def test_a_mail_whose_case_was_deleted_does_not_come_back(house: House) -> None:
    await house.receiving.take(letter(named="a@x"))
    await house.keyring.erase(told(house)[0].conversation_id)
    house.received._rows.clear()
    await house.receiving.take(letter(named="a@x"))
    assert len(told(house)) == 1


async def test_a_mail_to_two_portals_is_a_case_of_each(house: House) -> None:
    house.people.portals.append(_other_portal())
    await house.receiving.take(letter(to=f"{DEMO} shop@desk.example"))
    first, second = told(house)
    assert first.conversation_id != second.conversation_id
    assert (first.company_id, second.company_id) == (COMPANY, derived_id("shop"))


def test_who_is_not_of_this_desk_is_refused_before_anything_is_sent(house: House) -> None:
    house.receiving.check_recipient("DEMO+anything@Desk.Example")
    for stranger in ("nobody@desk.example", "demo@elsewhere.example", "demo@", "demo", ""):
        with pytest.raises(Refused) as refused:
            house.receiving.check_recipient(stranger)
        assert refused.value.reply == targets.NOBODY


async def test_a_portal_that_is_switched_off_takes_no_mail(house: House) -> None:
    house.people.portals = [portal().model_copy(update={"state": "inactive"})]
    with pytest.raises(Refused) as refused:
        await house.receiving.take(letter())
    assert refused.value.reply == targets.CLOSED
    assert told(house) == []


async def test_the_desks_own_address_takes_answers_alone(house: House) -> None:
    with pytest.raises(Refused) as refused:
        await house.receiving.take(letter(to=DESK))
    assert refused.value.reply == targets.NO_THREAD


# ---- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
@pytest.mark.parametrize("to", [DESK, DEMO])
async def test_an_answer_joins_its_case_by_the_message_that_it_answers(
    house: House, header: str, to: str
) -> None:
    named = await mailed_before(house)
    text = (
        "It works now.\r\n\r\nOn Mon, 5 Jan 2026 at 10:00, Desk <desk@x.example> wrote:\r\n> Hello"
    )
    await house.receiving.take(letter(f"{header}: {named}", to=to, text=text))
    (said,) = told(house)
    assert (said.conversation_id, said.opens, said.portal_id) == (CASE, False, None)
    assert said.mail.text == "It works now."


async def test_with_one_mailbox_for_all_answers_and_new_mails_find_their_cases(
    house: House,
) -> None:
    only = portal().model_copy(update={"mail_address": DESK})
    shop = _other_portal()
    house.people.portals = [only, shop]
    theirs = derived_id("case of the shop")
    answers = [
        await mailed_before(house),
        await mailed_before(house, theirs, company_id=derived_id("shop"), mail_id=new_id()),
    ]
    for named in answers:
        await house.receiving.take(letter(f"In-Reply-To: {named}", to=DESK, named=new_id()))
    await house.receiving.take(letter(to=DESK, text="Something else"))
    found = [(it.conversation_id, it.portal_id) for it in told(house)]
    assert found[0] == (CASE, None)
    assert (theirs, None) in found
    assert [it.opens for it in told(house)] == [False, False, True]
    assert found[-1][1] == only.portal_id


async def test_an_answer_to_the_address_of_its_case_needs_no_header(house: House) -> None:
    await mailed_before(house)
    await house.receiving.take(letter(to=f"{THREADS.reply_to(CASE, DESK)} {DEMO}"))
    assert [it.conversation_id for it in told(house)] == [CASE]


async def test_nobody_joins_a_case_by_what_stands_under_from_or_by_a_guess(house: House) -> None:
    named = await mailed_before(house)
    forged = named.replace(named.split(".")[2][:3], "aaa", 1)
    address = THREADS.reply_to(CASE, DESK)
    user, _, domain = address.partition("@")
    await house.receiving.take(letter(f"In-Reply-To: {forged}", sender="cleo@example.com"))
    assert told(house)[0].conversation_id != CASE
    with pytest.raises(Refused):
        await house.receiving.take(
            letter(to=f"{user[:-1]}{'a' if user[-1] != 'a' else 'b'}@{domain}")
        )


async def test_our_mail_passed_on_to_another_company_opens_a_case_there(house: House) -> None:
    named = await mailed_before(house)
    house.people.portals.append(_other_portal())
    await house.receiving.take(letter(f"References: {named}", to="shop@desk.example"))
    (said,) = told(house)
    assert (said.opens, said.company_id) == (True, derived_id("shop"))


async def test_an_answer_into_a_deleted_case_is_a_new_one_or_refused(house: House) -> None:
    named = await mailed_before(house)
    await house.keyring.erase(CASE)
    with pytest.raises(Refused):
        await house.receiving.take(letter(to=THREADS.reply_to(CASE, DESK)))
    await house.receiving.take(letter(f"In-Reply-To: {named}"))
    assert told(house)[0].conversation_id != CASE


async def test_an_answer_reaches_its_case_although_the_portal_is_switched_off(house: House) -> None:
    named = await mailed_before(house)
    house.people.portals = [portal().model_copy(update={"state": "inactive"})]
    await house.receiving.take(letter(f"In-Reply-To: {named}"))
    assert told(house)[0].conversation_id == CASE


# ---- loops and limits ----------------------------------------------------------------------------


async def acknowledged(house: House, delivery: Delivery) -> bool:
    """Whether the sender of a new case gets its number."""
    before = len(house.mailed)
    await house.receiving.take(delivery)
    case_id = told(house)[-1].conversation_id
    await house.hears(
        opened(case_type="email", live=False).model_copy(
            update={"conversation_id": case_id, "key": case_id, "id": new_id()}
        )
    )
    return len(house.mailed) > before


async def test_who_writes_gets_the_number_of_the_case(house: House) -> None:
    assert await acknowledged(house, letter())
    assert [kind for kind, _, _ in house.mailed] == ["acknowledgement"]


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x.example>"]
)
async def test_machines_and_lists_get_none(house: House, header: str) -> None:
    assert not await acknowledged(house, letter(header))


async def test_nor_does_who_wants_no_answer_or_writes_from_a_portals_address(house: House) -> None:
    assert not await acknowledged(house, replace(letter(), sender=""))
    assert told(house)[-1].automatic
    assert not await acknowledged(house, letter(sender=DEMO))


async def test_what_the_desk_itself_sends_is_refused(house: House) -> None:
    with pytest.raises(Refused) as refused:
        await house.receiving.take(letter("Auto-Submitted: auto-generated", sender=DESK))
    assert refused.value.reply == targets.LOOP


async def test_one_sender_is_answered_so_often_and_heard_so_often_in_an_hour(house: House) -> None:
    answered = [await acknowledged(house, letter(text=str(number))) for number in range(12)]
    assert answered == [True] * receiving.ANSWERS_AN_HOUR + [False] * 2
    with pytest.raises(TooMany):
        await house.receiving.take(letter(text="one more"))
    await house.receiving.take(letter(text="another's", sender="bo@example.com"))
    house.clock.advance(3_601)
    await house.receiving.take(letter(text="later"))


async def test_who_made_a_case_by_hand_is_not_answered_for_it(house: House) -> None:
    await house.hears(opened(case_type="email", live=False))
    assert house.mailed == []


# ---- what comes back -----------------------------------------------------------------------------


async def test_a_mail_of_ours_that_came_back_is_said_in_the_ledger_and_is_no_case(
    house: House,
) -> None:
    named = await mailed_before(house)
    ref = THREADS.mail_of(named)
    assert ref is not None
    report = dsn().replace(b"<ours@desk.example>", named.encode())
    line = house.ledger._mails[ref.mail_id]
    house.ledger._mails[ref.mail_id] = replace(line, state="accepted", due=None, attempts=1)
    for _ in range(2):
        await house.receiving.take(Delivery("", (DESK,), report))
    changes = [it for it in house.storage.emitted if isinstance(it, MailChanged)]
    assert [(it.state, it.reason) for it in changes[1:]] == [("failed", "bounced 5.1.1")]
    assert told(house) == []


async def test_a_report_on_a_mail_that_was_not_ours_is_refused(house: House) -> None:
    with pytest.raises(Refused):
        await house.receiving.take(Delivery("", (DESK,), dsn()))


# ---- who may look --------------------------------------------------------------------------------


async def test_original_and_files_are_for_technicians_of_the_company(house: House) -> None:
    text = (
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nsee file\r\n--b\r\n'
        "Content-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1;2\r\n--b--"
    )
    raw = letter().raw.partition(b"\r\n\r\n")[0] + b"\r\n" + text.encode()
    await house.receiving.take(Delivery(JANE, (DEMO,), raw))
    said = told(house)[0]
    shelf = ReceivedShelf(house.received)
    (seen,) = await shelf.of_case(ANNS, said.conversation_id)
    assert [it.name for it in seen.attachments] == ["a.csv"]
    assert await shelf.original(ANNS, said.mail_id) == raw
    assert await shelf.attachment(ANNS, said.mail_id, 0) == ("a.csv", b"1;2")
    with pytest.raises(ReceivedUnknown):
        await shelf.attachment(ANNS, said.mail_id, 1)
    for stranger in (
        Identity("technician", new_id(), TENANT, "Elsewhere", companies=(new_id(),)),
        Identity("technician", new_id(), new_id(), "Stranger", companies=(COMPANY,)),
    ):
        assert await shelf.of_case(stranger, said.conversation_id) == []
        with pytest.raises(ReceivedUnknown):
            await shelf.original(stranger, said.mail_id)


# ---- addresses -----------------------------------------------------------------------------------


def test_a_portal_has_the_address_of_its_subdomain_and_perhaps_one_of_its_own() -> None:
    addresses = Addresses(THREADS, "noreply@desk.example", DESK, "desk.example")
    own = portal().model_copy(update={"mail_address": "Support@acme.example"})
    thief = _other_portal().model_copy(update={"mail_address": DEMO})
    for there in (DEMO, "support@ACME.example", "support+tag@acme.example"):
        assert addresses.destination(there, [thief, own]) == ToPortal(own)
    for mine in (DESK, "noreply@desk.example"):
        assert addresses.destination(mine, [own]) == ToDesk()
    # Who has one mailbox alone writes from it, and is written to there.
    only = own.model_copy(update={"mail_address": DESK})
    assert addresses.destination(DESK, [only]) == ToPortal(only)
    assert addresses.destination(THREADS.reply_to(CASE, DESK), [only]) == ToCase(CASE)
    assert addresses.destination("x@acme.example", [own]) is None
    assert plain(" A+b@C.d ") == "a@c.d"


def _other_portal() -> Any:
    different = {
        "portal_id": derived_id("shop portal"),
        "company_id": derived_id("shop"),
        "subdomain": "shop",
        "key": "portal:shop",
    }
    return portal().model_copy(update=different)
