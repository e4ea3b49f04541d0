"""The envelope of a mail that lies in a mailbox: its server has thrown it away, and left it in headers. Pure."""

from dataclasses import dataclass
from email.utils import getaddresses
from typing import Final

from services.notify.incoming import ADDRESS_LIMIT, one_line, parsed

_DELIVERED: Final = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_NAMED: Final = ("to", "cc", "resent-to", "resent-cc")
MOST_RECIPIENTS: Final = 50


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sent a mail and to whom. `sender` is empty for one that wants no answer."""

    sender: str
    recipients: tuple[str, ...]


def envelope_of(raw: bytes) -> Envelope:
    """The envelope, as far as headers tell it: to whom it was delivered comes before whom it names."""
    message = parsed(raw)

    def addresses(name: str) -> list[str]:
        values = [str(value) for key, value in message.raw_items() if key.lower() == name]
        found = (one_line(address, ADDRESS_LIMIT) for _, address in getaddresses(values))
        return [address for address in found if "@" in address]

    named = [address for name in (*_DELIVERED, *_NAMED) for address in addresses(name)]
    returned = message.get("return-path")
    senders = addresses("return-path") if returned is not None else addresses("from")
    return Envelope(next(iter(senders), ""), tuple(dict.fromkeys(named))[:MOST_RECIPIENTS])
