"""Settings come from the environment, all of them under `DESKBUS_`; services subclass `Settings`."""

import base64
import binascii
import socket
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "DESKBUS_"
SECRET_BYTES = 32


class SettingsError(Exception):
    """A setting is missing, wrong or unknown; the text says which one and what to set."""


def _secret(value: SecretStr) -> SecretStr:
    try:
        key = base64.b64decode(value.get_secret_value(), validate=True)
    except binascii.Error as error:
        raise ValueError("is not base64") from error
    if len(key) != SECRET_BYTES:
        raise ValueError(f"holds {len(key)} bytes instead of {SECRET_BYTES}")
    return value


class Settings(BaseSettings):
    """What every service needs to know."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    kafka: str = Field(description="address of a Kafka broker, such as localhost:9092")
    mongo: str = Field(description="address of a MongoDB replica set, such as mongodb://localhost/")
    database_prefix: str = Field("deskbus", pattern=r"^[a-z][a-z0-9_-]{0,30}$")
    embedded: bool = Field(False, description="whether the broker is the memory-only embedded one")
    secret: Annotated[SecretStr, AfterValidator(_secret)] = Field(
        description="32 random bytes in base64 that protect the data keys: openssl rand -base64 32"
    )
    public_url: str = Field("http://127.0.0.1:8080", pattern=r"^https?://[^/\s]+$")
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    instance: str = Field(
        default_factory=socket.gethostname,
        pattern=r"^[A-Za-z0-9._-]{1,64}$",
        description="name of this instance: stable across its restarts, and of no other of its service",
    )
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "json"
    traces: str = Field(
        "",
        pattern=r"^(https?://[^\s]+[^\s/])?$",
        description="where traces are sent by OTLP over HTTP, such as http://collector:4318; nowhere if empty",
    )
    failpoints: str = ""

    @property
    def accept_after(self) -> Literal["log", "stored"]:
        """When a message counts as accepted: a memory-only broker cannot be trusted to keep it."""
        return "stored" if self.embedded else "log"

    def fetch_max_wait_ms(self, *, urgent: bool, whole: bool = False) -> int:
        """How long a fetch may wait for records.

        The embedded broker's fetches do not wake for new ones, so there the wait is a delay; but every
        fetch costs it, so only the relay's own path (`urgent`) asks as often as that. Kafka's wake, and an
        empty one is wasted. But a partition that was full or paused has no part in the fetch under way and
        waits for its end, unless its reader takes all partitions at once (`whole`).
        """
        if self.embedded:
            return 5 if urgent else 30
        return 500 if whole else 100

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by HTTPS."""
        return self.public_url.startswith("https://")

    def secret_key(self) -> bytes:
        """The 32 bytes that wrap the data keys."""
        return base64.b64decode(self.secret.get_secret_value())

    def database(self, service: str) -> str:
        """The name of a service's own database."""
        return f"{self.database_prefix}_{service}"

    @classmethod
    def load(cls) -> Self:
        """Read the environment; raises `SettingsError` with a sentence for each thing to mend."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError("\n".join(map(cls._sentence, error.errors()))) from error

    @classmethod
    def _sentence(cls, error: ErrorDetails) -> str:
        name = str(error["loc"][0])
        field = cls.model_fields.get(name)
        meaning = f" ({field.description})" if field and field.description else ""
        if error["type"] == "missing":
            return f"Set {PREFIX}{name.upper()}{meaning}."
        return f"{PREFIX}{name.upper()}{meaning} cannot be used: {error['msg']}."


def setting_names(kinds: Iterable[type[BaseSettings]]) -> set[str]:
    """The environment variables that these settings read."""
    return {f"{PREFIX}{name.upper()}" for kind in kinds for name in kind.model_fields}


def refuse_unknown(environment: Mapping[str, str], known: set[str]) -> None:
    """Raise `SettingsError` for a variable of ours that nothing reads: a misspelling, most likely."""
    unknown = sorted(n for n in environment if n.startswith(PREFIX) and n not in known)
    if unknown:
        raise SettingsError("\n".join(_unknown(name, known) for name in unknown))


def _unknown(name: str, known: set[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known are: {', '.join(sorted(known))}."
    return f"{name} is not a setting of Deskbus. {hint}"
