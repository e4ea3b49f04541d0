"""Relays tell who is connected, and also that nobody is: else silence would pass for absence."""

from types import SimpleNamespace
from typing import Any

from chassis.clock import FakeClock
from chassis.ids import derived_id
from chassis.tokens import Identity
from contracts.chat import StaffConnected
from services.chat.attendance import Attendance
from services.chat.hub import Hub
from services.chat.tests.examples import COMPANY, TENANT

ADA = Identity("technician", derived_id("ada"), TENANT, "Ada", companies=(COMPANY,))
CLEO = Identity("customer", derived_id("cleo"), TENANT, "", conversation=derived_id("case"))
QUIET, OFF = derived_id("a quiet account"), derived_id("an account that is off duty")


class Signals:
    def __init__(self) -> None:
        self.told: list[StaffConnected] = []

    async def signal(self, signal: StaffConnected) -> None:
        self.told.append(signal)


async def test_every_account_with_somebody_available_or_connected_is_told_of() -> None:
    listed = [
        SimpleNamespace(tenant=QUIET, available=True),
        SimpleNamespace(tenant=OFF, available=False),
    ]
    hub, log = Hub(20), Signals()
    directory: Any = SimpleNamespace(staff=lambda: listed)
    for identity in (ADA, ADA, CLEO):
        socket: Any = object()
        hub.admit(socket, identity)
    parts: Any = log
    await Attendance(hub, parts, directory, FakeClock()).tell()
    told = {it.tenant: it.technicians for it in log.told}
    assert told == {TENANT: (ADA.id,), QUIET: ()}
    assert {it.key for it in log.told} == {TENANT, QUIET}
