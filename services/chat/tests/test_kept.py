"""Who hears that a contact or a saved filter has changed."""

from typing import Any

import pytest

from chassis.clock import SystemClock
from chassis.ids import new_id
from chassis.tokens import Identity
from contracts.envelope import Actor
from contracts.kept import KeptChanged
from services.chat.tests.telling import say
from services.chat.tests.world import Instance, Person
from tests.support.neighbours import Neighbours

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


async def test_what_is_kept_beside_the_cases_is_told_to_who_may_see_it(
    chat: Instance, neighbours: Neighbours, ada: Identity
) -> None:
    """A contact to those of its companies, a filter of one's own to its owner's windows alone, a shared one to all."""
    eve = await neighbours.employ("Eve", companies=(new_id(),))
    contact, own, shared = new_id(), new_id(), new_id()
    async with (
        Person.at(chat, neighbours.token(ada)) as here,
        Person.at(chat, neighbours.token(eve)) as elsewhere,
    ):
        companies = (neighbours.company,)
        await say(chat, kept_changed(neighbours, "contact", contact, companies=companies))
        await say(chat, kept_changed(neighbours, "filter", own, technician_id=ada.id))
        # On partitions of their own: each is waited for by itself.
        frame = await here.hears("kept", lambda f: bool(f["id"] == contact))
        assert frame == {"t": "kept", "what": "contact", "id": contact}
        frame = await here.hears("kept", lambda f: bool(f["id"] == own))
        assert frame == {"t": "kept", "what": "filter", "id": own}
        await say(chat, kept_changed(neighbours, "filter", shared))
        await elsewhere.hears("kept", lambda f: bool(f["id"] == shared))
        assert [frame["id"] for frame in elsewhere.of("kept")] == [shared]


def kept_changed(neighbours: Neighbours, what: str, subject: str, **more: Any) -> KeptChanged:
    return KeptChanged(
        id=new_id(),
        time=SystemClock().now(),
        tenant=neighbours.tenant,
        key=subject,
        aggregate_version=0,
        actor=Actor(kind="technician", id=new_id(), via="test"),
        correlation_id=new_id(),
        what=what,
        subject_id=subject,
        **more,
    )
