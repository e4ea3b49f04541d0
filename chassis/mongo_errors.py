"""The driver's errors in our words: what may work later, what is there already, and what is our own fault."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pymongo.errors import (
    BulkWriteError,
    ConfigurationError,
    DocumentTooLarge,
    DuplicateKeyError,
    InvalidName,
    InvalidOperation,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
)

from chassis.errors import RetryLater

_DUPLICATE = 11000
_OUR_FAULTS = frozenset(
    {2, 9, 14, 26, 40, 48, 52, 59, 66, 68, 85, 86, 121, 292, 10334, 17280, 17287}
)
"""BadValue, FailedToParse, TypeMismatch, NamespaceNotFound and -Exists, ConflictingUpdateOperators, DollarPrefixed-
FieldName, CommandNotFound, ImmutableField, IndexAlreadyExists and its conflicts, DocumentValidationFailure, and what
is too large: the same request would be refused for ever."""


class DuplicateKey(Exception):
    """A document with this value of a unique index is there already; the caller knows what that means."""


class DatabaseAway(RetryLater):
    """The database cannot be reached, has no primary, or had too many conflicts: the same may work later."""


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turns the driver's errors into ours: what is not our own fault may work later, whatever it is.

    A full disk, a password that was changed or a server that shuts down are no reason to give up a
    message; only what would fail for ever, because our own request is wrong, is passed on as it is.
    """
    try:
        yield
    except DuplicateKeyError as error:
        raise DuplicateKey from error
    except PyMongoError as error:
        if _is_our_fault(error):
            raise
        raise DatabaseAway from error


def _is_our_fault(error: PyMongoError) -> bool:
    if isinstance(error, OperationFailure):
        return error.code in _OUR_FAULTS
    return isinstance(error, ConfigurationError | DocumentTooLarge | InvalidName | InvalidOperation)


def _labelled(error: BaseException | None, label: str) -> bool:
    return isinstance(error, PyMongoError) and error.has_error_label(label)


def is_conflict(error: BaseException | None) -> bool:
    """Whether a new attempt may succeed at once. A server that could not be found was waited for already."""
    is_away = isinstance(error, ServerSelectionTimeoutError)
    return _labelled(error, "TransientTransactionError") and not is_away


def has_duplicate(error: BulkWriteError) -> bool:
    """Whether one of the writes met a document that is there already."""
    return any(failure["code"] == _DUPLICATE for failure in _failures(error))


def ids_there_already(error: BulkWriteError, documents: Sequence[Mapping[str, Any]]) -> set[str]:
    """Of those that were inserted; raises the error if there is more to it than that."""
    failures = _failures(error)
    if (error.details or {}).get("writeConcernErrors") or any(
        failure["code"] != _DUPLICATE for failure in failures
    ):
        raise error
    return {str(documents[failure["index"]]["_id"]) for failure in failures}


def _failures(error: BulkWriteError) -> list[dict[str, Any]]:
    return list((error.details or {}).get("writeErrors", []))
