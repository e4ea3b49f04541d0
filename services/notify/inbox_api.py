"""The REST interface of the notification inbox: each technician's own. It translates and calls; no rule lives here."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request

from chassis.admits import current_technician
from chassis.describing import fails
from chassis.tokens import Identity
from services.notify.inbox_schemas import (
    POSITION,
    InboxChange,
    InboxCount,
    InboxRead,
    InboxView,
    inbox_view,
)
from services.notify.inboxes import InboxEntryUnknown, Inboxes

PAGE: Final = 20
LONGEST_PAGE: Final = 100

router = APIRouter(prefix="/api/notify/inbox", tags=["notify"])


def _inboxes(request: Request) -> Inboxes:
    inboxes: Inboxes = request.app.state.inboxes
    return inboxes


Me = Annotated[Identity, Depends(current_technician)]
TheInboxes = Annotated[Inboxes, Depends(_inboxes)]


@router.get("")
async def show_inbox(
    me: Me,
    inboxes: TheInboxes,
    after: Annotated[str | None, Query(pattern=POSITION, description="`next` of a page")] = None,
    unread: Annotated[bool, Query(description="only what is unread")] = False,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = PAGE,
) -> InboxView:
    """What happened that concerns the technician (S50), the newest first; what each entry says stands in its case."""
    return inbox_view(await inboxes.page(me, after, limit, unread=unread), inboxes.people)


@router.post("/read")
async def read_inbox(wanted: InboxRead, me: Me, inboxes: TheInboxes) -> InboxCount:
    """Mark everything as read up to an entry, or everything about one case."""
    left = await inboxes.mark_read(me, through=wanted.through, case_id=wanted.case_id)
    return InboxCount(unread=left)


@router.put("/{entry_id}", status_code=204)
@fails(InboxEntryUnknown)
async def mark_entry(entry_id: str, wanted: InboxChange, me: Me, inboxes: TheInboxes) -> None:
    """Mark an entry as read, or as unread again."""
    await inboxes.mark(me, entry_id, read=wanted.read)


@router.delete("/{entry_id}", status_code=204)
@fails(InboxEntryUnknown)
async def remove_entry(entry_id: str, me: Me, inboxes: TheInboxes) -> None:
    """Take an entry out of the inbox, for good."""
    await inboxes.remove(me, entry_id)
