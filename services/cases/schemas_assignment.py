"""Automatic assignment as the REST interface says it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from contracts.portal import PortalListed, TechnicianListed
from services.cases.assigning import Overview
from services.cases.assignment import MOST, OwnRoom, Room
from services.cases.directory import People

Number = Annotated[int, Field(ge=0, le=MOST, strict=True)]


class Capacity(BaseModel):
    """How many live chats, and how many other cases, a technician is assigned at once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chats: Number
    cases: Number


class OwnCapacity(BaseModel):
    """The same for one technician; null is what holds for all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chats: Number | None = None
    cases: Number | None = None


class AssignmentSwitch(BaseModel):
    """Whether a portal's cases are assigned by themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    automatic: StrictBool


class AssignedPortal(BaseModel):
    """A portal, and whether its cases are assigned by themselves."""

    id: str
    company: str
    address: str
    automatic: bool


class Workload(BaseModel):
    """A technician: what they have now, how much they take, and what of it was decided for them alone."""

    id: str
    name: str
    available: bool
    load: Capacity
    capacity: Capacity
    own: OwnCapacity


class AssignmentView(BaseModel):
    """What an account has decided about automatic assignment, and who has how much to do."""

    capacity: Capacity
    portals: list[AssignedPortal]
    technicians: list[Workload]


def assignment_view(found: Overview, people: People) -> AssignmentView:
    """What was decided, as it is shown."""
    return AssignmentView(
        capacity=_capacity(found.plan.capacity),
        portals=[_portal(it, found, people) for it in found.portals],
        technicians=[_workload(it, found) for it in found.technicians],
    )


def _portal(portal: PortalListed, found: Overview, people: People) -> AssignedPortal:
    company = people.company(portal.company_id)
    return AssignedPortal(
        id=portal.portal_id,
        company=company.name if company else "",
        address=portal.address,
        automatic=portal.portal_id in found.plan.automatic,
    )


def _workload(person: TechnicianListed, found: Overview) -> Workload:
    own = found.plan.own.get(person.technician_id, OwnRoom())
    return Workload(
        id=person.technician_id,
        name=person.name,
        available=person.available,
        load=_capacity(found.loads.get(person.technician_id, Room())),
        capacity=_capacity(found.plan.room_of(person.technician_id)),
        own=OwnCapacity(chats=own.chats, cases=own.cases),
    )


def _capacity(room: Room) -> Capacity:
    # What is taken by hand may be more than anybody is assigned.
    return Capacity.model_construct(chats=room.chats, cases=room.cases)
