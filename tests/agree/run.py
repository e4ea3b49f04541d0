"""One run: a desk, two consoles at it, bursts of doings, and after each the question whether all agree."""

import asyncio
import math
import statistics
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.agree.agreement import Sight, agree
from tests.agree.console import Console, Refused
from tests.agree.doings import Chance, Doing
from tests.support.desk import PASSWORD
from tests.support.people import Customer, Technician

SOON = 1.0
"""The promise: seconds in which both consoles and the store agree again."""
LINGER = 0.25
"""Seconds in which something that was still on its way, such as a rule, would show."""
SHOWN = 20
TOLD_EVERY = 10
BEGUN = 6
"""Cases that there are before anything is done: half of them come while nobody is available, so that nobody sees them."""

Between = Callable[[], Coroutine[Any, Any, str]]
"""What is done to the desk in a burst; says what it was, or nothing."""


@dataclass
class Measured:
    """What a run found."""

    bursts: int = 0
    done: int = 0
    refused: int = 0
    agreed: list[float] = field(default_factory=list)
    """Seconds from the last answer of a burst to the first look at which all agreed."""
    heard: list[float] = field(default_factory=list)
    """Seconds from a change of a case to a console that has heard of it, each frame once."""

    slow: list[str] = field(default_factory=list)
    """What differed last where it took longer than what is promised."""

    def late(self) -> int:
        """How many bursts took longer than what is promised."""
        return sum(it > SOON for it in self.agreed)

    def summary(self) -> str:
        heard = sorted(self.heard) or [0.0]
        at = heard[int(len(heard) * 0.99) - 1]
        return (
            f"{self.bursts} bursts, {self.done} doings, {self.refused} refused\n"
            f"agreed after {statistics.median(self.agreed):.2f} s (median), {max(self.agreed):.2f} s (longest), "
            f"{self.late()} later than {SOON} s\n"
            f"{len(heard)} changes heard after {statistics.median(heard) * 1000:.0f} ms (median), "
            f"{at * 1000:.0f} ms (p99), {heard[-1] * 1000:.0f} ms (longest)"
            + "".join(f"\n{it}" for it in self.slow[:SHOWN])
        )


