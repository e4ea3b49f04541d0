"""Mails technicians that nobody comes to a live chat (X4), within the transaction that decides it."""

from typing import Protocol

from chassis.storage import Tx
from contracts.notify import AlertEscalated
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
        company = self._people.company(alert.company_id)
        link = f"{self._public_url}/console/cases/{alert.conversation_id}"
        facts = letters.Facts(company.name if company else "", link)
        for technician_id in alert.told:
            person = self._people.technician(technician_id)
            if person is not None:
                content = letters.escalation(person.name, alert.number, facts, self._language)
                await self._ledger.request(tx, letter_to(person, alert, content))
