"""The stories of a history: what a customer and the desk live to see, each through public interfaces only."""

import base64

from services.notify.threading import Threads
from tests.replay.history import CARE, INTAKE, LATER, SHOP, History, Story
from tests.support.people import Customer, Technician
from tests.support.waiting import until


async def goes_on(history: History, name: str) -> None:
    """A chat with both sides writing that is assigned and goes on; the technician deletes what they said last."""
    customer = await history.chat(name)
    technician = await history.talk(customer)
    await technician.delete_last(customer.conversation)
    await history.leave(customer)


async def waits(history: History, name: str) -> None:
    """A chat that nobody has taken; it rang once."""
    await history.leave(await history.chat(name))


async def is_ended_by_the_customer(history: History, name: str) -> None:
    customer = await history.chat(name)
    await history.talk(customer)
    await customer.end()
    await history.leave(customer)


async def is_ended_by_the_desk(history: History, name: str) -> None:
    """Its transcript goes to the technician and to another address."""
    customer = await history.chat(name)
    technician = await history.talk(customer)
    await technician.end(customer.conversation)
    await history.leave(customer)
    await history.mailed(technician.mail_transcript(customer.conversation, "assignee"))
    elsewhere = technician.mail_transcript(customer.conversation, "address", "boss@example.com")
    await history.mailed(elsewhere)


async def is_resolved(history: History, name: str) -> None:
    """The customer answers the survey and has the transcript mailed."""
    customer, technician = await history.resolved(name)
    await customer.answer_survey(4, f"Quick, says {name}.")
    last = (await technician.entries(customer.conversation))[-1]["seq"]
    await history.mailed(customer.mail_transcript(last))
    await history.leave(customer)


async def is_reopened(history: History, name: str) -> None:
    """Resolved, reopened by a technician, and resolved again."""
    customer, technician = await history.resolved(name)
    await customer.answer_survey(1, "Not solved.")
    await history.act(technician, customer.conversation, "reopen")
    await history.act(technician, customer.conversation, "resolve")
    await history.leave(customer)


async def is_worked_on(history: History, name: str) -> None:
    """All that colleagues do among themselves: marks, a note, putting off, giving on, taking back."""
    customer = await history.chat(name)
    technician = await history.talk(customer)
    case_id = customer.conversation
    (other,) = (it for it in history.technicians if it is not technician)
    label = await technician.make_label(f"Invoice of {name}")
    quiet = await technician.make_macro(f"Quiet for {name}", {"do": "mute"}, {"do": "flag"})
    for action, said in (
        ("label", {"add": [label]}),
        ("title", {"title": f"The invoice of {name}"}),
        ("verify", {}),
        ("note", {"client_id": label, "text": f"{name} is a good customer."}),
        ("macro", {"macro": quiet, "client_id": quiet, "state_version": 1}),
    ):
        (await technician.mark(case_id, action, **said)).raise_for_status()
    await history.act(technician, case_id, "snooze", until="reply")
    assert customer.socket is not None
    customer.socket.send(case_id, "Are you still there?")
    await until(f"{name} woke the case", lambda: _is_assigned(technician, case_id))
    given = await history.act(technician, case_id, "transfer", to=other.id)
    (await technician.mark(case_id, "undo", version=given["version"])).raise_for_status()
    await history.act(technician, case_id, "transfer", to=other.id)
    await history.act(other, case_id, "pending")
    await history.act(other, case_id, "open")
    await history.leave(customer)


async def _is_assigned(technician: Technician, case_id: str) -> bool:
    return bool((await technician.case(case_id))["state"] == "assigned")


async def comes_back(history: History, name: str) -> None:
    """The customer writes after Resolved: a late message, and the case is open again."""
    customer, _ = await history.resolved(name)
    assert customer.socket is not None
    customer.socket.send(customer.conversation, "One more thing.")

    async def is_open() -> bool:
        return bool((await customer.own_case())["state"] == "assigned")

    await until(f"the case of {name} is open again", is_open)
    await history.leave(customer)


async def stops_waiting(history: History, name: str) -> None:
    """The "here" link: the chat becomes a request, which is acknowledged by mail."""
    customer = await history.chat(name)
    await customer.stop_waiting(f"Please write to me. {name}")
    history.mails += 1
    await history.leave(customer)


