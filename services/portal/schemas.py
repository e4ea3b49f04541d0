"""What portal's REST interface takes and gives, and the file that names the first account."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints

from chassis.text import EmailAddress, OptionalEmailAddress, PersonName, Remark
from contracts.envelope import Id
from services.portal.domain import AdmissionKind, EmailPolicy, PortalState, Role, View

HINT_LIMIT = 300
PASSWORD_LIMIT = 1024
LONGEST_WAIT = 86_400


def _hint(value: Any) -> Any:
    """What a browser says of itself is cut, not refused: nobody typed it."""
    if not isinstance(value, str):
        return value
    return "".join(character for character in value if character.isprintable())[:HINT_LIMIT]


Hint = Annotated[str, BeforeValidator(_hint)]
Secret = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", min_length=43, max_length=128)
]
"""At least 256 random bits in base64url, made by the customer's browser."""
Password = Annotated[
    str, StringConstraints(min_length=1, max_length=PASSWORD_LIMIT), Field(repr=False)
]


class Request(BaseModel):
    """What is sent to portal; a misspelled field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DeviceHints(Request):
    user_agent: Hint | None = None
    language: Hint | None = None
    time_zone: Hint | None = None
    screen: Hint | None = None
    page: Hint | None = None


class AdmissionRequest(Request):
    kind: AdmissionKind = "live"
    admission_id: Id
    secret: Secret
    first_name: PersonName
    last_name: PersonName
    email: OptionalEmailAddress = ""
    locale: Annotated[
        str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)
    ]
    device: DeviceHints | None = None
    probe: Annotated[
        str,
        StringConstraints(pattern=r"^([0-9a-f]{64})?$"),
        Field(description="the proof of the desk's own synthetic customer"),
    ] = ""


class CustomerTokenRequest(Request):
    conversation_id: Id
    secret: Secret


class SignInRequest(Request):
    email: EmailAddress
    password: Password


class Availability(Request):
    available: bool


class Sound(Request):
    sound: bool


class AccountChange(Request):
    hide_incoming: StrictBool


class AccountShown(BaseModel):
    name: str
    hide_incoming: bool
    """Whether cases that wait for a technician are shown to those only who are available."""


class PortalShown(BaseModel):
    portal_id: Id
    subdomain: str
    address: str
    company_name: str
    state: PortalState
    view: View
    email: EmailPolicy
    """For a live chat; a request always needs an address."""
    survey: bool
    offer_after: int
    """Seconds."""
    greeting: str


class Token(BaseModel):
    access_token: str
    expires_at: datetime


class Admitted(Token):
    conversation_id: Id
    ticket: str


class CompanyPortal(BaseModel):
    id: Id
    subdomain: str
    address: str


class CompanyShown(BaseModel):
    id: Id
    name: str
    portal: CompanyPortal | None


class Away(BaseModel):
    """Why somebody is not available who chose to be: nobody saw them from `since` on, concluded `at`."""

    since: datetime
    at: datetime


class Me(BaseModel):
    id: Id
    name: str
    email: str
    role: Role
    account_name: str
    hide_incoming: bool
    """The account's choice; whoever is not available sees nothing that waits while it is on."""
    companies: list[CompanyShown]
    available: bool
    away: Away | None = None
    """Present until they choose anew whether they are available."""
    sound: bool


class SignedIn(Token):
    technician: Me


class Colleague(BaseModel):
    id: Id
    name: str
    role: Role
    available: bool


class Colleagues(BaseModel):
    technicians: list[Colleague]


class SessionShown(BaseModel):
    id: Id
    created_at: datetime
    used_at: datetime


class Sessions(BaseModel):
    sessions: list[SessionShown]


class FirstPerson(Request):
    name: PersonName
    email: EmailAddress
    password: Password
    role: Literal["administrator", "technician"]


class FirstPortal(Request):
    """A company of the first account with its portal; times are seconds."""

    company: PersonName
    subdomain: str
    email: EmailPolicy = "required"
    survey: bool = True
    greeting: Remark = ""
    offer_after: Annotated[int, Field(ge=1, le=LONGEST_WAIT)] = 120
    grace: Annotated[int, Field(ge=1, le=LONGEST_WAIT)] = 60


class FirstAccount(Request):
    """The account that an empty desk begins with; its people have access to all its companies."""

    account: PersonName
    portals: Annotated[list[FirstPortal], Field(min_length=1)]
    people: Annotated[list[FirstPerson], Field(min_length=1)]
