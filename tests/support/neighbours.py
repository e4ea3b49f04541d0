"""Portal and chat as another service hears them: on a real broker, without either of them running."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal, Self, TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from chassis.clock import Clock, SystemClock
from chassis.codec import encode
from chassis.devstack.tansu import Tansu
from chassis.ids import derived_id, new_id
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.producer import BrokerAway, Producer
from chassis.settings import Settings
from chassis.tokens import Identity, Ticket, TokenSigner
from chassis.tokens import Visitor as TicketVisitor
from chassis.topics import admin, issue_epoch, provision
from contracts.chat import Author, ConversationOpened, Device, Visitor
from contracts.envelope import Actor, Message
from contracts.keys import DataKeyCreated
from contracts.portal import (
    AccountListed,
    CompanyListed,
    PortalListed,
    SigningKeyListed,
    TechnicianListed,
)
from contracts.topics import TOPICS

T = TypeVar("T")
PATIENCE_SECONDS = 60.0
PORTAL_ADDRESS = "demo.desk.example"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Tansu]:
    """A broker of this test's own: a record of another test would be sealed with a key unknown here."""
    tansu = Tansu(tmp_path)
    tansu.start()
    yield tansu
    tansu.stop()


@pytest.fixture
def settings(mongo_url: str, db_prefix: str, broker: Tansu) -> Settings:
    return Settings(
        kafka=broker.address,
        mongo=mongo_url,
        database_prefix=db_prefix.rstrip("_"),
        embedded=True,
        secret=base64.b64encode(bytes(32)).decode(),
    )


@pytest.fixture
async def neighbours(settings: Settings) -> AsyncIterator["Neighbours"]:
    async with Neighbours.moved_in(settings) as neighbours:
        yield neighbours


