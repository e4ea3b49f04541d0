"""Mails technicians that nobody comes to a live chat (X4), or how a service level stands (X10), within the
transaction that decides it."""

from collections.abc import Callable, Iterable
from typing import Protocol

from chassis.storage import Tx
from contracts.notify import AlertEscalated, MailContent, SlaAlerted
from contracts.portal import CompanyListed, TechnicianListed
from services.notify import letters
from services.notify.escalation import letter_to
from services.notify.ledger import Ledger


class People(Protocol):
    """Who is mailed, and for whom; `chassis.directory.Directory` knows it."""

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician of this id."""
        ...

    def company(self, company_id: str) -> CompanyListed | None:
        """The company with this id."""
        ...


class Escalation:
    """Writes the mails. What the customer wrote is not in them: mailboxes are shared, and mails forwarded."""

    def __init__(self, ledger: Ledger, people: People, *, public_url: str, language: str) -> None:
        self._ledger = ledger
        self._people = people
        self._public_url = public_url
        self._language = language

    async def mail(self, tx: Tx, alert: AlertEscalated) -> None:
        """One mail for each who is told."""

        def written(name: str, facts: letters.Facts) -> MailContent:
            return letters.escalation(name, alert.number, facts, self._language)

        await self._mail(tx, alert, alert.told, written)

    async def mail_level(self, tx: Tx, alert: SlaAlerted, *, own: bool) -> None:
        """One mail for each who is told by mail; `own` says that the case is theirs."""

        def written(name: str, facts: letters.Facts) -> MailContent:
            return letters.service_level(name, alert, facts, self._language, own=own)

        mailed = [it.technician_id for it in alert.considered if it.mailed]
        await self._mail(tx, alert, mailed, written)

    async def _mail(
        self,
        tx: Tx,
        alert: AlertEscalated | SlaAlerted,
        told: Iterable[str],
        written: Callable[[str, letters.Facts], MailContent],
    ) -> None:
        company = self._people.company(alert.company_id)
        link = f"{self._public_url}/console/cases/{alert.conversation_id}"
        facts = letters.Facts(company.name if company else "", link)
        for technician_id in told:
            person = self._people.technician(technician_id)
            if person is not None:
                letter = letter_to(person, alert, written(person.name, facts))
                await self._ledger.request(tx, letter)
