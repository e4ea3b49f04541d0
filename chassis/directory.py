"""The directory in memory: accounts, companies, portals, technicians and signing keys, as portal tells them.

Every service reads the whole compacted topic at its start and follows it from then on. An entry is
replaced only by a newer `aggregate_version`, so a republished directory changes nothing.
"""

import asyncio
import base64
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from aiokafka import ConsumerRecord
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chassis.api_keys import ApiKeys, tell_uses
from chassis.app import Runtime
from chassis.clock import Clock
from chassis.codec import Poison, UnknownType, decode_open
from chassis.errors import RetryLater
from chassis.jobs import beside
from chassis.logs import logger
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tokens import TokenVerifier
from chassis.topics import wait_for_epoch
from contracts.portal import (
    AccountListed,
    ApiKeyListed,
    CompanyListed,
    DirectoryEntry,
    PortalListed,
    SigningKeyListed,
    TechnicianListed,
)
from contracts.topics import PORTAL_DIRECTORY

OnChange = Callable[[DirectoryEntry], None]
E = TypeVar("E", bound=DirectoryEntry)

_log = logger(__name__)


class DirectoryLoading(RetryLater):
    """The directory has not been read to its end yet."""


class Directory:
    """A projection of `portal-directory`. What is unknown is None: it may arrive later."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._entries: dict[str, DirectoryEntry] = {}
        self._public_keys: dict[str, Ed25519PublicKey] = {}
        self._api_keys: dict[str, str] = {}
        self._listeners: list[OnChange] = []
        self.loaded = False
        self._has_keys = asyncio.Event()

    # ---- reading ---------------------------------------------------------------------------------

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician with this id; an API key's id is that of a technician who never signs in."""
        found = self._find(TechnicianListed, f"technician:{technician_id}")
        if found is not None:
            return found
        key = self._find(ApiKeyListed, f"api_key:{technician_id}")
        return _as_technician(self._with_companies(key)) if key is not None else None

    def everyone(self, tenant: str) -> list[TechnicianListed]:
        """The account's technicians, those included who are no longer active."""
        return [t for t in self._all(TechnicianListed) if t.tenant == tenant]

    def technicians(self, tenant: str) -> list[TechnicianListed]:
        """The account's active technicians."""
        return [t for t in self.everyone(tenant) if t.active]

    def staff(self) -> list[TechnicianListed]:
        """The active technicians of every account."""
        return [t for t in self._all(TechnicianListed) if t.active]

    def technicians_with_access(self, tenant: str, company_id: str) -> list[TechnicianListed]:
        """The account's active technicians who may see this company."""
        return [
            technician
            for technician in self.technicians(tenant)
            if company_id in technician.companies
        ]

    def sees_incoming(self, technician_id: str) -> bool:
        """Whether a technician sees the cases that wait for one (S57).

        Who is available does; who is not, only where the account hides nothing. The one place where this
        is decided, for every service.
        """
        technician = self._find(TechnicianListed, f"technician:{technician_id}")
        if technician is None:
            # A program is never away, so nothing is hidden from it; a stranger sees nothing.
            return self._find(ApiKeyListed, f"api_key:{technician_id}") is not None
        return technician.available or not self._hides_incoming(technician.tenant)

    def _hides_incoming(self, tenant: str) -> bool:
        account = self._find(AccountListed, f"account:{tenant}")
        # An account that is not listed yet has not decided otherwise.
        return account is None or account.hide_incoming

    def company(self, company_id: str) -> CompanyListed | None:
        """The company with this id."""
        return self._find(CompanyListed, f"company:{company_id}")

    def portal(self, portal_id: str) -> PortalListed | None:
        """The portal with this id."""
        return self._find(PortalListed, f"portal:{portal_id}")

    def portals(self, tenant: str) -> list[PortalListed]:
        """The account's portals."""
        return [portal for portal in self._all(PortalListed) if portal.tenant == tenant]

    def every_portal(self) -> list[PortalListed]:
        """The portals of all accounts."""
        return self._all(PortalListed)

    def portal_by_subdomain(self, subdomain: str) -> PortalListed | None:
        """The portal with this subdomain."""
        found = (p for p in self._all(PortalListed) if p.subdomain == subdomain)
        return next(found, None)

    def signing_key(self, key_id: str) -> Ed25519PublicKey | None:
        """The public key that verifies tokens with this `kid`; raises `DirectoryLoading`."""
        if not self.loaded:
            # Else a browser that comes back early would be told that it is signed out.
            raise DirectoryLoading
        return self._public_keys.get(key_id)

    def not_before(self, person_id: str) -> datetime | None:
        """Tokens of this person that were issued earlier are revoked."""
        technician = self.technician(person_id)
        return technician.not_before if technician else None

    def api_key(self, secret_hash: str) -> ApiKeyListed | None:
        """The API key with this hash, revoked ones included, with its companies of now; raises `DirectoryLoading`."""
        if not self.loaded:
            raise DirectoryLoading
        key_id = self._api_keys.get(secret_hash)
        key = self._find(ApiKeyListed, f"api_key:{key_id}") if key_id else None
        return self._with_companies(key) if key else None

    def _with_companies(self, key: ApiKeyListed) -> ApiKeyListed:
        """A key for all companies, with those that there are."""
        if not key.all_companies:
            return key
        companies = (it.company_id for it in self._all(CompanyListed) if it.tenant == key.tenant)
        return key.model_copy(update={"companies": tuple(sorted(companies))})

    def verifier(self, clock: Clock) -> TokenVerifier:
        """Verifies tokens by this directory."""
        return TokenVerifier(self.signing_key, self.not_before, clock)

    def on_change(self, callback: OnChange) -> None:
        """Call back with every entry that is new or newer, those of the start included."""
        self._listeners.append(callback)

    # ---- following the topic ---------------------------------------------------------------------

    def attach(self, runtime: Runtime) -> None:
        """Follow the topic while the service runs; it is ready when the directory is loaded."""
        self.attach_for_keys(runtime)
        runtime.check(
            "directory", lambda: None if self.loaded else "the directory is still loading"
        )

    def attach_for_keys(self, runtime: Runtime) -> None:
        """The same for a service that needs the directory for API keys alone, and serves people without it.

        Keys are known from the directory only, so their verifier stands in the service's state from then on.
        """
        runtime.state.api_keys = keys = ApiKeys(self.api_key, runtime.clock)
        runtime.run("api_key_uses", lambda: tell_uses(keys.uses, self._settings))
        runtime.run("directory", self._follow_once_begun)

    async def _follow_once_begun(self) -> None:
        # The embedded broker makes up a topic for whoever asks too early, with too many partitions.
        await wait_for_epoch(self._settings)
        await self.follow()

    async def follow(self) -> None:
        """Read the topic from its beginning, for ever."""
        async with (
            Tail(self._settings, [PORTAL_DIRECTORY]) as tail,
            beside(self._note_loaded(tail)),
        ):
            async for batch in tail:
                self._take(batch.records)

    async def _note_loaded(self, tail: Tail) -> None:
        await tail.caught_up()
        # A broker that has just begun holds nothing yet; an empty directory would refuse everybody.
        await self._has_keys.wait()
        self.loaded = True

    def _take(self, records: Iterable[ConsumerRecord]) -> None:
        for record in records:
            if record.value is None:
                self.remove(record.key.decode())
                continue
            try:
                message = decode_open(record.value)
            except (Poison, UnknownType) as error:
                _log.warning("directory_entry_skipped", offset=record.offset, reason=str(error))
                continue
            if isinstance(message, DirectoryEntry):
                self.apply(message)

    def apply(self, entry: DirectoryEntry) -> None:
        """Take an entry over unless what is known is as new."""
        known = self._entries.get(entry.key)
        if known is not None and known.aggregate_version >= entry.aggregate_version:
            return
        self._entries[entry.key] = entry
        if isinstance(entry, SigningKeyListed):
            self._public_keys[entry.key_id] = _public_key(entry.public_key)
            self._has_keys.set()
        if isinstance(entry, ApiKeyListed):
            self._api_keys[entry.secret_hash] = entry.api_key_id
        for listener in self._listeners:
            listener(entry)

    def remove(self, key: str) -> None:
        """Forget an entry."""
        entry = self._entries.pop(key, None)
        if isinstance(entry, SigningKeyListed):
            self._public_keys.pop(entry.key_id, None)
        if isinstance(entry, ApiKeyListed):
            self._api_keys.pop(entry.secret_hash, None)

    def _find(self, kind: type[E], key: str) -> E | None:
        entry = self._entries.get(key)
        return entry if isinstance(entry, kind) else None

    def _all(self, kind: type[E]) -> list[E]:
        return [entry for entry in self._entries.values() if isinstance(entry, kind)]


def _public_key(text: str) -> Ed25519PublicKey:
    padded = text + "=" * (-len(text) % 4)
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(padded))


def _as_technician(key: ApiKeyListed) -> TechnicianListed:
    """How what a key did is shown: under its name. It is nobody's colleague, so it is not active."""
    envelope = {name: getattr(key, name) for name in ("id", "time", "tenant", "actor")}
    return TechnicianListed(
        **envelope,
        key=key.key,
        aggregate_version=key.aggregate_version,
        correlation_id=key.correlation_id,
        technician_id=key.api_key_id,
        name=key.name,
        role="technician",
        companies=key.companies,
        available=False,
        active=False,
        not_before=None,
    )
