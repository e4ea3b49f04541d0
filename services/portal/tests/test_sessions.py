"""Signing in, going on and signing out, on fakes."""

from typing import Literal

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from chassis.tokens import TokenExpired
from contracts.portal import TechnicianListed
from services.portal import handlers
from services.portal.domain import (
    ATTEMPTS_ALLOWED,
    ATTEMPTS_WINDOW,
    RENEWAL_GRACE,
    SESSION_KEPT,
    Attempts,
    Session,
)
from services.portal.passwords import Passwords
from services.portal.sessions import SessionEnded, SignInFailed, TooManyAttempts
from services.portal.tests.examples import (
    GRETA,
    HERE,
    TOM,
    World,
)


async def test_signing_in_gives_a_token_with_role_and_companies(world: World) -> None:
    entered = await world.signed_in()
    identity = world.verifier.identity(entered.access.token)
    technician = await world.technician()
    assert (identity.id, identity.role) == (technician.id, "technician")
    assert identity.companies == technician.companies
    assert entered.profile.account.name == "Demo"
    assert {portal.subdomain for portal in entered.profile.portals} == {"demo", "shop"}


async def test_the_spelling_of_the_email_does_not_matter(world: World) -> None:
    assert (await world.signed_in("GRETA@demo.example")).profile.technician.name == "Greta Lind"
    assert (await world.signed_in(TOM.lower())).profile.technician.name == "Tom Weiss"


@pytest.mark.parametrize("email", [GRETA, "nobody@demo.example"])
async def test_a_wrong_password_and_an_unknown_email_are_not_told_apart(
    world: World, email: str
) -> None:
    with pytest.raises(SignInFailed):
        await handlers.sign_in(world.desk, email=email, password="wrong", address=HERE)


class CountingHasher(PasswordHasher):
    mismatches = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - as it is
        try:
            return super().verify(hash, password)
        except VerifyMismatchError:
            # A text that is no hash is another error, and costs nothing.
            type(self).mismatches += 1
            raise


async def test_an_unknown_email_costs_a_whole_check() -> None:
    passwords = Passwords(CountingHasher(time_cost=1, memory_cost=8, parallelism=1))
    assert not await passwords.match(None, "anything")
    assert CountingHasher.mismatches == 1


async def test_nobody_signs_in_as_the_person_who_does_not_exist(world: World) -> None:
    await world.deactivate()
    with pytest.raises(SignInFailed):
        await world.signed_in()


async def test_after_five_attempts_even_the_right_password_waits(world: World) -> None:
    for _ in range(ATTEMPTS_ALLOWED):
        with pytest.raises(SignInFailed):
            await handlers.sign_in(world.desk, email=GRETA, password="wrong", address=HERE)
    with pytest.raises(TooManyAttempts) as refused:
        await world.signed_in()
    assert 0 < refused.value.params["seconds"] <= ATTEMPTS_WINDOW.total_seconds() + 1
    world.clock.advance(refused.value.params["seconds"])
    await world.signed_in()


async def test_another_address_is_not_blocked(world: World) -> None:
    for _ in range(ATTEMPTS_ALLOWED):
        with pytest.raises(SignInFailed):
            await handlers.sign_in(world.desk, email=GRETA, password="wrong", address="10.0.0.1")
    await world.signed_in()


async def test_a_success_forgets_the_failures(world: World) -> None:
    with pytest.raises(SignInFailed):
        await handlers.sign_in(world.desk, email=GRETA, password="wrong", address=HERE)
    await world.signed_in()
    assert await world.store.ids(Attempts) == []


# ---- going on and signing out --------------------------------------------------------------------


async def test_a_session_is_renewed_with_the_next_secret_each_time(world: World) -> None:
    entered = await world.signed_in()
    for _ in range(3):
        world.clock.advance(600)
        renewed = await handlers.renew_session(world.desk, entered.session.id, entered.secret)
        assert renewed.secret != entered.secret
        assert renewed.session.id == entered.session.id
        entered = renewed
    assert await world.store.ids(Session) == [entered.session.id]


async def test_two_tabs_renewing_at_once_end_with_the_same_secret(world: World) -> None:
    entered = await world.signed_in()
    one = await handlers.renew_session(world.desk, entered.session.id, entered.secret)
    other = await handlers.renew_session(world.desk, entered.session.id, entered.secret)
    assert one.secret == other.secret
    await handlers.renew_session(world.desk, entered.session.id, other.secret)


async def test_a_copied_secret_ends_the_session_for_both(world: World) -> None:
    entered = await world.signed_in()
    renewed = await handlers.renew_session(world.desk, entered.session.id, entered.secret)
    world.clock.advance(RENEWAL_GRACE.total_seconds())
    for secret in (entered.secret, renewed.secret):
        with pytest.raises(SessionEnded):
            await handlers.renew_session(world.desk, entered.session.id, secret)


async def test_an_unknown_secret_does_not_end_somebodys_session(world: World) -> None:
    entered = await world.signed_in()
    with pytest.raises(SessionEnded):
        await handlers.renew_session(world.desk, entered.session.id, "guessed")
    await handlers.sign_out(world.desk, entered.session.id, "guessed", everywhere=True)
    await handlers.renew_session(world.desk, entered.session.id, entered.secret)


async def test_a_session_ends_thirty_days_after_its_last_use(world: World) -> None:
    entered = await world.signed_in()
    world.clock.advance(SESSION_KEPT.total_seconds())
    with pytest.raises(SessionEnded):
        await handlers.renew_session(world.desk, entered.session.id, entered.secret)


async def test_whoever_is_deactivated_is_not_renewed(world: World) -> None:
    entered = await world.signed_in()
    await world.deactivate()
    with pytest.raises(SessionEnded):
        await handlers.renew_session(world.desk, entered.session.id, entered.secret)


async def test_signing_out_ends_this_browsers_session_alone(world: World) -> None:
    one, other = await world.signed_in(), await world.signed_in()
    await handlers.sign_out(world.desk, one.session.id, one.secret, everywhere=False)
    with pytest.raises(SessionEnded):
        await handlers.renew_session(world.desk, one.session.id, one.secret)
    await handlers.renew_session(world.desk, other.session.id, other.secret)
    assert world.storage.emitted == []


async def test_signing_out_everywhere_ends_all_sessions_and_tells_every_service(
    world: World,
) -> None:
    one, other = await world.signed_in(), await world.signed_in()
    identity = world.verifier.identity(other.access.token)
    world.clock.advance(1)
    await handlers.sign_out(world.desk, one.session.id, one.secret, everywhere=True)
    with pytest.raises(SessionEnded):
        await handlers.renew_session(world.desk, other.session.id, other.secret)
    (told,) = world.storage.emitted
    assert isinstance(told, TechnicianListed)
    assert told.not_before == world.clock.now()
    with pytest.raises(TokenExpired):
        await handlers.show_me(world.desk, identity)
    await handlers.show_me(world.desk, await world.identity())


async def test_sessions_are_listed_with_the_last_used_first(world: World) -> None:
    old = await world.signed_in()
    world.clock.advance(10)
    new = await world.signed_in()
    await world.signed_in(TOM)
    listed = await handlers.list_sessions(world.desk, await world.identity())
    assert [session.id for session in listed] == [new.session.id, old.session.id]
