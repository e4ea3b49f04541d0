"""Who looks at which case: however people come, go and vanish, every console shows the same soon, and it is true."""

import asyncio
import json
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from chassis.clock import FakeClock
from chassis.ids import derived_id, new_id
from chassis.keyring import Erased
from chassis.producer import BrokerAway
from chassis.settings import Settings
from chassis.tokens import Identity
from contracts.chat import CaseLookedAt
from services.chat.domain import ConversationUnknown, Place
from services.chat.hub import Hub
from services.chat.looking import LEASE_SECONDS, RENEWED_SECONDS, TYPING_SECONDS, Looking
from services.chat.tests.examples import COMPANY, TENANT
from services.chat.tests.world import Customer, Person, running
from tests.support.neighbours import Neighbours

ELSEWHERE = derived_id("another company")
CASES = [derived_id("case", str(n)) for n in range(3)]
ADA = Identity("technician", derived_id("ada"), TENANT, "Ada", companies=(COMPANY,))
BEN = Identity("technician", derived_id("ben"), TENANT, "Ben", companies=(COMPANY, ELSEWHERE))
EVE = Identity("technician", derived_id("eve"), TENANT, "Eve", companies=(ELSEWHERE,))
CLEO = Identity("customer", derived_id("cleo"), TENANT, "", conversation=CASES[0])
NAMES = {it.id: it.name for it in (ADA, BEN, EVE)}
Shown = dict[str, dict[str, str]]


