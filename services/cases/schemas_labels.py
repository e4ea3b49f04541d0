"""What the REST interface takes and says of labels."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chassis.text import LabelText
from services.cases.labels import Colour, Label


class NewLabel(BaseModel):
    """A label to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[LabelText, Field(min_length=1, max_length=50)]
    colour: Colour


class LabelChange(NewLabel):
    """A label as it is to be; a retired one is put on no further case."""

    retired: bool = False


class LabelView(BaseModel):
    """A label of the account."""

    id: str
    title: str
    colour: Colour
    retired: bool


class LabelList(BaseModel):
    """The labels of the account, by title."""

    labels: list[LabelView]


def label_view(label: Label) -> LabelView:
    """A label as it is shown."""
    return LabelView(id=label.id, title=label.title, colour=label.colour, retired=label.retired)
