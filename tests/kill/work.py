"""What people do while services are killed: chats that go on, and callers who come, ask for something and go."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from tests.kill.report import Load
from tests.support.client import DeskClient
from tests.support.desk import Desk
from tests.support.journal import Journal
from tests.support.mail import MailServer
from tests.support.people import Customer, Technician
from tests.support.waiting import until, until_heard

TRIES = 40
DRAINED_SECONDS = 240.0
LATER = "451 4.3.0 Try again later"

Person = Technician | Customer


@dataclass
class Promises:
    """What the desk has said yes to, beside the messages that stand in the journal; by the id of the case."""

    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    """State and assignee."""
    requests: dict[str, str] = field(default_factory=dict)
    """The question of each request that never was a chat."""
    left: dict[str, str] = field(default_factory=dict)
    """The question of each customer who stopped waiting."""
    ratings: dict[str, tuple[int, str]] = field(default_factory=dict)
    transcripts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Mail and recipient."""


class Work:
    """Everybody's doings. Each person's choices follow from the seed and their name alone."""

    def __init__(self, desk: Desk, http: httpx.AsyncClient, load: Load, server: MailServer) -> None:
        self._desk, self._http, self._load, self._server = desk, http, load, server
        self.journal, self.promises = Journal(), Promises()
        self.technicians: list[Technician] = []
        self.customers: list[Customer] = []
        self.dropped_connections = 0
        self.mails_put_off = 0

    async def begin(self) -> None:
        """Technicians sign in and are available."""
        for name in ("greta", "tomas"):
            technician = Technician(self._desk, self._http, f"{name}@example.com")
            await technician.sign_in()
            await technician.set_available(available=True)
            technician.connect(self.journal)
            self.technicians.append(technician)

    async def go_on(self, stop: asyncio.Event) -> None:
        """Work until it is time to stop, and then to the end of what was begun."""
        names = [f"Customer{n}" for n in range(self._load.customers)]
        self.customers = [Customer(self._desk, self._http, name) for name in names]
        async with asyncio.TaskGroup() as tasks:
            for customer in self.customers:
                tasks.create_task(self._journey(customer, stop))
            for number in range(self._load.callers):
                tasks.create_task(self._callers(f"Caller{number}x", stop))
            tasks.create_task(self._drop_connections(stop))
            tasks.create_task(self._put_mails_off(stop))

    def everybody(self) -> Sequence[Person]:
        """All who have a socket that stays."""
        return [*self.technicians, *self.customers]

    async def leave(self) -> None:
        """Close every socket that is still open."""
        for person in self.everybody():
            if person.socket is not None:
                await person.socket.close()

    # ---- a chat that goes on ----

    async def _journey(self, customer: Customer, stop: asyncio.Event) -> None:
        """A conversation with both sides writing, while its case is assigned."""
        chance = self._chance_of(customer.name)
        client = await customer.enter(self.journal)
        client.send(customer.conversation, "My invoice shows the wrong address.")
        technician = chance.choice(self.technicians)
        assert technician.socket is not None
        await technician.socket.watch(customer.conversation)
        await self._decide(technician, customer.conversation, "assign", "assigned")
        number = 0
        while not stop.is_set():
            number += 1
            client.send(customer.conversation, f"customer line {number}")
            technician.socket.send(customer.conversation, f"technician line {number}")
            await asyncio.sleep(chance.uniform(*self._load.pause))

    async def _decide(self, technician: Technician, case_id: str, action: str, state: str) -> None:
        """Do it until it holds: an answer that was lost is asked for again, as a person would."""
        for _ in range(TRIES):
            case = await technician.case(case_id)
            if case["state"] == state:
                break
            answer = await technician.act(case, action)
            if answer.status_code == httpx.codes.OK:
                break
        self.promises.states[case_id] = (state, technician.id)

    # ---- who comes, asks and goes ----

    async def _callers(self, name: str, stop: asyncio.Event) -> None:
        """One after the other, with everything that one can come for, in turns."""
        chance, number = self._chance_of(name), 0
        errands = [self.leave_request, self.stop_waiting, self.be_helped]
        chance.shuffle(errands)
        while not stop.is_set():
            await errands[number % len(errands)](f"{name}{number}")
            number += 1
            await asyncio.sleep(chance.uniform(*self._load.pause))

    async def look_in(self, name: str) -> None:
        """Ask in a chat whether anybody is there, and go."""
        customer, client = await self._ask(name, "Is anybody there?")
        self.promises.states[customer.conversation] = ("unassigned", "")
        await client.close()

    async def leave_request(self, name: str) -> None:
        """A request that never was a chat."""
        customer, question = Customer(self._desk, self._http, name), f"Where is my parcel? {name}"
        await customer.request(question)
        self.promises.requests[customer.conversation] = question
        self.promises.states[customer.conversation] = ("unassigned", "")

    async def stop_waiting(self, name: str) -> None:
        """A chat that nobody takes: the "here" link makes it a request."""
        customer, client = await self._ask(name, "Is this the right place?")
        question = f"Please write to me. {name}"
        await customer.stop_waiting(question)
        self.promises.left[customer.conversation] = question
        self.promises.states[customer.conversation] = ("unassigned", "")
        await client.close()

    async def be_helped(self, name: str) -> None:
        """A chat up to Resolved, with an answer to the survey, and the transcript by mail."""
        customer, client = await self._ask(name, "I have lost my password.")
        chance, case_id = self._chance_of(name), customer.conversation
        technician = chance.choice(self.technicians)
        await self._decide(technician, case_id, "assign", "assigned")
        await until_heard(technician, case_id)
        await self._decide(technician, case_id, "resolve", "resolved")
        rating = chance.randint(1, 5), f"{name} says so."
        await customer.answer_survey(*rating)
        self.promises.ratings[case_id] = rating
        last = (await technician.entries(case_id))[-1]["seq"]
        mail_id = await customer.mail_transcript(last)
        self.promises.transcripts[case_id] = (mail_id, str(customer.email))
        await client.close()

    async def _ask(self, name: str, text: str) -> tuple[Customer, DeskClient]:
        """Enter a chat, and write one message that is acknowledged."""
        customer = Customer(self._desk, self._http, name)
        client = await customer.enter(self.journal)
        client.send(customer.conversation, text)
        await drained(client)
        return customer, client

    # ---- what goes wrong besides ----

    async def _drop_connections(self, stop: asyncio.Event) -> None:
        chance = self._chance_of("the tunnel")
        while not stop.is_set():
            await asyncio.sleep(chance.uniform(0.5, 1.5))
            socket = chance.choice(self.everybody()).socket
            if socket is not None:
                socket.drop()
                self.dropped_connections += 1

    async def _put_mails_off(self, stop: asyncio.Event) -> None:
        """The mail server is busy now and then: the mail has to be tried again."""
        chance = self._chance_of("the mail server")
        while not stop.is_set():
            self._server.will("RCPT", LATER)
            self.mails_put_off += 1
            await asyncio.sleep(chance.uniform(2, 5))

    def _chance_of(self, name: str) -> random.Random:
        return random.Random(f"{self._load.seed} {name}")


async def drained(client: DeskClient) -> None:
    """Until everything that was written there is acknowledged."""

    async def idle() -> bool:
        return client.idle()

    await until(f"{client.name} has everything acknowledged", idle, DRAINED_SECONDS)
