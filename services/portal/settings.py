"""What portal needs to know beside the common settings."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr

from chassis.settings import Settings

_REPOSITORY = Path(__file__).parents[2]


class PortalSettings(Settings):
    """Portal's settings."""

    first_account: Path | None = Field(
        None, description="a JSON file with the account that an empty desk begins with"
    )
    first_company: str = Field(
        "My company", description="the name of the first account and of its company"
    )
    first_portal: str = Field(
        "desk", description="the name of the first portal, which is reached at /p/<name>"
    )
    first_admin_name: str = Field("Administrator", description="the first administrator's name")
    first_admin_email: str = Field(
        "",
        description="the first administrator's address, to sign in with; empty makes no account",
    )
    first_admin_password: SecretStr = Field(
        SecretStr(""), description="the first administrator's first password"
    )
    web_dist: Path = Field(
        _REPOSITORY / "web" / "dist", description="the directory of the built pages"
    )

    mail_domain: str = Field(
        "",
        pattern=r"^([A-Za-z0-9.-]+)?$",
        description="the domain under which every portal has a mail address by its subdomain",
    )

    audit_days: int = Field(
        730, ge=1, le=3650, description="for how many days the audit log remembers"
    )

    away_after_seconds: int = Field(
        120,
        ge=0,
        description="after how many seconds without a connection an available technician becomes "
        "unavailable; 0 for never",
    )

    @property
    def away_after(self) -> timedelta | None:
        """The same, None for never."""
        return timedelta(seconds=self.away_after_seconds) if self.away_after_seconds else None

    @property
    def public_host(self) -> str:
        """Host and port at which people reach us."""
        return self.public_url.partition("://")[2]
