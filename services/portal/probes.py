"""Cleaning up after the synthetic customer: each one that is let in has those before it erased everywhere."""

from datetime import timedelta
from typing import Final

from chassis.ids import derived_id
from chassis.storage import Tx
from contracts.envelope import Actor
from contracts.erasure import ErasureRequested
from services.portal.desk import Desk
from services.portal.domain import Admission

KEPT: Final = timedelta(minutes=5)
"""Long enough to look at one that failed."""
AT_ONCE: Final = 20


async def clean_up(desk: Desk, tx: Tx) -> None:
    """Ask every service to erase what the synthetic customers of before have written."""
    for admission in await desk.store.synthetic(tx, desk.clock.now() - KEPT, AT_ONCE):
        tx.emit(_erasure_of(admission, desk))
        await desk.store.remove(tx, Admission, admission.id)


def _erasure_of(admission: Admission, desk: Desk) -> ErasureRequested:
    request_id = derived_id("erasure of a probe", admission.id)
    return ErasureRequested(
        id=request_id,
        time=desk.clock.now(),
        tenant=admission.tenant,
        key=admission.id,
        aggregate_version=1,
        actor=Actor(kind="system", via="portal"),
        correlation_id=request_id,
        company_id=admission.company_id,
        conversation_id=admission.id,
        attempt=1,
    )
