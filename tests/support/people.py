"""Customers and technicians who use a running desk through its public endpoints only."""

import asyncio
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.client import DeskClient
from tests.support.desk import PASSWORD, Desk
from tests.support.journal import Journal

ATTEMPTS = 120
PAUSE_SECONDS = 0.25


async def until_answered(
    client: httpx.AsyncClient, method: str, url: str, **request: Any
) -> httpx.Response:
    """Ask until the service is there to answer: a refusal is an answer, an absence is not."""
    for _ in range(ATTEMPTS):
        try:
            answer = await client.request(method, url, timeout=5, **request)
        except httpx.HTTPError:
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
            return answer
        await asyncio.sleep(PAUSE_SECONDS)
    raise TimeoutError(f"{method} {url} was never answered")


@dataclass
class Technician:
    """A technician with a session, and a socket once `connect` was called."""

    desk: Desk
    http: httpx.AsyncClient
    email: str
    id: str = ""
    socket: DeskClient | None = None
    token: str = field(default="", repr=False)

    async def sign_in(self) -> None:
        body = {"email": self.email, "password": PASSWORD}
        url = f"{self.desk.url('portal')}/api/portal/session"
        answer = (await until_answered(self.http, "POST", url, json=body)).raise_for_status().json()
        self.id, self.token = answer["technician"]["id"], answer["access_token"]

    async def set_available(self, available: bool) -> None:
        url = f"{self.desk.url('portal')}/api/portal/me/availability"
        (await self._ask("PUT", url, json={"available": available})).raise_for_status()

    def connect(self, journal: Journal) -> DeskClient:
        async def token() -> str:
            return self.token

        self.socket = DeskClient(self.email, self.desk.socket_url, token, journal)
        return self.socket

    async def act(self, case: dict[str, Any], action: str) -> httpx.Response:
        url = f"{self.desk.url('cases')}/api/cases/cases/{case['id']}/{action}"
        return await self._ask("POST", url, json={"state_version": case["state_version"]})

    async def case(self, case_id: str) -> dict[str, Any]:
        """The case once it is there: it follows its conversation through the bus."""
        for _ in range(ATTEMPTS):
            answer = await self._ask("GET", f"{self.desk.url('cases')}/api/cases/cases/{case_id}")
            if answer.status_code == httpx.codes.OK:
                found: dict[str, Any] = answer.json()
                return found
            await asyncio.sleep(PAUSE_SECONDS)
        raise TimeoutError(f"case {case_id} never appeared")

    async def all_cases(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        after: str | None = None
        for _ in range(ATTEMPTS):
            params = {"list": "all", "limit": "100", **({"after": after} if after else {})}
            answer = await self._ask(
                "GET", f"{self.desk.url('cases')}/api/cases/cases", params=params
            )
            page = answer.raise_for_status().json()
            found += page["cases"]
            after = page["next"]
            if after is None:
                return found
        raise TimeoutError("the list of cases has no end")

    async def entries(self, conversation: str) -> list[dict[str, Any]]:
        """The whole conversation as the store has it."""
        found: list[dict[str, Any]] = []
        url = f"{self.desk.url('chat')}/api/chat/conversations/{conversation}/entries"
        after = 0
        for _ in range(ATTEMPTS):
            params = {"limit": "200", "after": str(after)}
            page = (await self._ask("GET", url, params=params)).raise_for_status().json()
            found += page["entries"]
            after = page["through"]
            if not page["more"]:
                return found
        raise TimeoutError(f"conversation {conversation} has no end")

    async def transcript(self, conversation: str, through: int) -> str:
        """The conversation as text, complete up to this position."""
        url = f"{self.desk.url('transcripts')}/api/transcripts/conversations/{conversation}.txt"
        for _ in range(ATTEMPTS):
            answer = await self._ask("GET", url, params={"through": str(through)})
            if answer.status_code == httpx.codes.OK:
                return answer.text
            await asyncio.sleep(PAUSE_SECONDS)
        raise TimeoutError(f"the transcript of {conversation} never came")

    async def _ask(self, method: str, url: str, **request: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return await until_answered(self.http, method, url, headers=headers, **request)


@dataclass
class Customer:
    """A customer who opens the portal page, fills the form in and presses Chat."""

    desk: Desk
    http: httpx.AsyncClient
    name: str
    conversation: str = ""
    socket: DeskClient | None = None
    token: str = field(default="", repr=False)

    async def enter(self, journal: Journal) -> DeskClient:
        admission, secret = str(uuid.uuid4()), secrets.token_urlsafe(32)
        body = {
            "admission_id": admission,
            "secret": secret,
            "first_name": self.name,
            "last_name": "Tester",
            "email": f"{self.name.lower()}@example.com",
            "locale": "en",
        }
        portal = f"{self.desk.url('portal')}/api/portal/portals/demo/admissions"
        answer = await until_answered(self.http, "POST", portal, json=body)
        admitted = answer.raise_for_status().json()
        self.conversation = admitted["conversation_id"]
        chat = f"{self.desk.url('chat')}/api/chat/conversations"
        redeemed = await until_answered(
            self.http,
            "POST",
            chat,
            json={"ticket": admitted["ticket"], "secret": secret},
            headers={"Authorization": f"Bearer {admitted['access_token']}"},
        )
        redeemed.raise_for_status()
        self.token = str(admitted["access_token"])

        async def token() -> str:
            return self.token

        self.socket = DeskClient(self.name, self.desk.socket_url, token, journal)
        await self.socket.watch(self.conversation)
        return self.socket
