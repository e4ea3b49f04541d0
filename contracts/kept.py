"""What technicians keep beside the cases, such as contacts, saved filters, labels and macros: that it changed, never what it says."""

from typing import ClassVar, Literal

from contracts.envelope import Audience, Id, Message


class KeptChanged(Message):
    """Something that cases keeps was made, changed or is no more; whoever has it on screen asks anew.

    The key is its id. No aggregate version: what it says is asked for, so one of two is as good as both.
    """

    audience: ClassVar[Audience] = "staff"
    audited: ClassVar[bool] = False

    type: Literal["kept.changed"] = "kept.changed"
    what: str
    """What it is, by a short word: `contact`, `filter`, `label`, `macro`, and later ones."""
    subject_id: Id
    companies: tuple[Id, ...] = ()
    """Who has access to one of these is told; empty for everybody of the account."""
    technician_id: Id | None = None
    """The one who is told, where it is theirs alone."""
