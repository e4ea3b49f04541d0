"""Two cases that are one (X26): pure rules. The source goes on in its target, and stays readable under its number.

The source is resolved and frozen; what its customer writes in its conversation is the target's business. It
can be taken back for as long as both are there, because nothing that belongs to the source was moved.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from chassis.errors import DeskbusError
from contracts.cases import CaseHeard, CaseState, ProblemLine
from contracts.relations import CaseAbsorbed, CaseMerged, CaseReleased, CaseUnmerged
from services.cases.decisions import Asked
from services.cases.domain import (
    Case,
    CaseMovedOn,
    Change,
    come_back,
    open_again,
    step,
    turn,
    whole_milliseconds,
    wrote,
)

RESTORED: Final = ("state", "assignee_id", "assigned_at", "resolved_at", "snoozed_until")
LONGEST_CHAIN: Final = 20
"""How many merges are followed, one into the next."""


class CaseIsMerged(DeskbusError):
    """The case goes on in another one, and nothing can be done to it but taking the merge back."""

    code = "case_is_merged"
    status = 409
    text = "This case was merged into another one. Please go on there, or undo the merge."


class CaseNotMerged(DeskbusError):
    """There is no merge to take back."""

    code = "case_not_merged"
    status = 409
    text = "This case is not merged into another one."


class SameCase(DeskbusError):
    """A case cannot be merged into itself."""

    code = "case_same"
    status = 422
    text = "A case cannot be merged into itself. Please choose another one."


class OtherCompany(DeskbusError):
    """Who may see one of the two may not see the other."""

    code = "case_other_company"
    status = 422
    text = "Only cases of the same company can be merged."


class StillLive(DeskbusError):
    """Somebody sits in the chat of the case."""

    code = "case_still_live"
    status = 409
    text = "A case can be merged into another one once its chat has ended."


class Absorbed(NamedTuple):
    """A target right before a case was merged into it, and right after."""

    before: CaseState
    after: CaseState


def check_free(case: Case) -> None:
    """Raises `CaseIsMerged` where a case goes on in another one."""
    if case.now.merged_into is not None:
        raise CaseIsMerged


def merge(
    source: Case, target: Case, asked: Asked, target_version: int, *, assignee_stays: bool
) -> tuple[list[Change], list[Change]]:
    """What becomes of both; `asked` names the source's `state_version`. Nothing where it is so already.

    A resolved target comes back when the source is not: what is open must not be lost in what is done.
    `assignee_stays` says whether the target's last assignee can still take it.
    """
    if source.now.merged_into == target.id:
        return [], []
    _check_mergeable(source, target)
    if source.now.state_version != asked.state_version:
        raise CaseMovedOn(source)
    if target.now.state_version != target_version:
        raise CaseMovedOn(target)
    return [_merged(source, target, asked)], _absorbed(source, target, asked, stays=assignee_stays)


def unmerge(  # noqa: PLR0913 - two cases, each with what it was before
    source: Case,
    target: Case | None,
    asked: Asked,
    before: CaseState,
    absorbed: Absorbed | None,
    *,
    assignee_stays: bool,
) -> tuple[list[Change], list[Change]]:
    """The source goes on by itself, as it was `before`; raises `CaseNotMerged` and `CaseMovedOn`."""
    if source.now.merged_into is None:
        raise CaseNotMerged
    if source.now.state_version != asked.state_version:
        raise CaseMovedOn(source)
    return [_unmerged(source, target, asked.by, before, stays=assignee_stays)], (
        [] if target is None else release(target, source, asked.by, absorbed)
    )


def release(
    target: Case, source: Case, by: str | None, absorbed: Absorbed | None = None
) -> list[Change]:
    """A case that was merged into this one is that no more."""
    if source.id not in target.now.merged:
        return []
    left = tuple(it for it in target.now.merged if it != source.id)
    waits = {} if absorbed is None else _waits_alone(target.now, source.now, absorbed)
    return [step(target, CaseReleased, _source(source, by), merged=left, **waits)]


def set_free(source: Case, by: str | None, before: CaseState, *, assignee_stays: bool) -> Change:
    """The target was deleted: the source is a case of its own again."""
    return _unmerged(source, None, by, before, stays=assignee_stays)


def pass_on(target: Case, lines: Sequence[ProblemLine], *, assignee_stays: bool) -> list[Change]:
    """What the customer wrote in the conversation of a merged case: the target hears it, and comes back for it."""
    heard = step(target, CaseHeard, **wrote(target, lines))
    return [heard, *come_back(heard.case, assignee_stays=assignee_stays)]


def seen_by_customer(case: Case, target: Case) -> Case:
    """The case as it goes on: its own number and its own chat, in the state of its target."""
    if case.id == target.id:
        return case
    goes_on = {
        name: getattr(target.now, name)
        for name in ("state", "assignee_id", "assigned_at", "resolved_at")
    }
    return replace(case, now=case.now.model_copy(update=goes_on))


def _check_mergeable(source: Case, target: Case) -> None:
    if source.id == target.id:
        raise SameCase
    if source.company_id != target.company_id:
        raise OtherCompany
    check_free(source)
    check_free(target)
    if source.now.live:
        raise StillLive


def _merged(source: Case, target: Case, asked: Asked) -> Change:
    tells = {"technician_id": asked.by, "target_id": target.id, "target_number": target.now.number}
    status = {
        "state": "resolved",
        "resolved_at": source.now.resolved_at or whole_milliseconds(asked.at),
        "snoozed_until": None,
        "merged_into": target.id,
        "changed_by": asked.by,
        "waiting_since": None,
        "unanswered": 0,
    }
    return turn(source, CaseMerged, tells, **status)


def _absorbed(source: Case, target: Case, asked: Asked, *, stays: bool) -> list[Change]:
    waits = [it for it in (source.now.waiting_since, target.now.waiting_since) if it]
    written = [it for it in (source.now.customer_at, target.now.customer_at) if it]
    status = {
        "merged": (*target.now.merged, source.id),
        "customer_at": max(written, default=None),
        "waiting_since": min(waits, default=None),
        "unanswered": source.now.unanswered + target.now.unanswered,
        # Whoever waits there was not written to by what was mailed here (S44).
        "followed_up": target.now.followed_up and not source.now.unanswered,
    }
    absorbed = step(target, CaseAbsorbed, _source(source, asked.by), **status)
    if target.now.state != "resolved" or source.now.state == "resolved":
        return [absorbed]
    kept = stays and target.now.assignee_id is not None
    back: dict[str, Any] = {"state": "assigned"} if kept else _nobodys()
    tells = {"technician_id": None}
    return [absorbed, open_again(absorbed.case, tells, changed_by=asked.by, **back)]


def _unmerged(
    source: Case, target: Case | None, by: str | None, before: CaseState, *, stays: bool
) -> Change:
    status: dict[str, Any] = {name: getattr(before, name) for name in RESTORED}
    if status["assignee_id"] is not None and not stays:
        status |= {"assignee_id": None, "assigned_at": None}
        if status["state"] == "assigned":
            status["state"] = "unassigned"
    tells = {
        "technician_id": by,
        "target_id": source.now.merged_into,
        "target_number": target.now.number if target else source.now.number,
    }
    waiting = {
        "waiting_since": before.waiting_since or source.now.waiting_since,
        "unanswered": before.unanswered + source.now.unanswered,
    }
    return turn(source, CaseUnmerged, tells, merged_into=None, changed_by=by, **status, **waiting)


def _waits_alone(now: CaseState, source: CaseState, absorbed: Absorbed) -> dict[str, Any]:
    """Who waits in the source waits there again, and here no more, unless they have been answered here since."""
    before, after = absorbed
    if after.waiting_since is None or now.waiting_since != after.waiting_since:
        return {}
    theirs = after.unanswered - before.unanswered + source.unanswered
    own = max(0, now.unanswered - theirs)
    return {
        "unanswered": own,
        "waiting_since": (before.waiting_since or now.customer_at) if own else None,
        "followed_up": before.followed_up and not own,
    }


def _source(source: Case, by: str | None) -> dict[str, Any]:
    return {"technician_id": by, "source_id": source.id, "source_number": source.now.number}


def _nobodys() -> dict[str, Any]:
    return {"state": "unassigned", "assignee_id": None, "assigned_at": None}
