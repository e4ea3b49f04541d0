"""A desk on fakes, and the demo account: two companies with a portal each, and three people."""

from dataclasses import dataclass, replace

from argon2 import PasswordHasher

from chassis.clock import FakeClock
from chassis.keyring import FakeKeyring
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from chassis.tokens import Identity, TokenVerifier
from services.portal import handlers
from services.portal.desk import Desk
from services.portal.domain import Portal, Technician
from services.portal.records import Record
from services.portal.schemas import AdmissionRequest
from services.portal.sessions import Entered
from services.portal.storage import FakePortalStore

SECRET = bytes(range(32))
HERE = "127.0.0.1"
PASSWORD = "correct horse battery staple"
ADA, GRETA, TOM = "ada@demo.example", "greta@demo.example", "Tom@demo.example"
WISH = {
    "account": "Demo",
    "portals": [
        {"company": "Demo Ltd", "subdomain": "demo"},
        {
            "company": "Demo Shop",
            "subdomain": "shop",
            "email": "optional",
            "survey": False,
            "greeting": "Hi! What are you looking for?",
            "offer_after": 90,
            "grace": 30,
        },
    ],
    "people": [
        {"name": "Ada Berg", "email": ADA, "password": PASSWORD, "role": "administrator"},
        {"name": "Greta Lind", "email": GRETA, "password": PASSWORD, "role": "technician"},
        {"name": "Tom Weiss", "email": TOM, "password": PASSWORD, "role": "technician"},
    ],
}
ADMISSION = {
    "admission_id": "018f0c1e-7b1a-7c3d-9a55-3f1d2b4c5e60",
    "secret": "s" * 43,
    "first_name": "Carla",
    "last_name": "Núñez",
    "email": "carla@customer.example",
    "locale": "es",
    "device": {"user_agent": "Firefox", "language": "es"},
}


def cheap_hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def wish_for(subdomain: str) -> dict[str, object]:
    """The account with one portal of another name."""
    return {**WISH, "portals": [{"company": "Other", "subdomain": subdomain}]}


def admission(**changes: object) -> AdmissionRequest:
    return AdmissionRequest.model_validate({**ADMISSION, **changes})


@dataclass
class World:
    """A desk on fakes, and what a test looks at behind it."""

    desk: Desk
    storage: FakeStorage
    store: FakePortalStore
    clock: FakeClock
    verifier: TokenVerifier
    keys: FakeKeyring
    timers: FakeTimers

    async def technician(self, email: str = GRETA) -> Technician:
        found = await self.store.technician_mailed(None, email.casefold())
        assert found is not None
        return found

    async def portal(self, subdomain: str = "demo") -> Portal:
        found = await self.store.portal_named(None, subdomain)
        assert found is not None
        return found

    async def identity(self, email: str = GRETA) -> Identity:
        """The technician by a token that was issued now."""
        technician = await self.technician(email)
        token, _ = self.desk.signer.access(
            Identity("technician", technician.id, technician.tenant, technician.name)
        )
        return self.verifier.identity(token)

    async def signed_in(self, email: str = GRETA) -> Entered:
        return await handlers.sign_in(self.desk, email=email, password=PASSWORD, address=HERE)

    async def save(self, record: Record) -> None:
        await self.storage.transact(lambda tx: self.store.put(tx, record))

    async def close_portal(self, subdomain: str = "demo") -> None:
        await self.save(replace(await self.portal(subdomain), state="inactive"))

    async def deactivate(self, email: str = GRETA) -> None:
        await self.save(replace(await self.technician(email), active=False))

    async def make_available(self, email: str = GRETA) -> None:
        await handlers.set_availability(self.desk, await self.identity(email), available=True)
