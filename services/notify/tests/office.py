"""A ledger in memory with a postman, for a mail server that does what it is told."""

from datetime import timedelta
from typing import Any

from chassis.clock import FakeClock
from chassis.storage import FakeStorage
from contracts.notify import MailChanged, SendMail
from services.notify.domain import Mail, Persistence
from services.notify.ledger import Ledger
from services.notify.postman import Postman
from services.notify.received_store import FakeReceivedStore
from services.notify.settings import NotifySettings
from services.notify.storage import FakeMailStore
from services.notify.tests.examples import AT, mail
from services.notify.threading import Threads
from tests.support.mail import MailServer

FIRST, LAST = timedelta(seconds=10), timedelta(hours=1)


class Office:
    """A ledger in memory with a postman, and the clock in the test's hand."""

    def __init__(self, server: MailServer, **different: Any) -> None:
        self.storage, self.clock = FakeStorage(), FakeClock(AT)
        self.store = FakeMailStore(self.storage)
        self.received = FakeReceivedStore(self.storage)
        self.ledger = Ledger(self.store, self.clock, Persistence(FIRST, LAST, timedelta(hours=24)))
        self.settings = _settings(server, **different)
        self.threads = Threads(self.settings.secret_key())
        self.postman = self.hire()

    def hire(self) -> Postman:
        """A postman as another process would have one."""
        return Postman(
            self.storage,
            self.store,
            self.ledger,
            lambda _: "Demo Ltd",
            settings=self.settings,
            clock=self.clock,
            received=self.received,
        )

    async def request(self, command: SendMail | None = None) -> str:
        command = command or mail()
        await self.storage.transact(lambda tx: self.ledger.request(tx, command))
        return command.mail_id

    async def deliver(self, seconds: float = 0) -> int:
        """Let time pass, and what is due be sent."""
        self.clock.advance(seconds)
        count = await self.postman.send_due()
        await self.postman.settle_down()
        return count

    async def line(self, mail_id: str) -> Mail:
        found = await self.store.find(None, mail_id)
        assert found is not None
        return found

    async def says(self, mail_id: str) -> tuple[str, str, int]:
        found = await self.line(mail_id)
        return found.state, found.reason, found.attempts

    @property
    def told(self) -> list[str]:
        return [m.state for m in self.storage.emitted if isinstance(m, MailChanged)]


def _settings(server: MailServer, **different: Any) -> NotifySettings:
    usual: dict[str, Any] = {
        "kafka": "unused:1",
        "mongo": "mongodb://unused",
        "secret": "A" * 43 + "=",
        "smtp": server.address,
        "smtp_security": "none",
        "mail_from": "desk@deskbus.example",
        "smtp_answer_seconds": 2,
        "smtp_accept_seconds": 2,
    }
    return NotifySettings(**(usual | different))
