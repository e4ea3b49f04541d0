"""Portal's REST interface: it translates and calls; the rules are elsewhere."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response

from chassis.admits import current_technician, staff
from chassis.describing import fails
from chassis.erasure import ConversationDeleted
from chassis.settings import Settings
from chassis.tokens import AdministratorsOnly, Identity
from services.portal import handlers
from services.portal.customers import (
    AdmissionTaken,
    ConversationUnknown,
    PortalLook,
    PortalNotTakingChats,
    PortalUnknown,
)
from services.portal.desk import Access, Desk
from services.portal.domain import SESSION_KEPT, Portal, Technician
from services.portal.entries import portal_address
from services.portal.schemas import (
    AccountChange,
    AccountShown,
    AdmissionRequest,
    Admitted,
    Availability,
    Away,
    Colleague,
    Colleagues,
    CompanyPortal,
    CompanyShown,
    CustomerTokenRequest,
    Me,
    PortalShown,
    Sessions,
    SessionShown,
    SignedIn,
    SignInRequest,
    Sound,
    Token,
)
from services.portal.sessions import Entered, SessionEnded, SignInFailed, TooManyAttempts
from services.portal.technicians import Profile

SECURE_COOKIE: Final = "__Host-deskbus-session"
PLAIN_COOKIE: Final = "deskbus-session"
"""Browsers take the `__Host-` prefix over HTTPS only."""

router = APIRouter(prefix="/api/portal", tags=["portal"])


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


WithDesk = Annotated[Desk, Depends(_desk)]
Staff = Annotated[Identity, Depends(current_technician)]
Administrator = Annotated[Identity, Depends(staff("administer"))]
"""Which technicians are administrators, the use case decides by their rights of now."""
TeamReader = Annotated[Identity, Depends(staff("team:read"))]


# ---- the refresh cookie --------------------------------------------------------------------------


class Refresh:
    """The refresh cookie as `<session id>.<secret>`; both are empty when there is none."""

    def __init__(self, request: Request) -> None:
        settings: Settings = request.app.state.runtime.settings
        self._secure = settings.secure
        self._name = SECURE_COOKIE if settings.secure else PLAIN_COOKIE
        self.session_id, _, self.secret = request.cookies.get(self._name, "").partition(".")

    def keep(self, response: Response, entered: Entered) -> None:
        """Have the browser keep the secret that renews the session next time."""
        response.set_cookie(
            self._name,
            f"{entered.session.id}.{entered.secret}",
            max_age=int(SESSION_KEPT.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=self._secure,
        )

    def forget(self, response: Response) -> None:
        """Have the browser forget it."""
        response.delete_cookie(self._name, httponly=True, samesite="strict", secure=self._secure)


WithRefresh = Annotated[Refresh, Depends(Refresh)]


# ---- customers -----------------------------------------------------------------------------------


@router.get("/portals/{subdomain}")
@fails(PortalUnknown)
async def show_portal(subdomain: str, desk: WithDesk) -> PortalShown:
    """What a customer finds at a portal at this moment."""
    return _portal(await handlers.look_at_portal(desk, subdomain), desk.host)


@router.post("/portals/{subdomain}/admissions", status_code=201)
@fails(PortalUnknown, PortalNotTakingChats, AdmissionTaken, ConversationDeleted)
async def admit_customer(subdomain: str, request: AdmissionRequest, desk: WithDesk) -> Admitted:
    """Let a customer in. The same admission with the same secret is the same conversation."""
    admitted = await handlers.admit(desk, subdomain, request)
    return Admitted(
        conversation_id=admitted.conversation_id,
        ticket=admitted.ticket,
        **_token(admitted.access).model_dump(),
    )


@router.post("/customer/token")
@fails(ConversationUnknown, ConversationDeleted)
async def renew_customer_token(request: CustomerTokenRequest, desk: WithDesk) -> Token:
    """A new access token for the customer of a conversation."""
    return _token(await handlers.renew_customer(desk, request.conversation_id, request.secret))


# ---- sessions ------------------------------------------------------------------------------------


@router.post("/session")
@fails(SignInFailed, TooManyAttempts)
async def open_session(
    request: SignInRequest, http: Request, response: Response, desk: WithDesk, refresh: WithRefresh
) -> SignedIn:
    """Sign a technician in; the refresh cookie keeps the session for thirty days after its last use."""
    entered = await handlers.sign_in(
        desk,
        email=request.email,
        password=request.password,
        address=http.client.host if http.client else "",
    )
    refresh.keep(response, entered)
    return _signed_in(entered, desk.host)


@router.post("/session/renew")
@fails(SessionEnded)
async def renew_session(response: Response, desk: WithDesk, refresh: WithRefresh) -> SignedIn:
    """A new access token for the session in the cookie, which is exchanged for its successor."""
    entered = await handlers.renew_session(desk, refresh.session_id, refresh.secret)
    refresh.keep(response, entered)
    return _signed_in(entered, desk.host)


@router.delete("/session", status_code=204)
async def close_session(
    response: Response, desk: WithDesk, refresh: WithRefresh, everywhere: bool = False
) -> None:
    """Sign out of this browser, or with `everywhere` of all."""
    await handlers.sign_out(desk, refresh.session_id, refresh.secret, everywhere=everywhere)
    refresh.forget(response)


@router.get("/sessions")
async def list_sessions(identity: Staff, desk: WithDesk) -> Sessions:
    """Where the technician is signed in."""
    found = await handlers.list_sessions(desk, identity)
    shown = [SessionShown(id=s.id, created_at=s.created_at, used_at=s.used_at) for s in found]
    return Sessions(sessions=shown)


# ---- technicians ---------------------------------------------------------------------------------


@router.get("/me")
async def show_me(identity: Staff, desk: WithDesk) -> Me:
    """The technician who asks."""
    return _me(await handlers.show_me(desk, identity), desk.host)


@router.put("/me/availability")
async def set_availability(request: Availability, identity: Staff, desk: WithDesk) -> Me:
    """Take requests, or stop taking them."""
    changed = await handlers.set_availability(desk, identity, available=request.available)
    return _me(changed, desk.host)


@router.put("/me/sound")
async def set_sound(request: Sound, identity: Staff, desk: WithDesk) -> Me:
    """Ring, or be silent."""
    return _me(await handlers.set_sound(desk, identity, sound=request.sound), desk.host)


@router.get("/technicians")
async def list_technicians(identity: TeamReader, desk: WithDesk) -> Colleagues:
    """The technicians of the account."""
    found = await handlers.show_colleagues(desk, identity)
    return Colleagues(technicians=[_colleague(technician) for technician in found])


# ---- the account --------------------------------------------------------------------------------


@router.patch("/account")
@fails(AdministratorsOnly)
async def change_account(
    request: AccountChange, identity: Administrator, desk: WithDesk
) -> AccountShown:
    """Decide for everybody; for administrators."""
    account = await handlers.change_account(desk, identity, hide_incoming=request.hide_incoming)
    return AccountShown(name=account.name, hide_incoming=account.hide_incoming)


# ---- from records to JSON ------------------------------------------------------------------------


def _portal(look: PortalLook, host: str) -> PortalShown:
    return PortalShown(
        portal_id=look.portal.id,
        subdomain=look.portal.subdomain,
        address=portal_address(host, look.portal.subdomain),
        company_name=look.company.name,
        state=look.portal.state,
        view=look.view,
        email=look.portal.email,
        survey=look.portal.survey,
        offer_after=look.portal.offer_after,
        greeting=look.portal.greeting,
    )


def _token(access: Access) -> Token:
    return Token(access_token=access.token, expires_at=access.expires_at)


def _signed_in(entered: Entered, host: str) -> SignedIn:
    me = _me(entered.profile, host)
    return SignedIn(technician=me, **_token(entered.access).model_dump())


def _me(profile: Profile, host: str) -> Me:
    portals = {portal.company_id: _company_portal(portal, host) for portal in profile.portals}
    technician = profile.technician
    return Me(
        id=technician.id,
        name=technician.name,
        email=technician.email,
        role=technician.role,
        account_name=profile.account.name,
        hide_incoming=profile.account.hide_incoming,
        companies=[
            CompanyShown(id=company.id, name=company.name, portal=portals.get(company.id))
            for company in profile.companies
        ],
        available=technician.available,
        away=_away(technician),
        sound=technician.sound,
    )


def _away(technician: Technician) -> Away | None:
    if technician.away_since is None or technician.away_at is None:
        return None
    return Away(since=technician.away_since, at=technician.away_at)


def _company_portal(portal: Portal, host: str) -> CompanyPortal:
    address = portal_address(host, portal.subdomain)
    return CompanyPortal(id=portal.id, subdomain=portal.subdomain, address=address)


def _colleague(technician: Technician) -> Colleague:
    return Colleague(
        id=technician.id,
        name=technician.name,
        role=technician.role,
        available=technician.available,
    )
