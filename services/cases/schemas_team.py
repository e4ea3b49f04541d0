"""What the REST interface says of who can be given a case."""

from collections.abc import Iterable

from pydantic import BaseModel

from contracts.portal import TechnicianListed
from services.cases.schemas import Person


class Colleague(Person):
    """A technician who can be given a case, and whether they take new ones now."""

    available: bool


class Team(BaseModel):
    """Everybody who can be given a case or called in its notes, by name."""

    technicians: list[Colleague]


def team_view(team: Iterable[TechnicianListed]) -> Team:
    """Who can be given a case, by name."""
    colleagues = [
        Colleague(id=it.technician_id, name=it.name, available=it.available) for it in team
    ]
    return Team(technicians=sorted(colleagues, key=lambda it: it.name.casefold()))