class Console:
    """A socket that keeps what it is told of each case, by the name of whoever is there."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.frames = 0
        self.shows: Shown = {}

    def push(self, frame: str) -> None:
        told = json.loads(frame)
        self.frames += 1
        self.shows.pop(told["case_id"], None)
        if told["people"]:
            self.shows[told["case_id"]] = {it["name"]: it["doing"] for it in told["people"]}

    def resume(self, _: str) -> None:
        raise AssertionError("nobody is slow here")

    def fail(self, *_: Any) -> None:
        raise AssertionError("nothing fails here")


class Instance:
    """One relay among others on the same bus."""

    def __init__(self, bus: "Bus") -> None:
        self.bus = bus
        self.hub = Hub(20)
        parts: Any = SimpleNamespace(in_memory=bus.chats.get, signal=bus.signal)
        self.looking = Looking(
            self.hub, parts, parts, lambda it: NAMES[it], FakeClock(), lambda: bus.now
        )
        self.consoles: list[Console] = []

    def admit(self, identity: Identity) -> Console:
        console = Console(identity)
        self.hub.admit(console, identity)
        self.consoles.append(console)
        self.looking.greet(console)
        return console

    def leave(self, console: Console) -> None:
        self.consoles.remove(console)
        self.hub.remove(console)
        self.looking.look_away(console)


class Bus:
    """Brings every signal to every relay, and has the time."""

    def __init__(self, relays: int = 2) -> None:
        self.now = 1_000.0
        self.away = False
        self.deleted: set[str] = set()
        self.told: list[CaseLookedAt] = []
        self.chats: dict[str, Any] = {}
        self.relays = [Instance(self) for _ in range(relays)]

    async def signal(self, signal: CaseLookedAt) -> None:
        if self.away:
            raise BrokerAway
        if signal.conversation_id in self.deleted:
            raise Erased(signal.conversation_id)
        self.told.append(signal)
        for relay in self.relays:
            relay.looking.take(signal)

    async def passes(self, seconds: float = 0.0) -> None:
        """So much time goes by, in which everybody does what is due."""
        until = self.now + seconds
        while True:
            for relay in self.relays:
                await relay.looking.tell()
                relay.looking.expire()
            if self.now >= until:
                return
            self.now = min(until, self.now + 1.0)


async def test_colleagues_see_who_looks_and_who_types_and_whoever_comes_sees_it_at_once() -> None:
    bus = Bus()
    here, there = bus.relays
    ada, ben = here.admit(ADA), there.admit(BEN)
    here.looking.look(ada, CASES[0], COMPANY, typing=False)
    await bus.passes()
    assert ben.shows == {CASES[0]: {"Ada": "looking"}}
    here.looking.look(ada, CASES[0], COMPANY, typing=True)
    await bus.passes()
    assert ben.shows == {CASES[0]: {"Ada": "typing"}}
    assert there.admit(BEN).shows == ben.shows
    await bus.passes(TYPING_SECONDS)
    assert ben.shows == {CASES[0]: {"Ada": "looking"}}
    here.leave(ada)
    await bus.passes()
    assert ben.shows == {}


async def test_what_stays_so_is_renewed_and_shown_once() -> None:
    bus = Bus()
    ada, ben = bus.relays[0].admit(ADA), bus.relays[1].admit(BEN)
    bus.relays[0].looking.look(ada, CASES[0], COMPANY, typing=False)
    await bus.passes(3 * LEASE_SECONDS)
    assert ben.shows == {CASES[0]: {"Ada": "looking"}}
    assert ben.frames == 1
    assert len(bus.told) == 1 + 3 * LEASE_SECONDS // RENEWED_SECONDS


async def test_a_relay_that_dies_leaves_nobody_behind_for_longer_than_a_lease() -> None:
    bus = Bus()
    ada, ben = bus.relays[0].admit(ADA), bus.relays[1].admit(BEN)
    bus.relays[0].looking.look(ada, CASES[0], COMPANY, typing=False)
    await bus.passes()
    del bus.relays[0]
    await bus.passes(LEASE_SECONDS)
    assert ben.shows == {}


async def test_of_two_windows_the_one_that_is_left_counts() -> None:
    bus = Bus()
    first, second = bus.relays[0].admit(ADA), bus.relays[1].admit(ADA)
    ben = bus.relays[1].admit(BEN)
    bus.relays[0].looking.look(first, CASES[0], COMPANY, typing=True)
    bus.relays[1].looking.look(second, CASES[0], COMPANY, typing=False)
    await bus.passes()
    assert ben.shows == {CASES[0]: {"Ada": "typing"}}
    bus.relays[0].leave(first)
    await bus.passes()
    assert ben.shows == {CASES[0]: {"Ada": "looking"}}


async def test_only_who_has_access_to_the_company_is_told() -> None:
    bus = Bus(1)
    (relay,) = bus.relays
    ben, ada, eve = relay.admit(BEN), relay.admit(ADA), relay.admit(EVE)
    customer = Console(CLEO)
    relay.hub.admit(customer, CLEO)
    relay.looking.look(ben, CASES[0], ELSEWHERE, typing=True)
    await bus.passes()
    assert eve.shows == {CASES[0]: {"Ben": "typing"}}
    assert (ada.frames, customer.frames) == (0, 0)
    assert relay.admit(ADA).shows == {}


def test_a_case_of_others_cannot_be_looked_at() -> None:
    bus = Bus(1)
    (relay,) = bus.relays
    bus.chats[CASES[1]] = SimpleNamespace(place=Place(CASES[1], TENANT, ELSEWHERE))
    for socket, case, company in (
        (relay.admit(ADA), CASES[0], ELSEWHERE),
        (relay.admit(BEN), CASES[1], COMPANY),
        (Console(CLEO), CASES[0], COMPANY),
    ):
        with pytest.raises(ConversationUnknown):
            relay.looking.look(socket, case, company, typing=False)


async def test_what_could_not_be_told_is_told_when_the_broker_is_back() -> None:
    bus = Bus()
    ada, ben = bus.relays[0].admit(ADA), bus.relays[1].admit(BEN)
    bus.relays[0].looking.look(ada, CASES[0], COMPANY, typing=False)
    bus.away = True
    with pytest.raises(BrokerAway):
        await bus.passes()
    bus.away = False
    await bus.passes()
    assert ben.shows == {CASES[0]: {"Ada": "looking"}}


async def test_a_case_that_is_deleted_under_a_look_stops_nothing_and_shows_nobody() -> None:
    bus = Bus()
    here, there = bus.relays
    ada, ben = here.admit(ADA), there.admit(BEN)
    here.looking.look(ada, CASES[0], COMPANY, typing=True)
    await bus.passes()
    bus.deleted.add(CASES[0])
    for relay in bus.relays:
        relay.looking.forget(CASES[0])
    assert ben.shows == ada.shows == {}
    # Her console has not heard of it yet.
    here.looking.look(ada, CASES[0], COMPANY, typing=False)
    await bus.passes(RENEWED_SECONDS)
    assert ben.shows == {}
    here.looking.look(ada, CASES[1], COMPANY, typing=False)
    await bus.passes()
    assert ben.shows == {CASES[1]: {"Ada": "looking"}}


async def test_whoever_leaves_a_case_that_was_deleted_meanwhile_is_shown_no_more() -> None:
    bus = Bus()
    here, there = bus.relays
    ada, ben = here.admit(ADA), there.admit(BEN)
    here.looking.look(ada, CASES[0], COMPANY, typing=False)
    await bus.passes()
    # The key is gone; that it is has not come through to any relay.
    bus.deleted.add(CASES[0])
    here.leave(ada)
    cleo = here.admit(ADA)
    here.looking.look(cleo, CASES[1], COMPANY, typing=False)
    await bus.passes(LEASE_SECONDS)
    assert ben.shows == {CASES[1]: {"Ada": "looking"}}


# ---- however they come and go --------------------------------------------------------------------

_PEOPLE = st.sampled_from([ADA, BEN])
_ACTS = st.tuples(
    st.sampled_from(["come", "look", "type", "away", "leave", "crash", "wait"]),
    st.integers(0, 7),
    _PEOPLE,
    st.sampled_from(CASES),
)


@trials(deadline=None)
@given(st.lists(_ACTS, max_size=40))
def test_in_the_end_every_console_shows_who_is_there(acts: list[Any]) -> None:
    asyncio.run(_walk(acts))


async def _walk(acts: list[Any]) -> None:
    bus, looks = Bus(3), dict[Console, str]()
    for act, number, person, case in acts:
        relay = bus.relays[number % len(bus.relays)]
        if act == "come":
            relay.admit(person)
        elif act == "wait":
            await bus.passes(number * 2.0)
        elif act == "crash" and len(bus.relays) > 1:
            bus.relays.remove(relay)
        elif relay.consoles:
            _do(act, relay, relay.consoles[number % len(relay.consoles)], case, looks)
    await bus.passes(LEASE_SECONDS + RENEWED_SECONDS)
    consoles = [it for relay in bus.relays for it in relay.consoles]
    truth: Shown = defaultdict(dict)
    for console in consoles:
        if console in looks:
            truth[looks[console]][console.identity.name] = "looking"
    for console in consoles:
        assert console.shows == truth


def _do(act: str, relay: Instance, console: Console, case: str, looks: dict[Console, str]) -> None:
    if act == "leave":
        relay.leave(console)
    elif act == "away":
        relay.looking.look_away(console)
        looks.pop(console, None)
    elif act in {"look", "type"}:
        relay.looking.look(console, case, COMPANY, typing=act == "type")
        looks[console] = case


# ---- on the real service -------------------------------------------------------------------------


@pytest.mark.tansu
@pytest.mark.mongo
async def test_a_request_that_was_never_a_chat_is_looked_at_and_no_customer_hears_of_it(
    settings: Settings, neighbours: Neighbours
) -> None:
    ada, ben = await neighbours.employ("Ada"), await neighbours.employ("Ben")
    request, cleo = new_id(), Customer(neighbours)
    looks = {"conversation": request, "company": neighbours.company}
    async with running(settings) as chat:
        await cleo.opens(chat)
        async with (
            Person.at(chat, cleo.token) as customer,
            Person.at(chat, neighbours.token(ben)) as console,
        ):
            await customer.watches(cleo.conversation)
            await customer.say(t="look", **looks)
            async with Person.at(chat, neighbours.token(ada)) as other:
                await other.say(t="look", **looks, typing=True)
                seen = await console.hears("presence", lambda it: bool(it["people"]))
                assert seen["case_id"] == request
                assert seen["people"] == [{"id": ada.id, "name": "Ada", "doing": "typing"}]
                await other.say(
                    t="look", conversation=cleo.conversation, company=neighbours.company
                )
                await console.hears("presence", lambda it: it["case_id"] == cleo.conversation)
                await other.say(t="look", conversation=new_id(), company=new_id())
            await console.hears(
                "presence", lambda it: it["case_id"] == cleo.conversation and not it["people"]
            )
            await customer.writes(cleo.conversation, "still there")
            assert not customer.of("presence")
            assert not customer.of("error")
