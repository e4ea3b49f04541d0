"""What reaches sockets beside conversations: cases, alerts, technicians, typing and cursors.

All of it is of the moment, so it is read without a group from the end of its topics on. Who was away
asks anew when they come back. A record is filtered by its headers, and decoded once.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from aiokafka import ConsumerRecord, TopicPartition

from chassis import tracing
from chassis.codec import Head, Poison, UnknownType, decode, decode_head
from chassis.directory import Directory
from chassis.errors import RetryLater
from chassis.jobs import beside
from chassis.keyring import Erased, KeySource
from chassis.logs import logger
from chassis.settings import Settings
from chassis.tail import END, Tail
from chassis.tokens import TokenExpired, TokenVerifier
from contracts.cases import CaseChanged
from contracts.chat import CaseLookedAt, CursorMoved, Signal, TypingChanged
from contracts.envelope import Message
from contracts.erasure import CaseDeleted
from contracts.kept import KeptChanged
from contracts.notify import AlertRaised, InboxChanged
from contracts.portal import AccountListed, DirectoryEntry, TechnicianListed
from contracts.topics import CASE_EVENTS, CHAT_SIGNALS, NOTIFY_EVENTS
from services.chat.conversation import Live, Receiver
from services.chat.domain import goes_out_of_sight, technician_sees
from services.chat.hub import Hub
from services.chat.looking import Looking
from services.chat.relay import Relay
from services.chat.socket import TOKEN_REJECTED
from services.chat.views import Json, case_json, dumps

RUNG_REMEMBERED: Final = 10_000
_LOOKED_AT: Final = CaseLookedAt.type_name()

_log = logger(__name__)


class Broadcasts:
    """Passes on what concerns the sockets of this instance."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it connects
        self,
        settings: Settings,
        keyring: KeySource,
        relay: Relay,
        hub: Hub,
        directory: Directory,
        verifier: TokenVerifier,
        looking: Looking,
        forget: Callable[[str], None],
    ) -> None:
        """`forget` is told of a conversation that was deleted."""
        self._settings = settings
        self._keyring = keyring
        self._relay = relay
        self._hub = hub
        self._directory = directory
        self._verifier = verifier
        self._looking = looking
        self._forget = forget
        self._next: dict[TopicPartition, int] = {}
        self._rung: OrderedDict[str, None] = OrderedDict()
        self.following = False
        """Whether the ends of the topics were found: what happens from then on is not missed."""
        directory.on_change(self.directory_changed)

    def ready(self) -> str | None:
        """The reason why what happens now would be missed."""
        return None if self.following else "the topics' ends are not found yet"

    async def follow(self) -> None:
        """Pass on, for ever."""
        topics = [CHAT_SIGNALS, CASE_EVENTS, NOTIFY_EVENTS]
        async with (
            Tail(self._settings, topics, lambda place: self._next.get(place, END)) as tail,
            beside(self._note_following(tail)),
        ):
            async for batch in tail:
                for record in batch.records:
                    await self.take(record)
                place = TopicPartition(batch.topic, batch.partition)
                self._next[place] = batch.records[-1].offset + 1

    async def _note_following(self, tail: Tail) -> None:
        await tail.caught_up()
        self.following = True

    async def take(self, record: ConsumerRecord) -> None:
        """Pass one record on, if somebody here may see it."""
        head = decode_head(record.headers)
        if head.replay or not self._concerns_somebody(head):
            return
        try:
            message = await decode(record.value, record.headers, self._keyring)
        except (Poison, UnknownType, Erased) as error:
            _log.warning("broadcast_skipped", type=head.type, reason=type(error).__name__)
        except RetryLater:
            # Nobody may miss it: whoever should have seen it comes back and asks anew.
            for socket in self._staff(head):
                socket.resume("unavailable")
        else:
            with tracing.follow(f"{record.topic} fan-out", record.headers):
                self._pass_on(message)

    def _concerns_somebody(self, head: Head) -> bool:
        if head.type == _LOOKED_AT:
            # Whoever comes next is told at once.
            return True
        if head.type == CaseDeleted.type_name():
            # Its customer may be here when no technician is.
            return True
        if head.audience == "everyone":
            return self._relay.in_memory(head.conversation) is not None
        return head.audience == "staff" and bool(self._staff(head))

    def _staff(self, head: Head) -> Iterable[Receiver]:
        """Who may be told: those with access to its company, or where it is of none, everybody of the account."""
        return self._hub.staff(head.tenant, head.company or None)

    def _pass_on(self, message: Message) -> None:
        match message:
            case Signal():
                self._signal(message)
            case CaseLookedAt():
                self._looking.take(message)
            case CaseChanged():
                self._case(message)
            case CaseDeleted():
                self._deleted(message)
            case AlertRaised():
                self._alert(message)
            case InboxChanged():
                self._inbox(message)
            case KeptChanged():
                self._kept(message)

    # ---- staff -----------------------------------------------------------------------------------

    def _deleted(self, event: CaseDeleted) -> None:
        # Every instance has a memory of its own; the store is purged by the one that has the request.
        self._forget(event.conversation_id)
        frame = dumps(
            {
                "t": "deleted",
                "case_id": event.conversation_id,
                "number": event.number,
                "by": self._technician_name(event.technician_id),
            }
        )
        for socket in self._hub.staff(event.tenant, event.company_id):
            socket.push(frame)

    def _case(self, event: CaseChanged) -> None:
        case = case_json(event, self._technician_name)
        shown = dumps({"t": "case", "event": event.type, "case": case})
        hidden = dumps({"t": "withdrawn", "case_id": event.conversation_id})
        withdrawn = goes_out_of_sight(event)
        for socket in self._hub.staff(event.tenant, event.company_id):
            sees_incoming = self._directory.sees_incoming(socket.identity.id)
            if technician_sees(event.case, sees_incoming=sees_incoming):
                socket.push(shown)
            elif withdrawn:
                socket.push(hidden)

    def _alert(self, alert: AlertRaised) -> None:
        if self._has_rung(alert.id):
            return
        frame = dumps(
            {
                "t": "alert",
                "kind": alert.alert,
                "case_id": alert.conversation_id,
                "number": alert.number,
            }
        )
        told = {it for it in alert.told if self._is_available(it)}
        for socket in self._hub.staff(alert.tenant, alert.company_id):
            if socket.identity.id in told:
                socket.push(frame)

    def _inbox(self, change: InboxChanged) -> None:
        # A nudge: what is new is asked for, and a copy of the event asks once more.
        frame = dumps({"t": "inbox", "case_id": change.conversation_id, "kind": change.kind})
        for socket in self._hub.staff(change.tenant, change.company_id):
            if socket.identity.id == change.technician_id:
                socket.push(frame)

    def _kept(self, change: KeptChanged) -> None:
        """To who may see it; what it says now is asked for, with the rights that hold then."""
        frame = dumps({"t": "kept", "what": change.what, "id": change.subject_id})
        companies = set(change.companies)
        for socket in self._hub.staff(change.tenant):
            identity = socket.identity
            theirs = change.technician_id in {None, identity.id}
            if theirs and not (companies and companies.isdisjoint(identity.companies)):
                socket.push(frame)

    def _has_rung(self, alert_id: str) -> bool:
        """A publisher that died before it knew of its success sends again; nobody hears that it is a copy."""
        if alert_id in self._rung:
            return True
        self._rung[alert_id] = None
        if len(self._rung) > RUNG_REMEMBERED:
            self._rung.popitem(last=False)
        return False

    def _is_available(self, technician_id: str) -> bool:
        technician = self._directory.technician(technician_id)
        return technician is not None and technician.available

    def directory_changed(self, entry: DirectoryEntry) -> None:
        """Pass on what consoles show of the directory, and close sockets whose rights are of yesterday."""
        match entry:
            case TechnicianListed():
                self._technician(entry)
            case AccountListed():
                self._account(entry)

    def _account(self, entry: AccountListed) -> None:
        frame = dumps({"t": "account", "hide_incoming": entry.hide_incoming})
        for socket in self._hub.staff(entry.tenant):
            socket.push(frame)

    def _technician(self, entry: TechnicianListed) -> None:
        for socket in self._hub.of(entry.technician_id):
            if not entry.active or self._verifier.revoked(socket.identity):
                socket.fail(TokenExpired(), TOKEN_REJECTED)
        frame = dumps(
            {
                "t": "technician",
                "id": entry.technician_id,
                "name": entry.name,
                "available": entry.available,
            }
        )
        for socket in self._hub.staff(entry.tenant):
            socket.push(frame)

    def _technician_name(self, technician_id: str) -> str:
        technician = self._directory.technician(technician_id)
        return technician.name if technician else ""

    # ---- everyone in a conversation --------------------------------------------------------------

    def _signal(self, signal: Signal) -> None:
        live = self._relay.in_memory(signal.conversation_id)
        if live is None or signal.author.id is None:
            return
        person = (signal.author.kind, signal.author.id)
        about: Json = {"conversation": live.id, "who": live.person(person)}
        match signal:
            case TypingChanged():
                frame = {"t": "typing", **about, "on": signal.on}
            case CursorMoved():
                live.move(person, signal.delivered, signal.read)
                delivered, read = live.cursors[person]
                frame = {"t": "cursor", **about, "delivered": delivered, "read": read}
            case _:
                return
        self._tell(live, person, dumps(frame))

    def _tell(self, live: Live, person: tuple[str, str], frame: str) -> None:
        """The others; one's own windows too would only show what one does."""
        for watch in tuple(live.watches):
            identity = watch.receiver.identity
            if (identity.kind, identity.id) != person and live.reveals(person, identity):
                watch.receiver.push(frame)
