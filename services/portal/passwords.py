"""Passwords by argon2id, off the event loop: one check takes tens of milliseconds and 64 MiB."""

import secrets
from typing import Final

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE: Final = 2
"""Checks that run at the same time; more would only take each other's memory and cores."""


class Passwords:
    """Hashes and checks passwords. Tests pass a cheap hasher."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys_hash = self._hasher.hash(secrets.token_urlsafe())
        self._limit = CapacityLimiter(AT_ONCE)

    async def hash(self, password: str) -> str:
        """The hash to keep: algorithm, parameters and salt included."""
        return await to_thread.run_sync(self._hasher.hash, password, limiter=self._limit)

    async def match(self, kept: str | None, password: str) -> bool:
        """Whether the password belongs to the hash.

        None stands for a person who does not exist: it takes as long, so that nobody can find out
        by the time of an answer who has an account.
        """
        matches = await to_thread.run_sync(
            self._matches, kept or self._nobodys_hash, password, limiter=self._limit
        )
        return matches and kept is not None

    def _matches(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
