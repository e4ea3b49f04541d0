"""Customers and technicians who use a running desk through its public endpoints only."""

import asyncio
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.client import DeskClient
from tests.support.desk import PASSWORD, Desk
from tests.support.journal import Journal

ATTEMPTS = 400
PAUSE_SECONDS = 0.25
TOKEN_SECONDS = 300.0
"""Half of a token's life, after which another one is asked for."""


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


async def until_there(ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Ask until the thing is known: what one service has said takes its time to reach another."""
    for _ in range(ATTEMPTS):
        answer = await ask()
        if answer.status_code != httpx.codes.NOT_FOUND:
            return answer
        await asyncio.sleep(PAUSE_SECONDS)
    raise TimeoutError(f"{answer.request.url} never was there")


@dataclass
class Technician:
    """A technician with a session, and a socket once `connect` was called."""

    desk: Desk
    http: httpx.AsyncClient
    email: str
    id: str = ""
    socket: DeskClient | None = None
    token: str = field(default="", repr=False)
    signed_in_at: float = 0.0

    async def sign_in(self) -> None:
        body = {"email": self.email, "password": PASSWORD}
        url = f"{self.desk.url('portal')}/api/portal/session"
        answer = (await until_answered(self.http, "POST", url, json=body)).raise_for_status().json()
        self.id, self.token = answer["technician"]["id"], answer["access_token"]
        self.signed_in_at = time.monotonic()

    async def access(self) -> str:
        """A token that is good for minutes still."""
        if time.monotonic() - self.signed_in_at > TOKEN_SECONDS:
            await self.sign_in()
        return self.token

    async def set_available(self, available: bool) -> None:
        url = f"{self.desk.url('portal')}/api/portal/me/availability"
        (await self._ask("PUT", url, json={"available": available})).raise_for_status()

    def connect(self, journal: Journal) -> DeskClient:
        self.socket = DeskClient(self.email, self.desk.socket_url, self.access, journal)
        return self.socket

    async def act(self, case: dict[str, Any], action: str, **said: Any) -> httpx.Response:
        """Decide on the state or the assignee of a case as it was seen."""
        return await self.mark(case["id"], action, state_version=case["state_version"], **said)

    async def mark(self, case_id: str, action: str, **said: Any) -> httpx.Response:
        """What outdates no decision: labels, a title, a note, taking something back."""
        url = f"{self.desk.url('cases')}/api/cases/cases/{case_id}/{action}"
        return await self._ask("POST", url, json=said)

    async def administer(
        self, method: str, service: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """What only administrators may do, once what it is about is known there; the answer."""
        url = f"{self.desk.url(service)}/api/{service}/{path}"
        answer = await until_there(lambda: self._ask(method, url, json=body))
        found: dict[str, Any] = answer.raise_for_status().json()
        return found

    async def make_label(self, title: str) -> str:
        """The id of a new label."""
        url = f"{self.desk.url('cases')}/api/cases/labels"
        answer = await self._ask("POST", url, json={"title": title, "colour": "red"})
        return str(answer.raise_for_status().json()["id"])

    async def make_macro(self, name: str, *actions: dict[str, Any]) -> str:
        """The id of a new macro of one's own."""
        url = f"{self.desk.url('cases')}/api/cases/macros"
        answer = await self._ask("POST", url, json={"name": name, "actions": list(actions)})
        if answer.status_code == httpx.codes.CONFLICT:
            # A first try made it, whose answer was lost.
            kept = (await self._ask("GET", url)).raise_for_status().json()["macros"]
            return str(next(it["id"] for it in kept if it["name"] == name))
        return str(answer.raise_for_status().json()["id"])

    async def make_case(self, source: dict[str, Any], problem: str) -> str:
        """The id of a case that was made for a call, from the conversation of another one."""
        body = {
            "client_id": str(uuid.uuid4()),
            "type": "call",
            "portal_id": source["portal"]["id"],
            "customer": source["customer"],
            "problem": problem,
            "refers_to": source["id"],
        }
        answer = await self._ask("POST", f"{self.desk.url('cases')}/api/cases/cases", json=body)
        return str(answer.raise_for_status().json()["id"])

    async def case(self, case_id: str) -> dict[str, Any]:
        """The case once it is there: it follows its conversation through the bus."""
        url = f"{self.desk.url('cases')}/api/cases/cases/{case_id}"
        found: dict[str, Any] = (await until_there(lambda: self._ask("GET", url))).json()
        return found

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
        params = {"through": str(through)}
        answer = await until_there(lambda: self._ask("GET", url, params=params))
        return answer.raise_for_status().text

    async def end(self, conversation: str) -> None:
        url = f"{self.desk.url('chat')}/api/chat/conversations/{conversation}/end"
        (await self._ask("POST", url, json={"client_id": str(uuid.uuid4())})).raise_for_status()

    async def delete_last(self, conversation: str) -> None:
        """Delete what this technician wrote last."""
        mine = [it for it in await self.entries(conversation) if it["author"]["id"] == self.id]
        message_id = [it for it in mine if it["kind"] == "message"][-1]["id"]
        place = f"/api/chat/conversations/{conversation}/messages/{message_id}"
        (await self._ask("DELETE", self.desk.url("chat") + place)).raise_for_status()

    async def mail_transcript(self, conversation: str, to: str, address: str | None = None) -> str:
        """Ask for the transcript to be mailed; the mail's id."""
        order = {"to": to, "address": address, "request_id": str(uuid.uuid4())}
        url = f"{self.desk.url('transcripts')}/api/transcripts/conversations/{conversation}/mails"
        answer = await until_there(lambda: self._ask("POST", url, json=order))
        return str(answer.raise_for_status().json()["mail_id"])

    async def mails(self, case_id: str) -> list[dict[str, Any]]:
        """What the delivery ledger has about a case."""
        url = f"{self.desk.url('notify')}/api/notify/cases/{case_id}/mails"
        found: list[dict[str, Any]] = (
            (await self._ask("GET", url)).raise_for_status().json()["mails"]
        )
        return found

    async def _ask(self, method: str, url: str, **request: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await self.access()}"}
        return await until_answered(self.http, method, url, headers=headers, **request)


@dataclass
class Customer:
    """A customer of a portal. Whatever they ask for is asked again, as it was, while nobody answers."""

    desk: Desk
    http: httpx.AsyncClient
    name: str
    portal: str = "demo"
    email: str | None = None
    """Made from the name; empty for one who does not tell it."""
    conversation: str = ""
    socket: DeskClient | None = None
    _secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _token: str = field(default="", repr=False)
    _told_at: float = 0.0

    def __post_init__(self) -> None:
        if self.email is None:
            self.email = f"{self.name.lower()}@example.com"

    # ---- a live chat ----

    async def enter(self, journal: Journal) -> DeskClient:
        """Fill the form in, press Chat, and watch the conversation."""
        ticket = await self._admit("live")
        body = {"ticket": ticket, "secret": self._secret}
        (await self._ask("POST", "chat", "/conversations", body)).raise_for_status()
        self.socket = DeskClient(self.name, self.desk.socket_url, self.access, journal)
        await self.socket.watch(self.conversation)
        return self.socket

    async def open_chat(self, text: str) -> None:
        """Enter a chat and write, without a socket that would have to be kept."""
        ticket = await self._admit("live")
        body = {"ticket": ticket, "secret": self._secret}
        (await self._ask("POST", "chat", "/conversations", body)).raise_for_status()
        await self.write(text)

    async def write(self, text: str) -> None:
        """Say something in the chat; one that is over takes it too, and marks it late."""
        body = {"client_id": str(uuid.uuid4()), "text": text}
        path = f"/conversations/{self.conversation}/messages"
        (await self._ask("POST", "chat", path, body)).raise_for_status()

    async def give_email(self, email: str) -> None:
        body = {"client_id": str(uuid.uuid4()), "email": email}
        path = f"/conversations/{self.conversation}/contact"
        (await self._ask("POST", "chat", path, body)).raise_for_status()

    async def end(self) -> None:
        body = {"client_id": str(uuid.uuid4())}
        path = f"/conversations/{self.conversation}/end"
        (await self._ask("POST", "chat", path, body)).raise_for_status()

    # ---- requests ----

    async def request(self, question: str) -> int:
        """Leave a support request; the case's number."""
        ticket = await self._admit("request")
        body = {"ticket": ticket, "secret": self._secret, "question": question}
        answer = await self._ask("POST", "cases", "/requests", body)
        return int(answer.raise_for_status().json()["number"])

    async def stop_waiting(self, question: str, email: str = "") -> int:
        """Press "here" and leave a request; the case's number."""
        body = {"question": question, "email": email}
        path = f"/cases/{self.conversation}/request"
        answer = await until_there(lambda: self._ask("POST", "cases", path, body))
        return int(answer.raise_for_status().json()["number"])

    # ---- afterwards ----

    async def own_case(self) -> dict[str, Any]:
        path = f"/customer/{self.conversation}"
        answer = await until_there(lambda: self._ask("GET", "cases", path))
        found: dict[str, Any] = answer.raise_for_status().json()
        return found

    async def answer_survey(self, rating: int, comment: str) -> None:
        """Answered before is as well: the first answer to it was lost then."""
        body = {"rating": rating, "comment": comment}
        answer = await self._ask("POST", "cases", f"/cases/{self.conversation}/survey", body)
        if answer.is_error and answer.json()["error"]["code"] != "survey_answered":
            answer.raise_for_status()

    async def mail_transcript(self, through: int) -> str:
        """Request a transcript of everything up to this position; the mail's id."""
        order = {"to": "customer", "request_id": str(uuid.uuid4()), "through": through}
        path = f"/conversations/{self.conversation}/mails"
        answer = await until_there(lambda: self._ask("POST", "transcripts", path, order))
        return str(answer.raise_for_status().json()["mail_id"])

    # ---- who they are ----

    async def access(self) -> str:
        """A token that is good for minutes still."""
        if time.monotonic() - self._told_at > TOKEN_SECONDS:
            body = {"conversation_id": self.conversation, "secret": self._secret}
            url = f"{self.desk.url('portal')}/api/portal/customer/token"
            answer = await until_answered(self.http, "POST", url, json=body)
            self._remember(answer.raise_for_status().json()["access_token"])
        return self._token

    def _remember(self, token: str) -> None:
        self._token, self._told_at = token, time.monotonic()

    async def _admit(self, kind: str) -> str:
        """Fill the form in; the ticket."""
        body = {
            "kind": kind,
            "admission_id": str(uuid.uuid4()),
            "secret": self._secret,
            "first_name": self.name,
            "last_name": "Tester",
            "email": self.email,
            "locale": "en",
        }
        url = f"{self.desk.url('portal')}/api/portal/portals/{self.portal}/admissions"
        answer = (await until_answered(self.http, "POST", url, json=body)).raise_for_status().json()
        self.conversation = answer["conversation_id"]
        self._remember(answer["access_token"])
        return str(answer["ticket"])

    async def _ask(self, method: str, service: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await self.access()}"}
        url = f"{self.desk.url(service)}/api/{service}{path}"
        return await until_answered(self.http, method, url, headers=headers, json=body)
