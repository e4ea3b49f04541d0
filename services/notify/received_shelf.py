"""Looking at mails that came in: for technicians with access to the company of their case."""

import asyncio

from chassis.errors import DeskbusError
from chassis.keyring import Erased
from chassis.tokens import Identity
from services.notify import incoming
from services.notify.incoming import content_of
from services.notify.received_store import Received, ReceivedStore


class ReceivedUnknown(DeskbusError):
    """There is no such mail, or it is not one that the caller may see."""

    code = "received_mail_unknown"
    status = 404
    text = "There is no such mail."


class ReceivedShelf:
    """What is kept of mails, as they came."""

    def __init__(self, store: ReceivedStore) -> None:
        self._store = store

    async def of_case(self, viewer: Identity, case_id: str) -> list[Received]:
        """The mails that came into a case, as far as the viewer may see them; the first one first."""
        return [it for it in await self._store.of_case(case_id) if _may_see(viewer, it)]

    async def original(self, viewer: Identity, mail_id: str) -> bytes:
        """A mail as it came; raises `ReceivedUnknown`."""
        return await self._raw(await self._look_up(viewer, mail_id))

    async def attachment(self, viewer: Identity, mail_id: str, place: int) -> tuple[str, bytes]:
        """The name and the bytes of an attachment, counted from 0; raises `ReceivedUnknown`."""
        raw = await self._raw(await self._look_up(viewer, mail_id))
        mail = await asyncio.to_thread(incoming.read, raw)
        if not 0 <= place < len(mail.parts):
            raise ReceivedUnknown
        return mail.attachments[place].name, content_of(mail.parts[place])

    async def _look_up(self, viewer: Identity, mail_id: str) -> Received:
        mail = await self._store.find(mail_id)
        if mail is None or not _may_see(viewer, mail):
            raise ReceivedUnknown
        return mail

    async def _raw(self, mail: Received) -> bytes:
        try:
            return await self._store.raw(mail)
        except Erased as error:
            raise ReceivedUnknown from error


def _may_see(viewer: Identity, mail: Received) -> bool:
    return viewer.tenant == mail.tenant and mail.company_id in viewer.companies
