"""A decision that came too late, as the REST interface says it."""

from typing import Any

from chassis.errors import DeskbusError
from services.cases.directory import People
from services.cases.domain import Case
from services.cases.schemas import MovedOn, person, view


class CaseHasMovedOn(DeskbusError):
    """Somebody else decided first. `params` are the case as it is, and who changed it."""

    code = "case_moved_on"
    status = 409
    text = "{name} was here first: this case is {state} now."

    def __init__(self, case: Case, people: People) -> None:
        by = person(case.now.changed_by, people)
        behind = _who_is_behind(case, people)
        moved_on = MovedOn(case=view(case, people), by=by, state=case.now.state, **behind)
        super().__init__(**moved_on.model_dump(mode="json"))


class OwnCaseHasMovedOn(DeskbusError):
    """The same for a customer, who is told no more of the case than its state and who was faster."""

    code = CaseHasMovedOn.code
    status = CaseHasMovedOn.status
    text = CaseHasMovedOn.text

    def __init__(self, case: Case, people: People) -> None:
        super().__init__(state=case.now.state, **_who_is_behind(case, people))


def _who_is_behind(case: Case, people: People) -> dict[str, Any]:
    """`who` tells pages that there is no name to say: the customer was it, a rule, or time."""
    by = person(case.now.changed_by, people)
    if by is None and case.now.state == "assigned":
        # The desk gave it to them by itself.
        by = person(case.now.assignee_id, people)
    if by is None:
        return {"name": "Somebody else", "who": "other"}
    return {"name": by.name, "who": "technician"}
