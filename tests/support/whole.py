"""A whole desk in one process behind its gateway, on servers that are given, and people of every kind in front of it."""

import asyncio
import base64
import json
import os
import secrets
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from chassis.clock import SystemClock
from chassis.devstack.process import free_port
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import MongoStorage
from chassis.timers import FakeTimers
from chassis.tokens import Identity, TokenSigner
from services.portal.desk import Desk
from services.portal.domain import Account, Company, SigningKey, Technician
from services.portal.passwords import Passwords
from services.portal.signing import private_key
from services.portal.storage import MongoPortalStore
from tests.support.desk import PASSWORD, PEOPLE, PORTALS
from tests.support.ready import LOOK_SECONDS, START_SECONDS, wait_until_ready


@dataclass(frozen=True)
class Whole:
    """Where it answers, and what its database is called."""

    address: str
    mongo: str
    prefix: str
    secret: bytes


@contextmanager
def whole_desk(kafka: str, mongo: str, prefix: str, folder: Path) -> Iterator[Whole]:
    """All services in one process, as `deskbus serve all` runs them."""
    port, secret = free_port(), secrets.token_bytes(32)
    account = folder / "first-account.json"
    people = [{**person, "password": PASSWORD} for person in PEOPLE]
    account.write_text(json.dumps({"account": "Demo", "portals": PORTALS, "people": people}))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DESKBUS_")},
        "DESKBUS_KAFKA": kafka,
        "DESKBUS_MONGO": mongo,
        "DESKBUS_DATABASE_PREFIX": prefix,
        "DESKBUS_SECRET": base64.b64encode(secret).decode(),
        "DESKBUS_EMBEDDED": "true",
        "DESKBUS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DESKBUS_PORT": str(port),
        "DESKBUS_FIRST_ACCOUNT": str(account),
    }
    command = [sys.executable, "-m", "chassis.cli"]
    subprocess.run([*command, "provision"], env=environment, check=True, capture_output=True)
    with (folder / "desk.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "serve", "all"], env=environment, stdout=log, stderr=log
        )
        try:
            wait_until_ready(process, f"http://127.0.0.1:{port}", folder / "desk.log")
            yield Whole(f"http://127.0.0.1:{port}", mongo, prefix, secret)
        finally:
            process.terminate()
            process.wait(30)


class Client:
    """Asks the desk's REST interface, as somebody or as nobody."""

    def __init__(self, desk: Whole) -> None:
        self.desk = desk
        self.http = httpx.Client(base_url=desk.address, timeout=20)

    def ask(self, method: str, path: str, token: str | None, **request: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return self.http.request(method, path, headers=headers, **request)

    def sign_in(self, email: str) -> str:
        body = {"email": email, "password": PASSWORD}
        answer = self.http.post("/api/portal/session", json=body).raise_for_status()
        self.http.cookies.clear()
        return str(answer.json()["access_token"])

    def until(self, method: str, path: str, token: str, **request: Any) -> httpx.Response:
        """Ask until it is there: what one service has said takes its time to reach another."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            answer = self.ask(method, path, token, **request)
            if answer.is_success or time.monotonic() > deadline:
                return answer.raise_for_status()
            time.sleep(LOOK_SECONDS)


@dataclass(frozen=True)
class Visit:
    """A customer with a conversation: the token is theirs alone."""

    conversation: str
    token: str
    ticket: str
    secret: str
    message: str = ""
    """What they said first."""


def visit(client: Client, kind: str = "live") -> Visit:
    """A customer's way in, and what they opened there."""
    secret = "s" * 43 if kind == "live" else "r" * 43
    body = {
        "kind": kind,
        "admission_id": str(uuid.uuid4()),
        "secret": secret,
        "first_name": "Ana",
        "last_name": "Núñez",
        "email": "ana@example.com",
        "locale": "en",
    }
    admitted = client.http.post("/api/portal/portals/demo/admissions", json=body)
    told = admitted.raise_for_status().json()
    return Visit(told["conversation_id"], told["access_token"], told["ticket"], secret)


def begin_chat(client: Client) -> Visit:
    """A live chat in which the customer has said something, known to every service."""
    customer = visit(client)
    opened = {"ticket": customer.ticket, "secret": customer.secret}
    client.ask("POST", "/api/chat/conversations", customer.token, json=opened).raise_for_status()
    said = {"client_id": str(uuid.uuid4()), "text": "My invoice shows the wrong address."}
    path = f"/api/chat/conversations/{customer.conversation}/messages"
    message = client.ask("POST", path, customer.token, json=said).raise_for_status().json()["id"]
    client.until("GET", f"/api/cases/customer/{customer.conversation}", customer.token)
    return replace(customer, message=message)


def strangers(desk: Whole) -> dict[str, str]:
    """Tokens of technicians whom no route makes yet: of another account, and without access to the company."""
    return asyncio.run(_strangers(desk))


async def _strangers(desk: Whole) -> dict[str, str]:
    async with Database.connect(desk.mongo, f"{desk.prefix}_portal") as database:
        store, clock = MongoPortalStore(database), SystemClock()
        key = await store.get(None, SigningKey, (await store.ids(SigningKey))[0])
        greta = await store.technician_mailed(None, PEOPLE[1]["email"])
        assert key is not None
        assert greta is not None
        signer = TokenSigner(private_key(key, desk.secret), key.id, clock)
        shop = next(
            it
            for it in await store.companies_of(None, greta.tenant, greta.companies)
            if "Shop" in it.name
        )
        portal = Desk(
            storage=MongoStorage(database, FakeKeyring()),
            store=store,
            clock=clock,
            signer=signer,
            passwords=Passwords(),
            chain_key=desk.secret,
            host="",
            keys=FakeKeyring(),
            timers=FakeTimers(),
            away_after=None,
        )
        account, company = new_id(), new_id()
        people = {
            "elsewhere": replace(
                greta,
                id=new_id(),
                email="elsewhere@example.com",
                companies=(shop.id,),
                available=True,
            ),
            "stranger": replace(
                greta,
                id=new_id(),
                tenant=account,
                email="x@stranger.example",
                companies=(company,),
                available=True,
                role="administrator",
            ),
        }
        records: list[Any] = [
            Account(account, "Other"),
            Company(company, account, "Other Ltd", 1),
            *people.values(),
        ]

        async def work(tx: Any) -> None:
            for record in records:
                await portal.save(tx, record)

        await portal.commit(work)
        return {name: signer.access(_identity(person))[0] for name, person in people.items()}


def _identity(person: Technician) -> Identity:
    return Identity(
        kind="technician",
        id=person.id,
        tenant=person.tenant,
        name=person.name,
        role=person.role,
        companies=person.companies,
    )
