"""Programs that call with an API key: `Authorization: Bearer dbk_...`.

Portal creates keys and lists their hashes in the directory, so every service verifies one without a
call, and a revoked one is refused as soon as the directory says so. How often each is used is told to
portal now and then, not with every request.
"""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chassis.asking import asking
from chassis.clock import Clock
from chassis.codec import encode_open
from chassis.ids import new_id
from chassis.producer import BrokerAway, Producer
from chassis.scopes import ADMINISTER, OF_THE_ACCOUNT, ApiKeyInvalid, KeyRateLimited
from chassis.settings import Settings
from chassis.tokens import Identity
from contracts.audit import ApiKeyUsed
from contracts.envelope import Actor
from contracts.portal import ApiKeyListed

TELL_SECONDS: Final = 15.0
"""How often uses are told: a last use on a screen may be that old."""

Find = Callable[[str], ApiKeyListed | None]
"""The key with this hash of its secret; one for all companies names those that there are now."""


def secret_hash(secret: str) -> str:
    """SHA-256 in hex. Only for random secrets, which need neither salt nor slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKeys:
    """Verifies keys, keeps each to its rate, and counts their uses; one for each service's process."""

    def __init__(self, find: Find, clock: Clock) -> None:
        self._find = find
        self._clock = clock
        self._free_at: dict[str, datetime] = {}
        self.uses = Uses()

    def identity(self, secret: str) -> Identity:
        """Who calls with the key; raises `ApiKeyInvalid` and `KeyRateLimited`."""
        key, now = self._find(secret_hash(secret)), self._clock.now()
        if key is None or key.revoked or (key.expires_at is not None and now >= key.expires_at):
            raise ApiKeyInvalid
        self._keep_to_rate(key, now)
        self.uses.count(key, now)
        scopes = scopes_of(key)
        return Identity(
            kind="technician",
            id=key.api_key_id,
            tenant=key.tenant,
            name=key.name,
            role="administrator" if ADMINISTER in scopes else "technician",
            companies=key.companies,
            scopes=scopes,
        )

    def _keep_to_rate(self, key: ApiKeyListed, now: datetime) -> None:
        """A bucket that holds a minute's worth and fills evenly, kept as the moment at which it is full."""
        every = timedelta(minutes=1) / key.rate_per_minute
        full_at = max(self._free_at.get(key.api_key_id, now), now)
        if full_at + every - now > timedelta(minutes=1):
            wait = full_at + every - now - timedelta(minutes=1)
            seconds = int(wait.total_seconds()) + 1
            raise KeyRateLimited(limit=key.rate_per_minute, seconds=seconds)
        self._free_at[key.api_key_id] = full_at + every


def scopes_of(key: ApiKeyListed) -> tuple[str, ...]:
    """What the key is good for. Whoever listed it: with some companies alone it opens nothing of the account's."""
    return tuple(it for it in key.scopes if key.all_companies or it not in OF_THE_ACCOUNT)


# ---- how often they are used ---------------------------------------------------------------------


@dataclass(slots=True)
class Use:
    """What is not told yet of one key's use."""

    tenant: str
    count: int
    last_at: datetime
    address: str


class Uses:
    """Uses since they were last told, by key."""

    def __init__(self) -> None:
        self._uses: dict[str, Use] = {}

    def count(self, key: ApiKeyListed, now: datetime) -> None:
        """One request more."""
        before = self._uses.get(key.api_key_id)
        count = before.count + 1 if before else 1
        self._uses[key.api_key_id] = Use(key.tenant, count, now, asking().address)

    def taken(self) -> dict[str, Use]:
        """All of them, which are the caller's from now on."""
        taken, self._uses = self._uses, {}
        return taken

    def put_back(self, key_id: str, use: Use) -> None:
        """What could not be told counts with what came since."""
        since = self._uses.get(key_id)
        if since is None:
            self._uses[key_id] = use
        else:
            since.count += use.count


async def tell_uses(uses: Uses, settings: Settings, every: float = TELL_SECONDS) -> None:
    """Tells portal of uses, for ever. A summary, so a crash may lose the last seconds of it."""
    async with Producer(settings) as producer:
        while True:
            await asyncio.sleep(every)
            await _tell(uses, producer)


async def _tell(uses: Uses, producer: Producer) -> None:
    for key_id, use in uses.taken().items():
        try:
            await producer.send(encode_open(used(key_id, use)))
        except BrokerAway:
            uses.put_back(key_id, use)


def used(key_id: str, use: Use) -> ApiKeyUsed:
    """The message that tells of it."""
    return ApiKeyUsed(
        id=new_id(),
        time=use.last_at,
        tenant=use.tenant,
        key=key_id,
        aggregate_version=0,
        actor=Actor(kind="technician", id=key_id, via="api"),
        correlation_id=new_id(),
        api_key_id=key_id,
        count=use.count,
        last_at=use.last_at,
        address=use.address,
    )
