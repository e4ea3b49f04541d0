"""Who may know of a mail or a decision; pure rules."""

from dataclasses import replace

from chassis.tokens import Identity
from services.notify.domain import STAFF_KINDS, Decision, Mail


def may_see(viewer: Identity, line: Mail | Decision) -> bool:
    """A customer sees what is of their own conversation, a technician what is of their companies."""
    if viewer.tenant != line.tenant:
        return False
    if viewer.kind == "customer":
        return viewer.conversation == line.case_id and not _is_staffs(line)
    return line.company_id in viewer.companies


def seen_by(viewer: Identity, mail: Mail) -> Mail:
    """The mail as they may see it: a customer is not told which of the desk's people asked for it."""
    return replace(mail, asked_kind=None, asked_id=None) if viewer.kind == "customer" else mail


def _is_staffs(line: Mail | Decision) -> bool:
    """Whether a mail is between the desk and its technicians."""
    return isinstance(line, Mail) and line.kind in STAFF_KINDS