async def tells_the_bot(history: History, name: str) -> None:
    """The bot asks for an address and gets one; the customer corrects it."""
    customer = await history.chat(name, SHOP, email="")
    await customer.give_email(f"{name.lower()}@old.example.com")
    await customer.give_email(f"{name.lower()}@example.com")
    case_id, technician = customer.conversation, history.technicians[0]

    async def is_ready() -> bool:
        return bool((await technician.case(case_id))["state"] == "unassigned")

    # Who takes it while it is pending leaves the bot nothing to be done with.
    await until(f"the case of {name} is ready", is_ready)
    await history.talk(customer)
    await history.leave(customer)


async def stays_pending(history: History, name: str) -> None:
    """The bot still asks."""
    await history.leave(await history.chat(name, SHOP, email=""))


async def requests(history: History, name: str) -> None:
    """A request that was never a chat: acknowledged by mail, and waiting."""
    customer = Customer(history.desk, history.http, name)
    await customer.request(f"Where is my parcel? {name}")
    history.conversations.append(customer.conversation)
    history.mails += 1


async def requests_and_rates(history: History, name: str) -> None:
    """A request that was assigned, answered by mail and resolved."""
    customer = Customer(history.desk, history.http, name, SHOP)
    await customer.request(f"How do I return it? {name}")
    history.conversations.append(customer.conversation)
    history.mails += 1
    technician = history.technicians[0]
    await history.act(technician, customer.conversation, "assign")
    answer = {"client_id": customer.conversation, "text": f"Just send it back, {name}."}
    await history.act(technician, customer.conversation, "mail", **answer)
    history.mails += 1
    await history.act(technician, customer.conversation, "resolve")
    await customer.answer_survey(5, "")


async def is_given_out(history: History, name: str) -> None:
    """A request that is assigned by itself, due soon, and then due at another time because that was decided."""
    customer = Customer(history.desk, history.http, name, CARE)
    await customer.request(f"When do you open? {name}")
    case_id, technician = customer.conversation, history.technicians[0]
    history.conversations.append(case_id)
    history.mails += 1

    async def is_due_soon() -> bool:
        case = await technician.case(case_id)
        return bool(case["state"] == "assigned" and case["sla"] and case["sla"]["warned_at"])

    await until(f"the case of {name} is assigned and due soon", is_due_soon)
    await history.promise(LATER)

    async def is_due_later() -> bool:
        return not (await technician.case(case_id))["sla"]["warned_at"]

    await until(f"the case of {name} is due later", is_due_later)


async def writes_mails(history: History, name: str) -> None:
    """A mail that becomes a case and is acknowledged, and an answer to its address."""
    sender, technician = f"{name.lower()}@mail.example", history.technicians[0]
    await history.post(sender, "demo@example.com", f"My lamp is dark. {name}")

    found: list[str] = []

    async def arrived() -> bool:
        cases = await technician.all_cases()
        found[:] = [case["id"] for case in cases if case["customer"]["email"] == sender]
        return bool(found)

    await until(f"the mail of {name} is a case", arrived)
    (case_id,) = found
    history.mails += 1

    async def acknowledged() -> bool:
        return any(sender in it.recipients for it in history.server.taken)

    # Nobody knows the address of a case before they were written to from it.
    await until(f"the mail of {name} is acknowledged", acknowledged)
    secret = base64.b64decode(history.desk.secret)
    await history.post(sender, Threads(secret).reply_to(case_id, INTAKE), "It still is.")

    async def is_answered() -> bool:
        return bool((await technician.case(case_id))["unanswered"] == 2)

    await until(f"the answer of {name} is heard", is_answered)


async def is_merged(history: History, name: str) -> None:
    """Two chats of one customer are one case, and are not, and are; then a technician notes a call about it."""
    customers = [await history.chat(name), await history.chat(name)]
    for customer in customers:
        await customer.end()
        await until(f"the chat of {name} is over", lambda it=customer: _is_ended(it))  # type: ignore[misc]
        await history.leave(customer)
    technician = history.technicians[0]
    source, target = (it.conversation for it in customers)
    into = await technician.case(target)
    named = {"into": target, "into_state_version": into["state_version"]}
    await history.act(technician, source, "merge", **named)
    await history.act(technician, source, "unmerge")
    await history.act(technician, source, "merge", **named)
    history.conversations.append(await technician.make_case(into, f"{name} called about it."))


async def _is_ended(customer: Customer) -> bool:
    return not (await customer.own_case())["live"]


STORIES: tuple[Story, ...] = (
    goes_on,
    waits,
    is_ended_by_the_customer,
    is_ended_by_the_desk,
    is_resolved,
    is_reopened,
    is_worked_on,
    comes_back,
    stops_waiting,
    tells_the_bot,
    stays_pending,
    requests,
    requests_and_rates,
    is_given_out,
    writes_mails,
    is_merged,
)
