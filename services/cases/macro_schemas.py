"""What the REST interface says of macros."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chassis.text import LabelText
from services.cases.actions import UseMacro
from services.cases.macros import Macro
from services.cases.schemas import StateVersion
from services.cases.steps import MOST_STEPS, MacroStep


class NewMacro(BaseModel):
    """A macro to be made; a shared one is everybody's of the account, and only administrators make it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[LabelText, Field(min_length=1, max_length=80)]
    shared: bool = False
    actions: Annotated[list[MacroStep], Field(min_length=1, max_length=MOST_STEPS)]


class StepFault(BaseModel):
    """What is wrong with one of the actions, as the code of an error: it names what is no more."""

    at: int
    """Its place in the list, from 0."""
    code: str


class MacroView(BaseModel):
    """A macro. `shared` ones are everybody's of the account, others those of whoever asks."""

    id: str
    name: str
    shared: bool
    actions: list[MacroStep]
    faults: list[StepFault]


class MacroList(BaseModel):
    """The macros that can be applied by whoever asks, by name."""

    macros: list[MacroView]


class MacroCase(UseMacro):
    """Apply a macro: all of its actions, or none. The same `client_id` again is the same application."""

    state_version: StateVersion


def macro_view(macro: Macro, faults: list[tuple[int, str]]) -> MacroView:
    """A macro as it is shown."""
    return MacroView(
        id=macro.id,
        name=macro.name,
        shared=macro.owner is None,
        actions=list(macro.steps),
        faults=[StepFault(at=at, code=code) for at, code in faults],
    )
