"""What the REST interface takes and says of saved filters."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chassis.text import LabelText
from chassis.tokens import Identity
from services.cases.domain import ListName
from services.cases.filters import EVERYTHING, CaseFilter
from services.cases.list_store import Tally
from services.cases.saved import SavedFilter
from services.cases.sorting import Direction, SortName


class NewFilter(BaseModel):
    """A filter to be saved. Words to search for (`customer`, `title`, `q`) are not kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[LabelText, Field(min_length=1, max_length=60)]
    shared: bool = False
    """Whether everybody of the account has it; its author and administrators change it then."""
    list: ListName = "all"
    filter: CaseFilter = EVERYTHING
    sort: SortName = "created"
    direction: Direction | None = None

    def by(self, technician: Identity, filter_id: str = "") -> SavedFilter:
        """The filter as its author wants it."""
        return SavedFilter(
            id=filter_id,
            tenant=technician.tenant,
            name=self.name,
            owner=technician.id,
            author=technician.id,
            listed=self.list,
            filter=self.filter,
            sort=self.sort,
            direction=self.direction,
        )


class SavedFilterView(BaseModel):
    """A saved filter. `mine` says whether whoever asks made it."""

    id: str
    name: str
    shared: bool
    mine: bool
    list: ListName
    filter: CaseFilter
    sort: SortName
    direction: Direction | None
    count: int
    """How many cases it has for whoever asks."""
    more: bool
    """Whether there may be more than `count`: no more are counted."""


class SavedFilterList(BaseModel):
    """The filters that can be used by whoever asks, by name."""

    filters: list[SavedFilterView]


def saved_view(saved: SavedFilter, tally: Tally, technician: Identity) -> SavedFilterView:
    """A filter as it is shown."""
    return SavedFilterView(
        id=saved.id,
        name=saved.name,
        shared=saved.owner is None,
        mine=saved.author == technician.id,
        list=saved.listed,
        filter=saved.filter,
        sort=saved.sort,
        direction=saved.direction,
        count=tally.count,
        more=tally.more,
    )