class Run:
    """Everything of one run; `patience` is what is waited for agreement before the run has failed."""

    def __init__(self, desk: Any, seed: int, patience: float) -> None:
        self._desk, self._seed, self._patience = desk, seed, patience
        self.measured = Measured()
        self._cases: list[str] = []
        self._chats: dict[str, Customer] = {}
        self._sights: list[Sight] = []
        self._log: list[Doing] = []

    async def run(
        self, bursts: int, between: Between | None = None, seconds: float = math.inf
    ) -> Measured:
        """So many bursts, or as many as begin within `seconds`; `between` may do to the desk what it likes in each."""
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=50)) as self._http:
            try:
                await self._begin()
                end = time.monotonic() + seconds
                while self.measured.bursts < bursts and time.monotonic() < end:
                    await self._burst(between)
                    self._tell()
            except AssertionError as differ:
                told = "\n".join(map(str, self._log))
                so_far = f"\nbefore:\n{self.measured.summary()}" if self.measured.agreed else ""
                raise AssertionError(
                    f"seed {self._seed}: {differ}\nlast done:\n{told}{so_far}"
                ) from differ
            finally:
                await asyncio.gather(*(it.console.close() for it in self._sights))
        return self.measured

    def _tell(self) -> None:
        """How far it is: a run of minutes that says nothing cannot be told from one that hangs."""
        if self.measured.bursts % TOLD_EVERY == 0:
            sys.stderr.write(f"{self.measured.bursts} bursts, {self.measured.late()} late\n")

    # ---- the beginning ----

    async def _begin(self) -> None:
        admin = await self._signed_in("ada@example.com")
        labels = [await admin.make_label(title) for title in ("Billing", "Parcel")]
        portal = await self._prepare(admin, labels)
        for name in ("greta", "tomas"):
            person = await self._signed_in(f"{name}@example.com")
            await self._save_filter(person, portal)
            console = await Console.enter(name, self._desk, person.email, PASSWORD)
            self._sights.append(Sight(console, person))
        ids = {it.console.name: it.console.id for it in self._sights}
        self._chance = Chance(self._seed, ids, labels)
        for number in range(BEGUN):
            if number == BEGUN // 2:
                await asyncio.gather(
                    *(it.console.do("available", wanted=True) for it in self._sights)
                )
            await self._comes("chat" if number % 2 else "request", "The lamp is dark.")
        await self._agree()

    async def _prepare(self, admin: Technician, labels: list[str]) -> str:
        """Rules that act on what the others do, and a service level; the id of the portal."""
        rules = [
            {"trigger": "labelled", "actions": [{"do": "priority", "priority": "high"}],
             "conditions": [{"what": "label", "values": [labels[0]]}]},
            {"trigger": "wrote", "actions": [{"do": "label", "add": [labels[1]]}],
             "conditions": [{"what": "text", "values": ["parcel"]}]},
            {"trigger": "resolved", "actions": [{"do": "flag", "flagged": False}], "conditions": []},
        ]  # fmt: skip
        for rule in rules:
            made = await self._ask(admin, "POST", "/rules", {"name": rule["trigger"], **rule})
            await self._ask(admin, "POST", f"/rules/{made['id']}/switch", {"on": True})
        level = {"targets": {"first_response": 30, "resolution": 600}, "hours": None}
        portal = str((await self._ask(admin, "GET", "/rules/choices"))["portals"][0]["id"])
        await self._ask(admin, "PUT", f"/service-levels/{portal}", level)
        return portal

    async def _save_filter(self, person: Technician, portal: str) -> None:
        for name, narrowed in (("Flagged", {"flagged": True}), ("Demo", {"portal": [portal]})):
            body = {"name": name, "list": "all", "filter": narrowed}
            await self._ask(person, "POST", "/filters", body)

    # ---- a burst ----

    async def _burst(self, between: Between | None) -> None:
        doings = self._chance.burst(self._cases, list(self._chats))
        self._log = [*self._log[-20:], *doings]
        async with asyncio.TaskGroup() as tasks:
            for doing in doings:
                tasks.create_task(self._do(doing))
            done = tasks.create_task(between()) if between else None
        self.measured.bursts += 1
        self.measured.agreed.append(await self._agree(done.result() if done else ""))

    async def _agree(self, behind: str = "") -> float:
        took = await agree(self._sights, self._patience)
        await asyncio.sleep(LINGER)
        # What comes later, such as what a rule has led to, is measured from here on.
        took = max(took, await agree(self._sights, self._patience))
        if took[0] > SOON:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            self.measured.slow.append(f"{now} {took[0]:.2f} s{behind}: {took[1]}")
        for sight in self._sights:
            self.measured.heard += [it / 1000 for it in await sight.console.do("lags")]
        return took[0]

    async def _do(self, doing: Doing) -> None:
        await asyncio.sleep(doing.after)
        self.measured.done += 1
        if doing.who == "customer":
            await self._customer(doing)
            return
        sight = next(it for it in self._sights if it.console.name == doing.who)
        if doing.name == "look":
            sight.address = doing.said["address"]
        try:
            answer = await sight.console.do(doing.name, **doing.said)
        except Refused:
            answer = "refused"
        self.measured.refused += answer in {"refused", "failed", "moved_on"}

    async def _customer(self, doing: Doing) -> None:
        said = dict(doing.said)
        if doing.name in {"chat", "request"}:
            await self._comes(doing.name, said["text"])
            return
        customer = self._chats[said["id"]]
        if doing.name == "write":
            await customer.write(said["text"])
            return
        with suppress(httpx.HTTPStatusError):
            # A chat that is over takes no second end, and says so.
            await customer.end()

    async def _comes(self, kind: str, text: str) -> None:
        customer = Customer(self._desk, self._http, f"Ana{len(self._cases)}")
        if kind == "chat" and await _is_let_in(customer, text):
            self._chats[customer.conversation] = customer
        else:
            await customer.request(text)
        # Technicians do not see what waits while they are not available (S57); its customer always does.
        await customer.own_case()
        self._cases.append(customer.conversation)

    # ---- shared ----

    async def _signed_in(self, email: str) -> Technician:
        person = Technician(self._desk, self._http, email)
        await person.sign_in()
        return person

    async def _ask(self, who: Technician, method: str, path: str, body: Any = None) -> Any:
        url = f"{self._desk.url('cases')}/api/cases{path}"
        answer = await who._ask(method, url, json=body)
        assert answer.is_success, answer.text
        return answer.json()


async def _is_let_in(customer: Customer, text: str) -> bool:
    """Whether the chat has begun: the portal takes none while nobody is available, and offers a request."""
    try:
        await customer.open_chat(text)
    except httpx.HTTPStatusError as refused:
        if refused.response.json()["error"]["code"] != "portal_not_taking_chats":
            raise
        return False
    return True