class Neighbours:
    """One account with one company, its portal and technicians, and whatever a test has people say."""

    def __init__(self, producer: Producer, keyring: Keyring) -> None:
        self.tenant, self.company, self.portal = new_id(), new_id(), new_id()
        self._producer = producer
        self._keyring = keyring
        self._private, self._kid = Ed25519PrivateKey.generate(), new_id()
        self.signer = TokenSigner(self._private, self._kid, SystemClock())

    @classmethod
    @asynccontextmanager
    async def moved_in(cls, settings: Settings) -> AsyncIterator[Self]:
        """Provisions the broker, begins its log, and lists the signing key."""
        async with (
            Database.connect(settings.mongo, settings.database("neighbours")) as database,
            Producer(settings) as producer,
        ):
            here = cls(producer, Keyring(database, settings))
            await here.settle(settings)
            await issue_epoch(settings, producer, 1)
            yield here

    async def settle(self, settings: Settings) -> None:
        """What a broker needs that knows nothing (any more): topics, and the signing key."""
        async with admin(settings) as client:
            await provision(client, TOPICS)
        await self.say(self._signing_key())

    async def say(self, message: Message) -> None:
        """Put a message on its topic, as its owner would: again while a fresh broker elects its leaders."""
        record = await encode(message, self._keyring)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                with suppress(BrokerAway):
                    await self._producer.send(record)
                    return

    async def employ(
        self,
        name: str,
        *,
        available: bool = True,
        companies: tuple[str, ...] | None = None,
        role: Literal["administrator", "technician"] = "technician",
    ) -> Identity:
        """A technician with access to the company, or to others."""
        companies = companies or (self.company,)
        identity = Identity(
            "technician", new_id(), self.tenant, name, role=role, companies=companies
        )
        await self.list_again(identity, 1, available=available)
        return identity

    async def list_again(
        self,
        technician: Identity,
        version: int,
        *,
        available: bool = True,
        not_before: datetime | None = None,
    ) -> None:
        """What the directory says of a technician from now on."""
        await self.say(
            TechnicianListed(
                **self._envelope(f"technician:{technician.id}", version, "system"),
                technician_id=technician.id,
                name=technician.name,
                email=f"{technician.name.lower()}@example.com",
                role=technician.role or "technician",
                companies=technician.companies,
                available=available,
                active=True,
                not_before=not_before,
            )
        )

    async def list_company(self, name: str) -> None:
        """What the directory says of the company."""
        await self.say(
            CompanyListed(
                **self._envelope(f"company:{self.company}", 1, "system"),
                company_id=self.company,
                name=name,
            )
        )

    async def list_account(self, version: int = 1, *, hide_incoming: bool) -> None:
        """What the directory says of the account from now on."""
        await self.say(
            AccountListed(
                **self._envelope(f"account:{self.tenant}", version, "system"),
                account_id=self.tenant,
                hide_incoming=hide_incoming,
            )
        )

    async def list_portal(
        self, *, survey: bool = True, greeting: str = "", grace: int = 60
    ) -> None:
        """What the directory says of the portal."""
        await self.say(
            PortalListed(
                **self._envelope(f"portal:{self.portal}", 1, "system"),
                portal_id=self.portal,
                company_id=self.company,
                subdomain="demo",
                address=PORTAL_ADDRESS,
                state="active",
                email="optional",
                greeting=greeting,
                survey=survey,
                offer_after=120,
                grace=grace,
            )
        )

    async def make_key(self, case_id: str) -> None:
        """The data key of a case, told to everybody."""
        key = await self._keyring.create(case_id)
        await self.say(
            DataKeyCreated(
                **self._envelope(case_id, 0, "system"), key_id=key.key_id, wrapped=key.wrapped
            )
        )

    async def open_chat(self, *, email: str = "cleo@example.com") -> str:
        """A customer is admitted; returns the conversation's id, which is the case's."""
        case_id = new_id()
        await self.make_key(case_id)
        await self.say(
            ConversationOpened(
                **self._envelope(case_id, 0, "customer"),
                company_id=self.company,
                conversation_id=case_id,
                author=Author(kind="customer", id=new_id()),
                portal_id=self.portal,
                portal_address=PORTAL_ADDRESS,
                locale="en",
                visitor=Visitor(first_name="Cleo", last_name="Cox", email=email),
                device=Device(),
            )
        )
        return case_id

    def customer(self, case_id: str) -> Identity:
        """The customer of a case."""
        customer_id = derived_id("customer", case_id)
        return Identity("customer", customer_id, self.tenant, "", conversation=case_id)

    def ticket(self, case_id: str, secret: str, kind: Literal["live", "request"]) -> str:
        """What portal lets the customer of a case in with."""
        return self.signer.ticket(
            Ticket(
                id=new_id(),
                kind=kind,
                conversation_id=case_id,
                tenant=self.tenant,
                company_id=self.company,
                portal_id=self.portal,
                portal_address=PORTAL_ADDRESS,
                visitor=TicketVisitor(first_name="Cleo", last_name="Cox", email="cleo@example.com"),
                locale="en",
                secret_hash=sha256(secret.encode()).hexdigest(),
            )
        )

    def client(self, app: FastAPI, identity: Identity) -> AsyncClient:
        """A browser that is signed in."""
        return AsyncClient(
            transport=ASGITransport(app),
            base_url="http://desk.example",
            headers={"authorization": f"Bearer {self.token(identity)}"},
        )

    def token(self, identity: Identity) -> str:
        """What a browser proves with who it is."""
        return self.signer.access(identity)[0]

    def signed_at(self, clock: Clock) -> TokenSigner:
        """A signer at another time."""
        return TokenSigner(self._private, self._kid, clock)

    def _signing_key(self) -> SigningKeyListed:
        raw = self._private.public_key().public_bytes_raw()
        return SigningKeyListed(
            **self._envelope(f"signing_key:{self._kid}", 1, "system"),
            key_id=self._kid,
            public_key=base64.urlsafe_b64encode(raw).decode().rstrip("="),
        )

    def _envelope(self, key: str, aggregate_version: int, kind: str) -> dict[str, object]:
        return {
            "id": new_id(),
            "time": SystemClock().now(),
            "tenant": self.tenant,
            "key": key,
            "aggregate_version": aggregate_version,
            "actor": Actor(kind=kind, via="test"),
            "correlation_id": new_id(),
        }


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[FastAPI]:
    """The service, once it is ready."""
    async with app.router.lifespan_context(app):
        await eventually(app.state.runtime.readiness, lambda checks: not any(checks.values()))
        yield app


async def eventually(question: Callable[[], Awaitable[T]], good: Callable[[T], bool]) -> T:
    """The first good answer; fails with the last bad one."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not good(answer := await question()):
            await asyncio.sleep(0.02)
    return answer
