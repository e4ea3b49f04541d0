"""Saved filters over REST. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from chassis.admits import staff
from chassis.describing import fails
from chassis.tokens import Identity
from services.cases.labels import LabelUnknown
from services.cases.saved import (
    FilterNotYours,
    FilterTaken,
    FilterUnknown,
    TooManyFilters,
    WordsNotKept,
)
from services.cases.saved_desk import SavedDesk
from services.cases.schemas_saved import NewFilter, SavedFilterList, SavedFilterView, saved_view

router = APIRouter(prefix="/api/cases", tags=["filters"])


def _saved(request: Request) -> SavedDesk:
    saved: SavedDesk = request.app.state.saved
    return saved


TheSaved = Annotated[SavedDesk, Depends(_saved)]
Author = Annotated[Identity, Depends(staff("cases:write"))]


@router.get("/filters")
async def list_filters(
    technician: Annotated[Identity, Depends(staff("cases:read"))], saved: TheSaved
) -> SavedFilterList:
    """The saved filters: the shared ones and one's own, each with how many cases it has."""
    found = await saved.all(technician)
    return SavedFilterList(filters=[saved_view(it, tally, technician) for it, tally in found])


@router.post("/filters", status_code=201)
@fails(FilterTaken, TooManyFilters, LabelUnknown, WordsNotKept)
async def add_filter(wanted: NewFilter, technician: Author, saved: TheSaved) -> SavedFilterView:
    """Save a filter, for oneself or for everybody."""
    made = await saved.add(technician, wanted.by(technician), shared=wanted.shared)
    return saved_view(made, await saved.tally(technician, made), technician)


@router.put("/filters/{filter_id}")
@fails(FilterUnknown, FilterNotYours, FilterTaken, TooManyFilters, LabelUnknown, WordsNotKept)
async def change_filter(
    filter_id: str, wanted: NewFilter, technician: Author, saved: TheSaved
) -> SavedFilterView:
    """Keep a filter as it is given."""
    kept = await saved.change(technician, wanted.by(technician, filter_id), shared=wanted.shared)
    return saved_view(kept, await saved.tally(technician, kept), technician)


@router.delete("/filters/{filter_id}", status_code=204)
@fails(FilterUnknown, FilterNotYours)
async def remove_filter(filter_id: str, technician: Author, saved: TheSaved) -> Response:
    """Delete a filter, for everybody who has it."""
    await saved.remove(technician, filter_id)
    return Response(status_code=204)
