"""The journal of a run: everything that clients asked for and what the desk promised them."""

import time
from dataclasses import dataclass, field


@dataclass
class Sent:
    """A message that a client wrote, and what became of it."""

    conversation: str
    sender: str
    client_id: str
    text: str
    id: str | None = None
    seq: int | None = None
    acknowledged_at: float | None = None


@dataclass
class Journal:
    """Written by every client, compared with the stores and with every client's view at the end."""

    sends: dict[str, Sent] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    acknowledged_at: list[float] = field(default_factory=list)

    def sent(self, conversation: str, sender: str, client_id: str, text: str) -> None:
        self.sends[client_id] = Sent(conversation, sender, client_id, text)

    def acknowledged(self, client_id: str, message_id: str, seq: int) -> None:
        entry = self.sends[client_id]
        if entry.id is not None and (entry.id, entry.seq) != (message_id, seq):
            self.violations.append(f"{client_id} was acknowledged twice, as two messages")
        entry.id, entry.seq, entry.acknowledged_at = message_id, seq, time.monotonic()
        self.acknowledged_at.append(entry.acknowledged_at)

    def of(self, conversation: str) -> list[Sent]:
        return [entry for entry in self.sends.values() if entry.conversation == conversation]

    def unacknowledged(self) -> list[Sent]:
        return [entry for entry in self.sends.values() if entry.id is None]

    def first_acknowledgement_after(self, moment: float) -> float | None:
        """Seconds from a moment to the next acknowledgement of anything."""
        later = [at - moment for at in self.acknowledged_at if at > moment]
        return min(later, default=None)
