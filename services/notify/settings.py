"""How long is waited before technicians are told again and customers asked, and which server takes our mails."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from chassis.settings import Settings
from services.notify.doors import Certificate, Door, Lock, place_of
from services.notify.imap import Provider
from services.notify.threading import fits_plus

# Not the rule for customers' addresses: a desk inside a company may well send from `desk@mail.local`.
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_SERVER: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/@]+):([0-9]{1,5})")
_LARGEST_PORT: Final = 65_535


def _server(value: str) -> str:
    found = _SERVER.fullmatch(value)
    if value and (found is None or not 0 < int(found[2]) <= _LARGEST_PORT):
        raise ValueError("write it as mail.example.com:587")
    return value


def _listening(value: str) -> str:
    if value:
        place_of(value)
    return value


class NotifySettings(Settings):
    """Settings of notify."""

    ring_again_seconds: float = Field(
        60,
        ge=1,
        le=86_400,
        description="seconds between two alerts, unless an account has decided otherwise",
    )
    escalate_by_mail: bool = Field(
        True,
        description="whether technicians are mailed when a live chat rang and nobody came, "
        "and when a service level is about to be missed",
    )
    staff_language: Literal["en", "es", "de"] = Field(
        "en", description="the language of mails to technicians"
    )
    ring_again_times: int = Field(
        3,
        ge=0,
        le=100,
        description="how often a wait is told again, unless an account has decided otherwise",
    )

    survey_after_seconds: float = Field(
        600,
        ge=1,
        le=604_800,
        description="seconds that a customer has to answer on the page before the survey is mailed",
    )

    inbox_days: int = Field(
        60, ge=1, le=3_650, description="for how many days technicians' notifications are kept"
    )

    smtp: Annotated[str, AfterValidator(_server)] = Field(
        "", description="the mail server, such as mail.example.com:587; without one, mails wait"
    )
    smtp_security: Literal["none", "starttls", "tls"] = Field(
        "starttls", description="how the connection to the mail server is protected"
    )
    smtp_user: str = Field("", description="the name to sign in at the mail server with, if any")
    smtp_password: SecretStr = SecretStr("")
    smtp_answer_seconds: float = Field(
        60, gt=0, le=600, description="how long the mail server may take for an answer"
    )
    smtp_accept_seconds: float = Field(
        600, gt=0, le=3_600, description="how long it may take to accept a mail that it has"
    )
    mail_from: str = Field(
        "", validate_default=True, description="the address that mails come from"
    )
    mail_intake: str = Field(
        "",
        description="the address at which customers' replies arrive, with anything behind a `+`; "
        "without one, replies go to the address that mails come from",
    )
    mail_listen: Annotated[str, AfterValidator(_listening)] = Field(
        "", description="where mail is taken in by SMTP, such as 0.0.0.0:2525; nowhere if empty"
    )
    mail_listen_certificate: str = Field(
        "",
        description="the file with the certificate, and those that it hangs on, by which STARTTLS is offered there",
    )
    mail_listen_key: str = Field(
        "", validate_default=True, description="the file with the key of that certificate"
    )
    mail_listen_require_tls: bool = Field(
        False,
        description="whether mail is taken in by TLS alone, with which many servers do not come",
    )
    mail_listen_user: str = Field(
        "", description="the name without which nobody delivers there; anybody does if empty"
    )
    mail_listen_password: SecretStr = Field(SecretStr(""), validate_default=True)
    mail_domain: str = Field(
        "",
        pattern=r"^([A-Za-z0-9.-]+)?$",
        description="the domain under which every portal has an address by its subdomain; "
        "without one, that of the address that replies go to",
    )
    mail_megabytes: int = Field(
        25, ge=1, le=100, description="the largest mail that is taken in, in megabytes"
    )
    mail_per_hour: int = Field(
        60, ge=1, le=100_000, description="how many mails of one sender are taken in within an hour"
    )
    imap: Annotated[str, AfterValidator(_server)] = Field(
        "",
        description="the server of a mailbox that mail is fetched from, such as imap.example.com:993",
    )
    imap_security: Literal["none", "starttls", "tls"] = Field(
        "tls", description="how the connection to it is protected"
    )
    imap_user: str = Field("", validate_default=True, description="the name of the mailbox there")
    imap_password: SecretStr = SecretStr("")
    imap_password_file: str = Field(
        "", validate_default=True, description="a file with the password, instead of it"
    )
    imap_address: str = Field(
        "",
        validate_default=True,
        description="the mailbox's address, where its name is none: mail in it that names no address of the desk is for that",
    )
    imap_folder: str = Field("INBOX", pattern=r"^[ -~]+$", description="the folder that is read")
    imap_done_folder: str = Field(
        "",
        pattern=r"^[ -~]*$",
        description="the folder to which mail is moved once it is kept; it stays, marked as read, if empty",
    )
    imap_every_seconds: float = Field(
        30, ge=0.05, le=3_600, description="seconds between two looks into the mailbox"
    )
    mail_retry_seconds: float = Field(
        10, gt=0, le=3_600, description="the wait before the second try; it doubles up to an hour"
    )
    mail_give_up_hours: float = Field(
        24, gt=0, le=240, description="how long a mail is tried before it counts as failed"
    )

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str, info: ValidationInfo) -> str:
        if not value and not info.data.get("smtp"):
            return value
        if not _ADDRESS.fullmatch(value):
            raise ValueError("with DESKBUS_SMTP it is needed, such as desk@example.com")
        return value

    @field_validator("mail_intake")
    @classmethod
    def _intake(cls, value: str) -> str:
        if value and not (_ADDRESS.fullmatch(value) and fits_plus(value)):
            raise ValueError(
                "write it as desk@example.com, with at most 21 characters before the @"
            )
        return value

    @field_validator("mail_listen_key")
    @classmethod
    def _certificate(cls, value: str, info: ValidationInfo) -> str:
        chain = info.data.get("mail_listen_certificate", "")
        if bool(value) != bool(chain):
            raise ValueError("certificate and key are two files, and both are needed")
        if value:
            try:
                Certificate(chain, value)
            except OSError as error:
                raise ValueError(f"is not the key of the certificate: {error.strerror}") from error
        return value

    @field_validator("mail_listen_require_tls", "mail_listen_user")
    @classmethod
    def _needs_certificate(cls, value: object, info: ValidationInfo) -> object:
        if value and not info.data.get("mail_listen_key"):
            raise ValueError("it needs DESKBUS_MAIL_LISTEN_CERTIFICATE and its key")
        return value

    @field_validator("mail_listen_password")
    @classmethod
    def _lock(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        if bool(value.get_secret_value()) != bool(info.data.get("mail_listen_user")):
            raise ValueError("name and password belong together")
        return value

    @field_validator("imap_user")
    @classmethod
    def _mailbox(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("imap")):
            raise ValueError("the server of a mailbox and its name belong together")
        return value

    @field_validator("imap_password_file")
    @classmethod
    def _password_file(cls, value: str, info: ValidationInfo) -> str:
        password = info.data.get("imap_password", SecretStr("")).get_secret_value()
        if bool(value) == bool(password) and info.data.get("imap"):
            raise ValueError(
                "with DESKBUS_IMAP, either the password is needed or a file that holds it"
            )
        if value and not Path(value).is_file():
            raise ValueError("there is no such file")
        return value

    @field_validator("imap_address")
    @classmethod
    def _mailbox_address(cls, value: str, info: ValidationInfo) -> str:
        address = value or info.data.get("imap_user", "")
        if address and not _ADDRESS.fullmatch(address):
            raise ValueError("write it as support@example.com")
        return address

    @property
    def mailbox(self) -> Provider | None:
        """The mailbox that mail is fetched from, if any."""
        if not self.imap:
            return None
        host, _, port = self.imap.rpartition(":")
        password = self.imap_password.get_secret_value()
        if self.imap_password_file:
            password = Path(self.imap_password_file).read_text("utf-8").strip("\r\n")
        return Provider(
            host.strip("[]"),
            int(port),
            self.imap_security,
            self.imap_user,
            password,
            self.imap_folder,
        )

    @property
    def door(self) -> Door | None:
        """Where mail is taken in, if anywhere."""
        if not self.mail_listen:
            return None
        host, port = place_of(self.mail_listen)
        chain, key = self.mail_listen_certificate, self.mail_listen_key
        password = self.mail_listen_password.get_secret_value()
        return Door(
            host,
            port,
            self.mail_megabytes * 1024 * 1024,
            certificate=Certificate(chain, key) if chain else None,
            requires_tls=self.mail_listen_require_tls,
            lock=Lock(self.mail_listen_user, password) if password else None,
        )

    @property
    def portal_domain(self) -> str:
        """What stands behind the `@` of a portal's address; empty where nothing is set."""
        return self.mail_domain or (self.mail_intake or self.mail_from).rpartition("@")[2]

    @property
    def smtp_host(self) -> str:
        """The mail server's name or number."""
        return self.smtp.rpartition(":")[0].strip("[]")

    @property
    def smtp_port(self) -> int:
        """The mail server's port."""
        return int(self.smtp.rpartition(":")[2])

    @property
    def survey_after(self) -> timedelta:
        """The time between a resolution and the mail that asks how it was."""
        return timedelta(seconds=self.survey_after_seconds)

    @property
    def inbox_kept(self) -> timedelta:
        """For how long a notification is kept."""
        return timedelta(days=self.inbox_days)

    @property
    def ring_again(self) -> timedelta:
        """The time between two alerts."""
        return timedelta(seconds=self.ring_again_seconds)
