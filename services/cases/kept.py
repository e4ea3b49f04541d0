"""Tells consoles that what is kept beside the cases has changed: a contact, a saved filter, a label, a macro."""

from collections.abc import Iterable

from chassis.clock import Clock
from chassis.ids import new_id
from chassis.tokens import Identity
from contracts.envelope import Actor
from contracts.kept import KeptChanged


def changed(  # noqa: PLR0913 - the parts of one sentence
    clock: Clock,
    technician: Identity,
    what: str,
    subject_id: str,
    *,
    companies: Iterable[str] = (),
    only: str | None = None,
) -> KeptChanged:
    """That it changed; the use case emits it in its transaction. `only` names whose alone it is."""
    return KeptChanged(
        id=new_id(),
        time=clock.now(),
        tenant=technician.tenant,
        key=subject_id,
        aggregate_version=0,
        actor=Actor(kind="technician", id=technician.id, via=technician.via),
        correlation_id=new_id(),
        what=what,
        subject_id=subject_id,
        companies=tuple(sorted(companies)),
        technician_id=only,
    )
