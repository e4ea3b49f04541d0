"""A varied history of a desk, made through its public interfaces; the seed decides who does what when."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import aiosmtplib
import httpx

from tests.support.desk import Desk
from tests.support.journal import Journal
from tests.support.mail import Drop, MailServer
from tests.support.people import ATTEMPTS, Customer, Technician
from tests.support.waiting import until, until_heard

NAMES = (
    "Ana",
    "Bo",
    "Cleo",
    "Dina",
    "Emil",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "Jana",
    "Kai",
    "Lea",
    "Mia",
    "Nora",
    "Ole",
    "Pia",
)
SHOP = "shop"
"""The portal that does not insist on an address, so that the bot asks for one."""
INTAKE = "desk@example.com"
"""The desk's own address, at which answers arrive too."""
CARE = "care"
"""The portal whose cases are assigned by themselves, and which promises an answer."""
SOON = {"targets": {"first_response": 1}, "warn_percent": 90}
"""A warning after six seconds. The breach, a minute after the beginning, nobody waits for."""
LATER = {"targets": {"first_response": 100_000}}

Story = Callable[["History", str], Awaitable[None]]
"""What one customer lives to see; the name is theirs."""


@dataclass
class History:
    """What there was. `mails` is how many the desk had to send."""

    desk: Desk
    http: httpx.AsyncClient
    server: MailServer
    seed: int
    technicians: list[Technician] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)
    mails: int = 0
    care: str = ""
    """The id of that portal."""
    journal: Journal = field(default_factory=Journal)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    async def play(self, stories: Sequence[Story]) -> None:
        """Everything at once, as on a busy morning, each story with a customer of its own."""
        await self._come_to_work()
        self._make_mail_hard()
        names = self._random.sample(NAMES, k=len(NAMES))
        begun = [self._begin(story, name) for story, name in zip(stories, names, strict=True)]
        await asyncio.gather(*begun)

    async def go_home(self) -> None:
        """Close every socket that is still open."""
        for technician in self.technicians:
            if technician.socket is not None:
                await technician.socket.close()

    async def _come_to_work(self) -> None:
        self.boss = Technician(self.desk, self.http, "ada@example.com")
        await self.boss.sign_in()
        wanted = {"subdomain": CARE, "company_name": "Demo Care"}
        made = await self.boss.administer("POST", "portal", "company-portals", wanted)
        self.care = made["portal"]["id"]
        # The token of before the company was made does not name it, and is good no more.
        await self.boss.sign_in()
        place = f"assignment/portals/{self.care}"
        await self.boss.administer("PUT", "cases", place, {"automatic": True})
        await self.promise(SOON)
        for name in ("greta", "tomas"):
            technician = Technician(self.desk, self.http, f"{name}@example.com")
            await technician.sign_in()
            # Away and back, so that the directory has more to tell than how it is now.
            for available in (True, False, True):
                await technician.set_available(available=available)
            technician.connect(self.journal)
            self.technicians.append(technician)

    def _make_mail_hard(self) -> None:
        """Tried again, refused for good, and taken without a word: all three have to stay as they are."""
        self.server.will("RCPT", "451 4.3.0 Try again later", "550 5.1.1 No such user")
        self.server.will("CONTENT", Drop())

    async def _begin(self, story: Story, name: str) -> None:
        await asyncio.sleep(self._random.uniform(0, 3))
        await story(self, name)

    # ---- what happens in many stories ----

    async def chat(self, name: str, portal: str = "demo", email: str | None = None) -> Customer:
        """A customer enters a live chat and writes."""
        customer = Customer(self.desk, self.http, name, portal, email)
        client = await customer.enter(self.journal)
        self.conversations.append(customer.conversation)
        await client.type(customer.conversation)
        for number in range(self._random.randint(1, 3)):
            client.send(customer.conversation, f"My invoice is wrong, {name} says: {number}.")
            await self._breathe()
        await self.said(customer.conversation)
        return customer

    async def said(self, conversation: str) -> None:
        """Until all that was written there is acknowledged, and cases has heard it."""
        written = self.journal.of(conversation)

        async def acknowledged() -> bool:
            return all(entry.seq is not None for entry in written)

        await until(f"{conversation} is acknowledged", acknowledged)
        await until_heard(self.technicians[0], conversation)

    async def act(
        self, technician: Technician, case_id: str, action: str, **said: Any
    ) -> dict[str, Any]:
        """Decide on the case as it is; the case afterwards."""
        for _ in range(ATTEMPTS):
            answer = await technician.act(await technician.case(case_id), action, **said)
            if answer.status_code != httpx.codes.CONFLICT:
                case: dict[str, Any] = answer.raise_for_status().json()
                return case
        raise TimeoutError(f"{action} of {case_id} was always too late")

    async def talk(self, customer: Customer) -> Technician:
        """A technician takes the case; both write, read and type."""
        technician = self._random.choice(self.technicians)
        await self.act(technician, customer.conversation, "assign")
        assert technician.socket is not None
        assert customer.socket is not None
        await technician.socket.watch(customer.conversation)
        for number in range(self._random.randint(2, 5)):
            client = self._random.choice((technician.socket, customer.socket))
            await client.type(customer.conversation)
            client.send(customer.conversation, f"Line {number}.")
            await self._breathe()
            await client.read(customer.conversation)
        technician.socket.send(customer.conversation, "Let me see.")
        await self.said(customer.conversation)
        return technician

    async def resolved(self, name: str, portal: str = "demo") -> tuple[Customer, Technician]:
        """A chat from its beginning to Resolved, which has ended it."""
        customer = await self.chat(name, portal)
        technician = await self.talk(customer)
        await self.act(technician, customer.conversation, "resolve")
        await until(f"the chat of {name} is over", lambda: self._is_over(customer))
        return customer, technician

    async def _is_over(self, customer: Customer) -> bool:
        case = await customer.own_case()
        return bool(case["state"] == "resolved" and not case["live"])

    async def leave(self, customer: Customer) -> None:
        """Close the page."""
        if customer.socket is not None:
            await customer.socket.close()

    async def mailed(self, asking: Awaitable[str]) -> None:
        """A transcript was asked for."""
        await asking
        self.mails += 1

    async def post(self, sender: str, to: str, text: str) -> None:
        """Bring a mail to the desk, as the mail server of its sender does."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, "Lamp"
        message.set_content(text)
        port = int(self.desk.settings["DESKBUS_MAIL_LISTEN"].rpartition(":")[2])
        await aiosmtplib.send(message, hostname="127.0.0.1", port=port, start_tls=False, timeout=60)

    async def promise(self, level: dict[str, Any]) -> None:
        """How soon the portal promises an answer from now on."""
        await self.boss.administer("PUT", "cases", f"service-levels/{self.care}", level)

    async def _breathe(self) -> None:
        await asyncio.sleep(self._random.uniform(0, 0.3))
