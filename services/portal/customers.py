"""Use cases of customers: the look at a portal, and the way in."""

from typing import NamedTuple

from chassis import synthetic
from chassis.erasure import ConversationDeleted
from chassis.errors import DeskbusError, Invalid
from chassis.ids import new_id
from chassis.keyring import Erased
from chassis.storage import Tx
from chassis.synthetic import is_proof
from chassis.tokens import Device, Identity, Ticket, Visitor
from services.portal.desk import Access, Desk
from services.portal.domain import (
    Admission,
    Company,
    Portal,
    View,
    admits,
    conversation_of,
    needs_email,
    new_admission,
    view_of,
)
from services.portal.entries import portal_address
from services.portal.probes import clean_up
from services.portal.schemas import AdmissionRequest, DeviceHints


class PortalUnknown(DeskbusError):
    """No portal has this subdomain."""

    code = "portal_unknown"
    status = 404
    text = "There is no support page at this address."


class PortalNotTakingChats(DeskbusError):
    """The portal changed since the customer's page was loaded; `view` is what to show now."""

    code = "portal_not_taking_chats"
    status = 409
    text = "Nobody is available for a chat at the moment."


class AdmissionTaken(DeskbusError):
    """The admission's id was used before, with another secret, for another kind or at another portal."""

    code = "admission_taken"
    status = 409
    text = "This chat was already started. Please begin again."


class ConversationUnknown(DeskbusError):
    """No admission has this id and this secret; which of the two is wrong is not told."""

    code = "conversation_unknown"
    status = 404
    text = "This conversation does not exist."


class PortalLook(NamedTuple):
    """A portal as a customer finds it."""

    portal: Portal
    company: Company
    view: View


class Admitted(NamedTuple):
    """A customer let in: what their browser redeems at chat, and what it signs its requests with."""

    conversation_id: str
    ticket: str
    access: Access


async def look_at_portal(desk: Desk, subdomain: str) -> PortalLook:
    """What the customer's page shows; raises `PortalUnknown`."""
    portal = await _portal(desk, None, subdomain)
    company = await desk.store.get(None, Company, portal.company_id)
    if company is None:
        raise PortalUnknown
    return PortalLook(portal, company, await _view(desk, None, portal))


async def admit(desk: Desk, subdomain: str, request: AdmissionRequest) -> Admitted:
    """Lets a customer in, if the portal takes chats, or requests, at this moment (S9).

    The same admission with the same secret is the same conversation, however often it is asked for.
    Raises the errors above, `ConversationDeleted`, and `Invalid` when an email address is missing.
    """
    conversation_id = _conversation_of(desk, request)
    await _check_not_deleted(desk, conversation_id)

    async def work(tx: Tx) -> tuple[Portal, Admission]:
        portal = await _portal(desk, tx, subdomain)
        if needs_email(portal, request.kind) and not request.email:
            raise Invalid([{"field": "email", "code": "required", "params": {}}])
        return portal, await _admission(desk, tx, portal, request, conversation_id)

    portal, admission = await desk.commit(work)
    ticket = _ticket(portal, admission, request, portal_address(desk.host, subdomain))
    access = _customers_access(desk, admission)
    return Admitted(admission.id, desk.signer.ticket(ticket), access)


async def renew_customer(desk: Desk, conversation_id: str, secret: str) -> Access:
    """A new token for a customer who comes back with the secret.

    Raises `ConversationUnknown` and `ConversationDeleted`; of a deleted one no secret is kept to be asked for.
    """
    await _check_not_deleted(desk, conversation_id)

    async def work(tx: Tx) -> Admission:
        admission = await desk.store.get(tx, Admission, conversation_id)
        now = desk.clock.now()
        if admission is None or not admission.opens_to(secret, now):
            raise ConversationUnknown
        await desk.store.put(tx, admission.used(now))
        return admission

    return _customers_access(desk, await desk.commit(work))


async def _check_not_deleted(desk: Desk, conversation_id: str) -> None:
    try:
        await desk.keys.check(conversation_id)
    except Erased as error:
        raise ConversationDeleted from error


def _conversation_of(desk: Desk, request: AdmissionRequest) -> str:
    """A synthetic customer's is of a kind that nobody else can have."""
    if not request.probe:
        return conversation_of(request.admission_id)
    if not desk.probe_key or not is_proof(desk.probe_key, request.admission_id, request.probe):
        raise Invalid([{"field": "probe", "code": "invalid", "params": {}}])
    return synthetic.conversation_of(request.admission_id)


async def _admission(
    desk: Desk, tx: Tx, portal: Portal, request: AdmissionRequest, conversation_id: str
) -> Admission:
    now = desk.clock.now()
    before = await desk.store.get(tx, Admission, conversation_id)
    if before is not None:
        same = (before.portal_id, before.kind) == (portal.id, request.kind)
        if not same or not before.opens_to(request.secret, now):
            raise AdmissionTaken
        if before.repeatable(now):
            return before
    if request.probe:
        # It is to find out whether the desk works, also while nobody is there.
        view = view_of(portal.state, anyone_available=True)
        await clean_up(desk, tx)
    else:
        view = await _view(desk, tx, portal)
    if not admits(view, request.kind):
        raise PortalNotTakingChats(view=view)
    admission = new_admission(portal, conversation_id, request.kind, request.secret, now)
    await desk.store.put(tx, admission)
    return admission


async def _portal(desk: Desk, tx: Tx | None, subdomain: str) -> Portal:
    portal = await desk.store.portal_named(tx, subdomain)
    if portal is None:
        raise PortalUnknown
    return portal


async def _view(desk: Desk, tx: Tx | None, portal: Portal) -> View:
    on_duty = await desk.store.anyone_on_duty(tx, portal.tenant, portal.company_id)
    return view_of(portal.state, anyone_available=on_duty)


def _ticket(
    portal: Portal, admission: Admission, request: AdmissionRequest, address: str
) -> Ticket:
    device = request.device or DeviceHints()
    return Ticket(
        id=new_id(),
        kind=admission.kind,
        conversation_id=admission.id,
        tenant=portal.tenant,
        company_id=portal.company_id,
        portal_id=portal.id,
        portal_address=address,
        visitor=Visitor(
            first_name=request.first_name, last_name=request.last_name, email=request.email
        ),
        locale=request.locale,
        secret_hash=admission.secret_hash,
        device=Device(**device.model_dump()),
    )


def _customers_access(desk: Desk, admission: Admission) -> Access:
    # The token names nobody: portal keeps no customer's name, and chat knows it from the ticket.
    identity = Identity(
        kind="customer",
        id=admission.customer_id,
        tenant=admission.tenant,
        name="",
        conversation=admission.id,
    )
    return Access(*desk.signer.access(identity))
