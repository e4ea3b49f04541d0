"""A token is good for ten minutes, for one purpose, and until its holder signs out."""

from datetime import datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.clock import FakeClock
from chassis.ids import new_id
from chassis.tokens import (
    Identity,
    Ticket,
    TicketInvalid,
    TokenExpired,
    TokenInvalid,
    TokenSigner,
    TokenVerifier,
    Visitor,
)

KEY = Ed25519PrivateKey.generate()
ANA = Identity(
    kind="technician",
    id=new_id(),
    tenant=new_id(),
    name="Ana",
    role="administrator",
    companies=[new_id()],
)
TICKET = Ticket(
    id=new_id(),
    conversation_id=new_id(),
    tenant=new_id(),
    company_id=new_id(),
    portal_id=new_id(),
    portal_address="demo.example.com",
    visitor=Visitor(first_name="Max", last_name="Muster", email="max@example.com"),
    locale="de",
    secret_hash="00",
)


class Desk:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.not_before: dict[str, datetime] = {}
        self.signer = TokenSigner(KEY, "k1", self.clock)
        keys = {"k1": KEY.public_key()}
        self.verifier = TokenVerifier(keys.get, self.not_before.get, self.clock)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_token_tells_who_holds_it_and_until_when(desk: Desk) -> None:
    token, end = desk.signer.access(ANA)
    identity = desk.verifier.identity(token)
    assert (identity.id, identity.role, list(identity.companies)) == (
        ANA.id,
        "administrator",
        list(ANA.companies),
    )
    assert identity.expires_at == end == desk.clock.now() + timedelta(minutes=10)


def test_a_token_ends_after_ten_minutes(desk: Desk) -> None:
    token, _ = desk.signer.access(ANA)
    desk.clock.advance(599)
    assert desk.verifier.identity(token)
    desk.clock.advance(1)
    with pytest.raises(TokenExpired):
        desk.verifier.identity(token)


def test_a_sign_out_ends_the_tokens_before_it_and_no_later_one(desk: Desk) -> None:
    before, _ = desk.signer.access(ANA)
    desk.clock.advance(0.2)
    desk.not_before[ANA.id] = desk.clock.now()
    desk.clock.advance(0.2)
    after, _ = desk.signer.access(ANA)
    with pytest.raises(TokenExpired):
        desk.verifier.identity(before)
    assert desk.verifier.identity(after)


def test_another_key_does_not_sign_for_us(desk: Desk) -> None:
    forged, _ = TokenSigner(Ed25519PrivateKey.generate(), "k1", desk.clock).access(ANA)
    unknown, _ = TokenSigner(KEY, "k2", desk.clock).access(ANA)
    for token in (forged, unknown, "", "a.b.c", "x" * 5000):
        with pytest.raises(TokenInvalid):
            desk.verifier.identity(token)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_weaker_algorithm_is_refused(desk: Desk, algorithm: str) -> None:
    token = desk.signer.access(ANA)[0]
    claims = jwt.decode(token, options={"verify_signature": False})
    secret = None if algorithm == "none" else "x" * 32
    forged = jwt.encode(claims, secret, algorithm, headers={"kid": "k1"})  # type: ignore[arg-type]
    with pytest.raises(TokenInvalid):
        desk.verifier.identity(forged)


def test_a_ticket_comes_back_whole_and_ends(desk: Desk) -> None:
    token = desk.signer.ticket(TICKET)
    assert desk.verifier.ticket(token) == TICKET
    desk.clock.advance(600)
    with pytest.raises(TicketInvalid):
        desk.verifier.ticket(token)


def test_a_ticket_is_no_access_token_nor_the_other_way_round(desk: Desk) -> None:
    with pytest.raises(TokenInvalid):
        desk.verifier.identity(desk.signer.ticket(TICKET))
    with pytest.raises(TicketInvalid):
        desk.verifier.ticket(desk.signer.access(ANA)[0])
