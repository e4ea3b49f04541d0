"""A technician who vanishes is not available after the grace, and nobody else is (X4)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from chassis.clock import SystemClock
from chassis.codec import encode
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.producer import Producer
from contracts.chat import StaffConnected
from contracts.envelope import Actor
from contracts.portal import TechnicianListed
from services.portal import handlers
from services.portal.attendance import AWAY, HEARD, LATE, Vigil, expect_everybody
from services.portal.domain import Technician
from services.portal.settings import PortalSettings
from services.portal.tests.browsers import become_available, begin, browser, running
from services.portal.tests.conftest import empty_world, world
from services.portal.tests.examples import ADA, GRETA, World

GRACE = 120.0
TOLD = 5.0


def connected(tenant: str, technicians: list[str], at: datetime) -> StaffConnected:
    """What one relay says."""
    return StaffConnected(
        id=new_id(),
        time=at,
        tenant=tenant,
        key=tenant,
        aggregate_version=0,
        actor=Actor(kind="system", via="chat"),
        correlation_id=new_id(),
        relay_id=new_id(),
        technicians=tuple(technicians),
    )


class Watched:
    """A desk whose relays tell, every five seconds, who of these is connected."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.vigil = Vigil(world.desk)
        self.vigil.listening()
        self.connected: set[str] = set()
        self.relays_up = True

    async def passes(self, seconds: float) -> None:
        """So much time goes by, in which everything that is due is done."""
        clock = self.world.clock
        for _ in range(int(seconds / TOLD)):
            clock.advance(TOLD)
            if self.relays_up:
                await self.tell()
            await self.vigil.look()
            await self.fire()

    async def tell(self) -> None:
        tenant = (await self.world.technician()).tenant
        ids = [(await self.world.technician(it)).id for it in sorted(self.connected)]
        self.vigil.note(connected(tenant, ids, self.world.clock.now()))

    async def fire(self) -> None:
        scheduled = self.world.timers.scheduled
        for name, (due, kind, payload) in list(scheduled.items()):
            if due <= self.world.clock.now():
                assert kind == AWAY
                del scheduled[name]
                await self.world.storage.transact(
                    lambda tx, it=payload: self.vigil.take_leave(tx, it)  # type: ignore[misc]
                )

    async def available(self, email: str = GRETA) -> bool:
        return (await self.world.technician(email)).available


@pytest.fixture
async def watched(world: World) -> Watched:
    await world.make_available()
    world.storage.emitted.clear()
    return Watched(world)


async def test_who_vanishes_is_not_available_after_the_grace_and_everybody_is_told_why(
    watched: Watched,
) -> None:
    watched.connected = {GRETA}
    await watched.passes(2 * GRACE)
    last_seen = watched.world.clock.now()
    watched.connected = set()
    await watched.passes(GRACE / 2)
    assert await watched.available()
    await watched.passes(GRACE)
    greta = await watched.world.technician()
    assert (greta.available, greta.away_since) == (False, last_seen)
    assert greta.away_at is not None
    assert timedelta(0) <= greta.away_at - last_seen - timedelta(seconds=GRACE) <= LATE * 2
    (told,) = watched.world.storage.emitted
    assert isinstance(told, TechnicianListed)
    assert (told.available, told.away_since, told.actor.kind) == (False, last_seen, "system")


async def test_who_never_came_is_not_available_after_the_grace(watched: Watched) -> None:
    await watched.passes(GRACE + 2 * TOLD)
    assert not await watched.available()


@pytest.mark.parametrize("available", [True, False])
async def test_a_choice_of_their_own_takes_its_place(watched: Watched, available: bool) -> None:
    await watched.passes(GRACE + 2 * TOLD)
    identity = await watched.world.identity()
    profile = await handlers.show_me(watched.world.desk, identity)
    assert profile.technician.away_since is not None
    watched.connected = {GRETA}
    profile = await handlers.set_availability(watched.world.desk, identity, available=available)
    assert profile.technician.available is available
    assert profile.technician.away_since is None
    assert profile.technician.away_at is None
    last = watched.world.storage.emitted[-1]
    assert isinstance(last, TechnicianListed)
    assert last.away_since is None
    await watched.passes(2 * GRACE)
    assert await watched.available() is available


