"""What the clock does to a case by its portal's service level (X10): events of the case like any other."""

from typing import Literal

from pydantic import AwareDatetime

from contracts.cases import CaseChanged


class CaseSlaWarned(CaseChanged):
    """A promise of the service level falls due soon."""

    type: Literal["case.sla_warned"] = "case.sla_warned"
    kind: str
    """`first_response`, `next_response` or `resolution`."""
    due_at: AwareDatetime


class CaseSlaBreached(CaseChanged):
    """A promise of the service level was not kept."""

    type: Literal["case.sla_breached"] = "case.sla_breached"
    kind: str
    due_at: AwareDatetime
    """When it fell due."""


class CaseSlaChanged(CaseChanged):
    """The service level of the portal was changed: the case is due at other times than before."""

    type: Literal["case.sla_changed"] = "case.sla_changed"
