"""What the REST interface takes and says of an action on many cases (X25)."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from contracts.envelope import Id
from services.cases.actions import ManyAction, UseMacro
from services.cases.directory import People
from services.cases.schemas import CaseView, StateVersion, view
from services.cases.technicians import Decided, Outcome

MOST_AT_ONCE: Final = 100


class ManyItem(BaseModel):
    """One of many cases, as it was decided on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    state_version: StateVersion


class ManyCases(BaseModel):
    """An action on many cases, each decided by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cases: Annotated[list[ManyItem], Field(min_length=1, max_length=MOST_AT_ONCE)]
    action: Annotated[ManyAction | UseMacro, Field(discriminator="do")]
    client_id: Id | None = None
    """Made by the caller, so that the same again does nothing twice and has the same answer."""


class ManyChange(BaseModel):
    """A change of one of many: the `version` that it was answered with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    version: Annotated[int, Field(ge=2, le=2**31 - 1)]


class ManyUndone(BaseModel):
    """Changes that are to be taken back, each by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    changes: Annotated[list[ManyChange], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ManyResult(BaseModel):
    """What became of one of them; `version` takes it back, `code` says why it was refused."""

    id: str
    outcome: Outcome
    case: CaseView | None
    version: int | None
    code: str


class ManyResults(BaseModel):
    """What became of each, in the order asked for."""

    results: list[ManyResult]


def many_view(decided: list[Decided], people: People) -> ManyResults:
    """What became of many, as it is shown."""
    return ManyResults(
        results=[
            ManyResult(
                id=it.case_id,
                outcome=it.outcome,
                case=it.case and view(it.case, people),
                version=it.version,
                code=it.code,
            )
            for it in decided
        ]
    )
