"""Every topic: what it carries, who writes and who reads it, how long it is kept.

A topic appears here with its first message and never otherwise; brokers are provisioned from this list.
"""

from dataclasses import dataclass
from datetime import timedelta

from contracts import (
    audit,
    cases,
    chat,
    erasure,
    follow_ups,
    incoming,
    kept,
    keys,
    notify,
    portal,
    relations,
    sla,
)
from contracts.envelope import Message

SERVICES = ("portal", "chat", "cases", "notify", "transcripts")


@dataclass(frozen=True)
class Topic:
    """One topic. `partitions` is chosen once, large enough: keys must never change their partition."""

    name: str
    description: str
    owner: str
    key: str
    partitions: int
    messages: tuple[type[Message], ...]
    consumers: tuple[str, ...]
    retention: timedelta | None = timedelta(days=30)
    """How long a record is kept; absent means for ever."""
    compacted: bool = False
    dead_letters: bool = False
    producers: tuple[str, ...] = ()
    """Services that write it beside its owner."""
    audited: bool = False
    """Whether a message of it that a technician causes stands in the audit log, noted by the same transaction."""

    @property
    def dead_letter_topic(self) -> str:
        """Where a record goes that can never be processed."""
        return f"{self.name}-dlq"


CHAT_LOG = Topic(
    name="chat-log",
    description="Everything that is ordered in a conversation. Its order is the truth; databases are views of it.",
    owner="chat",
    key="conversation id",
    partitions=12,
    messages=(
        chat.ConversationOpened,
        chat.MessageSent,
        chat.MessageDeleted,
        chat.ConversationEnded,
        chat.ActivityNoted,
        chat.BotSpoke,
        chat.ContactGiven,
    ),
    consumers=("chat", "cases", "transcripts"),
    dead_letters=True,
)
CHAT_SIGNALS = Topic(
    name="chat-signals",
    description="Typing, read marks, and who is there (under the account's id): of use for a moment.",
    owner="chat",
    key="conversation id",
    partitions=12,
    messages=(chat.TypingChanged, chat.CursorMoved, chat.CaseLookedAt, chat.StaffConnected),
    consumers=("chat", "portal"),
    retention=timedelta(minutes=1),
)
CASE_EVENTS = Topic(
    name="case-events",
    description="The life of every case, each event with the state after it; and that what is kept beside them changed.",
    owner="cases",
    key="case id",
    partitions=12,
    messages=(
        cases.CaseOpened,
        cases.CaseDescribed,
        cases.CaseAssigned,
        cases.CaseResolved,
        cases.CaseReopened,
        cases.CaseChatEnded,
        cases.CaseReady,
        cases.CaseContactChanged,
        cases.CaseRequested,
        cases.SurveyAnswered,
        erasure.CaseDeleted,
        cases.CaseTransferred,
        cases.CasePending,
        cases.CaseSnoozed,
        cases.CaseWoken,
        cases.CaseLabelled,
        cases.CaseEdited,
        cases.CaseNoted,
        cases.CaseMacroApplied,
        cases.CaseRuled,
        cases.CaseHeard,
        cases.CaseAnswered,
        cases.CaseRestored,
        sla.CaseSlaWarned,
        sla.CaseSlaBreached,
        sla.CaseSlaChanged,
        relations.CaseContactLinked,
        cases.CaseRouted,
        relations.CaseMerged,
        relations.CaseUnmerged,
        relations.CaseAbsorbed,
        relations.CaseReleased,
        relations.CaseSplit,
        incoming.CaseMailed,
        kept.KeptChanged,
        follow_ups.CaseFollowedUp,
        follow_ups.CaseFollowUpChanged,
    ),
    consumers=("chat", "notify", "transcripts"),
    dead_letters=True,
    audited=True,
)
PORTAL_DIRECTORY = Topic(
    name="portal-directory",
    description="The account, companies, portals, technicians with rights and availability, API keys and public keys: the present truth.",
    owner="portal",
    key="<kind>:<id>",
    partitions=1,
    messages=(
        portal.AccountListed,
        portal.CompanyListed,
        portal.PortalListed,
        portal.TechnicianListed,
        portal.SigningKeyListed,
        portal.ApiKeyListed,
    ),
    consumers=("portal", "chat", "cases", "notify", "transcripts"),
    retention=None,
    compacted=True,
)
NOTIFY_EVENTS = Topic(
    name="notify-events",
    description="Whom notify told of what, and why; what became of every mail; which mails came in; and whose inbox has changed.",
    owner="notify",
    key="case id",
    partitions=12,
    messages=(
        notify.AlertRaised,
        notify.MailChanged,
        notify.InboxChanged,
        notify.AlertEscalated,
        notify.StaffMailChanged,
        notify.SlaAlerted,
        incoming.MailReceived,
        follow_ups.FollowUpChanged,
    ),
    consumers=("chat", "cases"),
    dead_letters=True,
)
NOTIFY_COMMANDS = Topic(
    name="notify-commands",
    description="Requests to notify: mails that another service has written.",
    owner="notify",
    key="case id",
    partitions=12,
    messages=(notify.SendMail,),
    consumers=("notify",),
    producers=("transcripts",),
    dead_letters=True,
)
DATA_KEYS = Topic(
    name="data-keys",
    description="The wrapped data key of every case; a tombstone erases the case everywhere.",
    owner="chat",
    key="key id",
    partitions=4,
    messages=(keys.DataKeyCreated,),
    consumers=("chat", "cases", "notify", "transcripts"),
    producers=("cases", "notify"),
    retention=None,
    compacted=True,
)
ERASURES = Topic(
    name="erasures",
    description="The erasure of cases: what every service is asked to purge, and what each has purged.",
    owner="cases",
    key="case id",
    partitions=4,
    messages=(erasure.ErasureRequested, erasure.ErasureAnswered),
    consumers=SERVICES,
    producers=("portal", "chat", "notify", "transcripts"),
    dead_letters=True,
)
BUS_EPOCH = Topic(
    name="bus-epoch",
    description="The epoch of this log. The first record counts; whoever finds none begins a new epoch.",
    owner="chat",
    key="epoch",
    partitions=1,
    messages=(chat.EpochIssued,),
    consumers=("portal", "chat", "cases", "notify", "transcripts"),
    retention=None,
)

AUDIT_LOG = Topic(
    name="audit-log",
    description="Who did what, when and from where; portal keeps it for the account's administrators.",
    owner="portal",
    key="actor id",
    partitions=4,
    messages=(audit.AuditNoted, audit.ApiKeyUsed),
    consumers=("portal",),
    producers=("chat", "cases", "notify", "transcripts"),
    dead_letters=True,
)

TOPICS = (
    CHAT_LOG,
    CHAT_SIGNALS,
    CASE_EVENTS,
    PORTAL_DIRECTORY,
    NOTIFY_EVENTS,
    NOTIFY_COMMANDS,
    DATA_KEYS,
    ERASURES,
    BUS_EPOCH,
    AUDIT_LOG,
)
TOPIC_OF: dict[type[Message], Topic] = {
    message: topic for topic in TOPICS for message in topic.messages
}
MESSAGES: dict[str, type[Message]] = {message.type_name(): message for message in TOPIC_OF}
