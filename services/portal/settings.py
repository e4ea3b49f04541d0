"""What portal needs to know beside the common settings."""

from pathlib import Path

from pydantic import Field

from chassis.settings import Settings

_REPOSITORY = Path(__file__).parents[2]


class PortalSettings(Settings):
    """Portal's settings."""

    first_account: Path | None = Field(
        None, description="a JSON file with the account that an empty desk begins with"
    )
    web_dist: Path = Field(
        _REPOSITORY / "web" / "dist", description="the directory of the built pages"
    )

    @property
    def public_host(self) -> str:
        """Host and port at which people reach us."""
        return self.public_url.partition("://")[2]
