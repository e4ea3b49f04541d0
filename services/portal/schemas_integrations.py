"""What the REST interface of the audit log and of API keys takes and gives."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from chassis.scopes import Scope
from chassis.text import PersonName
from contracts.envelope import Id
from services.portal.audit import AuditPage
from services.portal.domain_audit import AuditEntry, AuditFilter, By, Group
from services.portal.domain_keys import ApiKey
from services.portal.schemas import Request

MOST_COMPANIES = 1000
RATE_LIMIT = 6000
PAGE = 50
LONGEST_PAGE = 200
PLACE = r"^[0-9a-f]{12}[0-9a-f-]{36}$"
ACTION = r"^[a-z_]+\.[a-z_]+$"
ExportForm = Literal["csv", "jsonl"]


class NewApiKey(Request):
    name: PersonName
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=50)]
    companies: Annotated[list[Id], Field(max_length=MOST_COMPANIES)]
    """The companies that it is limited to; none with `all_companies`."""
    all_companies: bool = Field(False, examples=[False])
    """For every company of the account, later ones too; `administer` and `audit:read` need it."""
    rate_per_minute: Annotated[int, Field(ge=1, le=RATE_LIMIT)] = 120
    """Requests that each service takes in a minute."""
    expires_at: AwareDatetime | None = None


class ApiKeyShown(BaseModel):
    id: Id
    name: str
    hint: str
    """The first characters of the secret, to tell keys apart."""
    scopes: list[str]
    companies: list[Id]
    all_companies: bool
    rate_per_minute: int
    created_at: datetime
    created_by: Id
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    """Within some seconds: uses are told now and then."""
    last_used_from: str
    uses: int


class ApiKeyCreated(BaseModel):
    key: ApiKeyShown
    secret: str = Field(examples=["dbk_" + "w1cZ9lq3vXo6T0mJk2bPz8Yh4RfN7sGdEuAaBxCyQtU"])
    """Shown now and never again."""


class ApiKeys(BaseModel):
    keys: list[ApiKeyShown]


class AuditChange(BaseModel):
    field: str
    before: str | None
    after: str | None


class AuditLine(BaseModel):
    id: Id
    time: datetime
    group: Group
    action: str
    by: By
    by_id: str | None
    by_name: str
    via: str
    case_id: str | None
    company_id: str | None
    subject_id: str | None
    subject_name: str
    details: dict[str, str]
    changes: list[AuditChange]
    address: str
    user_agent: str


class AuditList(BaseModel):
    entries: list[AuditLine]
    next: str | None
    """Where the page after this one begins; absent at the end."""


class AuditFilterQuery(Request):
    """Which lines; what is left out is not asked for."""

    by: Id | None = Field(None, description="a technician's or an API key's id")
    group: Group | None = None
    action: Annotated[str, StringConstraints(pattern=ACTION, max_length=60)] | None = None
    case: Id | None = Field(None, description="a case's id")
    since: AwareDatetime | None = Field(None, description="not before")
    until: AwareDatetime | None = Field(None, description="before")

    def filter(self) -> AuditFilter:
        """The same for the use case."""
        return AuditFilter(
            self.by, self.group, self.action, self.case, since=self.since, until=self.until
        )


class AuditQuery(AuditFilterQuery):
    after: Annotated[str, StringConstraints(pattern=PLACE)] | None = Field(
        None, description="`next` of a page"
    )
    limit: int = Field(PAGE, ge=1, le=LONGEST_PAGE)


class ExportQuery(AuditFilterQuery):
    form: ExportForm = Field("csv", description="CSV, or one JSON object a line")


def key_view(key: ApiKey) -> ApiKeyShown:
    """A key without what opens with it."""
    return ApiKeyShown(
        id=key.id,
        name=key.name,
        hint=key.hint,
        scopes=list(key.scopes),
        companies=list(key.companies),
        all_companies=key.all_companies,
        rate_per_minute=key.rate_per_minute,
        created_at=key.created_at,
        created_by=key.created_by,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_at=key.last_used_at,
        last_used_from=key.last_used_from,
        uses=key.uses,
    )


def line_view(entry: AuditEntry) -> AuditLine:
    """A line of the audit log."""
    names = AuditLine.model_fields.keys() - {"changes"}
    changes = [
        AuditChange(field=it.field, before=it.before, after=it.after) for it in entry.changes
    ]
    return AuditLine(**{name: getattr(entry, name) for name in names}, changes=changes)


def audit_view(page: AuditPage) -> AuditList:
    """A page of it."""
    return AuditList(entries=[line_view(entry) for entry in page.entries], next=page.next)
