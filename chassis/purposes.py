"""The keys that are made from the settings' secret: one for each purpose, so that none serves two."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def purpose_key(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose."""
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)
