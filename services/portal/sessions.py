"""Use cases of sessions: signing in, going on, and signing out."""

import secrets
from datetime import datetime
from typing import NamedTuple

from chassis.errors import DeskbusError
from chassis.ids import new_id
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.envelope import Actor
from services.portal.auditing import note
from services.portal.desk import Access, Desk
from services.portal.domain import (
    DESK,
    SESSION_KEPT,
    Attempts,
    Session,
    Technician,
    attempts_id,
    first_attempt,
    hashed,
    successor,
)
from services.portal.entries import SYSTEM, technicians_own
from services.portal.technicians import Profile, present, profile


class SignInFailed(DeskbusError):
    """Email and password do not belong together; which of the two is wrong is not told."""

    code = "sign_in_failed"
    status = 401
    text = "Email or password is not right."


class TooManyAttempts(DeskbusError):
    """`seconds` until the next attempt to sign in is looked at."""

    code = "too_many_attempts"
    status = 429
    text = "Too many attempts to sign in. Please wait {minutes} min and try again."


class SessionEnded(DeskbusError):
    """The browser's refresh secret is no longer good: signed out, expired, or copied."""

    code = "session_ended"
    status = 401
    text = "You are signed out. Please sign in again."


class Entered(NamedTuple):
    """A technician signed in; `secret` is what renews the session next time."""

    session: Session
    secret: str
    access: Access
    profile: Profile


async def sign_in(desk: Desk, *, email: str, password: str, address: str) -> Entered:
    """Opens a session; raises `SignInFailed` and `TooManyAttempts`.

    The attempt is counted before the password is looked at, so that many at once do not slip through.
    """
    email = email.casefold()
    counted = await _count_attempt(desk, attempts_id(email, address, desk.chain_key))
    technician = await desk.store.technician_mailed(None, email)
    known = technician.password_hash if technician else None
    matches = await desk.passwords.match(known, password)
    if technician is None or not matches or not technician.active:
        await _note_refusal(desk, technician)
        raise SignInFailed
    secret = secrets.token_urlsafe()
    session = _new_session(technician, secret, desk.clock.now())

    async def work(tx: Tx) -> None:
        await desk.store.remove(tx, Attempts, counted)
        await desk.store.put(tx, session)
        await note(desk, tx, "session.opened", technicians_own(technician), technician.tenant)

    await desk.commit(work)
    return await _entered(desk, session, secret, technician)


async def renew_session(desk: Desk, session_id: str, secret: str) -> Entered:
    """Exchanges the refresh secret for the next one and an access token; raises `SessionEnded`."""

    async def work(tx: Tx) -> tuple[Session, Technician] | None:
        session = await desk.store.get(tx, Session, session_id)
        if session is None:
            return None
        now = desk.clock.now()
        standing = session.standing(secret, now)
        technician = await desk.store.get(tx, Technician, session.technician_id)
        if standing == "copied" or technician is None or not technician.active:
            await desk.store.remove(tx, Session, session.id)
            if standing == "copied" and technician is not None:
                actor = technicians_own(technician)
                await note(desk, tx, "session.copied", actor, technician.tenant)
            return None
        if standing == "current":
            session = session.renewed(secret, desk.chain_key, now)
            await desk.store.put(tx, session)
        return (session, technician) if standing != "unknown" else None

    found = await desk.commit(work)
    if found is None:
        raise SessionEnded
    return await _entered(desk, found[0], successor(secret, desk.chain_key), found[1])


async def sign_out(desk: Desk, session_id: str, secret: str, *, everywhere: bool) -> None:
    """Ends this browser's session, or all of the person's.

    Signing out of one browser must not throw the person out of another, so it removes the session
    alone: nothing renews it, and the browser closes its socket and forgets its token, which ends
    within ten minutes. `everywhere` is for the lost laptop: it moves `not_before`, which the
    directory brings to every service, and they refuse the tokens and close the sockets at once.
    """

    async def work(tx: Tx) -> None:
        now = desk.clock.now()
        session = await desk.store.get(tx, Session, session_id)
        if session is None or session.standing(secret, now) == "unknown":
            return
        await desk.store.remove(tx, Session, session.id)
        actor = Actor(kind="technician", id=session.technician_id, via="console")
        action = "session.closed_everywhere" if everywhere else "session.closed"
        await note(desk, tx, action, actor, session.tenant)
        if everywhere:
            await _sign_out_everywhere(desk, tx, session.technician_id)

    await desk.commit(work)


async def list_sessions(desk: Desk, identity: Identity) -> list[Session]:
    """Where the person is signed in, the last used first."""
    technician = await present(desk, None, identity)
    return await desk.store.sessions_of(None, technician.id)


async def _sign_out_everywhere(desk: Desk, tx: Tx, technician_id: str) -> None:
    for session in await desk.store.sessions_of(tx, technician_id):
        await desk.store.remove(tx, Session, session.id)
    technician = await desk.store.get(tx, Technician, technician_id)
    if technician is not None:
        gone = technician.signed_out_everywhere(desk.clock.now())
        await desk.save(tx, gone, technicians_own(gone))


async def _note_refusal(desk: Desk, technician: Technician | None) -> None:
    """A try that failed. One for nobody is noted too, for the whole desk, and so takes as long."""
    tenant = technician.tenant if technician else DESK
    actor = technicians_own(technician) if technician else SYSTEM

    async def work(tx: Tx) -> None:
        await note(desk, tx, "session.refused", actor, tenant)

    await desk.commit(work)


async def _count_attempt(desk: Desk, attempts: str) -> str:
    async def work(tx: Tx) -> None:
        now = desk.clock.now()
        before = await desk.store.get(tx, Attempts, attempts)
        wait = before.blocked(now) if before else None
        if wait is not None:
            seconds = int(wait.total_seconds()) + 1
            raise TooManyAttempts(seconds=seconds, minutes=seconds // 60 + 1)
        counted = before.another(now) if before else first_attempt(attempts, now)
        await desk.store.put(tx, counted)

    await desk.commit(work)
    return attempts


def _new_session(technician: Technician, secret: str, now: datetime) -> Session:
    return Session(
        id=new_id(),
        tenant=technician.tenant,
        technician_id=technician.id,
        secret_hash=hashed(secret),
        previous_hash=None,
        created_at=now,
        used_at=now,
        expires_at=now + SESSION_KEPT,
    )


async def _entered(desk: Desk, session: Session, secret: str, technician: Technician) -> Entered:
    identity = Identity(
        kind="technician",
        id=technician.id,
        tenant=technician.tenant,
        name=technician.name,
        role=technician.role,
        companies=technician.companies,
    )
    access = Access(*desk.signer.access(identity))
    return Entered(session, secret, access, await profile(desk, technician))
