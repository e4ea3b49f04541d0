"""One run of the kill harness: load, deaths in the middle of it, and the comparison at the end."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from contextlib import suppress

import httpx

from tests.kill.compare import Comparison, mails_are_settled
from tests.kill.report import Load, Report
from tests.kill.work import Work, drained
from tests.support.desk import Death, Desk
from tests.support.mail import MailServer
from tests.support.waiting import until

FAILPOINTS: Mapping[str, tuple[str, ...]] = {
    "portal": (),
    "chat": ("relay.after_log=kill@15", "persister.after_store=kill@3"),
    "cases": (
        "transaction.after_commit=kill@6",
        "publisher.after_publish=kill@4",
        "consumer.after_effect=kill@6",
    ),
    "notify": (
        "consumer.after_effect=kill@2",
        "publisher.after_publish=kill@2",
        "mail.before_note=kill@1",
        "mail.before_data=kill@1",
        "mail.after_data=kill@1",
    ),
    "transcripts": ("consumer.after_effect=kill@6", "transaction.after_commit=kill@6"),
}
"""Where each service dies, after it was killed plainly: a process that dies at one point is followed by one armed
with the next."""

SETTINGS: Mapping[str, str] = {
    "DESKBUS_SMTP_SECURITY": "none",
    "DESKBUS_MAIL_FROM": "desk@example.com",
    "DESKBUS_MAIL_RETRY_SECONDS": "1",
    # Of a wait that lasts, technicians are mailed: how many do is a matter of how slow the machine is.
    "DESKBUS_ESCALATE_BY_MAIL": "false",
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
        """Kill each service plainly and at each of its failpoints, so many services at once as the load says."""
        chance = random.Random(f"{self._load.seed} deaths")
        turns = asyncio.Semaphore(self._load.at_once)
        for _ in range(self._load.rounds):
            chains = [(it, chance.sample(points, len(points))) for it, points in FAILPOINTS.items()]
            chance.shuffle(chains)
            async with asyncio.TaskGroup() as tasks:
                for service, failpoints in chains:
                    tasks.create_task(self._chain(work, turns, service, failpoints))
        await asyncio.sleep(self._load.between_deaths)

    async def _chain(
        self, work: Work, turns: asyncio.Semaphore, service: str, failpoints: Sequence[str]
    ) -> None:
        async with turns:
            await asyncio.sleep(self._load.between_deaths)
            before = {failpoint: self._deaths_at(service, failpoint) for failpoint in failpoints}
            for failpoint in failpoints:
                self._desk.arm(service, failpoint)
            self._desk.kill(service)
            await self._desk.ready(service)
            for failpoint in failpoints:
                await asyncio.sleep(self._load.between_deaths)
                await self._reach(work, service, failpoint, before[failpoint])

    def _deaths_at(self, service: str, failpoint: str) -> int:
        return sum((it.service, it.cause) == (service, failpoint) for it in self._desk.deaths)

    async def _reach(self, work: Work, service: str, failpoint: str, before: int) -> None:
        """Keep the desk busy until the armed process has died at its failpoint, and is back."""
        errand = work.leave_request if failpoint.startswith("mail.") else work.look_in
        for number in range(_TRIES):
            if self._deaths_at(service, failpoint) > before:
                await self._desk.ready(service)
                return
            await errand(f"Passer{len(self._desk.deaths)}{service}{number}")
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
            if self._died_again(death):
                continue
            in_time = took is not None and (bound is None or took <= bound)
            self._report.expect(
                "return of a killed service",
                f"{death.service} {death.cause}: {took}",
                in_time,
                True,
            )

    def _died_again(self, death: Death) -> bool:
        """Whether the next process died before it was ever ready: then its own return is what counts."""
        back = death.died_at + (death.ready_after or 0.0)
        return any(
            it.service == death.service and death.died_at < it.died_at < back
            for it in self._desk.deaths
        )
