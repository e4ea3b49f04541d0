"""What cases says of cases that belong together: through their contact, a merge, or a split."""

from typing import Literal

from pydantic import Field

from contracts.cases import CaseChanged
from contracts.envelope import Id


class CaseContactLinked(CaseChanged):
    """The case belongs to another contact from now on, or somebody made sure that it is them."""

    type: Literal["case.contact_linked"] = "case.contact_linked"
    technician_id: Id | None
    """Who did so; absent where the desk found out by itself."""


class IntoAnother(CaseChanged):
    """What is said of the one of two cases that is the duplicate."""

    technician_id: Id | None
    target_id: Id
    target_number: int = Field(ge=1)


class CaseMerged(IntoAnother):
    """The case is a duplicate: it is resolved, and goes on in the one that it was merged into."""

    type: Literal["case.merged"] = "case.merged"


class CaseUnmerged(IntoAnother):
    """The merge was taken back: the case is as it was before it."""

    type: Literal["case.unmerged"] = "case.unmerged"


class FromAnother(CaseChanged):
    """What is said of the one that goes on."""

    technician_id: Id | None
    source_id: Id
    source_number: int = Field(ge=1)


class CaseAbsorbed(FromAnother):
    """Another case was merged into this one."""

    type: Literal["case.absorbed"] = "case.absorbed"


class CaseReleased(FromAnother):
    """A case that was merged into this one goes on by itself again."""

    type: Literal["case.released"] = "case.released"


class CaseSplit(CaseChanged):
    """Another case was made from its conversation, or from a part of it; that one refers to this."""

    type: Literal["case.split"] = "case.split"
    technician_id: Id | None
    into_id: Id
    into_number: int = Field(ge=1)
