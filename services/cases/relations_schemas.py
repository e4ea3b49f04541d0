"""What the REST interface takes to make a case by hand, and to merge two."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chassis.text import NAME_LIMIT, LabelText, MessageText, OptionalEmailAddress
from contracts.chat import Visitor
from contracts.envelope import Id
from services.cases.making import Kind, Wanted
from services.cases.schemas import StateVersion


class Body(BaseModel):
    """What is sent; a misspelled field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewCustomer(Body):
    """Whose case it is, as far as it is known."""

    first_name: Annotated[LabelText, Field(min_length=1, max_length=NAME_LIMIT)]
    last_name: Annotated[LabelText, Field(max_length=NAME_LIMIT)] = ""
    email: OptionalEmailAddress = ""


class NewCase(Body):
    """A case that a technician makes (S43). The same `client_id` again is the same case."""

    client_id: Id
    type: Kind
    portal_id: Id
    customer: NewCustomer
    problem: MessageText
    title: Annotated[LabelText, Field(max_length=200)] = ""
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)] = "en"
    """The customer's language, in which mails to them are written."""
    mine: bool = True
    """Whether it is its maker's; else, and always of a program, it waits in Unassigned."""
    refers_to: Id | None = None
    """The case whose conversation it is made from."""
    refers_from: Id | None = None
    """The message of that conversation from which on it is split off."""

    @model_validator(mode="after")
    def _splits_off_a_case(self) -> "NewCase":
        if self.refers_from and not self.refers_to:
            raise ValueError("names a message, and not the case of its conversation")
        return self


class MergeCase(Body):
    """The case that is to be gone on in."""

    state_version: StateVersion
    into: Id
    into_state_version: StateVersion


class UnmergeCase(Body):
    """The merged case as it was looked at."""

    state_version: StateVersion


def wanted_of(body: NewCase) -> Wanted:
    """What is to be made."""
    customer = body.customer
    return Wanted(
        client_id=body.client_id,
        kind=body.type,
        portal_id=body.portal_id,
        customer=Visitor(
            first_name=customer.first_name, last_name=customer.last_name, email=customer.email
        ),
        title=body.title,
        problem=body.problem,
        locale=body.locale,
        keep=body.mine,
        refers_to=body.refers_to,
        refers_from=body.refers_from,
    )
