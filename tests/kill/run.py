"""One run of the kill harness: load, deaths in the middle of it, and the comparison at the end."""

import asyncio
import random
from collections.abc import Mapping
from contextlib import suppress

import httpx

from tests.kill.compare import Comparison, mails_are_settled
from tests.kill.report import Load, Report
from tests.kill.work import Work, drained
from tests.support.desk import SERVICES, Desk
from tests.support.mail import MailServer
from tests.support.waiting import until

FAILPOINTS = (
    ("chat", "relay.after_log=kill@15"),
    ("chat", "persister.after_store=kill@3"),
    ("cases", "transaction.after_commit=kill@6"),
    ("cases", "publisher.after_publish=kill@4"),
    ("cases", "consumer.after_effect=kill@6"),
    ("notify", "consumer.after_effect=kill@2"),
    ("notify", "publisher.after_publish=kill@2"),
    ("notify", "mail.before_note=kill@1"),
    ("notify", "mail.before_data=kill@1"),
    ("notify", "mail.after_data=kill@1"),
    ("transcripts", "consumer.after_effect=kill@6"),
    ("transcripts", "transaction.after_commit=kill@6"),
)
"""Each service is killed plainly as well; a failpoint arms the process that follows."""

SETTINGS: Mapping[str, str] = {
    "DESKBUS_SMTP_SECURITY": "none",
    "DESKBUS_MAIL_FROM": "desk@example.com",
    "DESKBUS_MAIL_RETRY_SECONDS": "1",
}
NEVER_GONE = 86_400
"""A grace that outlasts the run: which cases are requests is then the customers' doing alone."""

_TRIES = 40


class Run:
    """The whole of one run against a started desk, whose mails go to `server`."""

    def __init__(self, desk: Desk, load: Load, server: MailServer) -> None:
        self._desk, self._load, self._server = desk, load, server
        self._report = Report()

    async def run(self) -> Report:
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=50)) as http:
            work = Work(self._desk, http, self._load, self._server)
            try:
                await work.begin()
                await self._kill_during(work)
                await self._settle(work)
                await Comparison(self._desk, work, self._server, self._report).compare()
            finally:
                await work.leave()
        self._judge_returns()
        return self._report

    async def _kill_during(self, work: Work) -> None:
        stop = asyncio.Event()
        going_on = asyncio.create_task(work.go_on(stop))
        try:
            await self._deaths(work)
        finally:
            stop.set()
            await going_on

    async def _deaths(self, work: Work) -> None:
        """Kill each service plainly and at each failpoint, one after another."""
        chance = random.Random(f"{self._load.seed} deaths")
        for _ in range(self._load.rounds):
            chain = [(service, "") for service in SERVICES] + list(FAILPOINTS)
            chance.shuffle(chain)
            for service, failpoint in chain:
                await asyncio.sleep(self._load.between_deaths)
                await self._kill(work, service, failpoint)
        await asyncio.sleep(self._load.between_deaths)

    async def _kill(self, work: Work, service: str, failpoint: str) -> None:
        if failpoint:
            self._desk.arm(service, failpoint)
        before = self._deaths_at(failpoint)
        self._desk.kill(service)
        await self._desk.ready(service)
        if failpoint:
            await self._reach(work, service, failpoint, before)

    def _deaths_at(self, failpoint: str) -> int:
        return sum(death.cause == failpoint for death in self._desk.deaths)

    async def _reach(self, work: Work, service: str, failpoint: str, before: int) -> None:
        """Keep the desk busy until the armed process has died at its failpoint, and is back."""
        errand = work.leave_request if failpoint.startswith("mail.") else work.look_in
        for number in range(_TRIES):
            if self._deaths_at(failpoint) > before:
                await self._desk.ready(service)
                return
            await errand(f"Passer{len(self._desk.deaths)}x{number}")
            await asyncio.sleep(0.5)
        self._report.problems.append(f"{service} never came to its failpoint {failpoint}")

    async def _settle(self, work: Work) -> None:
        """Everything is sent and shown, and every mail has its end; what never is, the comparison tells."""
        clients = [person.socket for person in work.everybody() if person.socket is not None]
        for client in clients:
            with suppress(TimeoutError):
                await drained(client)
        await asyncio.sleep(2)
        for client in clients:
            client.drop()

        async def shown() -> bool:
            return all(view.complete for client in clients for view in client.views.values())

        with suppress(TimeoutError):
            await until("all is shown", shown)
            await until("every mail has its end", lambda: mails_are_settled(work))

    def _judge_returns(self) -> None:
        self._report.deaths = self._desk.deaths
        bound = self._load.back_within
        for death in self._desk.deaths:
            took = death.ready_after
            in_time = took is not None and (bound is None or took <= bound)
            self._report.expect(
                "return of a killed service",
                f"{death.service} {death.cause}: {took}",
                in_time,
                True,
            )
