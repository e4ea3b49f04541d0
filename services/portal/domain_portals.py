"""What an administrator decides about portals (S2, S3, S6): pure rules."""

from dataclasses import dataclass
from datetime import datetime

from chassis.errors import DeskbusError


@dataclass(frozen=True, slots=True)
class OldSubdomain:
    """A name that a portal had: no other account is given it, so that nobody answers in its place (S6).

    Its id is the skeleton of the name, which it shares with all that look like it.
    """

    id: str
    tenant: str
    subdomain: str
    left_at: datetime


class CompanyHasPortal(DeskbusError):
    """A company has at most one portal."""

    code = "company_has_portal"
    status = 409
    text = "This company has a portal already. Please change that one, or choose another company."


class MailAddressTaken(DeskbusError):
    """Another portal, of whichever account, takes its mail at this address."""

    code = "mail_address_taken"
    status = 409
    text = "Another portal takes its mail at {address}. Please choose another address."


class CompanyNotOfAccount(DeskbusError):
    """There is no such company in the account."""

    code = "company_unknown"
    status = 404
    text = "There is no such company any more."


class OwnPortalUnknown(DeskbusError):
    """There is no such portal in the account."""

    code = "own_portal_unknown"
    status = 404
    text = "There is no such portal any more."
