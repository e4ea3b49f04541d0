"""What cases says of cases that belong together: through their contact, a merge, or a split."""

from typing import Literal

from contracts.cases import CaseChanged
from contracts.envelope import Id


class CaseContactLinked(CaseChanged):
    """The case belongs to another contact from now on, or somebody made sure that it is them."""

    type: Literal["case.contact_linked"] = "case.contact_linked"
    technician_id: Id | None
    """Who did so; absent where the desk found out by itself."""
