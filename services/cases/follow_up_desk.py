"""What cases does with what notify tells of mails to customers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from chassis.clock import Clock
from chassis.storage import Tx
from contracts.envelope import Message
from contracts.follow_ups import CaseFollowedUp, FollowUpChanged
from services.cases import follow_ups
from services.cases.keeping import CaseUnknown, Keeper, because_of
from services.cases.storage import Scope


class FollowUps:
    """Keeps on the case what became of its mails."""

    def __init__(self, keeper: Keeper, clock: Clock) -> None:
        self._keeper = keeper
        self._clock = clock

    async def learn(self, tx: Tx, told: FollowUpChanged) -> None:
        """A mail was taken over, has to wait, or came back; each is said once."""
        if told.state not in follow_ups.NEWS:
            return
        if await self._keeper.history.has(tx, follow_ups.news_id(told)):
            return
        scope = Scope(told.tenant, (told.company_id,))
        case = await self._keeper.store.get(tx, scope, told.conversation_id)
        if case is None:
            raise CaseUnknown
        written = [
            it
            for it in await self._keeper.history.read(tx, case.id)
            if it.type == CaseFollowedUp.type_name()
        ]
        author = next((it.tells["technician_id"] for it in written if it.id == told.mail_id), None)
        last = bool(written) and written[-1].id == told.mail_id
        changes = follow_ups.learn(case, told, technician_id=author, last=last)
        await self._keeper.keep(tx, case, case, changes, because_of(told, self._clock))


# ---- what is handled, and by whom ----------------------------------------------------------------

FROM_LEDGER: Final[Mapping[type[Message], Callable[[FollowUps, Tx, Any], Awaitable[None]]]] = {
    FollowUpChanged: FollowUps.learn,
}
