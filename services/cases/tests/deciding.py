"""Decisions as the tests say them: one technician, one version, at most one change."""

from datetime import datetime

from services.cases import decisions, domain
from services.cases.decisions import Asked
from services.cases.domain import Case, Change


def assign(case: Case, by: str, state_version: int, at: datetime) -> Change | None:
    return only(decisions.assign(case, Asked(by, at, state_version)))


def resolve(case: Case, by: str, state_version: int, at: datetime) -> Change | None:
    return only(decisions.resolve(case, Asked(by, at, state_version)))


def reopen(case: Case, by: str, state_version: int, at: datetime) -> Change | None:
    return only(decisions.reopen(case, Asked(by, at, state_version)))


def answered(case: Case) -> Case:
    """The case once a technician has replied."""
    changes = domain.hear_technician(case, None)
    return changes[-1].case if changes else case


def only(changes: list[Change]) -> Change | None:
    if not changes:
        return None
    (change,) = changes
    return change
