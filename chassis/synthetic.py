"""The synthetic customer (N10): what marks its conversations, and the proof that lets it in.

Its conversations have ids of a kind that no other conversation can have, and only portal makes ids of conversations.
Whoever subscribes to topics never sees them (`chassis/handling.py`), so there is no case, no alert, no mail and no
transcript of them; chat, which is what the probe is about, treats them as any other.
"""

import hashlib
import hmac
from typing import Final

from chassis.ids import derived_id
from chassis.purposes import purpose_key

PREFIX: Final = "00000000-0000-8000-8"
"""UUIDs of version 8, which ours never are: those are of version 5 or 7."""
_PURPOSE: Final = "synthetic customer"


def probe_key(secret: bytes) -> bytes:
    """What proofs are made with."""
    return purpose_key(secret, _PURPOSE)


def proof_of(key: bytes, admission_id: str) -> str:
    """Shows that whoever asks for this admission knows the desk's secret."""
    return hmac.new(key, admission_id.encode(), hashlib.sha256).hexdigest()


def is_proof(key: bytes, admission_id: str, proof: str) -> bool:
    """Whether the proof belongs to the admission."""
    return hmac.compare_digest(proof_of(key, admission_id).encode(), proof.encode())


def conversation_of(admission_id: str) -> str:
    """The conversation of a synthetic customer: the same admission is the same conversation."""
    digits = derived_id("synthetic conversation", admission_id)
    return f"{PREFIX}{digits[20:23]}-{digits[24:]}"


def is_synthetic(conversation_id: str) -> bool:
    """Whether a conversation is a synthetic customer's."""
    return conversation_id.startswith(PREFIX)
