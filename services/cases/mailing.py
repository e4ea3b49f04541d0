"""What cases does with the mails that notify has taken in: a case of its own, or an answer that is heard (S43, S61)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.storage import Tx
from contracts.envelope import Message
from contracts.incoming import MailReceived
from services.cases import mailed, merging
from services.cases.domain import Case
from services.cases.keeping import CaseUnknown, Keeper, because_of
from services.cases.mailed import line_of
from services.cases.relating import target_of
from services.cases.storage import Scope


class Keys(Protocol):
    """Knows what was erased; `chassis.keyring.Keyring` does."""

    async def check(self, key_id: str) -> None:
        """Raises `Erased` for what was erased."""
        ...


class Mailing:
    """The use case; what becomes of a case, and of the one that it was merged into, is one transaction."""

    def __init__(self, keeper: Keeper, keys: Keys, clock: Clock) -> None:
        self._keeper = keeper
        self._store = keeper.store
        self._keys = keys
        self._clock = clock

    async def receive(self, tx: Tx, mail: MailReceived) -> None:
        """A mail came in; raises `Erased` where its case was deleted, and it is passed over."""
        await self._keys.check(mail.conversation_id)
        case = await self._store.get(tx, Scope(mail.tenant, None), mail.conversation_id)
        if case is not None and not mail.opens:
            await self._hear(tx, case, mail)
        elif case is None and mail.opens:
            await self._open(tx, mail)
        elif case is None:
            # It stands behind the mail that it answers, and so behind the case.
            raise CaseUnknown

    async def _open(self, tx: Tx, mail: MailReceived) -> None:
        portal = self._keeper.people.portal(mail.portal_id or "")
        if portal is None:
            # notify knows it, so it is on its way.
            raise RetryLater
        number = await self._store.next_number(mail.tenant)
        opened = mailed.open_by_mail(mail, portal, number)
        await self._keeper.begin(tx, opened, because_of(mail, self._clock))

    async def _hear(self, tx: Tx, case: Case, mail: MailReceived) -> None:
        cause = because_of(mail, self._clock)
        stays = self._keeper.assignee_stays(case)
        changes = mailed.receive(case, mail, assignee_stays=stays)
        kept = await self._keeper.keep(tx, case, case, changes, cause)
        target = await target_of(self._store, tx, kept)
        if target.id == kept.id or mail.automatic:
            return
        stays = self._keeper.assignee_stays(target)
        passed = merging.pass_on(target, [line_of(mail)], assignee_stays=stays)
        await self._keeper.keep(tx, target, target, passed, cause)


FROM_MAILS: Final[Mapping[type[Message], Callable[[Mailing, Tx, Any], Awaitable[None]]]] = {
    MailReceived: Mailing.receive,
}