async def test_who_is_not_available_by_choice_is_not_away(watched: Watched) -> None:
    await handlers.set_availability(
        watched.world.desk, await watched.world.identity(), available=False
    )
    assert not watched.world.timers.scheduled
    await watched.passes(2 * GRACE)
    assert (await watched.world.technician()).away_since is None


async def test_an_outage_of_the_relays_is_nobodys_absence(watched: Watched) -> None:
    watched.connected = {GRETA}
    await watched.passes(GRACE)
    watched.relays_up = False
    await watched.passes(3 * GRACE)
    assert await watched.available()
    watched.relays_up, watched.connected = True, set()
    await watched.passes(2 * GRACE)
    assert not await watched.available()


async def test_a_portal_that_was_off_begins_the_grace_anew(watched: Watched) -> None:
    watched.world.clock.advance(10 * GRACE)
    watched.vigil = Vigil(watched.world.desk)
    await expect_everybody(watched.world.desk)
    watched.vigil.listening()
    await watched.passes(GRACE / 2)
    assert await watched.available()
    await watched.passes(GRACE)
    assert not await watched.available()


async def test_only_who_is_available_has_a_lease(world: World) -> None:
    await world.make_available(ADA)
    world.timers.scheduled.clear()
    await expect_everybody(world.desk)
    assert list(world.timers.scheduled) == [f"{AWAY}/{(await world.technician(ADA)).id}"]


# ---- however they come and go --------------------------------------------------------------------

_ACTS = st.tuples(
    st.sampled_from(["come", "go", "relays up", "relays down"]),
    st.integers(1, 40).map(lambda n: n * TOLD),
)


@trials(deadline=None, max_examples=40)
@given(st.lists(_ACTS, max_size=12))
def test_nobody_who_is_seen_is_away_and_whoever_is_not_is_in_the_end(acts: list[Any]) -> None:
    asyncio.run(_walk(acts))


async def _walk(acts: list[Any]) -> None:
    made: World = await world.__wrapped__(await empty_world.__wrapped__())  # type: ignore[attr-defined]
    await made.make_available()
    watched = Watched(made)
    unseen = silent = 0.0
    for act, seconds in acts:
        watched.connected = {"come": {GRETA}, "go": set[str]()}.get(act, watched.connected)
        watched.relays_up = {"relays up": True, "relays down": False}.get(act, watched.relays_up)
        for _ in range(int(seconds / TOLD)):
            await watched.passes(TOLD)
            seen = watched.relays_up and GRETA in watched.connected
            unseen = 0.0 if seen else unseen + TOLD
            silent = 0.0 if watched.relays_up else silent + TOLD
            if unseen < GRACE and not (await made.technician()).away_since:
                assert await watched.available()
            if (await made.technician()).away_since:
                await made.make_available()
                unseen = 0.0
    watched.relays_up, watched.connected = True, set()
    await watched.passes(2 * GRACE + HEARD.total_seconds())
    assert not await watched.available()


# ---- on the real service -------------------------------------------------------------------------


@pytest.mark.tansu
@pytest.mark.mongo
async def test_the_service_hears_the_relays_and_tells_why_somebody_is_not_available(
    settings: PortalSettings, own_tansu: str
) -> None:
    # A broker of its own: on a shared one somebody may have asked for the topics before they were provisioned.
    brief = settings.model_copy(update={"away_after_seconds": 3, "kafka": own_tansu})
    await begin(brief, 1)
    async with (
        running(brief, SystemClock()) as app,
        browser(app) as client,
        Producer(brief) as producer,
        asyncio.timeout(60),
    ):
        await become_available(client)
        me = (await client.get("/api/portal/me")).json()
        greta = await app.state.desk.store.get(None, Technician, me["id"])
        began = SystemClock().now()
        # For longer than the grace she is connected, and then she is not.
        while (me := (await client.get("/api/portal/me")).json())["available"]:
            here = SystemClock().now() - began < timedelta(seconds=6)
            told = connected(greta.tenant, [greta.id] if here else [], SystemClock().now())
            await producer.send(await encode(told, FakeKeyring()))
            await asyncio.sleep(0.2)
        assert datetime.fromisoformat(me["away"]["since"]) - began > timedelta(seconds=4)
        answer = await client.put("/api/portal/me/availability", json={"available": True})
        assert (answer.json()["available"], answer.json()["away"]) == (True, None)
