"""The key that signs all tokens.

A file of its own, because it is the only cryptography in portal beside hashing.
"""

import base64
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.ids import new_id
from chassis.purposes import purpose_key
from chassis.settings import SettingsError
from services.portal.domain import SigningKey

_NONCE_BYTES: Final = 12
_WRAPPING: Final = "portal signing keys"


def new_signing_key(secret: bytes) -> SigningKey:
    """A fresh key pair, its private half wrapped by the settings' secret and bound to its id."""
    key_id, private = new_id(), Ed25519PrivateKey.generate()
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCM(purpose_key(secret, _WRAPPING))
    box = nonce + cipher.encrypt(nonce, private.private_bytes_raw(), key_id.encode())
    public = base64.urlsafe_b64encode(private.public_key().public_bytes_raw()).rstrip(b"=")
    return SigningKey(key_id, public.decode(), base64.b64encode(box).decode(), version=1)


def private_key(key: SigningKey, secret: bytes) -> Ed25519PrivateKey:
    """The private half; raises `SettingsError` when another secret wrapped it."""
    box = base64.b64decode(key.wrapped)
    cipher = AESGCM(purpose_key(secret, _WRAPPING))
    try:
        raw = cipher.decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], key.id.encode())
    except InvalidTag as error:
        raise SettingsError(
            "DESKBUS_SECRET is not the one that this database was set up with. Set it to that one."
        ) from error
    return Ed25519PrivateKey.from_private_bytes(raw)


def public_key(key: SigningKey) -> Ed25519PublicKey:
    """The public half, as every service gets it from the directory."""
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key.public_key + "="))
