"""Data keys: one for each case, so that a case is erased everywhere by destroying its key."""

from typing import Literal

from contracts.envelope import Id, Message


class DataKeyCreated(Message):
    """A data key, wrapped by the key from the settings. A tombstone under its id destroys it."""

    type: Literal["key.created"] = "key.created"
    key_id: Id
    wrapped: str
    """Base64 of nonce and AES-256-GCM ciphertext; the key id is its associated data."""
